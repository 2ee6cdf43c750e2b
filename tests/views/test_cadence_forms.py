"""The forms of cadences stay within Slack's limits, however much there is to say."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.services.authoring import Review
from bot.services.versions import AT_ONCE, Crowd, Moved
from bot.storage.records import Prospect, StepRow, columns_of
from bot.views import cadence_forms, cadence_pages
from bot.views.forms import Origin
from cadences import shorthand
from cadences.definition import MAX_STEPS, MAX_TEMPLATE
from cadences.lint import lint
from cadences.model import Cadence, Channel, End, EndAction, FollowUpType, Purpose, Stage
from cadences.preview import preview
from tests.support.cast import NOW, Cast
from tests.views.payloads import view_problems

LONGEST = Cadence(
    "longest", "L" * 80, 2,
    shorthand.read("\n".join(f"1d email reminder: propose meeting\n  > {'<x> & ' * 333}" for _ in range(MAX_STEPS))),
    End(EndAction.ASK), "<!channel> " * 45,
)  # fmt: skip


def step(number: int) -> StepRow:
    return StepRow(
        number, "T", number, "U", "longest", 1, 30, Channel.LINKEDIN, FollowUpType.VALUE, Purpose.SHARE_VALUE,
        NOW + timedelta(days=number), False, False, 0, None, 1, 1, (), None, None, None, None, None,
    )  # fmt: skip


def prospect() -> Prospect:
    said: dict[str, Any] = {
        "id": 1, "workspace_id": "T", "owner_id": "U", "name": "Dana Li " * 20, "name_key": "dana li",
        "company": "Acme & Sons " * 10, "company_key": "acme", "stage": Stage.NEW, "stage_since_at": NOW,
        "active_at": NOW, "active_kind": "email", "active_by": "U", "created_at": NOW,
    }  # fmt: skip
    row: dict[str, Any] = {**dict.fromkeys(columns_of(Prospect)), **said}
    return Prospect(**row)


def test_the_longest_cadence_fits_the_fields_and_reads_back() -> None:
    assert all(len(each.template) <= MAX_TEMPLATE for each in LONGEST.steps)
    form = cadence_forms.editor("Edit", cadence_forms.filled(LONGEST, is_teams=True), Origin(), may_share=True)
    assert view_problems(form) == []
    parts = [
        str(block["element"].get("initial_value", ""))
        for block in form["blocks"]
        if str(block.get("block_id", "")).startswith("steps")
    ]
    assert shorthand.read("\n".join(filter(None, parts))) == LONGEST.steps


def test_everybody_who_moves_at_once_fits_the_review(the_cast: Cast) -> None:
    ana = the_cast.ana.member
    moved = [
        Moved(replace(prospect(), id=number), ana, 1, step(number), step(number + 400))
        for number in range(1, AT_ONCE + 1)
    ]
    crowd = Crowd(tuple(moved), (1, 2), (), (3,), (4, 5), (1, 2))
    review = Review(LONGEST, 1, 1, True, None, lint(LONGEST), preview(LONGEST, NOW, ana.calendar), crowd)
    form = cadence_forms.review(review, ["Step 1: …"] * MAX_STEPS, Origin())
    assert view_problems(form) == []
    ticks = [block for block in form["blocks"] if str(block.get("block_id", "")).startswith(cadence_forms.MOVE)]
    assert sum(len(block["element"]["options"]) for block in ticks) == AT_ONCE


@pytest.mark.parametrize("length", [0, 1, 40, 2_600, 9_000])
def test_pieces_are_the_text_again(length: int) -> None:
    text = "\n".join("x" * (number % 97) for number in range(length // 40))
    assert "\n".join(cadence_pages.in_pieces(text, 100)) == text
