"""Several rows of the day answered at once: one transaction, one change, one undo."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services import changes, numbering
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import DomainError, InvalidInput
from bot.services.recorder import Recorder, Together
from bot.services.targets import ByStep, Target
from bot.storage import prospects, steps
from bot.storage.engine import Database
from bot.storage.records import Change
from bot.storage.tables import ChangeKind
from language import say

Act = Callable[[Database, Actor, Target, datetime], Done]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be done with the row of this number; what couldn't be read raises why."""

    number: int
    act: Act


@dataclass(frozen=True, slots=True)
class Answered:
    """One change, and what each part of it did, by the number of its row."""

    change: Change
    parts: tuple[tuple[int, Done], ...]


@dataclass(eq=False)
class Refused(DomainError):
    """Some of several can't be done, so none was: the number of each, and why."""

    problems: tuple[tuple[int, DomainError], ...]


def answer(db: Database, actor: Actor, answers: Sequence[Answer], now: datetime) -> Answered:
    """Do all of it, or nothing: numbers are those of today's digest, then of her list. Refused names every bad part."""
    with changes.writing(db, actor, ChangeKind.BATCH, now) as recorder:
        numbered = numbering.order(recorder.tx, actor.member, actor.member.local(now).date())
        hold(recorder, [numbered[each.number - 1] for each in answers if 1 <= each.number <= len(numbered)])
        together, said, done, problems = Together(recorder), set[int](), [], []
        for each in answers:
            try:
                step_id = _step(each, numbered, said)
                done.append((each.number, each.act(together, actor, ByStep(step_id), now)))
            except DomainError as error:
                problems.append((each.number, error))
        if problems:
            raise Refused(tuple(problems))
        return Answered(close(recorder, [each for _, each in done]), tuple(done))


def hold(recorder: Recorder, step_ids: Iterable[int]) -> None:
    """Lock those whose steps these are in the order of their numbers, or two who do so at once wait for each other."""
    workspace_id = recorder.actor.workspace_id
    found = (steps.get(recorder.tx, workspace_id, step_id) for step_id in step_ids)
    for prospect_id in sorted({step.prospect_id for step in found if step is not None}):
        prospects.get(recorder.tx, workspace_id, prospect_id, lock=True)


def close(recorder: Recorder, done: Sequence[Done], **facts: object) -> Change:
    """Make the parts one change; a do-not-contact among them is as final as alone."""
    final = any(each.change.facts.get("do_not_contact") for each in done) or None
    return recorder.close(None, count=len(done), parts=recorder.parts, do_not_contact=final, **facts)


def _step(answer: Answer, numbered: Sequence[int], said: set[int]) -> int:
    """The step of the row; a number is said once, as the second answer would be about another step."""
    if answer.number in said:
        raise InvalidInput("number", say("this row is answered twice"))
    said.add(answer.number)
    if not 1 <= answer.number <= len(numbered):
        why = say("there is no such row: nothing is numbered yet; type /followup to see them")
        if numbered:
            last = len(numbered)
            why = say("there is no such row: today’s rows are 1 to {last}; type /followup to see them", last=last)
        raise InvalidInput("number", why)
    return numbered[answer.number - 1]
