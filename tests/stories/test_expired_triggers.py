"""Slack's trigger lives for three seconds: whatever opens a form offers it by a button when it comes too late."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.views import forms, ids
from sandbox.model import Message, Person, View
from tests.support.app import Story, labels
from tests.support.openers import openers

FRIDAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
GUS = "add Gus Sample, Acme, gus@example.com, $12k, call tomorrow 8am"
LONG = "cadence new key: long-one\nname: Long\nsteps:\n" + "".join(
    f"  - after: 3d\n    channel: email\n    type: value\n    purpose: share value\n    template: {'x' * 900}\n"
    for _ in range(14)
)
EXPIRED = "expired_trigger_id"
ADDRESSES = {"response_url": None, "ts": None}
"""Of where a form came from: each press has its own."""

Where = Callable[[Story], Awaitable[Message | View]]
Do = Callable[[Story], Awaitable[None]]


@dataclass(frozen=True)
class Way:
    """One way to a form: who goes it, what is done, where it is answered, and whom the answer names."""

    do: Do
    who: str = "ana"
    where: str | None = None
    names: str = "Gus Sample"
    ready: Do | None = None


def typed(line: str, names: str = "Gus Sample", ready: Do | None = None) -> Way:
    """A line is typed."""

    async def do(story: Story) -> None:
        await story.types(story.ana, line)

    return Way(do, names=names, ready=ready)


def pressed(on: Where, action_id: str, chosen: str | None = None, names: str = "Gus Sample", who: str = "ana") -> Way:
    """Something is pressed or chosen, on the same message each time."""
    seen: dict[int, Message | View] = {}

    async def do(story: Story) -> None:
        if id(story) not in seen:
            seen[id(story)] = await on(story)
        await story.clicks(getattr(story, who), seen[id(story)], action_id, chosen)

    return Way(do, who, names=names)


def told(*lines: str, who: str = "ana") -> Where:
    """What the last of these lines is answered with."""

    async def on(story: Story) -> Message:
        *before, last = lines
        for line in before:
            await story.types(getattr(story, who), line)
            if line.startswith("merge"):
                await story.submits(getattr(story, who))
        return await story.told(getattr(story, who), last) if last else story.screen(getattr(story, who))

    return on


async def digest(story: Story) -> Message:
    return story.digest(story.ana)


async def left(story: Story) -> Message:
    """Ben is gone; Cleo reads of it."""
    await story.told(story.cleo, "help")
    await story.told(story.ben, "add Eva Muster, Beta")
    await story.sandbox.change_person(story.ben, deleted=True)
    return await story.told(story.cleo, "today")


async def long_one(story: Story) -> None:
    """A cadence whose text is too long for a message."""
    await story.types(story.ana, f"{LONG}end:\n  action: ask")
    await story.submits(story.ana)
    await story.submits(story.ana)


async def own_cadence(story: Story) -> Message:
    await long_one(story)
    return await story.told(story.ana, "cadence show long-one")


def drawn_once(action_id: str, value: int | str = 1) -> Where:
    """A button of messages that are drawn no more."""

    async def on(story: Story) -> Message:
        text = {"type": "plain_text", "text": "…"}
        button = {"type": "button", "action_id": action_id, "value": str(value), "text": text}
        blocks = [{"type": "actions", "block_id": ids.step_block(1), "elements": [button]}]
        return story.sandbox.workspace.app_says(story.dm(story.ana).id, text="…", blocks=blocks)

    return on


async def eva(story: Story) -> None:
    await story.told(story.ana, "add Eva Muster, Beta")


async def kept_form(story: Story) -> Message:
    """The offer of a form that did not open before."""
    story.sandbox.faults.error("views.open", EXPIRED)
    return await story.told(story.ana, "lost gus -- we heard nothing")


async def from_anywhere(story: Story) -> None:
    await story.sandbox.global_shortcut(story.ana, ids.SHORTCUT_ADD)
    await story.settle()


async def on_a_message(story: Story, shortcut: str) -> None:
    said = await story.sandbox.say(story.ben, story.random, "Gus from Acme asked @ben for a price & wants SSO")
    said.ts = "1795000000.000100"  # the same message each time
    await story.sandbox.message_shortcut(story.ana, said, shortcut)
    await story.settle()


CARD = told("log gus call voicemail", "show gus")
ROW = told("today")
NEW_CADENCE = "cadence new Fair leads\n1d call reminder: propose meeting"
WAYS: dict[tuple[str, str], list[Way]] = {
    ("typed", "AddForm"): [typed("add", names="Add a prospect")],
    ("typed", "Edit"): [typed("edit gus")],
    ("typed", "Lost"): [typed("lost gus"), typed("lost gus -- we heard nothing")],
    ("typed", "Skip"): [typed("skip gus")],
    ("typed", "Focus"): [typed("focus")],
    ("typed", "Draft"): [typed("draft gus")],
    ("typed", "Merge"): [typed("merge eva into gus", "Eva Muster at Beta and Gus Sample at Acme", eva)],
    ("typed", "Cadence"): [
        typed("cadence new", names="New cadence"), typed(NEW_CADENCE, names="New cadence"),
        typed("cadence edit nudge", names="Your own copy"), typed("cadence fork nudge", names="Your own copy"),
        typed("cadence edit long-one", names="“Edit the cadence” for long-one", ready=long_one),
        typed("cadence show long-one yaml", names="Long", ready=long_one),
    ],
    ("pressed", ids.LOG): [pressed(digest, ids.LOG), pressed(ROW, ids.LOG), pressed(CARD, ids.LOG)],
    ("pressed", ids.SNOOZE): [pressed(digest, ids.SNOOZE, ids.PICK_DATE), pressed(CARD, ids.SNOOZE, ids.PICK_DATE)],
    ("pressed", ids.WON): [pressed(digest, ids.WON), pressed(ROW, ids.WON)],
    ("pressed", ids.LOST): [pressed(digest, ids.LOST), pressed(ROW, ids.LOST)],
    ("pressed", ids.NOTE): [pressed(drawn_once(ids.NOTE), ids.NOTE)],
    ("pressed", ids.PARK): [pressed(drawn_once(ids.PARK), ids.PARK)],
    ("pressed", ids.AWAY): [pressed(CARD, ids.AWAY)],
    ("pressed", ids.MOVE): [pressed(CARD, ids.MOVE)],
    ("pressed", ids.EDIT): [pressed(CARD, ids.EDIT)],
    ("pressed", ids.DRAFT): [pressed(CARD, ids.DRAFT)],
    ("pressed", ids.TOUCH): [pressed(CARD, ids.TOUCH, ids.TOUCH_EDIT)],
    ("pressed", ids.RECAP): [pressed(told("met Gus Sample"), ids.RECAP)],
    ("pressed", ids.FOCUS): [pressed(digest, ids.FOCUS)],
    ("pressed", ids.SETTINGS): [pressed(told("settings"), ids.SETTINGS, names="Settings")],
    ("pressed", ids.PAUSE): [pressed(digest, ids.PAUSE, names="Pause digests")],
    ("pressed", ids.LEAVE_FORM): [pressed(told("calendar"), ids.LEAVE_FORM, names="Add a leave")],
    ("pressed", ids.LEAVE_DEPUTY): [
        pressed(told("edit gus, call 2 dec", "away 1 dec - 4 dec"), ids.LEAVE_DEPUTY, names="Name a deputy")
    ],
    ("pressed", ids.LEAVERS): [pressed(left, ids.LEAVERS, names="Assign prospects", who="cleo")],
    ("pressed", ids.ADD_FORM): [pressed(told("find nobody here"), ids.ADD_FORM, names="Add a prospect")],
    ("pressed", ids.VIEW_SAVE): [pressed(told("find stage:new"), ids.VIEW_SAVE, names="Save this view")],
    ("pressed", ids.MERGE): [pressed(told("add Gus Sample, Acme Inc"), ids.MERGE)],
    ("pressed", ids.MERGE_AGAIN): [pressed(told("add Eva Muster, Beta", "merge eva into gus", ""), ids.MERGE_AGAIN)],
    ("pressed", ids.CADENCE_NEW): [pressed(told("cadence"), ids.CADENCE_NEW, names="New cadence")],
    ("pressed", ids.CADENCE_FORK): [
        pressed(told("cadence show nudge"), ids.CADENCE_FORK, names="“Your own copy” for nudge")
    ],
    ("pressed", ids.CADENCE_EDIT): [pressed(own_cadence, ids.CADENCE_EDIT, names="Edit the cadence")],
    ("pressed", ids.CADENCE_TEXT): [pressed(own_cadence, ids.CADENCE_TEXT, names="Long")],
    ("pressed", ids.KEPT_FORM): [pressed(kept_form, ids.KEPT_FORM)],
    ("chosen", ids.LOG): [pressed(CARD, ids.MORE, ids.LOG), pressed(ROW, ids.MORE, ids.LOG)],
    ("chosen", ids.NOTE): [pressed(CARD, ids.MORE, ids.NOTE)],
    ("chosen", ids.PARK): [pressed(CARD, ids.MORE, ids.PARK)],
    ("shortcut", ids.SHORTCUT_ADD): [Way(from_anywhere, names="Add a prospect")],
    ("shortcut", ids.SHORTCUT_FOLLOW_UP): [
        Way(partial(on_a_message, shortcut=ids.SHORTCUT_FOLLOW_UP), where="random", names="Add a prospect")
    ],
    ("shortcut", ids.SHORTCUT_NOTE): [
        Way(partial(on_a_message, shortcut=ids.SHORTCUT_NOTE), where="random", names="Add as a note")
    ],
}  # fmt: skip
"""Every handler from which a form may be opened. A new one belongs here; until then the test below fails."""


def asked_in(form: View) -> dict[str, Any]:
    """All that a form asks and knows, but for the addresses of the press that opened it."""
    origin = replace(forms.origin_of(form.private_metadata), **ADDRESSES)
    return {"id": form.callback_id, "title": form.title, "blocks": form.blocks, "origin": origin}


def test_every_handler_that_may_open_a_form_is_tried_below() -> None:
    assert {(way, name) for way, names in openers().items() for name in names} == WAYS.keys()


def test_forms_are_opened_in_one_place() -> None:
    """Whoever asks Slack itself for a form, or asks past the offer, would leave people with nothing."""
    sources = {path.name: path.read_text() for path in Path(bot.__file__).parent.rglob("*.py")}
    assert [name for name, text in sources.items() if "views.open" in text] == ["opening.py"]
    assert [name for name, text in sources.items() if "views.push" in text] == []
    assert [name for name, text in sources.items() if "opening.opened" in text] == ["answering.py"]
    assert [name for name, text in sources.items() if "opening.asked" in text] == ["answering.py"]


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(way, id=f"{kind} {name} {number}")
        for (kind, name), ways in WAYS.items()
        for number, way in enumerate(ways)
    ],
)
async def test_a_form_that_opens_too_late_is_the_same_form_by_the_button_that_is_offered(
    story: Story, way: Way
) -> None:
    story.expected_refusals = {EXPIRED}
    who: Person = getattr(story, way.who)
    channel = getattr(story, way.where) if way.where else None
    await story.told(story.ana, GUS)
    await story.moves_to(FRIDAY)
    if way.ready is not None:
        await way.ready(story)

    await way.do(story)
    in_time = asked_in(story.form(who))
    await story.sandbox.close(who, story.form(who), clear=True)

    story.sandbox.faults.error("views.open", EXPIRED)
    await way.do(story)
    assert story.sandbox.workspace.top_view(who.id) is None
    offered = story.screen(who, channel)
    assert "Slack was too slow to open the form “" in offered.text
    assert way.names in offered.text
    assert labels(offered) == ["Open the form"]

    await story.clicks(who, offered, ids.KEPT_FORM)
    assert asked_in(story.form(who)) == in_time
