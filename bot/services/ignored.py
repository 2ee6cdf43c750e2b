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
from bot.services.rows import Row, Section, shown_too_often
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
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Parted:
    """A day's rows without what was ignored too often, and that, promises first."""

    rows: tuple[Row, ...]
    asked: tuple[Ignored, ...]
    lent: frozenset[int]
    """Steps among the rows that were ignored as often and are a colleague's: she decides about them, no deputy."""


def parted(tx: Connection, member: Member, rows: Sequence[Row], today: date) -> Parted:
    """The rows that are still worth a place of their own, and those of hers that were ignored too often."""
    late = [row for row in rows if row.section is not Section.STALLED and member.local(row.due_at).date() < today]
    shown = shown_too_often(tx, member, today) if late else {}
    # A date that was changed since begins anew.
    tired = [row for row in late if row.step_id in shown and member.local(row.due_at).date() <= shown[row.step_id]]
    own = [row for row in tired if row.hints.for_name is None]
    gone = {row.step_id for row in own}
    kept = tuple(row for row in rows if row.step_id not in gone)
    asked = tuple(Ignored(r.prospect_id, r.step_id, r.name, r.company, r.promised) for r in own)
    return Parted(kept, asked, frozenset(row.step_id for row in tired) - gone)


def as_they_were(tx: Connection, member: Member, tired: Sequence[Ignored]) -> tuple[Ignored, ...]:
    """Those whose step is still the next one, and hers to decide about."""
    if not tired:
        return ()
    ids = [each.prospect_id for each in tired]
    known = prospects.many(tx, member.workspace_id, ids)
    standing = prospects.next_steps(tx, member.workspace_id, ids)
    return tuple(
        each
        for each in tired
        if (step := standing.get(each.prospect_id)) is not None
        and step.id == each.step_id
        and _decides(member.id, known[each.prospect_id], step)
    )


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
        if prospect is None or step is None or step.id != each.step_id:
            continue
        if _decides(mine, prospect, step):
            found.append((prospect, step))
    if not found:
        raise Gone
    return found


def _decides(member_id: str, prospect: Prospect, step: StepRow) -> bool:
    """True for her own that she works on herself: what a deputy holds is dropped and parked by its owner."""
    return prospect.owner_id == member_id == step.owner_id
