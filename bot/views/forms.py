"""Most forms about a prospect: log, snooze, won, lost, note, park."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from bot.services.cards import Card
from bot.services.touches import SENT_BY_ITSELF, OwnChannel, usual_outcome
from bot.views import ids, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    field,
    menu,
    modal,
    option,
    section,
    text_input,
)
from bot.views.touch_fields import channel_fields, type_field, when_field
from cadences.model import Channel, LostReason, Mood, Outcome, Stage
from cadences.words import capital, named
from language import mark, say

NOTE_LENGTH = 3_000
CALL_OUTCOMES = (Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.REPLIED, Outcome.MEETING_BOOKED, Outcome.NOT_NOW)
SENT_OUTCOMES = (
    Outcome.REPLIED,
    Outcome.MEETING_BOOKED,
    Outcome.NOT_NOW,
    Outcome.NOT_INTERESTED,
    Outcome.OUT_OF_OFFICE,
)
MEETING_OUTCOMES = (Outcome.CONNECTED, Outcome.NO_SHOW, Outcome.MEETING_BOOKED, Outcome.NOT_NOW, Outcome.NOT_INTERESTED)
OUTCOME_LABELS = {
    Outcome.CONNECTED: mark("Connected"),
    Outcome.REPLIED: mark("They replied"),
    Outcome.VOICEMAIL: mark("Voicemail"),
    Outcome.NO_ANSWER: mark("No answer"),
    Outcome.MEETING_BOOKED: mark("Meeting booked"),
    Outcome.NO_SHOW: mark("No-show"),
    Outcome.NOT_NOW: mark("Not now"),
    Outcome.NOT_INTERESTED: mark("Not interested"),
    Outcome.ASKED_TO_STOP: mark("Asked to stop"),
    Outcome.SENT: mark("Sent"),
    Outcome.OUT_OF_OFFICE: mark("Out of office"),
}
MOODS = {Mood.POSITIVE: mark("Happy"), Mood.MIXED: mark("Mixed"), Mood.NEGATIVE: mark("Unhappy")}
AGAIN = {None: mark("No"), 3: mark("In 3 months"), 6: mark("In 6 months")}
NEVER = "never"
WARNING = "warning"
POST_SALE = "post_sale"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened from: which step or prospect, and which message shows it."""

    step_id: int | None = None
    prospect_id: int | None = None
    draft_id: int | None = None
    channel: str | None = None
    ts: str | None = None
    response_url: str | None = None
    is_listed: bool | None = None
    """True when it was opened from the list that is drawn again."""
    cadence: str | None = None
    version: int | None = None
    """The cadence a form changes or copies, and the version that was seen when it was opened."""
    home: str | None = None
    """What App Home showed when it was opened from there."""
    touch_id: int | None = None
    is_alone: bool | None = None
    """True when it was opened from nowhere that could show an answer: it is a message then."""
    change_id: int | None = None
    """The change that is to be made again."""
    other_id: int | None = None
    """Who is to become part of the prospect."""
    seen: str | None = None
    """What the form said when it was opened: what is carried out must be that."""
    owner_id: str | None = None
    """Who had the prospect then."""

    def text(self) -> str:
        """As a form's private metadata carries it."""
        return json.dumps({name: value for name, value in asdict(self).items() if value is not None})


def origin_of(metadata: str) -> Origin:
    """The origin a form was opened from."""
    return Origin(**json.loads(metadata or "{}"))


def log(
    card: Card,
    channel: Channel,
    origin: Origin,
    *,
    choose: bool = False,
    drafted: bool = False,
    remarks: Sequence[str] = (),
    own: Sequence[OwnChannel] = (),
    today: date | None = None,
) -> Block:
    """How a touch went: one press on an outcome, or the submit button for the usual one; the note is optional.

    ``drafted``: the text was written already, so no draft is offered.
    """
    usual = usual_outcome(channel)
    outcomes = outcomes_of(channel)
    if choose:  # the channel may still change, and with it what can come of it
        outcomes = tuple(dict.fromkeys((*CALL_OUTCOMES, *SENT_OUTCOMES, *MEETING_OUTCOMES)))
    labels = [(say(OUTCOME_LABELS[outcome]), outcome) for outcome in outcomes]
    buttons = [button(label, f"{ids.OUTCOME}{outcome.value}", _value(card)) for label, outcome in labels]
    blocks = [section(f"{words.title(card.prospect.name, card.prospect.company)}\n{escape(_position(card))}")]
    blocks += [context(f"⚠️ {escape(remark)}") for remark in remarks]
    if choose:
        blocks += [*channel_fields(own, channel), type_field(card.step.type if card.step else None)]
    if card.prospect.stage is Stage.WON:
        moods = [option(say(label), mood.value) for mood, label in MOODS.items()]
        radio = {"type": "radio_buttons", "options": moods}
        blocks.append(field("mood", say("How do they feel?"), radio, optional=True))
    said_there = text_input(length=NOTE_LENGTH, lines=True, hint=say("What was said?"))
    blocks += [
        field("note", say("Note"), said_there, optional=True),
        context(say("*How did it go?* Press one, or the button below.")),
        actions(buttons, "outcomes"),
    ]
    if not drafted and card.step is not None:
        who = words.who(card.prospect.name, card.prospect.company)
        spoken = say("Draft… what to say to {who}", who=who)
        blocks.append(actions([button(say("Draft…"), ids.DRAFT, card.step.id, spoken=spoken)], "draft"))
    if today:  # last: who logs what she just did tabs from the note to the outcomes
        blocks.append(when_field(today))
    title = say("Log a touch") if choose else say("Log {channel}", channel=words.channel(channel))
    submit = say("Log it") if choose else say("Log as {outcome}", outcome=named(usual))
    return modal(title, ids.FORM_LOG, blocks, submit=submit, metadata=origin.text())


def again(view: Block, why: str) -> Block:
    """The form at hand once more, with what is wrong above it; what was typed stays, as its fields do."""
    warned = context(f"⚠️ {escape(capital(why))}.")
    blocks = [warned, *(block for block in view.get("blocks", []) if block.get("block_id") != WARNING)]
    kept = {name: view[name] for name in ("type", "callback_id", "title", "submit", "close", "private_metadata")}
    return {**kept, "blocks": [{**blocks[0], "block_id": WARNING}, *blocks[1:]]}


def outcomes_of(channel: Channel) -> tuple[Outcome, ...]:
    """What mostly comes of a touch on this channel."""
    if channel is Channel.MEETING:
        return MEETING_OUTCOMES
    return SENT_OUTCOMES if channel in SENT_BY_ITSELF else CALL_OUTCOMES


def snooze(card: Card, origin: Origin, now: datetime) -> Block:
    """Any date, any time."""
    today = card.owner.local(now).date()
    picker = {"type": "datepicker", "initial_date": _day_after(today).isoformat()}
    promised = card.step is not None and card.step.promised
    hint = say("A promised date stays where you put it.") if promised else say("A free day becomes the next workday.")
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field("on", say("Until"), picker, hint=hint),
    ]
    return modal(say("Snooze"), ids.FORM_SNOOZE, blocks, submit=say("Snooze"), metadata=origin.text())


def park(card: Card, origin: Origin, now: datetime) -> Block:
    """Leave a prospect alone until a date."""
    start = card.owner.local(now).date() + timedelta(days=90)
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field("on", say("Until"), {"type": "datepicker", "initial_date": start.isoformat()}),
    ]
    return modal(say("Park"), ids.FORM_PARK, blocks, submit=say("Park"), metadata=origin.text())


def won(card: Card, origin: Origin, now: datetime) -> Block:
    """The amount (as expected), the day, what decided it, and what comes after the sale."""
    prospect = card.prospect
    amount = words.money_to_edit(prospect.value_minor, prospect.currency, card.viewer)
    post_sale = option(say("Start the check-ins after the sale (day 3, 30, 90)"), POST_SALE)
    picker = {"type": "datepicker", "initial_date": card.owner.local(now).date().isoformat()}
    blocks = [
        section(words.title(prospect.name, prospect.company)),
        field("amount", say("Amount"), text_input(amount, length=40, hint="$12k"), optional=True),
        field("on", say("Won on"), picker),
        field("note", say("What decided it?"), text_input(length=NOTE_LENGTH, lines=True), optional=True),
        field("after", say("After the sale"), {"type": "checkboxes", "options": [post_sale]}, optional=True),
        field(
            "tell",
            say("Tell a channel"),
            {"type": "conversations_select", "filter": {"include": ["public", "private"]}},
            optional=True,
            hint=say("Posts that the deal is won, without the amount. I must be in that channel."),
        ),
    ]
    return modal(say("Won 🏆"), ids.FORM_WON, blocks, submit=say("Mark as won"), metadata=origin.text())


def lost(card: Card, origin: Origin, typed: str = "") -> Block:
    """Why: one press on a reason; the note is optional."""
    reasons = [option(capital(named(reason)), reason.value) for reason in LostReason]
    radio = {"type": "radio_buttons", "options": reasons}
    again = [option(say(label), str(months or NEVER)) for months, label in AGAIN.items()]
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field("reason", say("Why?"), radio),
        field("note", say("Note"), text_input(typed, length=NOTE_LENGTH, lines=True), optional=True),
        field("again", say("Try again?"), menu("again", say("Try again?"), again, again[0])),
    ]
    return modal(say("Lost"), ids.FORM_LOST, blocks, submit=say("Mark as lost"), metadata=origin.text())


def note(card: Card, origin: Origin) -> Block:
    """Something to remember."""
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field("note", say("Note"), text_input(length=NOTE_LENGTH, lines=True)),
    ]
    return modal(say("Add a note"), ids.FORM_NOTE, blocks, submit=say("Save"), metadata=origin.text())


def _position(card: Card) -> str:
    step = card.step
    if step is None:
        return named(card.prospect.stage)
    parts = [
        words.position(step.number, step.of, step.cadence),
        say("to {purpose}", purpose=words.purpose(step.purpose)),
    ]
    return " · ".join(filter(None, parts))


def _value(card: Card) -> int:
    return card.step.id if card.step else card.prospect.id


def _day_after(on: date) -> date:
    return on + timedelta(days=1)


def said(message: Message) -> Block:
    """A form that only says something, such as why a press changed nothing."""
    return modal("Follow-up Coach", ids.FORM_LOG, message.blocks, close=say("Close"))
