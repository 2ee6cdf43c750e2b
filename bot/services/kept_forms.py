"""Forms that did not open: each is kept as it would have been, until the button that offers it is pressed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from bot.services.actor import Actor
from bot.services.errors import Gone, InvalidInput
from bot.services.targets import ByStep, number_of
from bot.storage import drafts, prospects
from bot.storage.engine import Database
from bot.storage.records import Prospect
from language import mark, say

KIND = "kept_form"
"""A draft: the form, and the line it was asked for with."""
KEPT_FOR = timedelta(days=1)
"""What stands in a form is as old as the form: older ones would write over what is true by now."""
TOO_OLD = mark("that form waited too long, and what stands in it may no longer be true; please open it anew")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form, as text that only its screen reads, and what was typed to open it."""

    view: str
    line: str = ""


KEPT: TypeAdapter[KeptForm] = TypeAdapter(KeptForm)


def keep(db: Database, actor: Actor, form: KeptForm, now: datetime) -> int:
    """Keep a form for whoever asked for it; its number. Her own that are too old go at the same time."""
    with db.begin() as tx:
        drafts.forget(tx, actor.workspace_id, actor.member.id, KIND, now - KEPT_FOR)
        return drafts.add(tx, actor.workspace_id, actor.member.id, KIND, KEPT.dump_json(form).decode(), now)


def kept(db: Database, actor: Actor, draft_id: int, now: datetime) -> KeptForm:
    """The form, for the member who asked for it. InvalidInput when it is too old, or nobody's of hers."""
    with db.read() as tx:
        found = drafts.get(tx, actor.workspace_id, draft_id)
    mine = found is not None and found.kind == KIND and found.member_id == actor.member.id
    if found is None or not mine or found.created_at < now - KEPT_FOR:
        raise InvalidInput("form", say(TOO_OLD))
    return KEPT.validate_json(found.typed)


def about(db: Database, actor: Actor, prospect_ids: Iterable[int | None], step_id: int | None) -> list[Prospect]:
    """Whom a form is about, by their numbers, else by the step it asks about; nobody where there is none any more."""
    with db.read() as tx:
        numbers = [number for number in prospect_ids if number]
        if step_id and not numbers:
            try:
                numbers = [number_of(tx, actor, ByStep(step_id))]
            except Gone:
                return []
        found = [prospects.get(tx, actor.workspace_id, number) for number in numbers]
    return [prospect for prospect in found if prospect is not None]
