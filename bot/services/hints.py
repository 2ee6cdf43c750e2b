"""What else there is to say about a next step: what was left out before it, what moved it, when a call suits them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.services import definitions
from bot.services import facts as known
from bot.storage import companies, steps
from bot.storage.records import Member, Prospect, StepRow
from cadences import calendar, call_windows, phone_zones
from cadences.links import links
from cadences.model import Channel
from cadences.pace import MIN_GAP
from cadences.reach import EXCHANGED, by_preference, can_make


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step that could not be made; no channel: it needs a renewal date."""

    number: int
    channel: Channel | None
    too_close: bool = False
    """True for a step before a renewal whose date is known: its day was not ahead."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """Where they are. The hours are moments in UTC in which both work on the day of the step; None: there are none."""

    zone: str
    inferred: bool
    """True when only their phone number says so."""
    from_at: datetime | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """The latest touch of somebody else with another person at the same company."""

    name: str
    with_name: str
    company: str
    channel: Channel
    happened_at: datetime

    def is_close(self, reader: Member, now: datetime) -> bool:
        """True while another touch would come inside the gap that one person's touches keep."""
        made_on = calendar.local_date(self.happened_at, reader.calendar.zone)
        return calendar.add_workdays(made_on, MIN_GAP, reader.calendar) > reader.local(now).date()


@dataclass(frozen=True, slots=True)
class Hints:
    """Facts about a next step, for views to put into words."""

    left_out: tuple[LeftOut, ...] = ()
    moved_from: date | None = None
    """The date it would have, had that day not been full."""
    away_until: date | None = None
    theirs: Theirs | None = None
    attempt: int = 1
    decides_on: date | None = None
    """Their own date, where it is far enough to wait for it."""
    sent_before: tuple[str, ...] = ()
    """Links in the step's template that they were sent already."""
    for_name: str | None = None
    """Whose prospect it is, where the reader stands in for her."""
    colleague: Colleague | None = None
    best_at: datetime | None = None
    """When a call suits them best, inside the hours both work."""
    instead_of: Channel | None = None
    """What the cadence wrote, where they prefer another way."""

    def decision(self, today: date) -> date | None:
        """Their own date, where it is still far enough ahead: a card's step may be long overdue."""
        on = self.decides_on
        return on if on is not None and (on - today).days >= ALIGN_AHEAD else None


NONE = Hints()
ALIGN_AHEAD = 21
"""Days: with their decision this far away, waiting for it is worth offering."""


def of(
    tx: Connection, prospect: Prospect, step: StepRow, reader: Member, on: date, for_name: str | None = None
) -> Hints:
    """The hints of a step, as its reader works on a day of hers."""
    return Hints(
        left_out=_left_out(tx, prospect, step),
        moved_from=step.wanted_on,
        away_until=step.paused_until_on,
        theirs=theirs(prospect, reader, on) if step.channel is Channel.CALL else None,
        attempt=step.attempt,
        decides_on=_decides_on(prospect, step, reader, on),
        sent_before=_sent_before(tx, step),
        for_name=for_name,
        colleague=_colleague(tx, prospect, reader),
        best_at=best_at(prospect, reader, on) if step.channel is Channel.CALL else None,
        instead_of=_instead_of(tx, prospect, step),
    )


def theirs(prospect: Prospect, reader: Member, on: date) -> Theirs | None:
    """Where they are, if it is known and elsewhere, and when both work on this day."""
    inferred, zone = prospect.zone is None, _zone_of(prospect)
    if zone is None or zone == reader.zone:
        return None
    windows = call_windows.shared_hours(on, reader.calendar, ZoneInfo(zone))
    if not windows:
        return Theirs(zone, inferred)
    return Theirs(zone, inferred, windows[0].starts_at, windows[-1].ends_at)


def best_at(prospect: Prospect, reader: Member, on: date) -> datetime | None:
    """When on this day their clock shows the time they like best; without a zone of theirs it is the reader's."""
    if prospect.best_time is None:
        return None
    zone = ZoneInfo(_zone_of(prospect) or reader.zone)
    return call_windows.best_moment(on, prospect.best_time, zone, call_windows.shared_hours(on, reader.calendar, zone))


def _zone_of(prospect: Prospect) -> str | None:
    return prospect.zone or (phone_zones.zone_of_phone(prospect.phone) if prospect.phone else None)


def _instead_of(tx: Connection, prospect: Prospect, step: StepRow) -> Channel | None:
    """What the cadence wrote for a step that goes another way because they prefer it."""
    if prospect.preferred_channel is not step.channel or step.cadence is None or step.number is None:
        return None
    steps_written = definitions.at(tx, step.workspace_id, step.cadence, step.version).steps
    written = steps_written[step.number - 1].channel if step.number <= len(steps_written) else step.channel
    return written if written is not step.channel and written in EXCHANGED else None


def _colleague(tx: Connection, prospect: Prospect, reader: Member) -> Colleague | None:
    """Two who write to one company in one week should know of each other."""
    if prospect.company is None or prospect.company_key is None:
        return None
    found = companies.touched_by_others(tx, prospect.workspace_id, prospect.company_key, prospect.id, reader.id)
    if found is None:
        return None
    by, with_name, channel, happened_at = found
    return Colleague(by, with_name, prospect.company, channel, happened_at)


def _left_out(tx: Connection, prospect: Prospect, step: StepRow) -> tuple[LeftOut, ...]:
    """What was passed over and still can't be made; a detail that was added since is no longer missing."""
    if not step.skipped or step.cadence is None:
        return ()
    written = definitions.at(tx, step.workspace_id, step.cadence, step.version).steps
    reach = known.reach_of(prospect)
    found = []
    for number in step.skipped:
        if number > len(written):
            continue
        left_out = written[number - 1]
        if left_out.before_renewal and (reach.renewal_on is not None or can_make(left_out.channel, reach)):
            found.append(LeftOut(number, None, too_close=reach.renewal_on is not None))
        elif not can_make(by_preference(left_out.channel, reach), reach):
            found.append(LeftOut(number, left_out.channel))
    return tuple(found)


def _sent_before(tx: Connection, step: StepRow) -> tuple[str, ...]:
    """The same thing is worth nothing the second time."""
    if step.cadence is None or step.number is None:
        return ()
    coming = _links(tx, step.workspace_id, (step.cadence, step.version, step.number))
    if not coming:
        return ()
    made = steps.made_of(tx, step.workspace_id, step.prospect_id)
    known = {link for place in made for link in _links(tx, step.workspace_id, place)}
    return tuple(link for link in coming if link in known)


def _links(tx: Connection, workspace_id: str, place: steps.Place) -> tuple[str, ...]:
    cadence, version, number = place
    written = definitions.at(tx, workspace_id, cadence, version).steps
    return links(written[number - 1].template) if number <= len(written) else ()


def _decides_on(prospect: Prospect, step: StepRow, reader: Member, today: date) -> date | None:
    decides_on = prospect.close_on
    if decides_on is None or step.promised or (decides_on - today).days < ALIGN_AHEAD:
        return None
    due_on = calendar.local_date(step.due_at, reader.calendar.zone)
    return decides_on if (decides_on - due_on).days >= ALIGN_AHEAD else None
