"""Members: who they are (Slack tells), when they work and when they hear from us (they tell)."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from bot.services import changes
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.storage import deliveries, members
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member, Workspace
from bot.storage.tables import ChangeKind, DeliveryKind, Role
from cadences import calendar
from cadences.model import WEEKDAYS

DIGEST_TIME = time(8, 45)
FALLBACK_ZONE = "UTC"
FALLBACK_LOCALE = "en-US"
NAME_LENGTH = 200
CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack tells about a person; no zone: she has not set one."""

    id: str
    name: str
    zone: str | None = None
    locale: str | None = None
    is_admin: bool = False
    is_deleted: bool = False


def ensure_workspace(db: Database, workspace_id: str, name: str, bot_user_id: str, now: datetime) -> None:
    """Know a workspace, or know again one that comes back."""
    with db.begin() as tx:
        if members.workspace(tx, workspace_id) is None:
            values = {"name": name, "bot_user_id": bot_user_id, "currency": CURRENCY}
            members.add_workspace(tx, id=workspace_id, created_at=now, **values)
        else:
            members.update_workspace(tx, workspace_id, name=name, bot_user_id=bot_user_id, uninstalled_at=None)


def workspace(db: Database, workspace_id: str) -> Workspace | None:
    """A workspace, or None when the app was never used there."""
    with db.read() as tx:
        return members.workspace(tx, workspace_id)


def uninstalled(db: Database, workspace_id: str, now: datetime) -> None:
    """The app was removed: nothing more is sent there; the data stays."""
    with db.begin() as tx:
        members.update_workspace(tx, workspace_id, uninstalled_at=now)


def get(db: Database, workspace_id: str, member_id: str) -> Member | None:
    """A member, or None when she never used the app."""
    with db.read() as tx:
        return members.get(tx, workspace_id, member_id)


def ensure(db: Database, workspace_id: str, profile: Profile, now: datetime) -> Member:
    """Know a member; one who is known keeps her settings and gets Slack's news of her."""
    with db.begin() as tx:
        member = members.get(tx, workspace_id, profile.id)
        if member is None:
            member = _new(workspace_id, profile, now)
            members.add(tx, **asdict(member))
        _told(tx, member, profile, now)
        return members.get(tx, workspace_id, profile.id) or member


def told(db: Database, workspace_id: str, profile: Profile, now: datetime) -> int | None:
    """Slack says that a person changed; people who never used the app are none of our business.

    Another zone is not taken but asked about: she may only be travelling. The number of that question's delivery.
    """
    with db.begin() as tx:
        member = members.get(tx, workspace_id, profile.id, lock=True)
        return None if member is None else _told(tx, member, profile, now)


def answer_zone(db: Database, actor: Actor, delivery_id: int, now: datetime, *, yes: bool) -> tuple[str, Done | None]:
    """The member's answer to the question whether her digest follows her to another zone; the zone and the change."""
    with changes.writing(db, actor, ChangeKind.SETTINGS, now) as recorder:
        delivery = deliveries.get(recorder.tx, actor.workspace_id, delivery_id)
        zone = asked_zone(delivery)
        if delivery is None or zone is None or delivery.recipient_id != actor.member.id:
            raise Gone
        if not yes:
            return zone, None
        member = recorder.update(_locked(recorder.tx, actor), zone=zone)
        _plan_digest(recorder.tx, member, now)
        return zone, Done(recorder.close(None, zone=zone))


def asked_zone(delivery: Delivery | None) -> str | None:
    """The zone a delivery asks about, or None when it asks nothing of that kind."""
    if delivery is None or delivery.kind is not DeliveryKind.ZONE or delivery.content is None:
        return None
    return str(delivery.content["zone"])


def set_digest(
    db: Database,
    actor: Actor,
    now: datetime,
    *,
    digest_time: time | None = None,
    workdays: frozenset[int] | None = None,
    digest_on: bool | None = None,
    all_clear: bool | None = None,
) -> Done:
    """Change when the digest comes: its time, its days, whether at all, and whether on empty days too."""
    if workdays is not None and not workdays:
        raise InvalidInput("days", "choose at least one day", "settings days mon-thu")
    wanted = {"digest_time": digest_time, "workdays": workdays, "digest_on": digest_on, "all_clear": all_clear}
    with changes.writing(db, actor, ChangeKind.SETTINGS, now) as recorder:
        values = {name: value for name, value in wanted.items() if value is not None}
        member = recorder.update(_locked(recorder.tx, actor), **values)
        _plan_digest(recorder.tx, member, now)
        return Done(recorder.close(None, **values))


def pause(db: Database, actor: Actor, until_on: date | None, now: datetime) -> Done:
    """No digest until a date (None: the pause is over)."""
    today = actor.member.local(now).date()
    if until_on is not None and until_on <= today:
        raise InvalidInput("when", "a pause ends on a later day", "pause 2d")
    with changes.writing(db, actor, ChangeKind.PAUSED, now) as recorder:
        member = recorder.update(_locked(recorder.tx, actor), paused_until_on=until_on)
        _plan_digest(recorder.tx, member, now)
        return Done(recorder.close(None, until_on=until_on))


def resume(db: Database, actor: Actor, now: datetime) -> Done:
    """Digests again: a pause ends, and a digest that was off is on."""
    with changes.writing(db, actor, ChangeKind.PAUSED, now) as recorder:
        member = recorder.update(_locked(recorder.tx, actor), paused_until_on=None, digest_on=True)
        _plan_digest(recorder.tx, member, now)
        return Done(recorder.close(None))


def set_role(db: Database, actor: Actor, member_id: str, role: Role, now: datetime) -> Done:
    """Make somebody a manager, or a rep again; only an admin may."""
    if actor.member.role is not Role.ADMIN:
        raise NotAllowed("change roles", "an admin")
    with changes.writing(db, actor, ChangeKind.ROLE, now) as recorder:
        member = members.get(recorder.tx, actor.workspace_id, member_id, lock=True)
        if member is None:
            raise InvalidInput("who", "they have not used Follow-up Coach yet: ask them to type `/followup` once")
        recorder.update(member, role=role)
        return Done(recorder.close(None, member_name=member.name, role=role))


def replan_digest(db: Database, workspace_id: str, member_id: str, now: datetime) -> None:
    """Set the next digest's moment anew, after settings were undone."""
    with db.begin() as tx:
        fresh = members.get(tx, workspace_id, member_id)
        if fresh is not None:
            _plan_digest(tx, fresh, now)


def remember_dm(db: Database, member: Member, channel: str) -> None:
    """Keep the conversation with a member, so that it is opened once."""
    with db.begin() as tx:
        members.change(tx, member.workspace_id, member.id, dm_channel=channel)


def _new(workspace_id: str, profile: Profile, now: datetime) -> Member:
    return Member(
        workspace_id=workspace_id,
        id=profile.id,
        name=profile.name[:NAME_LENGTH],
        zone=FALLBACK_ZONE,
        locale=FALLBACK_LOCALE,
        role=Role.ADMIN if profile.is_admin else Role.REP,
        is_deleted=False,
        dm_channel=None,
        digest_time=DIGEST_TIME,
        workdays=WEEKDAYS,
        digest_on=True,
        all_clear=False,
        paused_until_on=None,
        next_digest_at=None,
        created_at=now,
    )


def _locked(tx: Connection, actor: Actor) -> Member:
    return members.get(tx, actor.workspace_id, actor.member.id, lock=True) or actor.member


def _told(tx: Connection, member: Member, profile: Profile, now: datetime) -> int | None:
    zone = _known_zone(profile.zone)
    # Whoever has no digest planned yet is new: there is nothing that could move under her.
    is_new = member.next_digest_at is None or member.zone == FALLBACK_ZONE
    fresh = replace(
        member,
        name=profile.name[:NAME_LENGTH] or member.name,
        zone=zone if zone and is_new else member.zone,
        locale=profile.locale or member.locale,
        is_deleted=profile.is_deleted,
    )
    news = {"name": fresh.name, "zone": fresh.zone, "locale": fresh.locale, "is_deleted": fresh.is_deleted}
    members.change(tx, member.workspace_id, member.id, **news)
    if (fresh.zone, fresh.is_deleted) != (member.zone, member.is_deleted) or member.next_digest_at is None:
        _plan_digest(tx, fresh, now)
    return _ask_zone(tx, fresh, zone, now) if zone and zone != fresh.zone else None


def _ask_zone(tx: Connection, member: Member, zone: str, now: datetime) -> int | None:
    today = member.local(now).date()
    return deliveries.open_once(
        tx, member.workspace_id, DeliveryKind.ZONE, member.id, today, now, subject=zone, content={"zone": zone}
    )


def _plan_digest(tx: Connection, member: Member, now: datetime) -> None:
    wanted = member.digest_on and not member.is_deleted
    next_at = calendar.next_occurrence(member.digest_time, now, member.calendar) if wanted else None
    members.change(tx, member.workspace_id, member.id, next_digest_at=next_at)


def _known_zone(name: str | None) -> str | None:
    if not name:
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        return None
