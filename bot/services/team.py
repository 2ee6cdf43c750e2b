"""The team digest: set up in a channel, opened once a week, drawn as it stands after each click."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.services import changes, silence
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.digests import ROW_KINDS
from bot.services.errors import InvalidInput, NotAllowed
from bot.services.recorder import Recorder
from bot.services.stalling import Stalled, stalled_in
from bot.storage import changes as kept_changes
from bot.storage import deliveries, members, prospects, team_digests
from bot.storage.engine import Database
from bot.storage.records import Change, Delivery, Member, StepRow, TeamDigest
from bot.storage.tables import ChangeKind, DeliveryKind, DeliveryState
from cadences import calendar
from cadences.model import Stage
from cadences.stalled import Label
from cadences.work_calendar import WorkCalendar
from language import mark, say

WEEKDAY = 0
POST_TIME = time(9, 30)
ROWS_AT_MOST = 10
LISTED_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One stalled deal, as it stood when the digest was made."""

    prospect_id: int
    step_id: int
    name: str
    company: str | None
    value_minor: int | None
    currency: str | None
    stage: Stage
    owner_id: str
    owner_name: str
    idle_days: int
    labels: tuple[Label, ...]
    too_far: bool
    active_at: datetime
    active_kind: str
    active_by: str


@dataclass(frozen=True, slots=True)
class TeamContent:
    """What a team digest says: the first ten rows stand in the channel, all of them in its thread, per owner."""

    rows: tuple[TeamRow, ...]
    zone: str
    shows_money: bool
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class TeamRowNow:
    """A row with what happened since."""

    row: TeamRow
    change: Change | None = None
    by: Member | None = None
    step: StepRow | None = None
    nudged_at: datetime | None = None
    """When its owner heard a nudge about it, or is to hear it."""
    is_nudged: bool = False
    """She heard it."""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team digest as it is drawn now; ``owner_id`` where it is one owner's part in the thread."""

    rows: tuple[TeamRowNow, ...]
    local_on: date
    now: datetime
    zone: str
    shows_money: bool
    thread_ts: str | None = None
    owner_id: str | None = None

    @property
    def shown(self) -> tuple[TeamRowNow, ...]:
        """The rows that get buttons."""
        return self.rows[:ROWS_AT_MOST]


CONTENT: TypeAdapter[TeamContent] = TypeAdapter(TeamContent)


def current(db: Database, workspace_id: str, channel_id: str) -> TeamDigest | None:
    """The channel's digest, on or off, or None when it never had one."""
    with db.read() as tx:
        return team_digests.get(tx, workspace_id, channel_id)


def set_up(
    db: Database,
    actor: Actor,
    channel_id: str,
    now: datetime,
    *,
    weekday: int | None = None,
    post_time: time | None = None,
    shows_money: bool | None = None,
    is_on: bool = True,
) -> Done:
    """Give a channel its digest, or change it; what is None stays, or takes the default."""
    if shows_money and not actor.member.may_manage:
        raise NotAllowed(say("show amounts in a channel"), say("a manager or an admin"))
    if weekday is not None and not 0 <= weekday <= 6:
        raise InvalidInput("weekday", say("that is no day of the week"), "team mon 09:30")
    if channel_id.startswith("D"):
        raise InvalidInput("channel", say("a team digest needs a channel: type this in the channel it is for"))
    with changes.writing(db, actor, ChangeKind.TEAM, now) as recorder:
        digest = _written(recorder, actor, channel_id, weekday, post_time, shows_money, is_on)
        _plan_digest(recorder.tx, digest, now)
        change = recorder.close(
            None, channel_id=channel_id, weekday=digest.weekday, post_time=digest.post_time, is_on=digest.is_on
        )
        return Done(change)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A set-up that was asked for and taken back."""

    weekday: int
    post_time: time


def wanted(db: Database, workspace_id: str, change_id: int) -> Wanted | None:
    """What a change set up, or None when it set nothing up."""
    with db.read() as tx:
        change = kept_changes.get(tx, workspace_id, change_id)
    if change is None or change.kind is not ChangeKind.TEAM:
        return None
    return Wanted(change.facts["weekday"], time.fromisoformat(change.facts["post_time"]))


def replan(db: Database, workspace_id: str, channel_id: str, now: datetime) -> None:
    """Set the channel's next moment anew, after its settings were undone."""
    with db.begin() as tx:
        digest = team_digests.get(tx, workspace_id, channel_id)
        if digest is not None:
            _plan_digest(tx, digest, now)


def open_due(db: Database, now: datetime, limit: int) -> int:
    """Open the digest of every channel whose moment has come, one transaction each; how many were looked at."""
    with db.read() as tx:
        waiting = team_digests.due(tx, now, limit)
    for digest in waiting:
        with db.begin() as tx:
            _open(tx, digest, now)
    return len(waiting)


def view(db: Database, workspace_id: str, delivery_id: int, now: datetime) -> TeamView | None:
    """A team digest, or an owner's part of it, as it stands now."""
    with db.read() as tx:
        delivery = deliveries.get(tx, workspace_id, delivery_id)
        if delivery is None or delivery.kind is not DeliveryKind.TEAM or delivery.content is None:
            return None
        content = CONTENT.validate_python(delivery.content)
        owner_id = delivery.subject or None
        rows = _as_it_stands(tx, delivery, content.rows)
        return TeamView(rows, delivery.local_on, now, content.zone, content.shows_money, content.thread_ts, owner_id)


def open_thread(tx: Connection, delivery: Delivery, ts: str, now: datetime) -> None:
    """Once the digest stands in the channel, each owner's part follows in its thread."""
    content = CONTENT.validate_python(delivery.content)
    for owner_id in dict.fromkeys(row.owner_id for row in content.rows):
        part = TeamContent(
            tuple(row for row in content.rows if row.owner_id == owner_id), content.zone, content.shows_money, ts
        )
        deliveries.open_once(
            tx,
            delivery.workspace_id,
            DeliveryKind.TEAM,
            delivery.recipient_id,
            delivery.local_on,
            now,
            subject=owner_id,
            content=CONTENT.dump_python(part, mode="json"),
        )


def _written(
    recorder: Recorder,
    actor: Actor,
    channel_id: str,
    weekday: int | None,
    post_time: time | None,
    shows_money: bool | None,
    is_on: bool,
) -> TeamDigest:
    members.hold_workspace(recorder.tx, actor.workspace_id)
    kept = team_digests.get(recorder.tx, actor.workspace_id, channel_id)
    if kept is None:
        return recorder.insert(
            TeamDigest,
            channel_id=channel_id,
            member_id=actor.member.id,
            zone=actor.member.zone,
            weekday=WEEKDAY if weekday is None else weekday,
            post_time=post_time or POST_TIME,
            shows_money=bool(shows_money),
            is_on=is_on,
            created_at=recorder.now,
        )
    return recorder.update(
        kept,
        weekday=kept.weekday if weekday is None else weekday,
        post_time=post_time or kept.post_time,
        shows_money=kept.shows_money if shows_money is None else shows_money,
        is_on=is_on,
    )


def _plan_digest(tx: Connection, digest: TeamDigest, now: datetime) -> None:
    team_digests.set_next(tx, digest, _next(digest, now) if digest.is_on else None)


def _next(digest: TeamDigest, now: datetime) -> datetime:
    weekly = WorkCalendar(ZoneInfo(digest.zone), frozenset({digest.weekday}))
    return calendar.next_occurrence(digest.post_time, now, weekly)


def _open(tx: Connection, digest: TeamDigest, now: datetime) -> None:
    scheduled_at = digest.next_digest_at
    if scheduled_at is None:
        return
    late = now - scheduled_at > silence.LATE_AT_MOST
    next_at = _next(digest, scheduled_at if late else now) if digest.is_on else None
    if not team_digests.move(tx, digest, next_at):
        return
    found = [] if late else stalled_in(tx, digest.workspace_id, now)
    reason = silence.LATE if late else None if found else mark("nothing stalled")
    content = TeamContent(tuple(_row(item) for item in found[:LISTED_AT_MOST]), digest.zone, digest.shows_money)
    deliveries.open_once(
        tx,
        digest.workspace_id,
        DeliveryKind.TEAM,
        digest.channel_id,
        scheduled_at.astimezone(ZoneInfo(digest.zone)).date(),
        now,
        content=CONTENT.dump_python(content, mode="json"),
        silent_because=reason,
    )


def _row(item: Stalled) -> TeamRow:
    prospect = item.prospect
    return TeamRow(
        prospect_id=prospect.id,
        step_id=item.step.id,
        name=prospect.name,
        company=prospect.company,
        value_minor=prospect.value_minor,
        currency=prospect.currency,
        stage=prospect.stage,
        owner_id=item.owner.id,
        owner_name=item.owner.name,
        idle_days=item.verdict.idle_days,
        labels=item.verdict.labels,
        too_far=item.verdict.next_step_too_far,
        active_at=prospect.active_at,
        active_kind=prospect.active_kind,
        active_by=item.active_by.name,
    )


def _as_it_stands(tx: Connection, delivery: Delivery, rows: tuple[TeamRow, ...]) -> tuple[TeamRowNow, ...]:
    ids = [row.prospect_id for row in rows]
    known = prospects.many(tx, delivery.workspace_id, ids)
    made = kept_changes.since(tx, delivery.workspace_id, ids, [*ROW_KINDS, ChangeKind.NOTED], delivery.created_at)
    latest = {change.prospect_id: change for change in made}
    people = members.named(tx, delivery.workspace_id, [change.member_id for change in made])
    following = prospects.next_steps(tx, delivery.workspace_id, ids)
    nudges = deliveries.nudges(tx, delivery.workspace_id, [row.owner_id for row in rows], delivery.created_at)
    nudged = {nudge.content["prospect_id"]: nudge for nudge in nudges if nudge.content}
    return tuple(
        TeamRowNow(
            row,
            change := latest.get(row.prospect_id),
            people.get(change.member_id) if change else None,
            following.get(row.prospect_id),
            _heard_at(nudged.get(row.prospect_id)),
            is_nudged=row.prospect_id in nudged and nudged[row.prospect_id].sent_at is not None,
            gone=row.prospect_id not in known,
        )
        for row in rows
    )


def _heard_at(nudge: Delivery | None) -> datetime | None:
    """When somebody heard a nudge, or is to; None where there is none, or it never reached her."""
    if nudge is None or nudge.state in {DeliveryState.FAILED, DeliveryState.SKIPPED}:
        return None
    return nudge.sent_at or nudge.not_before_at
