"""Logging what was done: the cadence moves, the stalled clock starts again, in one transaction."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Connection

from bot.services import cards, changes, definitions, hooks, plans, resources, targets
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput
from bot.services.notes import keep_note, kept_text
from bot.services.plans import Ended, Next
from bot.services.promises import Wish, promise
from bot.services.recorder import Recorder
from bot.services.snoozes import check_ahead
from bot.services.targets import Held, Target
from bot.storage import timeline
from bot.storage.engine import Database
from bot.storage.records import Prospect, StepRow, Touch
from bot.storage.tables import ChangeKind, StepEnd
from cadences import engine
from cadences.decisions import Advance, Finish
from cadences.model import Channel, EnrollmentState, FollowUpType, LostReason, Mood, Outcome, Stage
from language import say

REPLY = "reply"
CHANNEL_LENGTH = 40
EXAMPLE = "log acme via trade fair, met the CTO"
SENT_BY_ITSELF = frozenset({Channel.EMAIL, Channel.LINKEDIN, Channel.SMS, Channel.VIDEO, Channel.LETTER, Channel.OTHER})
"""Channels that need nobody at the other end."""
UNTIMED = time(12, second=0, microsecond=1)
"""Of a touch told of with its day alone: at noon, and by a microsecond apart from one that was made at twelve."""


@dataclass(frozen=True, slots=True)
class OwnChannel:
    """A channel of the team's own: a touch that was made on it, and its name."""

    touch_id: int
    name: str


class Way(StrEnum):
    """Which way a reply went; "no" is a lost deal, and has its own form for the reason."""

    INTERESTED = "interested"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Made:
    """A touch as it was made. No channel: the one that was planned; no outcome: the usual one of the channel."""

    channel: Channel | None = None
    outcome: Outcome | None = None
    note: str = ""
    happened_at: datetime | None = None
    retry: Wish | None = None
    """When to try again, or when the meeting is that was booked; it goes before what the cadence would plan."""
    mood: Mood | None = None
    way: Way | None = None
    """Which way a reply went, where it was said with it."""
    park_until: date | None = None
    lost: LostReason | None = None
    """What a reply that says no, or not now, comes to."""
    sent: str = ""
    """The text that was sent, or said, where it was drafted here."""
    type: FollowUpType | None = None
    """What kind of follow-up it was; None: the kind that was planned."""
    via: str | None = None
    """A channel of the team's own, by its name."""

    @property
    def chose_what_follows(self) -> bool:
        """True where it was said with it what comes next, and not left to the cadence."""
        return any((self.retry, self.way, self.park_until, self.lost))


def log(db: Database, actor: Actor, target: Target, made: Made, now: datetime) -> Done:
    """Log a touch: the prospect moves to its next step, or the cadence ends where the outcome says so."""
    if made.happened_at is not None and made.happened_at > now:
        raise InvalidInput("when", say("a touch can't be logged before it was made"), "log acme call voicemail")
    with changes.writing(db, actor, ChangeKind.LOGGED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        touch = _keep(recorder, held, made)
        hooks.spoken_of(recorder, held.prospect, made.sent)
        resources.spoken_of(recorder, held.prospect, made.sent)
        prospect = move_on(recorder, held, touch, made)
        is_reply = touch.outcome is Outcome.REPLIED or None
        facts = {
            "channel": touch.channel,
            "via": touch.via,
            "outcome": touch.outcome,
            "was_reply": is_reply,
            "way": made.way,
            "mood": touch.mood,
            "touch_id": touch.id,
            "made_at": made.happened_at,
            "by_hand": made.chose_what_follows or None,
            "answers_promise": _promised_on(held, touch, now),
        }
        change = recorder.close(prospect, **facts, do_not_contact=prospect.do_not_contact_at is not None or None)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def move_on(recorder: Recorder, held: Held, touch: Touch, made: Made) -> Prospect:
    """What a touch leads to: the stage, the stalled clock and the next step; the prospect as it stands then."""
    following = _following(recorder, held, touch, made)
    prospect = _touched(recorder, held.prospect, touch, following, made.lost)
    ended = Ended(StepEnd.PAUSED if touch.outcome is Outcome.OUT_OF_OFFICE else StepEnd.DONE, touch.outcome)
    step = plans.apply(recorder, prospect, held.owner, held.step, following, ended)
    if made.way is Way.INTERESTED:
        _on_meeting_track(recorder, prospect, held, step)
    return prospect


def answered(db: Database, actor: Actor, target: Target, way: Way, now: datetime) -> Done:
    """Which way the reply went that is waiting to be answered: interested starts the meeting track."""
    with changes.writing(db, actor, ChangeKind.ANSWERED, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        if not cards.of(recorder.tx, actor.member, held.prospect).asks_which_way:
            why = say("no reply of {name} waits for that", name=held.prospect.name)
            raise InvalidInput("who", why, "replied acme interested")
        if way is Way.INTERESTED:
            _on_meeting_track(recorder, held.prospect, held, held.step)
        change = recorder.close(held.prospect, way=way)
        return Done(change, cards.of(recorder.tx, actor.member, held.prospect))


def out_of_office(db: Database, actor: Actor, target: Target, until_on: date, now: datetime, note: str = "") -> Done:
    """They are away up to and including a date: what is next waits until the first business day after it."""
    with changes.writing(db, actor, ChangeKind.OUT_OF_OFFICE, now) as recorder:
        held = targets.hold(recorder.tx, actor, target)
        if until_on < held.owner.local(now).date():
            raise InvalidInput("when", say("they are back already by then"), "ooo acme until 3 dec")
        check_ahead(held, until_on, now)
        facts = known.of(recorder.tx, held.prospect, None)
        to = engine.out_of_office(held.step.planned, until_on, held.owner.calendar, facts).step
        step = plans.move(recorder, held.owner, held.step, to, Ended(StepEnd.PAUSED), held.step.snoozes)
        prospect = plans.parked_with(recorder, held.prospect, held.owner, step)
        if note:
            keep_note(recorder, prospect, note)
        change = recorder.close(prospect, until_on=until_on)
        return Done(change, cards.of(recorder.tx, actor.member, prospect))


def own_channels(db: Database, actor: Actor) -> tuple[OwnChannel, ...]:
    """The channels of the team's own that were used before, by name."""
    with db.read() as tx:
        return tuple(OwnChannel(*each) for each in timeline.own_channels(tx, actor.workspace_id))


def own_channel(db: Database, actor: Actor, touch_id: int) -> str:
    """The channel that a choice of a form names by a touch. Gone when that touch is."""
    with db.read() as tx:
        touch = timeline.touch(tx, actor.workspace_id, touch_id)
    if touch is None or touch.via is None:
        raise Gone
    return touch.via


def named_channel(tx: Connection, workspace_id: str, name: str | None) -> str | None:
    """A channel's name as the team writes it. InvalidInput for one that is too long."""
    name = " ".join((name or "").replace("\0", "").split())
    if len(name) > CHANNEL_LENGTH:
        why = say("a channel's name has at most {count} characters", count=CHANNEL_LENGTH)
        raise InvalidInput("via", why, EXAMPLE)
    known = (each for _, each in timeline.own_channels(tx, workspace_id) if each.casefold() == name.casefold())
    return next(known, name or None)


def usual_outcome(channel: Channel) -> Outcome:
    """What a touch on this channel mostly comes to, until told otherwise."""
    return Outcome.SENT if channel in SENT_BY_ITSELF else Outcome.CONNECTED


def usual_channel(prospect: Prospect) -> Channel:
    """How a prospect is reached when no step says it."""
    if prospect.preferred_channel is not None:
        return prospect.preferred_channel
    return Channel.EMAIL if prospect.email or not prospect.phone else Channel.CALL


def _keep(recorder: Recorder, held: Held, made: Made) -> Touch:
    channel = Channel.OTHER if made.via else made.channel or held.step.channel
    return recorder.insert(
        Touch,
        prospect_id=held.prospect.id,
        member_id=recorder.actor.member.id,
        channel=channel,
        type=made.type or held.step.type,
        outcome=made.outcome or usual_outcome(channel),
        note=kept_text("\n\n".join((made.note, made.sent if channel in SENT_BY_ITSELF else ""))),
        cadence=held.step.cadence,
        number=held.step.number,
        happened_at=made.happened_at or recorder.now,
        created_at=recorder.now,
        version=held.step.version,
        mood=made.mood,
        via=named_channel(recorder.tx, recorder.actor.workspace_id, made.via) if channel is Channel.OTHER else None,
    )


def _following(recorder: Recorder, held: Held, touch: Touch, made: Made) -> Next:
    meeting_at = None
    if made.retry is not None and touch.outcome is Outcome.MEETING_BOOKED:
        meeting_at = promise(made.retry, held.owner, recorder.now, email=None).due_at
    following = plans.after_touch(recorder, held.prospect, held.owner, held.step, touch, meeting_at)
    if made.lost is not None:
        return Next(Finish(EnrollmentState.FINISHED_REPLIED, None, Stage.LOST), None)
    if made.park_until is not None:
        _check_parking(held, made.park_until, recorder.now)
        return Next(
            engine.park(made.park_until, held.owner.calendar, EnrollmentState.FINISHED_REPLIED, following.facts), None
        )
    if made.retry is None or meeting_at is not None:
        return following
    wish = Wish(made.retry.on, made.retry.at, made.retry.channel or touch.channel)
    step = promise(wish, held.owner, recorder.now, email=held.prospect.email, promised=False)
    step = replace(step, number=None)
    return replace(following, decision=Advance(step))


def _check_parking(held: Held, until_on: date, now: datetime) -> None:
    check_ahead(held, until_on, now)
    if until_on == held.owner.local(now).date():
        raise InvalidInput("when", say("parking needs a later date"), "replied acme not now until march")


def _on_meeting_track(recorder: Recorder, prospect: Prospect, held: Held, step: StepRow | None) -> None:
    """They are interested: the next thing is a meeting, not a mail from where they were before."""
    track = definitions.standard(recorder.tx, prospect.workspace_id, plans.MEETING_TRACK)
    following = plans.switched(recorder, prospect, held.owner, step, track)
    plans.apply(recorder, prospect, held.owner, step, following, Ended(StepEnd.SWITCHED))


def _touched(
    recorder: Recorder, prospect: Prospect, touch: Touch, following: Next, reason: LostReason | None
) -> Prospect:
    """The stalled clock starts again; the stage follows the outcome."""
    decision = following.decision
    stage = prospect.stage
    if stage in {Stage.NEW, Stage.PARKED}:
        stage = Stage.WORKING
    parked_until_on = None
    if isinstance(decision, Finish):
        stage, parked_until_on = decision.stage or stage, decision.park_until_on
    if prospect.stage is Stage.WON:  # a check-in after the sale never takes the sale back
        stage, parked_until_on = Stage.WON, None
    if prospect.stage is Stage.LOST:  # tried again: it stays lost until they answer
        answered = touch.outcome in {Outcome.REPLIED, Outcome.MEETING_BOOKED}
        stage, parked_until_on = Stage.ENGAGED if answered and reason is None else Stage.LOST, None
    lost = stage is Stage.LOST and prospect.stage is not Stage.LOST
    open_again = prospect.stage is Stage.LOST and stage is not Stage.LOST
    refused = isinstance(decision, Finish) and decision.do_not_contact
    return recorder.update(
        prospect,
        do_not_contact_at=recorder.now if refused else prospect.do_not_contact_at,
        stage=stage,
        stage_since_at=prospect.stage_since_at if stage is prospect.stage else recorder.now,
        parked_until_on=parked_until_on,
        lost_reason=(reason or LostReason.OTHER) if lost else None if open_again else prospect.lost_reason,
        closed_on=_closed_on(recorder, prospect, lost=lost, open_again=open_again),
        **_activity(prospect, touch),
    )


def _promised_on(held: Held, touch: Touch, now: datetime) -> date | None:
    """The day that was promised and is still to come, where a touch of an earlier day is what becomes of it."""
    made_on, today, due_on = (held.owner.local(at).date() for at in (touch.happened_at, now, held.step.due_at))
    return due_on if held.step.promised and made_on < today <= due_on else None


def _activity(prospect: Prospect, touch: Touch) -> dict[str, object]:
    """The stalled clock; a touch told of later than something newer leaves it as it is."""
    if touch.happened_at < prospect.active_at:
        return {}
    return {"active_at": touch.happened_at, "active_kind": activity_of(touch), "active_by": touch.member_id}


def is_untimed(moment: datetime) -> bool:
    """True for a touch of which only the day was told: its time of day means nothing."""
    return (moment.second, moment.microsecond) == (UNTIMED.second, UNTIMED.microsecond)


def activity_of(touch: Touch) -> str:
    """What the touch is to the stalled clock."""
    return REPLY if touch.outcome is Outcome.REPLIED else touch.channel.value


def _closed_on(recorder: Recorder, prospect: Prospect, *, lost: bool, open_again: bool) -> date | None:
    if lost:
        return recorder.actor.member.local(recorder.now).date()
    return None if open_again else prospect.closed_on
