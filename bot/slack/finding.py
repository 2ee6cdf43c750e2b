"""Finding: by words, through typos, by filters; a page at a time."""

import asyncio
from contextlib import suppress

from bot.services import finding, questions
from bot.services.errors import StillReading
from bot.services.finding import Page, Query
from bot.slack import commands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.reading import examples, find_grammar
from bot.slack.reading.prefs import prefs_of
from bot.slack.reading.understood import Problem
from bot.storage.records import SavedView
from bot.views import answers, found, ids
from language import say

DRAFT = "find"
LONGEST_LINE = 500
PATIENCE_SECONDS, ASKED_EVERY_SECONDS = 1.5, 0.25
"""Slack waits three seconds for an answer."""


async def find(visit: Visit, command: commands.Find) -> Reply:
    """The first page."""
    return await _page(visit, command.query, 0, None)


async def of_view(visit: Visit, kept: SavedView) -> Reply:
    """The first page of a saved view."""
    return await _page(visit, kept.line, 0, None, kept.name)


async def press_more(visit: Visit) -> Reply:
    """The next page of the same line; the button names the draft that keeps it, and which page."""
    typed, _ = await visit.house.db.run(questions.drafted, visit.actor, visit.number)
    return await _page(visit, typed, int(visit.action["action_id"].removeprefix(ids.FIND_MORE)), visit.number)


async def searched(visit: Visit, query: Query, number: int) -> Page:
    """A page of what fits; after a start it waits for a moment until everything is read, but in nobody's way."""
    for _ in range(int(PATIENCE_SECONDS / ASKED_EVERY_SECONDS)):
        with suppress(StillReading):
            return await visit.house.db.run(finding.find, visit.actor, query, visit.now, number)
        await asyncio.sleep(ASKED_EVERY_SECONDS)
    return await visit.house.db.run(finding.find, visit.actor, query, visit.now, number)


async def _page(visit: Visit, typed: str, number: int, draft_id: int | None, view: str | None = None) -> Reply:
    query = find_grammar.read(typed, prefs_of(visit.member))
    if isinstance(query, Problem):
        return Reply(answers.problem(query.reason, query.example))
    if query.is_empty:
        return Reply(answers.problem(say("What shall I look for?"), examples.EXAMPLES["find"][0]))
    page = await searched(visit, query, number)
    filters = find_grammar.understood(query)
    is_new = bool(filters) and view is None and number == 0
    if (page.has_more or is_new) and draft_id is None:
        draft_id = await visit.house.db.run(questions.draft, visit.actor, typed[:LONGEST_LINE], visit.now, DRAFT)
    told = found.told(query.words, filters, page.owners)
    named = say("view {name}: {filters}", name=view, filters=told) if view else told
    return Reply(found.page(page, named, visit.member, visit.now, draft_id, may_save=is_new))
