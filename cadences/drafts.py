"""What to write next: a reference, something of value, one ask; from the step's template or made up of the facts.

No chance and no model: the same facts give the same text. What nobody knows is left as a slot, ``[their problem]``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liquid.exceptions import LiquidError

from cadences.model import Channel, FollowUpType, Purpose
from cadences.templates import ENVIRONMENT

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SLOT = re.compile(r"\[([^\[\]\n]{1,120})\](?!\()")
"""Square brackets that are no link: what only the writer knows."""
NAME_WORDS, TOPIC_WORDS, TITLE_WORDS = 4, 12, 12
"""So many words of a name, of a hook or point, and of a title stand in a draft: 120 are soon full."""
POINTS_AT_MOST = 3
SPOKEN = frozenset({Channel.CALL, Channel.MEETING, Channel.VIDEO})
TALKS = frozenset({Channel.CALL, Channel.MEETING})
"""Channels where nobody reads: the draft is what to say."""
_LEAD = re.compile(
    r"(?:(?:she|he|they|sie|er)\s+)?"
    r"(?:cares?\s+(?:a\s+lot\s+)?about|asks?\s+(?:about|for)|asked\s+(?:about|for)|wants?|needs?|likes?|loves?"
    r"|is\s+(?:looking\s+for|interested\s+in)|are\s+(?:looking\s+for|interested\s+in)|looking\s+for|interested\s+in"
    r"|worries\s+about|worried\s+about|braucht|will|möchte|sucht|interessiert\s+sich\s+für|fragt(?:e)?\s+nach)\s+",
    re.IGNORECASE,
)
_GIFT = re.compile(r"link|checklist|article|example|useful thing|something of value", re.IGNORECASE)
_MATTER = re.compile(r"\b(?:problem|point|objection|care about|matters?)\b", re.IGNORECASE)
_RECAPPED = re.compile(r"words|they want|agreed|took away", re.IGNORECASE)
OPENINGS = {
    Purpose.THANK: "thank you for your time{when}.",
    Purpose.CLOSE_THE_LOOP: "your inbox is full enough, so this is the last question for now.",
}
ASKS = {
    Purpose.THANK: "Did that come across right, or is something missing for you?",
    Purpose.ANSWER_OBJECTION: "Does that answer your question, or is there another one behind it?",
    Purpose.SHARE_VALUE: "Would 15 minutes on what it means for {company} help you this week?",
    Purpose.ASK_FEEDBACK: "What in it does not fit you yet?",
    Purpose.PROPOSE_MEETING: "Which suits you for 20 minutes: [first time] or [second time]?",
    Purpose.CLOSE_THE_LOOP: "Which is closest for you: yes, later (which month?), or no?",
}


@dataclass(frozen=True, slots=True)
class Gift:
    """Something of value to send along."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a draft is made of; what is empty or None nobody knows."""

    name: str
    owner: str
    channel: Channel
    type: FollowUpType
    purpose: Purpose
    company: str | None = None
    role: str | None = None
    last_channel: Channel | None = None
    last_on: date | None = None
    hooks: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    """What was agreed when they last met."""
    gift: Gift | None = None


def written(material: Material, template: str = "") -> tuple[str, str]:
    """The draft, and why the template could not be used; an empty reason where it was, or where there is none."""
    if not template.strip():
        return composed(material), ""
    try:
        return ENVIRONMENT.from_string(template).render(**_context(material)).strip(), ""
    except (LiquidError, RecursionError) as error:
        return composed(material), str(error).splitlines()[0]


def composed(material: Material) -> str:
    """A draft by what the step is for: a reference, something of value, one ask."""
    first, value, ask = _reference(material), _value(material), _ask(material)
    if material.channel in TALKS:
        lines = [f"Open with: “{_upper(first)}”", f"Offer: {value}", f"Ask: “{ask}”"]
        return "\n".join(line for line in lines if line != "Offer: ")
    parts = [f"Hi {first_name(material.name)},", "\n".join(each for each in (first, value) if each), ask]
    return "\n\n".join([*parts, clipped(material.owner, NAME_WORDS)])


def subject(material: Material) -> str:
    """What a mail is about, in a few words."""
    about = next((topic(each) for each in (*material.hooks, *material.points)), "")
    company = clipped(material.company or material.name, NAME_WORDS)
    match material.purpose:
        case Purpose.THANK:
            return f"Thank you, and what we agreed: {company}"
        case Purpose.PROPOSE_MEETING:
            return f"{_upper(about) or company}: two times to choose from"
        case Purpose.CLOSE_THE_LOOP:
            return f"{company}: yes, later or no?"
        case _:
            title = clipped(material.gift.title, TITLE_WORDS) if material.gift else ""
            return _upper(about) or title or f"One thing for {company}"


def slots(text: str) -> tuple[str, ...]:
    """What is still to be filled in, each once, in the order in which it stands there."""
    return tuple(dict.fromkeys(found.strip() for found in SLOT.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with its slots filled, and those for which there was nothing."""
    given = {slot: value.strip() for slot, value in values.items() if value.strip()}
    missing = tuple(slot for slot in slots(text) if slot not in given)
    return SLOT.sub(lambda found: given.get(found[1].strip(), found[0]), text), missing


def proposals(wanted: Sequence[str], material: Material) -> dict[str, str]:
    """What is known already for some slots: recap points, the hook, the resource. The writer may change it."""
    points, found = list(material.points), dict[str, str]()
    matter = next((topic(hook) for hook in material.hooks), "")
    for slot in wanted:
        if material.type is FollowUpType.THANK_YOU and points and _RECAPPED.search(slot):
            found[slot] = points.pop(0)
        elif matter and _MATTER.search(slot):
            found[slot] = matter
        elif material.gift and _GIFT.search(slot) and _said(material.gift) not in found.values():
            found[slot] = _said(material.gift)
    return found


def topic(hook: str) -> str:
    """What a hook is about: ``cares about SSO`` is SSO."""
    plain = " ".join(hook.split()).rstrip(".")
    return clipped(_LEAD.sub("", plain, count=1) or plain, TOPIC_WORDS)


def mentions(text: str, hook: str) -> bool:
    """True where a text speaks of a hook, as whole words."""
    plain = " ".join(text.casefold().split())
    return re.search(rf"(?<!\w){re.escape(topic(hook).casefold().rstrip('…'))}(?!\w)", plain) is not None


def first_name(name: str) -> str:
    """How somebody is greeted."""
    return next(iter(name.split()), name)


def clipped(text: str, words: int) -> str:
    """At most so many words."""
    parts = text.split()
    return " ".join(parts) if len(parts) <= words else f"{' '.join(parts[:words])}…"


def _reference(material: Material) -> str:
    """What this goes back to: what they care about, what was agreed, the last touch."""
    when = f" on {_day(material.last_on)}" if material.last_on and material.last_channel in SPOKEN else ""
    if material.purpose is Purpose.THANK and material.points:
        said = "\n".join(f"- {clipped(point, TOPIC_WORDS)}" for point in material.points[:POINTS_AT_MOST])
        return f"{OPENINGS[Purpose.THANK].format(when=when)} What you can hold us to:\n{said}"
    if material.purpose in OPENINGS:
        opening = OPENINGS[material.purpose].format(when=when)
        return f"{opening} {_matter(material)}" if material.purpose is Purpose.THANK else opening
    return _matter(material)


def _matter(material: Material) -> str:
    known = next((topic(each) for each in (*material.hooks, *material.points)), "")
    if known:
        return f"what stayed from your side: {known}."
    if material.last_on and material.last_channel in SPOKEN:
        return f"when we spoke on {_day(material.last_on)}, you named [their problem]."
    if material.last_on:
        return f"since the message of {_day(material.last_on)}, this is new for you: [what is new, in one line]."
    return f"[what you noticed about {_company(material)}]."


def _value(material: Material) -> str:
    if material.purpose is Purpose.CLOSE_THE_LOOP:
        return ""
    if material.gift:
        return f"This may help you, whatever you decide: {_said(material.gift)}"
    if material.purpose is Purpose.THANK:
        return "As promised: [what you promised to send]."
    if material.purpose is Purpose.ANSWER_OBJECTION:
        return "The short answer to your question: [the answer, in two sentences]."
    return "One thing that helps you, whatever you decide: [checklist, example or number]."


def _ask(material: Material) -> str:
    return ASKS[material.purpose].format(company=_company(material))


def _company(material: Material) -> str:
    """Without brackets and braces: they would make a slot inside of a slot."""
    return re.sub(r"[\[\]{}]", "", clipped(material.company or "your team", NAME_WORDS))


def _said(gift: Gift) -> str:
    return f"{clipped(gift.title, TITLE_WORDS)}, {gift.url}"


def _context(material: Material) -> dict[str, Any]:
    """What a template may use, as plain dicts; what nobody knows becomes a slot."""
    known = [topic(each) for each in material.hooks]
    gift = material.gift
    return {
        "prospect": {
            "name": material.name,
            "first_name": first_name(material.name),
            "company": material.company or "[their company]",
            "role": material.role or "[their role]",
        },
        "owner": {"name": material.owner, "first_name": first_name(material.owner)},
        "last_touch": {
            "on": _day(material.last_on) if material.last_on else "[when you last spoke]",
            "channel": material.last_channel.value if material.last_channel else "[how you last spoke]",
        },
        "hook": known[0] if known else "[what they care about]",
        "hooks": known,
        "recap": list(material.points),
        "resource": {
            "title": gift.title if gift else "[something of value]",
            "url": gift.url if gift else "[link]",
        },
    }


def _day(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
