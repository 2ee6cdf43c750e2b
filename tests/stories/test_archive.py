"""Every button of every message ever posted, pressed today: it acts, or says what happened since."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import members, merging, prospects
from bot.services.actor import Actor, Origin
from bot.services.details import Details
from bot.services.members import Profile
from bot.slack import routes
from bot.storage.tables import steps
from bot.views import forms, ids
from sandbox.methods.views import draw, new_modal
from sandbox.model import Message, View
from sandbox.rendering import accepted
from sandbox.screen import Element, elements
from tests.archive.shapes import ids_in
from tests.support.app import Story
from tests.support.rows import Rows, everything

JSON = dict[str, Any]

ARCHIVE = Path(__file__).parents[1] / "archive"
FRIDAY_MORNING = datetime(2026, 11, 20, 7, 45, tzinfo=UTC)
DANA = "add Dana Li, Acme, $12k, call tomorrow 10am"
ELSEWHERE = "T0ELSEWHERE"
THE_FIRST = 1
NEVER_SAID = ("Something went wrong", "I don't know that")
SILENT = frozenset({"users.info", "auth.test"})
"""Calls that are no answer."""


def archived() -> list[JSON]:
    """Everything that was ever recorded."""
    return [shape for file in sorted(ARCHIVE.glob("*/*.json")) for shape in json.loads(file.read_text())]


def pressable() -> list[tuple[str, JSON, Element, str | None]]:
    """(surface, block, element, option) once for each different press."""
    found: dict[str, tuple[str, JSON, Element, str | None]] = {}
    for shape in archived():
        for block in shape["blocks"]:
            for element, option in presses(block):
                key = (
                    f"{shape['type']} {block.get('block_id')} {element.action_id} {element.json.get('value')} {option}"
                )
                found.setdefault(key, (shape["type"], block, element, option))
    return list(found.values())


def presses(block: JSON) -> Iterator[tuple[Element, str | None]]:
    """Everything that can be done with a block: a button pressed, each option of a menu taken."""
    for element in elements([block]):
        for option in element.json.get("options", [None]):
            yield element, option["value"] if option else None


# What became of Dana since


async def open_still(story: Story) -> None:
    await story.told(story.ana, DANA)
    await story.moves_to(FRIDAY_MORNING)


async def moved_on(story: Story) -> None:
    await open_still(story)
    await story.told(story.ana, "log dana call voicemail")


async def lost(story: Story) -> None:
    await open_still(story)
    await story.told(story.ana, "lost dana timing")


async def undone(story: Story) -> None:
    await open_still(story)
    await story.told(story.ana, "undo")


async def never_there(story: Story) -> None:
    await story.told(story.ana, "help")


async def elsewhere(story: Story) -> None:
    """The numbers are another workspace's."""
    await story.told(story.ana, "help")
    members.ensure_workspace(story.db, ELSEWHERE, "Sample team", "U0BOT", story.now)
    otto = members.ensure(story.db, ELSEWHERE, Profile("U0OTTO", "Otto", "Europe/Berlin"), story.now)
    prospects.add(story.db, Actor(otto, Origin.BUTTON), Details("Nina Roe", "Zeta"), story.now)


async def merged(story: Story) -> None:
    """The second was the first one again: its buttons are pressed."""
    await open_still(story)
    await story.told(story.ana, "add Dan Lee, Acme Inc, call tomorrow 10am")
    actor = Actor(story.member(story.ana), Origin.BUTTON)
    merging.merge(story.db, actor, 2, 1, story.now)


STALE: dict[str, Callable[[Story], Awaitable[None]]] = {
    "moved on": moved_on,
    "lost": lost,
    "undone": undone,
    "never there": never_there,
    "elsewhere": elsewhere,
}
AGAIN = {"moved on": "log dana call voicemail", "lost": "lost dana timing"}
"""An Undo among the buttons takes back what happened since; then it happens once more."""
SINCE = {"open": open_still, "merged": merged, **STALE}
SECOND = frozenset({"merged"})
"""Where the buttons of the second prospect are pressed, and not those of the first."""
OF_THE_FIRST = re.compile(r'("value": "|"block_id": "[a-z]+\.)1"')


def of_the_second(block: JSON) -> JSON:
    """The same block as it stood in a message about the second of each kind."""
    changed: JSON = json.loads(OF_THE_FIRST.sub(r'\g<1>2"', json.dumps(block)))
    return changed


def surface_of(story: Story, kind: str, block: JSON) -> Message | View:
    """The block on Ana's screen, as if it had been there for months."""
    workspace, ana = story.sandbox.workspace, story.ana.id
    if kind == "message":
        return workspace.app_says(story.dm(story.ana).id, text="…", blocks=accepted([block]))
    spec = {"type": kind, "blocks": [block], "title": {"type": "plain_text", "text": "…"}}
    if kind == "modal":
        origin = forms.Origin(step_id=1, prospect_id=1).text()
        view = new_modal(workspace, ana, {**spec, "callback_id": ids.FORM_LOG, "private_metadata": origin})
        workspace.views[ana] = []
        workspace.push_view(view)
        return view
    home = workspace.home.get(ana) or View("V0HOME", ana, "home", [], "", "V0HOME")
    workspace.home[ana] = home
    return draw(home, {**spec, "callback_id": ids.HOME, "private_metadata": "today.-.-.0"}, workspace)


class Ears:
    """Hears what the app says, opens and draws after one press."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.said, self.called = len(story.overheard.said), len(story.sandbox.calls)

    def heard(self) -> list[str]:
        """Everything since."""
        said = [json.dumps(body) for body, _status in self.story.overheard.said[self.said :]]
        calls = [call for call in self.story.sandbox.calls[self.called :] if call.method not in SILENT]
        return [*said, *(json.dumps(call.args) for call in calls)]


def is_next(story: Story, step_id: int) -> bool:
    """True while this step is somebody's next one."""
    with story.db.read() as tx:
        return tx.execute(select(steps.c.closed_at).where(steps.c.id == step_id)).first() == (None,)


def data_of(story: Story) -> Rows:
    """Everything kept, but for what waits for an answer and where somebody was in her list."""
    return {table: rows for table, rows in everything(story.db).items() if table != "drafts"}


@pytest.mark.parametrize("since", SINCE)
async def test_every_button_ever_posted_is_answered_and_a_stale_one_changes_nothing(story: Story, since: str) -> None:
    story.expected_refusals = {"hash_conflict", "not_in_channel", "channel_not_found", "not_found"}
    await SINCE[since](story)
    for kind, recorded, element, option in pressable():
        block = of_the_second(recorded) if since in SECOND else recorded
        if since in AGAIN and is_next(story, THE_FIRST):
            await story.told(story.ana, AGAIN[since])
        surface, ears = surface_of(story, kind, block), Ears(story)
        is_stale = since in STALE and ids.step_of(block.get("block_id", "")) is not None
        kept = data_of(story) if is_stale else None
        await story.clicks(story.ana, surface, element.action_id, option, label=None if option else element.label)
        heard, what = ears.heard(), f"{since}: {kind} {element.action_id} {option or element.json.get('value', '')}"
        assert heard or "url" in element.json, f"{what} was not answered"
        assert not [text for text in heard for never in NEVER_SAID if never in text], f"{what}: {heard}"
        assert "Nina" not in "".join(heard), f"{what} told another workspace's"
        assert kept is None or data_of(story) == kept, f"{what} changed something"


def test_every_id_ever_used_is_still_known() -> None:
    """Removing one breaks the messages that carry it; give it a handler that says what happened instead."""
    known = {*routes.ACTIONS, *routes.MENU, *routes.FORMS, *routes.SUGGESTIONS, ids.MORE, ids.HOME}
    forgotten = [
        each for each in ids_in(archived()) if each not in known and not each.startswith(tuple(routes.PREFIXED))
    ]
    assert forgotten == []


def test_the_archive_holds_every_kind_of_surface() -> None:
    assert {shape["type"] for shape in archived()} == {"message", "home", "modal"}
    assert ids_in(archived()) >= {ids.LOG, ids.SNOOZE, ids.MORE, ids.UNDO, ids.SHOW, ids.FORM_ADD, ids.HOME}
