"""A draft: the form to work on it, the finished text to copy, and what speaks against it."""

import hashlib
from collections.abc import Sequence
from urllib.parse import quote

from bot.services.drafting import Drafted, Finished
from bot.storage.records import Hook, Prospect
from bot.views import forms, ids, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    cut,
    escape,
    field,
    message,
    modal,
    preformatted,
    section,
    text_input,
)
from bot.views.forms import Origin
from cadences import drafts
from cadences.draft_rules import Flag, Remark
from cadences.model import Channel
from language import say, say_n

SLOTS_SHOWN = 20
HOOKS_SHOWN = 5
SLOT_BLOCK = "slot."
SUBJECT_LENGTH, TEXT_LENGTH, SLOT_LENGTH = 200, 3_000, 300
HOOK_SHOWN = 150
ADDRESS_LENGTH = 1_800
"""Mail programs cut a longer address off; Slack takes 3,000 characters."""
PEOPLE_SEARCH = "https://www.linkedin.com/search/results/people/?keywords="


def slot_block(slot: str) -> str:
    """The field of a slot: the same for the same words, and without saying them."""
    return f"{SLOT_BLOCK}{hashlib.sha256(slot.encode()).hexdigest()[:12]}"


def form(drafted: Drafted, origin: Origin) -> Block:
    """The text to work on, and a field for each slot."""
    card = drafted.card
    blocks = [section(words.title(card.prospect.name, card.prospect.company))]
    blocks += [context(escape(line)) for line in _made_of(drafted)]
    if card.step is not None and card.step.channel is Channel.EMAIL:
        blocks.append(
            field("subject", say("Subject"), text_input(drafted.subject, length=SUBJECT_LENGTH), optional=True)
        )
    hint = say(
        "What stands in square brackets is filled in from the fields below, or write it here; "
        "none of it may be left open."
    )
    blocks.append(field("text", say("Text"), text_input(drafted.text, length=TEXT_LENGTH, lines=True), hint=hint))
    for slot in drafts.slots(drafted.text)[:SLOTS_SHOWN]:
        known = drafted.proposals.get(slot)
        # Optional to Slack, as it may be written into the text instead; we ask for it when neither was done.
        blocks.append(field(slot_block(slot), f"[{slot}]", text_input(known, length=SLOT_LENGTH), optional=True))
    blocks += remark_lines(drafted.remarks)
    return modal(say("Draft"), ids.FORM_DRAFT, blocks, submit=say("Ready to copy"), metadata=origin.text())


def finished(done: Finished, subject: str, origin: Origin) -> Block:
    """The text to copy, what speaks against it, the ways to send it oneself; and the form that logs it."""
    card = done.card
    log = forms.log(card, card.step.channel if card.step else Channel.EMAIL, origin, drafted=True)
    told = say("Copy it, or open it where you write; I never send anything. Then log it below.")
    above = [preformatted(done.text), context(told), *remark_lines(done.remarks)]
    ways = links(card.prospect, subject, done.text)
    return {**log, "blocks": [*above, *([actions(ways, "ways")] if ways else []), *log["blocks"]]}


def beside(drafted: Drafted) -> Message:
    """What is said beside the form: what it lacks, and a button that opens it again."""
    prospect = drafted.card.prospect
    who = words.who(prospect.name, prospect.company)
    missing = [slot for slot in drafts.slots(drafted.text) if slot not in drafted.proposals]
    how = say("A draft for {who} is open in a form.", who=who)
    lacking = [say("To fill in: {slots}.", slots="; ".join(missing[:SLOTS_SHOWN]))] if missing else []
    said = [" ".join([how, *lacking]), *_made_of(drafted), *map(remark_words, drafted.remarks)]
    step_id = drafted.card.step.id if drafted.card.step else None
    again = button(say("Open the draft"), ids.DRAFT, step_id, spoken=say("Open the draft for {who}", who=who))
    return message(" ".join(said), [section(escape("\n".join(said)), again)])


def remark_lines(remarks: Sequence[Remark]) -> list[Block]:
    """What speaks against a text, a line each; nothing is forbidden."""
    return [context(f"⚠️ {escape(remark_words(remark))}") for remark in remarks]


def remark_words(remark: Remark) -> str:
    """One of them, plain."""
    match remark.flag:
        case Flag.CHECKING_IN:
            return say("“{words}” says that there is nothing new: give them something instead.", words=remark.words)
        case Flag.NO_ASK:
            return say("Nothing is asked: end with one question, or one proposal.")
        case Flag.ABOUT_US:
            us, you = remark.counts
            return say("More about us than about them: I or we {us} times, you {you} times.", us=us, you=you)
        case Flag.TOO_LONG:
            size, most = remark.counts
            return say("{size} words: {most} are read to the end.", size=size, most=most)
        case Flag.SENT_BEFORE:
            return say("They were sent this before: {link}", link=cut(remark.words, HOOK_SHOWN))


def links(prospect: Prospect, subject: str, text: str) -> list[Block]:
    """Where to send it from, as far as it is known how they are reached."""
    who = words.who(prospect.name, prospect.company)
    ways = []
    if prospect.email:
        ways.append(_link(say("Open in mail"), "mail", mail_address(prospect.email, subject, text), who))
    if prospect.phone:
        ways.append(_link(say("Call"), "phone", f"tel:{quote(prospect.phone.replace(' ', ''), safe='+')}", who))
    if prospect.profile_url:
        ways.append(_link(say("Profile page"), "page", prospect.profile_url, who))
        return ways
    people = quote(" ".join(part for part in (prospect.name, prospect.company) if part)[:SUBJECT_LENGTH])
    ways.append(_link(say("Find on LinkedIn"), "people", f"{PEOPLE_SEARCH}{people}", who))
    return ways


def mail_address(email: str, subject: str, text: str) -> str:
    """A ``mailto:`` with subject and text; a text that is too long for an address is pasted instead."""
    head = f"mailto:{quote(email, safe='@+')}?subject={quote(cut(subject, SUBJECT_LENGTH), safe='')}"
    whole = f"{head}&body={quote(text.replace(chr(10), chr(13) + chr(10)), safe='')}"
    return next((each for each in (whole, head) if len(each) <= ADDRESS_LENGTH), f"mailto:{quote(email, safe='@+')}")


def hook_blocks(hooks: Sequence[Hook], who: str, *, mine: bool) -> list[Block]:
    """What they care about, on the card: each with a button, until it was used."""
    blocks, unused = [], [each for each in hooks if each.used_at is None]
    for hook in unused[:HOOKS_SHOWN]:
        shown = cut(hook.text, HOOK_SHOWN)
        spoken = say("Mark as used with {who}: {hook}", who=who, hook=shown)
        used = button(say("Mark as used"), ids.HOOK_USED, hook.id, spoken=spoken)
        blocks.append(section(say("🪝 Cares about: {hook}", hook=escape(shown)), used if mine else None))
    more = len(unused) - HOOKS_SHOWN
    told = say_n("… and {count} older hook.", "… and {count} older hooks.", more)
    return [*blocks, context(told)] if more > 0 else blocks


def hook_words(hooks: Sequence[Hook]) -> list[str]:
    """The same for the card's text."""
    unused = [cut(each.text, HOOK_SHOWN) for each in hooks if each.used_at is None]
    return [say("Cares about: {hooks}.", hooks="; ".join(unused[:HOOKS_SHOWN]))] if unused else []


def _made_of(drafted: Drafted) -> list[str]:
    lines = []
    if drafted.trouble:
        trouble = cut(drafted.trouble, HOOK_SHOWN)
        lines.append(say("The step’s template can’t be used ({trouble}): this is a plain draft.", trouble=trouble))
    if drafted.hooks:
        shown = "; ".join(cut(each.text, HOOK_SHOWN) for each in drafted.hooks[:HOOKS_SHOWN])
        lines.append(say("Unused hooks: {hooks}", hooks=shown))
    if drafted.gift:
        gift = f"{drafted.gift.title}, {drafted.gift.url}"
        lines.append(say("Worth sending, and new to them: {resource}", resource=gift))
    return lines


def _link(label: str, kind: str, url: str, who: str) -> Block:
    return button(label, f"{ids.LINK}{kind}", spoken=say("{button}: {who}", button=label, who=who)) | {"url": url}
