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
from cadences.words import capital
from language import mark, reader, say

MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July"),
    mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip
"""Said in the language of the text, where dates elsewhere are written as their reader's country does."""
SLOT = re.compile(r"\[([^\[\]\n]{1,500})\](?!\()")
"""Square brackets that are no link: what only the writer knows."""
NAME_WORDS, TOPIC_WORDS, TITLE_WORDS = 4, 12, 12
"""So many words of a name, of a hook or point, and of a title stand in a draft: 120 are soon full."""
POINTS_AT_MOST = 3
GOES_ON = frozenset({"de"})
"""Languages in which a letter goes on in small letters behind the comma of its greeting."""
_OPENING = re.compile(r"\A([^\n]{1,200},\n\s*\n)(?!https?:)(\w)")
"""The greeting, and the first letter behind it."""
SPOKEN = frozenset({Channel.CALL, Channel.MEETING, Channel.VIDEO})
TALKS = frozenset({Channel.CALL, Channel.MEETING})
"""Channels where nobody reads: the draft is what to say."""
TOUCHED_BY = {
    Channel.CALL: mark("call"), Channel.EMAIL: mark("email"), Channel.LINKEDIN: mark("linkedin"),
    Channel.SMS: mark("sms"), Channel.MEETING: mark("meeting"), Channel.VIDEO: mark("video"),
    Channel.LETTER: mark("letter"), Channel.OTHER: mark("exchange"),
}  # fmt: skip
"""What a template calls the way they last spoke."""
_LEAD = re.compile(
    r"(?:(?:she|he|they|sie|er|ihr|ihm|ihnen)\s+)?"
    r"(?:cares?\s+(?:a\s+lot\s+)?about|asks?\s+(?:about|for)|asked\s+(?:about|for)|wants?|needs?|likes?|loves?"
    r"|is\s+(?:looking\s+for|interested\s+in)|are\s+(?:looking\s+for|interested\s+in)|looking\s+for|interested\s+in"
    r"|worries\s+about|worried\s+about|brauch(?:t|en)|will|wollen|möchten?|such(?:t|en)|wünsch(?:t|en)\s+sich|interessier(?:t|en)\s+sich\s+für"
    r"|frag(?:t|en|te|ten)\s+nach|(?:legt|legen)\s+(?:(?:großen|viel)\s+)?wert\s+auf|acht(?:et|en)\s+auf"
    r"|(?:ist|sind)\s+(?:auf\s+der\s+suche\s+nach|interessiert\s+an)|wichtig\s+(?:ist|sind))\s+",
    re.IGNORECASE,
)
# What slots ask for, in every language that templates are written in.
_GIFT = re.compile(
    r"link|checklist|article|example|useful thing|something of value|artikel|beispiel|nützlich|von wert", re.IGNORECASE
)
_MATTER = re.compile(r"\b(?:problem|point|objection|care about|matters?|punkt|einwand|wichtig)\b", re.IGNORECASE)
_RECAPPED = re.compile(r"words|they want|agreed|took away|worten|möchte|vereinbart|mitgenommen", re.IGNORECASE)
ASKS = {
    Purpose.THANK: mark("Did that come across right, or is something missing for you?"),
    Purpose.ANSWER_OBJECTION: mark("Does that answer your question, or is there another one behind it?"),
    Purpose.SHARE_VALUE: mark("Would 15 minutes on what it means for your team help you this week?"),
    Purpose.ASK_FEEDBACK: mark("What in it does not fit you yet?"),
    Purpose.PROPOSE_MEETING: mark("Which suits you for 20 minutes: [first time] or [second time]?"),
    Purpose.CLOSE_THE_LOOP: mark("Which is closest for you: yes, later (which month?), or no?"),
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
        offer = say("Offer: {words}", words=value) if value else ""
        lines = [say("Open with: “{words}”", words=capital(first)), offer, say("Ask: “{words}”", words=ask)]
        return "\n".join(line for line in lines if line)
    greeting = say("Hi {first_name},", first_name=first_name(material.name))
    parts = [greeting, "\n".join(each for each in (first, value) if each), ask]
    return opened("\n\n".join([*parts, clipped(material.owner, NAME_WORDS)]))


def subject(material: Material) -> str:
    """What a mail is about, in a few words."""
    about = next((topic(each) for each in (*material.hooks, *material.points)), "")
    company = clipped(material.company or material.name, NAME_WORDS)
    match material.purpose:
        case Purpose.THANK:
            return say("Thank you, and what we agreed: {company}", company=company)
        case Purpose.PROPOSE_MEETING:
            return say("{topic}: two times to choose from", topic=capital(about) or company)
        case Purpose.CLOSE_THE_LOOP:
            return say("{company}: yes, later or no?", company=company)
        case _:
            title = clipped(material.gift.title, TITLE_WORDS) if material.gift else ""
            return capital(about) or title or say("One thing for {company}", company=company)


def slots(text: str) -> tuple[str, ...]:
    """What is still to be filled in, each once, in the order in which it stands there."""
    return tuple(dict.fromkeys(found.strip() for found in SLOT.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with its slots filled, and those for which there was nothing."""
    given = {slot: value.strip() for slot, value in values.items() if value.strip()}
    whole = SLOT.sub(lambda found: given.get(found[1].strip(), found[0]), text)
    # Looked for in the whole: what was written into one slot may be a slot again.
    return whole, slots(whole)


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


def opened(letter: str) -> str:
    """The letter with a capital behind its greeting, where its language wants one."""
    if reader().language in GOES_ON:
        return letter
    return _OPENING.sub(lambda found: f"{found[1]}{capital(found[2])}", letter, count=1)


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
    if material.purpose is Purpose.CLOSE_THE_LOOP:
        return say("your inbox is full enough, so this is the last question for now.")
    if material.purpose is not Purpose.THANK:
        return _matter(material)
    thanks, spoken_on = say("thank you for your time."), _spoken_on(material)
    if spoken_on:
        thanks = say("thank you for your time on {day}.", day=spoken_on)
    if not material.points:
        return f"{thanks} {capital(_matter(material))}"
    said = "\n".join(f"- {clipped(point, TOPIC_WORDS)}" for point in material.points[:POINTS_AT_MOST])
    promised = say("What you can hold us to:")
    return f"{thanks} {promised}\n{said}"


def _matter(material: Material) -> str:
    known = next((topic(each) for each in (*material.hooks, *material.points)), "")
    if known:
        return say("what stayed from your side: {topic}.", topic=known)
    if spoken_on := _spoken_on(material):
        return say("when we spoke on {day}, you named [their problem].", day=spoken_on)
    if material.last_on:
        since = _day(material.last_on)
        return say("since the message of {day}, this is new for you: [what is new, in one line].", day=since)
    if material.company:
        return say("[what you noticed about {company}].", company=_plain(material.company))
    return say("[what you noticed about your team].")


def _spoken_on(material: Material) -> str:
    """The day on which they last talked, or nothing."""
    return _day(material.last_on) if material.last_on and material.last_channel in SPOKEN else ""


def _value(material: Material) -> str:
    if material.purpose is Purpose.CLOSE_THE_LOOP:
        return ""
    if material.gift:
        return say("This may help you, whatever you decide: {gift}", gift=_said(material.gift))
    if material.purpose is Purpose.THANK:
        return say("As promised: [what you promised to send].")
    if material.purpose is Purpose.ANSWER_OBJECTION:
        return say("The short answer to your question: [the answer, in two sentences].")
    return say("One thing that helps you, whatever you decide: [checklist, example or number].")


def _ask(material: Material) -> str:
    if material.purpose is Purpose.SHARE_VALUE and material.company:
        company = _plain(material.company)
        return say("Would 15 minutes on what it means for {company} help you this week?", company=company)
    return say(ASKS[material.purpose])


def _plain(company: str) -> str:
    """Without brackets and braces: they would make a slot inside of a slot."""
    return re.sub(r"[\[\]{}]", "", clipped(company, NAME_WORDS))


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
            "company": material.company or say("[their company]"),
            "role": material.role or say("[their role]"),
        },
        "owner": {"name": material.owner, "first_name": first_name(material.owner)},
        "last_touch": {
            "on": _day(material.last_on) if material.last_on else say("[when you last spoke]"),
            "channel": _touched_by(material.last_channel) if material.last_channel else say("[how you last spoke]"),
        },
        "hook": known[0] if known else say("[what they care about]"),
        "hooks": known,
        "recap": list(material.points),
        "resource": {
            "title": gift.title if gift else say("[something of value]"),
            "url": gift.url if gift else say("[link]"),
        },
    }


def _touched_by(channel: Channel) -> str:
    return say(TOUCHED_BY.get(channel, channel.value))


def _day(on: date) -> str:
    """``17 November``."""
    return say("{day} {month}", day=on.day, month=say(MONTHS[on.month - 1]))
