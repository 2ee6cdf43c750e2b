"""Members: who they are (Slack tells), when they work and when they hear from us (they tell)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from sqlalchemy import Connection

from bot.services import changes, free_days, moments, travel
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.storage import deliveries, members
from bot.storage.engine import Database
from bot.storage.records import Delivery, Member, Workspace, values_of
from bot.storage.tables import ChangeKind, DeliveryKind, Rhythm, Role
from cadences.work_calendar import DAY_CLOSES, DAY_OPENS, DUE_A_DAY, NEW_A_DAY, NO_RULES, WEEKDAYS
from language import dates, languages, mark, say

DIGEST_TIME = time(8, 45)
FALLBACK_ZONE = "UTC"
FALLBACK_LOCALE = "en-US"
NAME_LENGTH = 200
CURRENCY = "USD"
CAP_AT_MOST = 200
NO_MOVES = free_days.Moves()
NO_ZONE = mark("I know no time zone or city of that name: try Europe/Lisbon or Lisbon")
ZONE_EXAMPLE = "settings zone Lisbon"
AUTOMATIC = "auto"
"""In place of a language: the one that her Slack is in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose public holidays are free; no country: none."""

    country: str | None = None
    subdivision: str | None = None


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


def here(db: Database, workspace_id: str) -> list[str]:
    """The Slack ids of everybody who uses the app and was not deactivated, as far as we know."""
    with db.read() as tx:
        return members.here(tx, workspace_id)


def ensure(db: Database, workspace_id: str, profile: Profile, now: datetime) -> Member:
    """Know a member; one who is known keeps her settings and gets Slack's news of her."""
    with db.begin() as tx:
        known = members.get(tx, workspace_id, profile.id)
        member = known or _new(workspace_id, profile, now)
        if known is None:
            members.add(tx, **values_of(member))
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
        plan_digest(recorder.tx, member, now)
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
    hours: tuple[time, time] | None = None,
    due_cap: int | None = None,
    new_cap: int | None = None,
    place: Place | None = None,
    rhythm: Rhythm | None = None,
    second_nudge: bool | None = None,
    recap: bool | None = None,
    language: str | None = None,
    zone: str | None = None,
) -> Done:
    """Change when the digest comes, on which days and in which hours she works, how much a day takes, and her language.

    A digest time outside the hours widens them. Steps on days that are free now are planned anew; `moved` among the
    change's facts counts them, and `promised` names those that stay.
    """
    wanted: dict[str, Any] = {"digest_time": digest_time, "workdays": workdays, "digest_on": digest_on}
    wanted |= {"rhythm": rhythm, "all_clear": all_clear, "due_cap": due_cap, "new_cap": new_cap}
    wanted |= {"second_nudge": second_nudge, "recap": recap, "language": language, "zone": zone}
    values = {name: value for name, value in wanted.items() if value is not None}
    _refuse_impossible(workdays, due_cap, new_cap, language)
    if zone is not None and _known_zone(zone) is None:
        raise InvalidInput("zone", say(NO_ZONE), ZONE_EXAMPLE)
    with changes.writing(db, actor, ChangeKind.SETTINGS, now) as recorder:
        member = _locked(recorder.tx, actor)
        values |= _hours(member, hours, digest_time)
        rules = replace(member.rules, country=place.country, subdivision=place.subdivision) if place else member.rules
        if rules != member.rules:
            values["rules"] = rules
        planned_before = (member.workdays, member.rules)
        if language == AUTOMATIC:
            values["language"] = None
        member = recorder.update(member, **values)
        moves = free_days.move_off(recorder, member) if (member.workdays, member.rules) != planned_before else NO_MOVES
        plan_digest(recorder.tx, member, now)
        if digest_on:
            travel.ask_now(recorder.tx, member, now)
        told = {name: value for name, value in values.items() if name != "rules"}
        promised = tuple((each.name, each.on) for each in moves.promised)
        return Done(recorder.close(None, **told, moved=moves.moved or None, promised=promised or None))


def _refuse_impossible(
    workdays: frozenset[int] | None, due_cap: int | None, new_cap: int | None, language: str | None
) -> None:
    if workdays is not None and not workdays:
        raise InvalidInput("days", say("choose at least one day"), "settings days mon-thu")
    for name, cap, example in (("cap", due_cap, "settings cap 20"), ("new", new_cap, "settings new 10")):
        if cap is not None and not 1 <= cap <= CAP_AT_MOST:
            raise InvalidInput(name, say("a day takes 1 to {count} follow-ups", count=CAP_AT_MOST), example)
    if language not in {None, AUTOMATIC, *languages()}:
        names = ", ".join(str(Locale(code).display_name) for code in languages())
        raise InvalidInput("language", say("I speak: {languages}", languages=names), "settings language english")


def _hours(member: Member, hours: tuple[time, time] | None, digest_time: time | None) -> dict[str, object]:
    """The hours to keep: as wished, with the digest inside; a digest time outside of those that stand widens them."""
    opens, closes = hours or (member.opens_time, member.closes_time)
    if opens >= closes:
        raise InvalidInput("closes", say("the hours need to end after they begin"), "settings hours 8:00-18:00")
    digest_at = digest_time or member.digest_time
    if hours is not None and hours != (member.opens_time, member.closes_time) and not opens <= digest_at <= closes:
        at = dates.clock(digest_at)
        why = say("your digest comes at {time}, outside of these hours: move it first", time=at)
        raise InvalidInput("opens", why, f"settings time {opens:%H:%M}")
    if hours is None and digest_time is None:
        return {}
    return {"opens_time": min(opens, digest_at), "closes_time": max(closes, digest_at)}


def pause(db: Database, actor: Actor, until_on: date | None, now: datetime) -> Done:
    """No digest until a date (None: the pause is over)."""
    today = actor.member.local(now).date()
    if until_on is not None and until_on <= today:
        raise InvalidInput("when", say("a pause ends on a later day"), "pause 2d")
    with changes.writing(db, actor, ChangeKind.PAUSED, now) as recorder:
        member = recorder.update(_locked(recorder.tx, actor), paused_until_on=until_on)
        plan_digest(recorder.tx, member, now)
        return Done(recorder.close(None, until_on=until_on))


def resume(db: Database, actor: Actor, now: datetime) -> Done:
    """Digests again: a pause ends, and a digest that was off is on."""
    with changes.writing(db, actor, ChangeKind.PAUSED, now) as recorder:
        member = recorder.update(_locked(recorder.tx, actor), paused_until_on=None, digest_on=True)
        plan_digest(recorder.tx, member, now)
        travel.ask_now(recorder.tx, member, now)
        return Done(recorder.close(None))


def set_role(db: Database, actor: Actor, member_id: str, role: Role, now: datetime) -> Done:
    """Make somebody a manager, or a rep again; only an admin may."""
    if actor.member.role is not Role.ADMIN:
        raise NotAllowed(say("change roles"), say("an admin"))
    with changes.writing(db, actor, ChangeKind.ROLE, now) as recorder:
        member = members.get(recorder.tx, actor.workspace_id, member_id, lock=True)
        if member is None:
            why = say("they have not used Follow-up Coach yet: ask them to type `/followup` once")
            raise InvalidInput("who", why)
        recorder.update(member, role=role)
        return Done(recorder.close(None, member_name=member.name, role=role))


def replan_digest(db: Database, workspace_id: str, member_id: str, now: datetime) -> None:
    """Set the next digest's moment anew, after settings were undone."""
    with db.begin() as tx:
        fresh = members.get(tx, workspace_id, member_id)
        if fresh is not None:
            plan_digest(tx, fresh, now)


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
        team=None,
        opens_time=DAY_OPENS,
        closes_time=DAY_CLOSES,
        due_cap=DUE_A_DAY,
        new_cap=NEW_A_DAY,
        rules=NO_RULES,
        leave=(),
        rhythm=Rhythm.DAILY,
        second_nudge=False,
        recap=False,
        onboarded_at=None,
        next_nudge_at=None,
        next_recap_at=None,
        language=None,
    )


def _locked(tx: Connection, actor: Actor) -> Member:
    return members.get(tx, actor.workspace_id, actor.member.id, lock=True) or actor.member


def _told(tx: Connection, member: Member, profile: Profile, now: datetime) -> int | None:
    zone = _known_zone(profile.zone)
    # Of whom no zone is known yet nothing could move.
    is_new = member.zone == FALLBACK_ZONE
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
        plan_digest(tx, fresh, now)
    if zone and zone != fresh.zone:
        return travel.ask(tx, fresh, zone, now)
    if zone:
        travel.drop(tx, fresh)
    return None


def plan_digest(tx: Connection, member: Member, now: datetime) -> None:
    """Set the moments at which a member hears next, or has the next logged reason for silence."""
    latest = deliveries.latest(tx, member.workspace_id, DeliveryKind.DAILY, member.id)
    following = moments.following(member, now, had_on=latest.local_on if latest else None)
    members.change(tx, member.workspace_id, member.id, **following)


def _known_zone(name: str | None) -> str | None:
    if not name:
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        return None
