"""Where a step lands: on a day that has room, and with whoever works on it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.services.recorder import Recorder
from bot.storage import loads, members
from bot.storage.records import Member
from cadences import calendar, planning
from cadences.decisions import Facts, PlannedStep
from cadences.model import Cadence
from cadences.planning import Caps, Load

LOOKED_AROUND = timedelta(days=12)
"""Days before and after a step's own that it may be moved to: two business days, with holidays in between."""


def caps_of(member: Member) -> Caps:
    """How much a day of hers takes."""
    return Caps(due=member.due_cap, new=member.new_cap)


def around(tx: Connection, member: Member, step: PlannedStep) -> Load:
    """What she has on the days around a step."""
    zone = member.calendar.zone
    rows = loads.between(tx, member.workspace_id, member.id, step.due_at - LOOKED_AROUND, step.due_at + LOOKED_AROUND)
    return Load.of((calendar.local_date(due_at, zone), number == 1, promised) for due_at, number, promised in rows)


def ahead(tx: Connection, member: Member, now: datetime, *, without: int | None = None) -> Load:
    """What she has from today on, but for one step."""
    zone = member.calendar.zone
    starts_at = calendar.day_bounds(calendar.local_date(now, zone), zone)[0]
    rows = loads.ahead(tx, member.workspace_id, member.id, starts_at)
    return Load.of(
        (calendar.local_date(due_at, zone), number == 1, promised)
        for step_id, due_at, number, promised in rows
        if step_id != without
    )


def placed(recorder: Recorder, owner: Member, step: PlannedStep, cadence: Cadence | None, facts: Facts) -> PlannedStep:
    """The step on its own day, or on the lightest near it when that day is full."""
    if planning.is_pinned(step):
        return step
    load = around(recorder.tx, owner, step)
    tolerance = planning.tolerance_of(step, cadence)
    return planning.place(
        step,
        tolerance,
        load,
        caps_of(owner),
        recorder.now,
        owner.calendar,
        planning.earliest_on(step, facts, owner.calendar),
    )


def held_by(tx: Connection, owner: Member, step: PlannedStep) -> tuple[Member, PlannedStep]:
    """Who works on a step: its owner, or her deputy while she is away; on a day the deputy works."""
    leave = calendar.leave_on(calendar.local_date(step.due_at, owner.calendar.zone), owner.calendar)
    if leave is None or leave.deputy_id is None:
        return owner, step
    deputy = members.get(tx, owner.workspace_id, leave.deputy_id)
    if deputy is None or deputy.is_deleted:
        return owner, step
    if step.promised:
        return deputy, step
    local = step.due_at.astimezone(owner.calendar.zone)
    due_at = calendar.on_workday(local.date(), local.time(), replace(deputy.calendar, zone=owner.calendar.zone))
    return deputy, replace(step, due_at=due_at)
