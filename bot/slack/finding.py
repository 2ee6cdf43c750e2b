"""Finding: by words, through typos, by filters; a page at a time."""

from bot.services import finding, prospects
from bot.slack import commands, find_grammar
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.capture import Problem
from bot.slack.prefs import prefs_of
from bot.views import answers, found, ids

DRAFT = "find"
LONGEST_LINE = 500


async def find(visit: Visit, command: commands.Find) -> Reply:
    """The first page."""
    return await _page(visit, command.query, 0, None)


async def press_more(visit: Visit) -> Reply:
    """The next page of the same line; the button names the draft that keeps it, and which page."""
    typed, _ = await visit.house.db.run(prospects.drafted, visit.actor, visit.number)
    return await _page(visit, typed, int(visit.action["action_id"].removeprefix(ids.FIND_MORE)), visit.number)


async def _page(visit: Visit, typed: str, number: int, draft_id: int | None) -> Reply:
    query = find_grammar.read(typed, prefs_of(visit.member))
    if isinstance(query, Problem):
        return Reply(answers.problem(query.reason, query.example))
    if query.is_empty:
        return Reply(answers.problem("What shall I look for?", commands.EXAMPLES["find"][0]))
    page = await visit.house.db.run(finding.find, visit.actor, query, visit.now, number)
    if page.has_more and draft_id is None:
        draft_id = await visit.house.db.run(prospects.draft, visit.actor, typed[:LONGEST_LINE], visit.now, DRAFT)
    told = found.told(query.words, find_grammar.understood(query), page.owners)
    return Reply(found.page(page, told, visit.member, visit.now, draft_id))
