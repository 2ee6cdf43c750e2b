"""What was shown for three days and not touched: it collapses into a count that asks what shall become of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.services import changes, closing, free_days, plans, snoozes, targets
from bot.services import facts as known
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone
from bot.services.plans import Ended, Next
from bot.services.recorder import Recorder
from bot.services.rows import DAYS_IGNORED, Row, Section, digests_sent
from bot.services.targets import Held
from bot.storage import prospects, steps
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect, StepRow
from bot.storage.tables import ChangeKind, StepEnd
from cadences import calendar, engine
from cadences.decisions import Facts
from cadences.model import LostReason, Stage
from language import mark

NAMES_SHOWN = 5
DROPPED_BECAUSE = mark("dropped: shown for days and not followed up")


@dataclass(frozen=True, slots=True)
class Ignored:
    """One that was ignored: its step and whose it is."""

    prospect_id: int
    step_id: int
    name: str
    company: str | None


def parted(
    tx: Connection, member: Member, rows: Sequence[Row], today: date
) -> tuple[tuple[Row, ...], tuple[Ignored, ...]]:
    """The rows that are still worth a place of their own, and those that were ignored too often. Promises stay."""
    if not any(row.section is Section.OVERDUE for row in rows):
        return tuple(rows), ()
    sent = digests_sent(tx, member, today)
    kept, tired = [], []
    for row in rows:
        due_on = member.local(row.due_at).date()
        seen = sum(due_on <= on < today for on in sent)
        if row.section is Section.OVERDUE and seen >= DAYS_IGNORED:
            tired.append(Ignored(row.prospect_id, row.step_id, row.name, row.company))
        else:
            kept.append(row)
    return tuple(kept), tuple(tired)


def as_they_were(tx: Connection, workspace_id: str, tired: Sequence[Ignored]) -> tuple[Ignored, ...]:
    """Those whose step is still the next one."""
    if not tired:
        return ()
    standing = prospects.next_steps(tx, workspace_id, [each.prospect_id for each in tired])
    return tuple(each for each in tired if (step := standing.get(each.prospect_id)) and step.id == each.step_id)


def drop(db: Database, actor: Actor, tired: Sequence[Ignored], now: datetime) -> Done:
    """Close all of them as lost, as one change: a person, not the program, gave them up."""
    with changes.writing(db, actor, ChangeKind.DROPPED, now) as recorder:
        held = _held(recorder, tired)
        for prospect, step in held:
            one = Held(prospect, targets.owner_of(recorder.tx, prospect), step)
            if prospect.stage.is_open or prospect.stage is Stage.PARKED:
                closing.close_as_lost(recorder, one, LostReason.OTHER, DROPPED_BECAUSE)
            else:  # a customer's check-ins, or a lost deal that was to be tried again: only these end
                closing.stop_planning(recorder, one)
        return Done(recorder.close(None, count=len(held), because="ignored"))


def park(db: Database, actor: Actor, tired: Sequence[Ignored], now: datetime) -> Done:
    """Set all of them aside for ninety days, as one change."""
    with changes.writing(db, actor, ChangeKind.REPLANNED, now) as recorder:
        held = _held(recorder, tired)
        until_on = actor.member.local(now).date() + timedelta(days=snoozes.PARKED_DAYS)
        for prospect, step in held:
            decision = engine.park(until_on, actor.member.calendar, facts=Facts(known.reach_of(prospect)))
            parked = plans.set_aside(recorder, prospect, decision.park_until_on)
            plans.apply(recorder, parked, actor.member, step, Next(decision, None), Ended(StepEnd.PAUSED))
        return Done(recorder.close(None, count=len(held), deed="parked", until_on=until_on))


def replan(db: Database, actor: Actor, tired: Sequence[Ignored], now: datetime) -> Done:
    """Spread all of them over the coming days, never more a day than her cap, as one change."""
    with changes.writing(db, actor, ChangeKind.REPLANNED, now) as recorder:
        held = _held(recorder, tired)
        tomorrow = actor.member.local(now).date() + timedelta(days=1)
        moves = free_days.spread(recorder, actor.member, held, calendar.next_workday(tomorrow, actor.member.calendar))
        return Done(recorder.close(None, count=moves.moved, deed="replanned", until_on=moves.until_on))


def _held(recorder: Recorder, tired: Sequence[Ignored]) -> list[tuple[Prospect, StepRow]]:
    """Each of them that is still as it was, its row locked, in the order of their numbers. Gone when none is."""
    workspace_id, mine, found = recorder.actor.workspace_id, recorder.actor.member.id, []
    for each in sorted(tired, key=lambda each: each.prospect_id):
        prospect = prospects.get(recorder.tx, workspace_id, each.prospect_id, lock=True)
        step = steps.open_of(recorder.tx, workspace_id, each.prospect_id)
        if prospect is not None and step is not None and step.id == each.step_id and step.owner_id == mine:
            found.append((prospect, step))
    if not found:
        raise Gone
    return found
