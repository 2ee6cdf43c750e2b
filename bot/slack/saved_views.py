"""Saved views, typed and clicked."""

from dataclasses import replace
from typing import assert_never

from bot.services import questions, saved_views
from bot.services.errors import Gone
from bot.slack import answering, commands, finding
from bot.slack import prospects as cards
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.views import ids
from bot.views import saved_views as views


async def view(visit: Visit, command: commands.View) -> Reply:
    """A view by its name; where none is called so, the prospect of that name."""
    kept = await visit.house.db.run(saved_views.named, visit.member, command.words)
    if kept is None:
        return await cards.show(visit, commands.Show(command.words))
    return await finding.of_view(visit, kept)


async def manage(visit: Visit, command: commands.SavedViews) -> Reply:
    """Listed, or one kept or deleted."""
    run = visit.house.db.run
    match command.change:
        case None:
            return Reply(views.all_of(await run(saved_views.listed, visit.member)))
        case commands.SaveView(name=name, line=line):
            return answering.told(await run(saved_views.save, visit.actor, name, line, visit.now), visit)
        case commands.DeleteView(name=name):
            return answering.told(await run(saved_views.delete, visit.actor, name, visit.now), visit)
        case _:
            assert_never(command.change)


async def press_show(visit: Visit) -> Reply:
    """One of the list."""
    word = str(visit.action.get("value", ""))
    every = await visit.house.db.run(saved_views.listed, visit.member)
    kept = next((view for view in every if ids.view_word(view.key) == word), None)
    if kept is None:
        raise Gone
    return await finding.of_view(visit, kept)


async def press_save(visit: Visit) -> Reply:
    """What was looked for is kept: under which name?"""
    typed, _ = await visit.house.db.run(questions.drafted, visit.actor, visit.number)
    return await answering.open_form(visit, views.naming(typed, replace(visit.origin, ts=None, draft_id=visit.number)))


async def submit_save(visit: Visit) -> Reply:
    """The name."""
    typed, _ = await visit.house.db.run(questions.drafted, visit.actor, visit.opened_from.draft_id or 0)
    done = await visit.house.db.run(saved_views.save, visit.actor, visit.value("name"), typed, visit.now)
    return answering.told(done, visit)
