"""Which prospect is meant: by a typed name, by a number, or by the step a button stands for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import Connection

from bot.services.actor import Actor
from bot.services.errors import Closed, DoNotContact, Gone, MovedOn, NotFound, NotYours, SeveralFound
from bot.services.names import key_of
from bot.storage import changes, members, prospects, steps
from bot.storage.engine import Database
from bot.storage.records import Member, Prospect, StepRow

FOUND_AT_MOST = 20
SEARCHED_FOR_TYPOS = 50_000
BETWEEN = frozenset({"at", "of", "from", "bei", "von"})
"""Words between a name and a company; as we say it ourselves."""
ALIKE_ENOUGH = 75
"""Similarity (0 to 100) from which a misspelt name counts as the same: one wrong letter in four."""


@dataclass(frozen=True, slots=True)
class ByProspect:
    """The prospect with this number, wherever it stands."""

    prospect_id: int


@dataclass(frozen=True, slots=True)
class ByStep:
    """The prospect whose next step is this one; if it moved on since, the button is stale."""

    step_id: int


Target = ByProspect | ByStep


@dataclass(frozen=True, slots=True)
class Held:
    """A prospect with its row locked, its owner, and its next step."""

    prospect: Prospect
    owner: Member
    step: StepRow


def hold(tx: Connection, actor: Actor, target: Target, *, by_anyone: bool = False) -> Held:
    """Lock the prospect whose next step is acted on. As :func:`hold_fresh`; Closed or DoNotContact without one."""
    prospect, step = hold_fresh(tx, actor, target, by_anyone=by_anyone)
    if step is None:
        raise Closed(prospect) if prospect.do_not_contact_at is None else DoNotContact(prospect)
    return Held(prospect, owner_of(tx, prospect), step)


def hold_fresh(
    tx: Connection, actor: Actor, target: Target, *, by_anyone: bool = False
) -> tuple[Prospect, StepRow | None]:
    """Lock the prospect, with its next step. As :func:`hold_prospect`, and MovedOn for a stale button."""
    prospect = hold_prospect(tx, actor, target, by_anyone=by_anyone)
    step = steps.open_of(tx, actor.workspace_id, prospect.id)
    if isinstance(target, ByStep) and (step is None or step.id != target.step_id):
        raise moved_on(tx, prospect, target.step_id)
    return prospect, step


def hold_prospect(tx: Connection, actor: Actor, target: Target, *, by_anyone: bool = False) -> Prospect:
    """Lock the prospect alone, whatever is next; ``by_anyone`` for what teammates may do too."""
    prospect = prospects.get(tx, actor.workspace_id, number_of(tx, actor, target), lock=True)
    if prospect is not None and prospect.merged_into_id is not None:  # a button from before it became part of another
        prospect = prospects.get(tx, actor.workspace_id, prospect.merged_into_id, lock=True)
    if prospect is None:
        raise Gone
    if not (
        by_anyone or prospect.owner_id == actor.member.id or actor.member.may_manage or _holds(tx, actor, prospect)
    ):
        raise NotYours(prospect, owner_of(tx, prospect))
    return prospect


def _holds(tx: Connection, actor: Actor, prospect: Prospect) -> bool:
    """True for a deputy: the next step is hers while its owner is away."""
    step = steps.open_of(tx, actor.workspace_id, prospect.id)
    return step is not None and step.owner_id == actor.member.id


def owner_id(db: Database, workspace_id: str, target: Target) -> str | None:
    """Whose a prospect is, without holding it; None where there is none."""
    with db.read() as tx:
        prospect_id = target.prospect_id if isinstance(target, ByProspect) else None
        if isinstance(target, ByStep):
            step = steps.get(tx, workspace_id, target.step_id)
            prospect_id = step.prospect_id if step else None
        prospect = prospects.get(tx, workspace_id, prospect_id) if prospect_id else None
        return prospect.owner_id if prospect else None


def owner_of(tx: Connection, prospect: Prospect) -> Member:
    """The member who holds the prospect."""
    owner = members.get(tx, prospect.workspace_id, prospect.owner_id)
    if owner is None:
        raise Gone(prospect.name)
    return owner


def moved_on(tx: Connection, prospect: Prospect, step_id: int) -> MovedOn:
    """What happened to a prospect since a step was its next one."""
    old = steps.get(tx, prospect.workspace_id, step_id)
    last = changes.last_on(tx, prospect.workspace_id, prospect.id)
    if old is not None and old.closed_at is not None:
        last = changes.on_at(tx, prospect.workspace_id, prospect.id, old.closed_at) or last
    by = last and members.get(tx, prospect.workspace_id, last.member_id)
    return MovedOn(prospect, last, by or None)


def named(db: Database, actor: Actor, words: str) -> Prospect:
    """The one prospect these words name: by part and through typos, one's own open ones first."""
    with db.read() as tx:
        found = _search(tx, actor, words)
        if not found:
            raise NotFound(words, _near(tx, actor, words))
        if len(found) > 1:
            raise SeveralFound(words, tuple(found[:FOUND_AT_MOST]))
        return found[0]


def by_name(db: Database, actor: Actor, typed: str) -> Prospect | None:
    """The one prospect of exactly this name, with the company behind a comma if there is one; no typos forgiven."""
    name, _, company = (key_of(part) for part in typed.partition(","))
    with db.read() as tx:
        found = [p for p in prospects.matching(tx, actor.workspace_id, name, FOUND_AT_MOST) if p.name_key == name]
    if company:
        found = [p for p in found if p.company_key == company]
    found = [p for p in found if p.stage.is_open] or found
    if len(found) > 1:
        raise SeveralFound(typed, tuple(found))
    return found[0] if found else None


def first_named(db: Database, actor: Actor, candidates: Sequence[tuple[str, str]]) -> tuple[Prospect, str]:
    """Of several ways to split ``name rest``, the first whose name is exactly or partly one prospect's; with the rest.

    Typos are forgiven only when nothing fits as it is written. SeveralFound, or NotFound for the first candidate.
    """
    several: SeveralFound | None = None
    for forgiving in (False, True):
        for who, rest in candidates:
            with db.read() as tx:
                found = _search(tx, actor, who, forgiving=forgiving)
            if len(found) == 1:
                return found[0], rest
            if found and several is None:
                several = SeveralFound(who, tuple(found[:FOUND_AT_MOST]))
        if several is not None:
            raise several
    raise NotFound(candidates[0][0] if candidates else "")


def search(db: Database, actor: Actor, words: str) -> tuple[tuple[Prospect, ...], dict[str, Member]]:
    """Everybody these words may name, the best first, typos forgiven; and who owns them."""
    key = key_of(words)
    with db.read() as tx:
        found = tuple(prospects.matching(tx, actor.workspace_id, key, FOUND_AT_MOST)) if key else ()
        found = found or _near(tx, actor, words)
        return found, members.named(tx, actor.workspace_id, [prospect.owner_id for prospect in found])


def prospect_of(db: Database, actor: Actor, target: Target) -> int:
    """The number of the prospect that is meant, even when its step is long done. Gone when it is no longer here."""
    with db.read() as tx:
        return number_of(tx, actor, target)


def _search(tx: Connection, actor: Actor, words: str, *, forgiving: bool = True) -> list[Prospect]:
    key = key_of(words.replace(" @ ", " "))
    if not key:
        return []
    found = prospects.matching(tx, actor.workspace_id, key, FOUND_AT_MOST) or _with_company(tx, actor, key)
    if not found and forgiving:
        found = list(_near(tx, actor, words))
    return _narrowed(found, key, actor)


def _with_company(tx: Connection, actor: Actor, key: str) -> list[Prospect]:
    """Those named as we name them, with the company: `max muster at beta`, `max beta`, `beta max`."""
    first, *rest = key.split()
    words = {first, *(word for word in rest[:-1] if word not in BETWEEN), *rest[-1:]}
    found = prospects.holding(tx, actor.workspace_id, sorted(words), FOUND_AT_MOST) if len(words) > 1 else []
    return [each for each in found if _says_both(each, words)]


def _says_both(prospect: Prospect, words: set[str]) -> bool:
    """True when each word is one of the name's or the company's, and both are said."""
    name, company = set(prospect.name_key.split()), set((prospect.company_key or "").split())
    return words <= name | company and bool(words & name) and bool(words & company - name)


def _narrowed(found: list[Prospect], key: str, actor: Actor) -> list[Prospect]:
    """One's own before others', whole names before parts, open before closed; only as far as something is left."""
    preferences: tuple[Callable[[Prospect], bool], ...] = (
        lambda p: key in {p.name_key, p.company_key, p.email},
        lambda p: p.owner_id == actor.member.id,
        lambda p: p.stage.is_open,
        lambda p: p.name_key.startswith(key) or (p.company_key or "").startswith(key),
    )
    for better in preferences:
        found = [p for p in found if better(p)] or found
    return found


def _near(tx: Connection, actor: Actor, words: str) -> tuple[Prospect, ...]:
    key = key_of(words)
    if not key:
        return ()
    known = prospects.keys(tx, actor.workspace_id, SEARCHED_FOR_TYPOS)
    scored = {
        number: max(fuzz.ratio(key, name), fuzz.ratio(key, company), *(fuzz.ratio(key, part) for part in name.split()))
        for number, name, company in known
    }
    best = sorted((n for n, score in scored.items() if score >= ALIKE_ENOUGH), key=lambda n: -scored[n])
    rows = prospects.many(tx, actor.workspace_id, best[:FOUND_AT_MOST])
    return tuple(rows[number] for number in best[:FOUND_AT_MOST])


def number_of(tx: Connection, actor: Actor, target: Target) -> int:
    """The prospect's number. Gone when there is no such step."""
    match target:
        case ByProspect(prospect_id):
            return prospect_id
        case ByStep(step_id):
            step = steps.get(tx, actor.workspace_id, step_id)
            if step is not None:
                return step.prospect_id
            # An undo removed the step; the change that had planned it still knows whose it was.
            planned = changes.that_planned(tx, actor.workspace_id, step_id)
            if planned is None or planned.prospect_id is None:
                raise Gone
            return planned.prospect_id
