"""A draft of what is next: made of the step's template and what is known, finished by its owner, kept until logged.

Nothing here, or anywhere in the program, sends anything to a prospect: the owner does, from her own mail or phone.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.services import cards, definitions, resources, targets
from bot.services.actor import Actor
from bot.services.cards import Card
from bot.services.errors import Gone, InvalidInput
from bot.services.meetings import RECAP
from bot.services.targets import Held, Target
from bot.storage import drafts, hooks, timeline
from bot.storage.engine import Database
from bot.storage.records import Hook, Resource
from cadences import draft_rules, library
from cadences import drafts as writing
from cadences.draft_rules import Remark
from cadences.drafts import Gift, Material
from cadences.links import links
from language import amounts, say

FINISHED = "finished"
LENGTH = 6_000
"""With the note that is written beside it, it is kept as one note."""
LOOKED_BACK = 50
"""Notes and touches of one person."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft to be worked on: ``proposals`` for its slots, what speaks against it, and what it was made of."""

    card: Card
    subject: str
    text: str
    proposals: dict[str, str]
    remarks: tuple[Remark, ...]
    hooks: tuple[Hook, ...] = ()
    gift: Resource | None = None
    trouble: str = ""
    """Why the step's template could not be used."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A text without a gap, and the number under which it waits to be logged."""

    card: Card
    text: str
    remarks: tuple[Remark, ...]
    draft_id: int


def draft(db: Database, actor: Actor, target: Target) -> Drafted:
    """What could be written or said next. Refuses as :func:`bot.services.targets.hold`."""
    with db.read() as tx:
        held = targets.hold(tx, actor, target)
        card = cards.of(tx, actor.member, held.prospect)
        unused = tuple(hook for hook in hooks.of(tx, actor.workspace_id, held.prospect.id) if hook.used_at is None)
        gift = resources.fitting(tx, held.prospect, _heard(tx, held, unused))
        material = _material(tx, actor, card, held, unused, gift)
        text, trouble = writing.written(material, _template(tx, held))
        proposals = writing.proposals(writing.slots(text), material)
        remarks = draft_rules.judged(writing.filled(text, proposals)[0], _sent(tx, held))
        return Drafted(card, writing.subject(material), text, proposals, remarks, unused, gift, trouble)


def finish(db: Database, actor: Actor, target: Target, text: str, values: dict[str, str], now: datetime) -> Finished:
    """The text with its slots filled, kept until it is logged. InvalidInput names every slot that is still empty."""
    whole, missing = writing.filled(text.replace("\0", "").strip(), values)
    if missing:
        empty = [InvalidInput(slot, say("fill this in: [{slot}]", slot=slot), "draft acme") for slot in missing]
        empty[0].also = tuple(empty[1:])
        raise empty[0]
    if not whole:
        raise InvalidInput("text", say("there is nothing to send yet"), "draft acme")
    if len(whole) > LENGTH:
        raise InvalidInput("text", say("at most {length} characters", length=amounts.number(LENGTH)))
    with db.begin() as tx:
        held = targets.hold(tx, actor, target)
        remarks = draft_rules.judged(whole, _sent(tx, held))
        number = drafts.add(tx, actor.workspace_id, actor.member.id, FINISHED, whole, now)
        return Finished(cards.of(tx, actor.member, held.prospect), whole, remarks, number)


def finished(db: Database, actor: Actor, draft_id: int) -> str:
    """A finished text, for the member who wrote it. Gone for anybody else."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id or kept.kind != FINISHED:
        raise Gone
    return kept.typed


def _material(
    tx: Connection, actor: Actor, card: Card, held: Held, unused: tuple[Hook, ...], gift: Resource | None
) -> Material:
    prospect, step, last = held.prospect, held.step, card.last_touch
    return Material(
        name=prospect.name,
        owner=actor.member.name,
        channel=step.channel,
        type=step.type,
        purpose=step.purpose,
        company=prospect.company,
        role=prospect.role,
        last_channel=last.channel if last else None,
        last_on=held.owner.local(last.happened_at).date() if last else None,
        hooks=tuple(hook.text for hook in unused),
        points=_points(tx, held),
        gift=Gift(gift.title, gift.url) if gift else None,
    )


def _template(tx: Connection, held: Held) -> str:
    """What the cadence says for this step, in the version that the prospect is on.

    What comes with the program is said in the language of who writes; what a team wrote stays as it is.
    """
    step = held.step
    if step.cadence is None or step.number is None:
        return ""
    cadence = definitions.at(tx, held.prospect.workspace_id, step.cadence, step.version)
    template = cadence.steps[step.number - 1].template if step.number <= len(cadence.steps) else ""
    return writing.opened(say(template)) if template and cadence is library.get(cadence.key) else template


def _points(tx: Connection, held: Held) -> tuple[str, ...]:
    """What was agreed when they last met."""
    for note in timeline.notes_of(tx, held.prospect.workspace_id, held.prospect.id, LOOKED_BACK):
        head, colon, rest = note.text.partition(":")
        if f"{head.strip()}{colon}".casefold() == RECAP.casefold():
            return tuple(point for line in rest.splitlines() if (point := line.strip(" \t•-–*")))
    return ()


def _heard(tx: Connection, held: Held, unused: tuple[Hook, ...]) -> str:
    """What they said, as far as anybody wrote it down: where an objection may be found."""
    mine = (tx, held.prospect.workspace_id, held.prospect.id, LOOKED_BACK)
    notes = [note.text for note in timeline.notes_of(*mine)]
    return "\n".join([*(hook.text for hook in unused), *notes, *(t.note or "" for t in timeline.touches_of(*mine))])


def _sent(tx: Connection, held: Held) -> tuple[str, ...]:
    """Every link that this person was sent."""
    touches = timeline.touches_of(tx, held.prospect.workspace_id, held.prospect.id, LOOKED_BACK)
    noted = [link for touch in touches for link in links(touch.note or "")]
    return (*resources.sent_to(tx, held.prospect), *noted)
