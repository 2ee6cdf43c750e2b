"""The library of what is worth sending: kept, searched, suggested, and never sent to one person twice."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection

from bot.services import changes
from bot.services.actor import Actor
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.services.names import key_of
from bot.services.recorder import Recorder
from bot.storage import resources
from bot.storage.engine import Database
from bot.storage.records import Prospect, Resource, ResourceUse
from bot.storage.tables import ChangeKind
from cadences.draft_rules import same
from cadences.links import links
from language import say

EXAMPLE = 'resource add "SSO in two weeks" https://example.com/sso industry software objection security'
TITLE_LENGTH = 200
URL_LENGTH = 1_000
LISTED_AT_MOST = 20
NAME_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A resource as it is added; without an industry or an objection it fits everybody."""

    title: str
    url: str
    industry: str | None = None
    objection: str | None = None


@dataclass(frozen=True, slots=True)
class Shelved:
    """A resource in the list: ``names`` had it, the latest first; ``may_delete`` for whoever looks."""

    resource: Resource
    names: tuple[tuple[str, str | None], ...]
    may_delete: bool


def add(db: Database, actor: Actor, offer: Offer, now: datetime) -> Done:
    """Keep something worth sending. InvalidInput for no title, no web address, or one that is kept already."""
    title, url = _line(offer.title), offer.url.strip()
    if not title:
        raise InvalidInput("title", say("a resource needs a title"), EXAMPLE)
    for name, value in (("title", title), ("industry", offer.industry), ("objection", offer.objection)):
        if len(value or "") > TITLE_LENGTH:
            raise InvalidInput(name, say("at most {length} characters", length=TITLE_LENGTH))
    if not _is_web(url):
        raise InvalidInput("url", say("a resource needs a web address that begins with https://"), EXAMPLE)
    with changes.writing(db, actor, ChangeKind.RESOURCE, now) as recorder:
        kept = [each for each in resources.offered(recorder.tx, actor.workspace_id) if same(each.url) == same(url)]
        if kept:
            why = say("that link is kept already, as “{title}”", title=kept[0].title)
            raise InvalidInput("url", why, f"resource {kept[0].title}")
        recorder.insert(
            Resource,
            member_id=actor.member.id,
            title=title,
            url=url,
            industry=_line(offer.industry),
            objection=_line(offer.objection),
            created_at=now,
        )
        return Done(recorder.close(None, title=title))


def delete(db: Database, actor: Actor, resource_id: int, now: datetime) -> Done:
    """Suggest it to nobody any more; who had it stays known. NotAllowed but for who added it and managers."""
    with changes.writing(db, actor, ChangeKind.RESOURCE, now) as recorder:
        found = resources.get(recorder.tx, actor.workspace_id, resource_id, lock=True)
        if found is None or found.retired_at is not None:
            raise Gone
        if not _may_delete(actor, found):
            raise NotAllowed(say("delete this resource"), say("who added it or a manager"))
        recorder.update(found, retired_at=now)
        return Done(recorder.close(None, title=found.title, deleted=True))


def named(db: Database, actor: Actor, words: str) -> Resource:
    """The one resource these words name: by title, or a part of it. InvalidInput for none and for several."""
    with db.read() as tx:
        found = _search(tx, actor, words)
    exact = [each for each in found if key_of(each.title) == key_of(words)]
    found = exact or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise InvalidInput("resource", say("I know no resource called “{words}”", words=words[:NAME_SHOWN]), "resource")
    titles = ", ".join(say("“{title}”", title=each.title) for each in found[:LISTED_AT_MOST])
    why = say("several are called that: {titles}", titles=titles)
    raise InvalidInput("resource", why, f"resource delete {found[0].title}")


def listed(db: Database, actor: Actor, words: str = "") -> tuple[Shelved, ...]:
    """Everything on the shelf, or what these words find in title, industry and objection; the newest first."""
    with db.read() as tx:
        found = _search(tx, actor, words)
        had: dict[int, dict[tuple[str, str | None], None]] = defaultdict(dict)
        for number, name, company in resources.receivers(tx, actor.workspace_id, [each.id for each in found]):
            had[number][name, company] = None
    return tuple(Shelved(each, tuple(had[each.id]), _may_delete(actor, each)) for each in found)


def fitting(tx: Connection, prospect: Prospect, heard: str) -> Resource | None:
    """What suits this person best and they never had: by industry, and by the objection where it was ``heard``."""
    had = {same(each.url) for each in resources.had_by(tx, prospect.workspace_id, prospect.id)}
    scored = [
        (score, each)
        for each in resources.offered(tx, prospect.workspace_id)
        if same(each.url) not in had and (score := _fit(each, prospect, heard)) is not None
    ]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def sent_to(tx: Connection, prospect: Prospect) -> tuple[str, ...]:
    """The links this person was sent."""
    return tuple(each.url for each in resources.had_by(tx, prospect.workspace_id, prospect.id))


def spoken_of(recorder: Recorder, prospect: Prospect, text: str) -> None:
    """Remember every resource whose link a text holds as sent, inside the change that logs it."""
    sent = {same(link) for link in links(text)}
    if not sent:
        return
    had = {each.id for each in resources.had_by(recorder.tx, prospect.workspace_id, prospect.id)}
    for each in resources.offered(recorder.tx, prospect.workspace_id):
        if same(each.url) in sent and each.id not in had:
            recorder.insert(
                ResourceUse,
                prospect_id=prospect.id,
                member_id=recorder.actor.member.id,
                resource_id=each.id,
                used_at=recorder.now,
            )


def _fit(resource: Resource, prospect: Prospect, heard: str) -> int | None:
    """How well it suits them; None where it is for others."""
    industry = resource.industry is None or _holds(prospect.industry or "", resource.industry)
    objection = resource.objection is None or _holds(heard, resource.objection)
    if not (industry and objection):
        return None
    return 2 * (resource.objection is not None) + (resource.industry is not None)


def _holds(text: str, words: str) -> bool:
    return f" {_plain(words)} " in f" {_plain(text)} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _search(tx: Connection, actor: Actor, words: str) -> list[Resource]:
    key = key_of(words)
    found = resources.offered(tx, actor.workspace_id)
    return [r for r in found if key in key_of(f"{r.title} {r.industry or ''} {r.objection or ''}")]


def _may_delete(actor: Actor, resource: Resource) -> bool:
    return resource.member_id == actor.member.id or actor.member.may_manage


def _line(text: str | None) -> str | None:
    return " ".join(text.replace("\0", "").split()) or None if text else None


def _is_web(url: str) -> bool:
    """True for an address that a browser opens and that :func:`cadences.links.links` finds again in a text."""
    if len(url) > URL_LENGTH or links(url) != (url,):
        return False
    try:
        return "." in (urlsplit(url).hostname or "")
    except ValueError:
        return False
