"""Whom somebody has met: one who is known already is never kept twice under half a name."""

from sqlalchemy import Connection

from bot.services.actor import Actor
from bot.services.details import Details
from bot.services.errors import DoNotContact, InvalidInput, SeveralFound
from bot.services.names import key_of
from bot.services.twins import twin_of
from bot.storage import prospects
from bot.storage.engine import Database
from bot.storage.records import Prospect
from language import say

LOOKED_AT = 500
"""Of those at the company, or whose name holds the typed one; more are no help to anybody."""


def known(db: Database, actor: Actor, who: Details) -> Prospect | None:
    """The one we know who was met: by address or number, by part of the name at a company, or by the company alone.

    SeveralFound where it may be one of several; InvalidInput for a name that is nearly somebody's; DoNotContact for
    an address or a number that asked us to stop.
    """
    name, company = key_of(who.name), key_of(who.company) if who.company else None
    with db.read() as tx:
        stopped = prospects.suppressed(tx, actor.workspace_id, who.email, who.phone)
        if stopped is not None:
            raise DoNotContact(stopped)
        by_name = _called(tx, actor, name, company) if name else []
        if len(by_name) > 1:
            raise SeveralFound(who.name, tuple(by_name))
        if by_name:
            return by_name[0]
        twin = twin_of(tx, actor.workspace_id, who.email, who.phone, name, company)
    if twin is None or (who.email and twin.email == who.email) or (who.phone and twin.phone == who.phone):
        return twin
    raise _nearly(who, twin)


def _called(tx: Connection, actor: Actor, name: str, company: str | None) -> list[Prospect]:
    """Those of exactly this name, else of whose name it is some words, else who work there; open ones before closed."""
    found = prospects.matching(tx, actor.workspace_id, company or name, LOOKED_AT)
    mine = [each for each in found if each.owner_id == actor.member.id]
    if company is not None:
        there = [each for each in found if each.company_key == company]
        likely = [[each for each in there if each.name_key == name], [each for each in there if _partly(each, name)]]
    else:
        likely = [[each for each in mine if _partly(each, name)]]
        likely += [[each for each in of if each.company_key == name] for of in (mine, found)]
    best = next(filter(None, likely), [])
    return [each for each in best if each.stage.is_open] or best


def _partly(prospect: Prospect, name: str) -> bool:
    """True when all words of a name are words of theirs."""
    return set(name.split()) <= set(prospect.name_key.split())


def _nearly(who: Details, twin: Prospect) -> InvalidInput:
    typed = f"{who.name}, {who.company}" if who.company else who.name
    there = f"{twin.name} @ {twin.company}" if twin.company else twin.name
    why = say(
        "I know {known}, who is called nearly the same: type that name, or add {name} first", known=there, name=typed
    )
    return InvalidInput("name", why, f"add {typed}")
