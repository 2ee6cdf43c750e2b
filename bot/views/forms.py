"""Every form: add, edit, log, snooze, won, lost, note, park, settings, pause."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from bot.services.amounts import Money
from bot.services.cards import Card
from bot.services.touches import SENT_BY_ITSELF, usual_outcome
from bot.storage.records import Member, Prospect
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
from cadences.model import OPEN_STAGES, Channel, FollowUpType, LostReason, Mood, Outcome, Stage

NOTE_LENGTH = 3_000
PAUSE_OFFERED = timedelta(days=7)
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
    Outcome.CONNECTED: "Connected",
    Outcome.REPLIED: "They replied",
    Outcome.VOICEMAIL: "Voicemail",
    Outcome.NO_ANSWER: "No answer",
    Outcome.MEETING_BOOKED: "Meeting booked",
    Outcome.NO_SHOW: "No-show",
    Outcome.NOT_NOW: "Not now",
    Outcome.NOT_INTERESTED: "Not interested",
    Outcome.ASKED_TO_STOP: "Asked to stop",
    Outcome.SENT: "Sent",
    Outcome.OUT_OF_OFFICE: "Out of office",
}
MOODS = {Mood.POSITIVE: "Happy", Mood.MIXED: "Mixed", Mood.NEGATIVE: "Unhappy"}
AGAIN = {None: "No", 3: "In 3 months", 6: "In 6 months"}
NEVER = "never"
POST_SALE = "post_sale"
ALL_CLEAR = "all_clear"
EMPTY_DAYS = "Also tell me when nothing is due"


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
    is_alone: bool | None = None
    """True when it was opened from nowhere that could show an answer: it is a message then."""

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
) -> Block:
    """How a touch went: one press on an outcome, or the submit button for the usual one; the note is optional.

    ``drafted``: the text was written already, so no draft is offered.
    """
    usual = usual_outcome(channel)
    name = words.CHANNEL_NAMES[channel]
    outcomes = outcomes_of(channel)
    if choose:  # the channel may still change, and with it what can come of it
        outcomes = tuple(dict.fromkeys((*CALL_OUTCOMES, *SENT_OUTCOMES, *MEETING_OUTCOMES)))
    buttons = [button(OUTCOME_LABELS[outcome], f"{ids.OUTCOME}{outcome.value}", _value(card)) for outcome in outcomes]
    blocks = [section(f"{words.title(card.prospect.name, card.prospect.company)}\n{escape(_position(card))}")]
    blocks += [context(f"⚠️ {escape(remark)}") for remark in remarks]
    if choose:
        channels = [option(words.CHANNEL_NAMES[item], item.value) for item in Channel]
        initial = channels[list(Channel).index(channel)]
        blocks.append(field("channel", "Channel", menu("channel", "Channel", channels, initial)))
        blocks.append(field("type", "Type", menu("type", "Type", *_types(card))))
    if card.prospect.stage is Stage.WON:
        moods = [option(label, mood.value) for mood, label in MOODS.items()]
        blocks.append(field("mood", "How do they feel?", {"type": "radio_buttons", "options": moods}, optional=True))
    blocks += [
        field("note", "Note", text_input(length=NOTE_LENGTH, lines=True, hint="What was said?"), optional=True),
        context("*How did it go?* Press one, or the button below."),
        actions(buttons, "outcomes"),
    ]
    if not drafted and card.step is not None:
        who = words.who(card.prospect.name, card.prospect.company)
        blocks.append(
            actions([button("Draft…", ids.DRAFT, card.step.id, spoken=f"Draft… what to say to {who}")], "draft")
        )
    submit = "Log it" if choose else f"Log as {OUTCOME_LABELS[usual].lower()}"
    return modal(
        "Log a touch" if choose else f"Log {name}", ids.FORM_LOG, blocks, submit=submit, metadata=origin.text()
    )


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
    hint = "A promised date stays where you put it." if promised else "A free day becomes the next workday."
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field("on", "Until", picker, hint=hint),
    ]
    return modal("Snooze", ids.FORM_SNOOZE, blocks, submit="Snooze", metadata=origin.text())


def park(card: Card, origin: Origin, now: datetime) -> Block:
    """Leave a prospect alone until a date."""
    start = card.owner.local(now).date() + timedelta(days=90)
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field("on", "Until", {"type": "datepicker", "initial_date": start.isoformat()}),
    ]
    return modal("Park", ids.FORM_PARK, blocks, submit="Park", metadata=origin.text())


def won(card: Card, origin: Origin, now: datetime) -> Block:
    """The amount (as expected), the day, what decided it, and what comes after the sale."""
    prospect = card.prospect
    post_sale = option("Start the check-ins after the sale (day 3, 30, 90)", POST_SALE)
    blocks = [
        section(words.title(prospect.name, prospect.company)),
        field("amount", "Amount", text_input(_amount(prospect), length=40, hint="$12k"), optional=True),
        field("on", "Won on", {"type": "datepicker", "initial_date": card.owner.local(now).date().isoformat()}),
        field("note", "What decided it?", text_input(length=NOTE_LENGTH, lines=True), optional=True),
        field("after", "After the sale", {"type": "checkboxes", "options": [post_sale]}, optional=True),
        field(
            "tell",
            "Tell a channel",
            {"type": "conversations_select", "filter": {"include": ["public", "private"]}},
            optional=True,
            hint="Posts that the deal is won, without the amount. I must be in that channel.",
        ),
    ]
    return modal("Won 🏆", ids.FORM_WON, blocks, submit="Mark as won", metadata=origin.text())


def lost(card: Card, origin: Origin, typed: str = "") -> Block:
    """Why: one press on a reason; the note is optional."""
    reasons = [option(_upper(reason.words), reason.value) for reason in LostReason]
    radio = {"type": "radio_buttons", "options": reasons}
    again = [option(label, str(months or NEVER)) for months, label in AGAIN.items()]
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field("reason", "Why?", radio),
        field("note", "Note", text_input(typed, length=NOTE_LENGTH, lines=True), optional=True),
        field("again", "Try again?", menu("again", "Try again?", again, again[0])),
    ]
    return modal("Lost", ids.FORM_LOST, blocks, submit="Mark as lost", metadata=origin.text())


def note(card: Card, origin: Origin) -> Block:
    """Something to remember."""
    blocks = [
        section(words.title(card.prospect.name, card.prospect.company)),
        field("note", "Note", text_input(length=NOTE_LENGTH, lines=True)),
    ]
    return modal("Add a note", ids.FORM_NOTE, blocks, submit="Save", metadata=origin.text())


def add(line: str, origin: Origin, first: Prospect | None = None) -> Block:
    """A new prospect, field by field; ``line`` is what was typed before the form was opened."""
    blocks = [*_fields(first, None), field("note", "Note", text_input(line or None, lines=True), optional=True)]
    return modal("Add a prospect", ids.FORM_ADD, blocks, submit="Add", metadata=origin.text())


def edit(card: Card, origin: Origin) -> Block:
    """Every field of a prospect."""
    return modal("Edit", ids.FORM_EDIT, _fields(card.prospect, card), submit="Save", metadata=origin.text())


def settings(member: Member, origin: Origin) -> Block:
    """When the digest comes."""
    days = [option(name, str(number)) for number, name in enumerate(words.DAY_NAMES)]
    chosen = [days[number] for number in sorted(member.workdays)]
    switches = {"on": (member.digest_on, "Send me the daily digest"), ALL_CLEAR: (member.all_clear, EMPTY_DAYS)}
    options = [option(label, value) for value, (_, label) in switches.items()]
    ticked = [option(label, value) for value, (is_on, label) in switches.items() if is_on]
    checked = {"initial_options": ticked} if ticked else {}
    blocks = [
        field("time", "Time", {"type": "timepicker", "initial_time": words.clock(member.digest_time)}),
        field("days", "Days", {"type": "checkboxes", "options": days, "initial_options": chosen}),
        field("digest", "Daily digest", {"type": "checkboxes", "options": options, **checked}, optional=True),
        field("opens", "I work from", {"type": "timepicker", "initial_time": words.clock(member.opens_time)}),
        field("closes", "I work until", {"type": "timepicker", "initial_time": words.clock(member.closes_time)}),
        field("cap", "Follow-ups a day, at most", text_input(str(member.due_cap), length=4)),
        field("new", "First ones among them, at most", text_input(str(member.new_cap), length=4)),
        field(
            "country",
            "Public holidays",
            text_input(_place(member), length=60, hint="DE-BY, US-CA, Germany Bavaria"),
            optional=True,
            hint="Your own; left empty, your team's and the workspace's count.",
        ),
        context(f"Your time zone is {escape(member.zone)}, as set in Slack."),
    ]
    return modal("Settings", ids.FORM_SETTINGS, blocks, submit="Save", metadata=origin.text())


def pause(member: Member, origin: Origin, now: datetime) -> Block:
    """No digest until a date."""
    first = (member.local(now).date() + PAUSE_OFFERED).isoformat()
    blocks = [field("on", "First digest again on", {"type": "datepicker", "initial_date": first})]
    return modal("Pause digests", ids.FORM_PAUSE, blocks, submit="Pause", metadata=origin.text())


def _place(member: Member) -> str | None:
    parts = (member.rules.country, member.rules.subdivision)
    return "-".join(part for part in parts if part) or None


def _fields(prospect: Prospect | None, card: Card | None) -> list[Block]:
    stages = [option(_upper(stage.value), stage.value) for stage in sorted(OPEN_STAGES, key=_order)]
    stage = next((item for item in stages if prospect and item["value"] == prospect.stage.value), stages[0])

    def line(name: str, label: str, hint: str = "", length: int = 200) -> Block:
        initial = _amount(prospect) if name == "value" else getattr(prospect, name, None)
        return field(name, label, text_input(initial, length=length, hint=hint), optional=name != "name")

    blocks = [
        line("name", "Name"),
        line("company", "Company"),
        line("role", "Role"),
        line("email", "E-mail", "dana@acme.com", 320),
        line("phone", "Phone", "+1 415 555 0132", 40),
        line("value", "Deal value", "$12k", 40),
        field("stage", "Stage", menu("stage", "Stage", stages, stage)),
        line("source", "Source"),
        line("industry", "Industry"),
        line("zone", "Time zone", "Europe/Lisbon", 64),
        field("close_on", "Decides or closes by", _date(prospect.close_on if prospect else None), optional=True),
        field("renewal_on", "Contract renews on", _date(prospect.renewal_on if prospect else None), optional=True),
    ]
    if card is None or card.step is not None:
        blocks.append(_next_field(card))
    return blocks


def _next_field(card: Card | None) -> Block:
    hint = "For example: call thu 10am. Empty: as the cadence says."
    if card is not None and card.step is not None:
        local = card.owner.local(card.step.due_at)
        hint = f"Now: {words.CHANNEL_NAMES[card.step.channel]} {words.day(local.date())}. Empty: leave it there."
    return field("next", "Next step", text_input(length=100, hint="call thu 10am"), optional=True, hint=hint)


def _date(initial: date | None) -> Block:
    return {"type": "datepicker"} | ({"initial_date": initial.isoformat()} if initial else {})


def _amount(prospect: Prospect | None) -> str | None:
    if prospect is None or prospect.value_minor is None or prospect.currency is None:
        return None
    return Money(prospect.value_minor, prospect.currency).text()


def _types(card: Card) -> tuple[list[Block], Block | None]:
    """Every kind of follow-up, and the one that is planned."""
    kinds = [option(kind.value.replace("-", " ").capitalize(), ids.type_word(kind)) for kind in FollowUpType]
    return kinds, kinds[list(FollowUpType).index(card.step.type)] if card.step else None


def _position(card: Card) -> str:
    step = card.step
    if step is None:
        return card.prospect.stage.value
    place = words.position(step.number, step.of, step.cadence)
    return f"{place} · to {words.PURPOSE_WORDS[step.purpose]}".removeprefix(" · ")


def _value(card: Card) -> int:
    return card.step.id if card.step else card.prospect.id


def _order(stage: object) -> int:
    return ["new", "working", "engaged", "proposal"].index(str(stage))


def _day_after(on: date) -> date:
    return on + timedelta(days=1)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def said(message: Message) -> Block:
    """A form that only says something, such as why a press changed nothing."""
    return modal("Follow-up Coach", ids.FORM_LOG, message.blocks, close="Close")
