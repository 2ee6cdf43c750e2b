"""Adding and editing prospects: what is kept, what is next, and what is refused."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.services import notes, prospects, questions
from bot.services.details import Details
from bot.services.errors import AlreadyDone, Closed, Gone, InvalidInput, LikelyDouble, NotYours
from bot.services.promises import Wish
from bot.storage.engine import Database
from bot.storage.records import Note
from bot.storage.tables import ChangeKind
from cadences.model import Channel, EnrollmentState, Purpose, Stage
from tests.support import verbs
from tests.support.cast import (
    DAY,
    HOUR,
    MONDAY,
    NOW,
    TODAY,
    Cast,
    added,
    asking,
    by_prospect,
    shown,
    step_of,
)
from tests.support.rows import change_count, everything
from tests.support.together import errors, together

FULL = Details(
    "Dana Li", "Acme", "CTO", "Dana@Acme.Example", "+49 30 123456", 12_000_00, "USD", Stage.PROPOSAL, "fair",
    date(2026, 12, 24),
)  # fmt: skip
NAMES = [
    "Zoë Ångström",
    "דנה לי",  # right to left
    "محمد علي",
    "می‌خواهم",  # a joiner inside a word
    "李小龙",
    "👩‍💻 Dev",  # one sign, joined from two
    'O\'Brien -- "Bobby"); DROP TABLE prospects;--',
    "<!channel> & <@U1|x>",
    "100% Sample_Co",
]
BAD = [
    ({"name": ""}, "name"),
    ({"name": "   "}, "name"),
    ({"name": "\0"}, "name"),
    ({"name": "\u200b"}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"company": "x" * 201}, "company"),
    ({"role": "x" * 201}, "role"),
    ({"source": "x" * 201}, "source"),
    ({"email": "x" * 310 + "@example.com"}, "email"),
    ({"phone": "1" * 41}, "phone"),
    ({"value_minor": 1, "currency": "DOLLARS"}, "currency"),
    ({"value_minor": -1}, "value"),
    ({"value_minor": 10**15 + 1}, "value"),
    ({"value_minor": 10**30}, "value"),
    ({"stage": Stage.WON}, "stage"),
    ({"stage": Stage.PARKED}, "stage"),
]


def details(**values: Any) -> Details:
    return Details(**{"name": "Dana Li", **values})


def test_everything_told_is_kept(db: Database, cast: Cast) -> None:
    done = prospects.add(db, cast.ana, FULL, NOW)
    assert done.card is not None
    kept = done.card.prospect
    assert (kept.name, kept.company, kept.role) == ("Dana Li", "Acme", "CTO")
    assert (kept.email, kept.phone) == ("dana@acme.example", "+49 30 123456")
    assert (kept.value_minor, kept.currency, kept.stage) == (12_000_00, "USD", Stage.PROPOSAL)
    assert (kept.source, kept.close_on) == ("fair", date(2026, 12, 24))
    assert (kept.owner_id, kept.created_at) == (cast.ana.member.id, NOW)
    assert done.change.kind is ChangeKind.ADDED
    assert done.card.is_mine


def test_a_prospect_just_met_is_thanked_within_a_workday(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    step = step_of(card)
    assert (step.channel, step.purpose, step.number, step.of) == (Channel.EMAIL, Purpose.THANK, 1, 3)
    assert step.due_at == NOW + 3 * DAY  # a day later is Saturday: Monday at the same clock time
    assert card.enrollment is not None
    assert (card.enrollment.cadence, card.enrollment.state) == ("post-meeting", EnrollmentState.ACTIVE)


def test_a_promised_date_comes_before_the_cadence_and_stays_where_it_was_put(db: Database, cast: Cast) -> None:
    saturday = date(2026, 11, 21)
    step = step_of(added(db, cast.ana, on=saturday, at=time(10), channel=Channel.CALL))
    assert step.due_at == datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    assert (step.promised, step.timed, step.number, step.channel) == (True, True, None, Channel.CALL)


def test_a_promise_is_kept_on_the_wall_clock_of_whoever_gave_it(db: Database, cast: Cast) -> None:
    step = step_of(added(db, cast.ben, on=MONDAY, at=time(10)))
    assert step.due_at == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_without_a_channel_an_email_is_planned_where_there_is_an_address(db: Database, cast: Cast) -> None:
    assert step_of(added(db, cast.ana, on=MONDAY, email="d@example.com")).channel is Channel.EMAIL
    assert step_of(added(db, cast.ana, "Eli", on=MONDAY)).channel is Channel.CALL


def test_a_note_is_kept_with_the_prospect_in_one_change(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, note="  demo went well  ")
    (entry,) = prospects.show(db, cast.ana, card.prospect.id).entries
    assert isinstance(entry, Note)
    assert entry.text == "demo went well"
    assert change_count(db) == 1


@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_back_as_it_was_typed(db: Database, cast: Cast, name: str) -> None:
    card = added(db, cast.ana, name, name, role=name)
    assert shown(db, cast.ben, card).prospect.name == name
    assert shown(db, cast.ben, card).prospect.company == name


def test_control_characters_do_not_get_into_a_name(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, "Dana\0\n\tLi", "Ac\x1bme", email="da\0na@example.com")
    assert card.prospect.name == "Dana Li"
    assert "\x1b" not in str(card.prospect.company)
    assert "\0" not in str(card.prospect.email)


def test_the_longest_values_that_are_allowed_fit(db: Database, cast: Cast) -> None:
    longest = Details(
        "x" * 200, "y" * 200, "z" * 200, "e" * 300 + "@example.com", "1" * 40, 10**15, "USD", source="s" * 200
    )
    assert prospects.add(db, cast.ana, longest, NOW, note="n" * 10_000).card is not None


@pytest.mark.parametrize(("values", "field"), BAD, ids=lambda value: str(value)[:24])
def test_a_value_that_can_not_be_kept_is_named_and_nothing_is_written(
    db: Database, cast: Cast, values: dict[str, Any], field: str
) -> None:
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        prospects.add(db, cast.ana, details(**values), NOW)
    assert refused.value.field == field
    assert everything(db) == before


@pytest.mark.parametrize("note", ["x" * 10_001, "   ", "\0"])
def test_a_note_that_can_not_be_kept_keeps_the_prospect_out_too(db: Database, cast: Cast, note: str) -> None:
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        prospects.add(db, cast.ana, FULL, NOW, note=note)
    assert refused.value.field == "note"
    assert everything(db) == before


@pytest.mark.parametrize(
    "wish", [Wish(date(2026, 11, 19)), Wish(TODAY, time(14, 59)), Wish(TODAY, time(15, 0)), Wish(date(1999, 1, 1))]
)
def test_a_moment_that_has_passed_is_refused(db: Database, cast: Cast, wish: Wish) -> None:
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        prospects.add(db, cast.ana, FULL, NOW, wish=wish)
    assert refused.value.field == "when"
    assert everything(db) == before


def test_today_without_a_clock_time_and_a_minute_from_now_are_not_past(db: Database, cast: Cast) -> None:
    assert step_of(added(db, cast.ana, on=TODAY)).promised
    assert step_of(added(db, cast.ana, on=TODAY, at=time(15, 1))).timed


def test_the_same_request_twice_adds_once(db: Database, cast: Cast) -> None:
    ana = asking(cast.ana, "typed 1")
    first = prospects.add(db, ana, FULL, NOW)
    before = everything(db)
    with pytest.raises(AlreadyDone) as again:
        prospects.add(db, ana, FULL, NOW + HOUR)
    assert again.value.change.id == first.change.id
    assert everything(db) == before


def test_the_same_request_at_the_same_instant_adds_once(db: Database, cast: Cast) -> None:
    ana = asking(cast.ana, "typed 1")
    outcomes = together(*[lambda: prospects.add(db, ana, FULL, NOW)] * 4)
    assert [type(error) for error in errors(outcomes)] == [AlreadyDone] * 3
    assert change_count(db) == 1


def test_a_request_of_another_workspace_may_have_the_same_name(db: Database, cast: Cast) -> None:
    added(db, asking(cast.ana, "typed 1"))
    assert added(db, asking(cast.otto, "typed 1")).prospect.workspace_id == cast.otto.workspace_id


@pytest.mark.parametrize(
    "twin",
    [
        Details("Somebody Else", email="DANA@acme.example "),
        Details("Somebody Else", phone="+49 30 123456"),
        Details("dana  LI", "ACME GmbH"),
    ],
)
def test_a_likely_double_is_asked_about_and_the_typed_line_waits(db: Database, cast: Cast, twin: Details) -> None:
    prospects.add(db, cast.ana, FULL, NOW)
    with pytest.raises(LikelyDouble) as double:
        prospects.add(db, cast.ben, twin, NOW, typed="add somebody")
    assert double.value.existing.name == "Dana Li"
    assert double.value.owner.name == "Ana"
    assert questions.drafted(db, cast.ben, double.value.draft_id) == ("add somebody", NOW)
    assert change_count(db) == 1


def test_a_double_may_be_added_all_the_same(db: Database, cast: Cast) -> None:
    prospects.add(db, cast.ana, FULL, NOW)
    assert prospects.add(db, cast.ana, FULL, NOW).card is not None


def test_somebody_in_another_workspace_is_no_double(db: Database, cast: Cast) -> None:
    prospects.add(db, cast.ana, FULL, NOW)
    assert prospects.add(db, cast.otto, FULL, NOW, typed="add somebody").card is not None


def test_a_draft_is_read_by_nobody_but_its_author(db: Database, cast: Cast) -> None:
    number = questions.draft(db, cast.ana, "add Dana \0 on mar/apr", NOW)
    assert questions.drafted(db, cast.ana, number)[0].startswith("add Dana")
    for other in (cast.ben, cast.cleo, cast.otto):
        with pytest.raises(Gone):
            questions.drafted(db, other, number)


def test_an_edit_changes_what_it_names_and_leaves_the_stalled_clock_alone(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = verbs.edit(db, cast.ana, by_prospect(card), NOW + DAY)
    assert done.card is not None
    now = done.card.prospect
    assert (now.name, now.company, now.stage) == ("Dana Lee", "Acme Sample", Stage.ENGAGED)
    assert now.stage_since_at == NOW + DAY
    assert (now.active_at, now.active_by) == (card.prospect.active_at, card.prospect.active_by)
    assert done.card.step == card.step


def test_an_edit_may_replan_the_next_step_and_old_buttons_know(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = verbs.replan(db, cast.ana, by_prospect(card), NOW)
    step = step_of(done.card)
    assert step.id != step_of(card).id
    assert (step.channel, step.promised) == (Channel.VIDEO, True)
    assert step.due_at == datetime(2026, 11, 26, 10, 15, tzinfo=UTC)


def test_a_manager_replans_on_the_owners_wall_clock(db: Database, cast: Cast) -> None:
    card = added(db, cast.ben)
    step = step_of(verbs.replan(db, cast.cleo, by_prospect(card), NOW).card)
    assert step.due_at == datetime(2026, 11, 26, 16, 15, tzinfo=UTC)
    assert step.owner_id == cast.ben.member.id


def test_a_closed_deal_can_be_edited_but_not_planned(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.won(db, cast.ana, by_prospect(card), NOW)
    verbs.edit(db, cast.ana, by_prospect(card), NOW)
    assert shown(db, cast.ana, card).prospect.stage is Stage.WON
    with pytest.raises(Closed):
        verbs.replan(db, cast.ana, by_prospect(card), NOW)


@pytest.mark.parametrize(("values", "field"), BAD[:5], ids=lambda value: str(value)[:24])
def test_an_edit_refuses_what_adding_refuses(db: Database, cast: Cast, values: dict[str, Any], field: str) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        prospects.edit(db, cast.ana, by_prospect(card), details(**values), None, NOW)
    assert refused.value.field == field
    assert everything(db) == before


def test_a_card_to_edit_is_the_owners_or_a_managers(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    assert prospects.card_to_edit(db, cast.cleo, card.prospect.id).owner.name == "Ana"
    with pytest.raises(NotYours):
        prospects.card_to_edit(db, cast.ben, card.prospect.id)
    with pytest.raises(NotYours):
        prospects.card(db, cast.ben, by_prospect(card))


def test_the_timeline_shows_the_newest_five_and_counts_the_rest(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    for number in range(8):
        notes.add(db, cast.ben, by_prospect(card), f"note {number}", NOW + number * HOUR)
    timeline = prospects.show(db, cast.ana, card.prospect.id)
    texts = [entry.text for entry in timeline.entries if isinstance(entry, Note)]
    assert texts == ["note 7", "note 6", "note 5", "note 4", "note 3"]
    assert timeline.more == 3
    assert timeline.people[cast.ben.member.id].name == "Ben"
