"""What waits while a question about it is open: a typed line, or what a form said."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from bot.services.actor import Actor
from bot.services.details import Details
from bot.services.errors import Gone
from bot.services.promises import Wish
from bot.storage import drafts
from bot.storage.engine import Database

ADD_DRAFT = "add"
FORM_DRAFT = "form"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody to be added, as a form said it; kept while a question about it is open."""

    details: Details
    wish: Wish | None = None
    note: str = ""


WANTED: TypeAdapter[Wanted] = TypeAdapter(Wanted)


def draft(db: Database, actor: Actor, typed: str, now: datetime, kind: str = ADD_DRAFT) -> int:
    """Keep a typed line, or a form, while a question about it is open; its number."""
    with db.begin() as tx:
        return drafts.add(tx, actor.workspace_id, actor.member.id, kind, typed.replace("\0", ""), now)


def wanted(db: Database, actor: Actor, draft_id: int) -> Wanted | None:
    """What a form said that waits in a draft, for the member who sent it; None where a line was typed."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id:
        raise Gone
    return WANTED.validate_json(kept.typed) if kept.kind == FORM_DRAFT else None


def drafted(db: Database, actor: Actor, draft_id: int) -> tuple[str, datetime]:
    """The line that was typed and when, for the member who typed it. Gone for anybody else."""
    with db.read() as tx:
        kept = drafts.get(tx, actor.workspace_id, draft_id)
    if kept is None or kept.member_id != actor.member.id:
        raise Gone
    return kept.typed, kept.created_at
