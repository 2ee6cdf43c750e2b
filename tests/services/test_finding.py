"""Finding: by part, typo, company and note, by what is known; the best first; never another workspace's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError

from bot.services import changes, finding, members, notes, prospects, putting_off, stalling, touches
from bot.services.actor import Actor
from bot.services.amounts import Money
from bot.services.details import Details
from bot.services.errors import InvalidInput, StillReading
from bot.services.finding import Query, Value
from bot.services.idleness import Compare, Due, Sign
from bot.services.putting_off import Group
from bot.services.touches import Made
from bot.storage import search, tables, texts
from bot.storage.engine import Database
from cadences import calendar
from cadences.model import LostReason, Outcome, Stage
from cadences.states import State
from cadences.work_calendar import WorkCalendar
from tests.support import cast as people
from tests.support import verbs
from tests.support.cast import DAY, MONDAY, NOW, TODAY, Cast, added, by_prospect, by_step


@pytest.fixture
def cast(own_db: Database, the_cast: Cast) -> Cast:
    """The cast in a database whose numbers no other test used before: an index lives as long as its database."""
    people.gather_again(own_db, the_cast)
    return the_cast


def names(db: Database, viewer: Actor, *words: str, **filters: object) -> list[str]:
    """Who is found, in order."""
    query = Query(tuple(words), **filters)  # type: ignore[arg-type]  # what a filter takes is for each test to say
    return [each.card.prospect.name for each in finding.find(db, viewer, query, NOW).found]


@pytest.mark.parametrize(
    "word",
    ["dana", "DANA", "dan", "ana", "acme", "cm", "Acme GmbH", "dnaa", "acmee", "dana@example.com", "SSO", "säml"],
)
def test_somebody_is_found_by_part_company_address_note_and_through_typos(
    own_db: Database, cast: Cast, word: str
) -> None:
    card = added(own_db, cast.ana, email="dana@example.com", note="wants SSO, and Säml later")
    added(own_db, cast.ana, "Eli Else", "Nowhere Sample")
    found = "Dana Li" if word != "cm" else None  # so short a word is looked for at the beginning of others
    assert names(own_db, cast.ana, word) == [found] * (found is not None)
    assert finding.find(own_db, cast.ana, Query((card.prospect.name,)), NOW).found[0].card.prospect == card.prospect


def test_all_words_must_fit_wherever_they_stand(own_db: Database, cast: Cast) -> None:
    added(own_db, cast.ana, "Dana Li", "Acme", note="wants SSO")
    added(own_db, cast.ana, "Dana Berg", "Other", note="no SSO there")
    assert names(own_db, cast.ana, "dana", "acme", "sso") == ["Dana Li"]
    assert names(own_db, cast.ana, "acme", "berg") == []
    assert names(own_db, cast.ana, "dna", "acme") == ["Dana Li"]


def test_a_phrase_fits_only_as_a_whole(own_db: Database, cast: Cast) -> None:
    added(own_db, cast.ana, "Dana Li", note="wants SSO now")
    assert names(own_db, cast.ana, "wants sso") == ["Dana Li"]
    assert names(own_db, cast.ana, "sso wants") == []


def test_a_typo_in_one_word_is_forgiven_though_it_fits_elsewhere(own_db: Database, cast: Cast) -> None:
    added(own_db, cast.ana, "Dana Li", "Acme")
    added(own_db, cast.ana, "Eli Else", "Acne Sample")
    assert names(own_db, cast.ana, "dana", "acne") == ["Dana Li"]


def test_the_words_that_matched_are_told(own_db: Database, cast: Cast) -> None:
    added(own_db, cast.ana, "Dana Li", "Acme", email="dana@example.com", note=f"{'long ' * 30}wants SSO{' more' * 30}")
    query = Query(("dana", "acme", "example.com", "sso"))
    matches = finding.find(own_db, cast.ana, query, NOW).found[0].matches
    assert [(match.word, match.where) for match in matches] == [
        ("dana", "name"), ("acme", "company"), ("example.com", "email"), ("sso", "note")
    ]  # fmt: skip
    assert "wants SSO" in matches[-1].text
    assert len(matches[-1].text) < 100


def test_the_best_come_first(own_db: Database, cast: Cast) -> None:
    """Own before others', open before closed, the whole word before its beginning, before a part, before a note."""
    added(own_db, cast.ben, "Sam", "Bens")
    closed = added(own_db, cast.ana, "Sam", "Closed")
    verbs.won(own_db, cast.ana, by_prospect(closed), NOW)
    added(own_db, cast.ana, "Note Only", note="ask sam")
    added(own_db, cast.ana, "Balsam")
    added(own_db, cast.ana, "Samson")
    added(own_db, cast.ana, "Sam", "Open")
    found = finding.find(own_db, cast.ana, Query(("sam",)), NOW).found
    assert [each.card.prospect.company or each.card.prospect.name for each in found] == [
        "Open", "Acme", "Acme", "Acme", "Closed", "Bens"
    ]  # fmt: skip
    assert [each.card.prospect.name for each in found][1:4] == ["Samson", "Balsam", "Note Only"]


def test_twenty_stand_on_a_page_and_none_is_lost_between_pages(own_db: Database, cast: Cast) -> None:
    for number in range(45):
        added(own_db, cast.ana, f"Sample {number:02d}", "Acme", email=None)
    for query in (Query(("sample",)), Query(owner="me")):
        pages = [finding.find(own_db, cast.ana, query, NOW, number) for number in range(3)]
        assert [len(page.found) for page in pages] == [20, 20, 5]
        assert [page.has_more for page in pages] == [True, True, False]
        found = [each.card.prospect.id for page in pages for each in page.found]
        assert len(set(found)) == 45


def test_nobody_of_another_workspace_is_found_by_anything(own_db: Database, cast: Cast) -> None:
    added(own_db, cast.ana, email="dana@example.com", note="wants SSO")
    for words in ("dana", "acme", "dana@example.com", "dnaa", "sso"):
        assert names(own_db, cast.otto, words) == []
        assert names(own_db, cast.ben, words) == ["Dana Li"]
    assert names(own_db, cast.otto, stage=Stage.NEW) == []


def test_what_one_process_writes_another_finds_at_once(own_db: Database, cast: Cast) -> None:
    """Two processes, one database: each keeps an index of its own."""
    other = Database(own_db.url.render_as_string(hide_password=False))
    try:
        assert names(other, cast.ana, "dana") == names(own_db, cast.ana, "dana") == []
        card = added(own_db, cast.ana)
        assert names(other, cast.ana, "dana") == ["Dana Li"]
        notes.add(own_db, cast.ana, by_prospect(card), "wants SSO", NOW)
        assert names(other, cast.ana, "sso") == ["Dana Li"]
        prospects.edit(other, cast.ana, by_prospect(card), Details("Zoe Berg", "Acme"), None, NOW)
        assert names(own_db, cast.ana, "dana") == names(other, cast.ana, "dana") == []
        assert names(own_db, cast.ana, "zoe") == names(other, cast.ana, "zoe") == ["Zoe Berg"]
        changes.undo(own_db, cast.ana, None, NOW)
        assert names(other, cast.ana, "dana") == ["Dana Li"]
        changes.undo(own_db, cast.ana, None, NOW)
        assert names(other, cast.ana, "sso") == []
        changes.undo(other, cast.ana, None, NOW)
        assert names(own_db, cast.ana, "dana") == names(own_db, cast.ana, "dnaa") == []
    finally:
        other.close()


def test_a_transaction_that_commits_late_is_not_missed(own_db: Database, cast: Cast) -> None:
    """On PostgreSQL a change may be numbered before others and be seen after them."""
    if own_db.is_sqlite:
        return  # one writer: numbers are given in the order of commits
    names(own_db, cast.ana, "dana")
    with own_db.begin() as slow:
        number = slow.exec_driver_sql("SELECT nextval('changes_id_seq')").scalar_one()
        added(own_db, cast.ana, "Sam Early")
        assert names(own_db, cast.ana, "sam") == ["Sam Early"]
        late = added(own_db, cast.ana, "Dana Late")
        slow.exec_driver_sql("UPDATE prospects SET name = 'Zoe', name_key = 'zoe' WHERE id = %s", (late.prospect.id,))
        slow.exec_driver_sql(
            "INSERT INTO changes (id, workspace_id, member_id, kind, origin, prospect_id, facts, images, happened_at) "
            "VALUES (%s, %s, %s, 'edited', 'button', %s, '{}', '[]', now())",
            (number, cast.ana.workspace_id, cast.ana.member.id, late.prospect.id),
        )
        assert names(own_db, cast.ana, "dana") == ["Dana Late"]
    assert names(own_db, cast.ana, "zoe") == ["Zoe"]


def test_a_touch_s_note_is_found_too(own_db: Database, cast: Cast) -> None:
    card = added(own_db, cast.ana)
    verbs.log(own_db, cast.ana, by_step(card), NOW)
    assert names(own_db, cast.ana, "pricing answer") == ["Dana Li"]


def test_filters_alone_and_with_words(own_db: Database, cast: Cast) -> None:
    added(own_db, cast.ana, "Dana Li", stage=Stage.PROPOSAL, value_minor=2_000_000, currency="USD", source="Web fair")
    added(own_db, cast.ana, "Eva Li", stage=Stage.WORKING, value_minor=500_000, currency="USD", industry="Health")
    added(own_db, cast.ben, "Finn Li", stage=Stage.PROPOSAL, value_minor=3_000_000, currency="EUR")
    lost = added(own_db, cast.ana, "Gus Li")
    verbs.lost(own_db, cast.ana, by_prospect(lost), NOW)
    assert names(own_db, cast.ana, stage=Stage.PROPOSAL) == ["Dana Li", "Finn Li"]
    assert names(own_db, cast.ana, "li", stage=Stage.PROPOSAL, owner="me") == ["Dana Li"]
    assert names(own_db, cast.ana, owner="ben") == names(own_db, cast.ana, owner="U0BEN") == ["Finn Li"]
    assert names(own_db, cast.ana, lost=LostReason.PRICING) == ["Gus Li"]
    assert names(own_db, cast.ana, lost=LostReason.BUDGET) == []
    assert names(own_db, cast.ana, source="fair") == ["Dana Li"]
    assert names(own_db, cast.ana, industry="HEALTH") == ["Eva Li"]
    assert "Dana Li" in names(own_db, cast.ana, cadence=prospects_cadence(own_db, cast))
    assert names(own_db, cast.ana, cadence="no-such") == []


def prospects_cadence(db: Database, cast: Cast) -> str:
    """The cadence that a new prospect is put on."""
    enrollment = finding.find(db, cast.ana, Query(("dana",)), NOW).found[0].card.enrollment
    assert enrollment is not None
    return enrollment.cadence


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        (Sign.OVER, ["20k"]),
        (Sign.FROM, ["10k", "20k"]),
        (Sign.UNDER, ["5k"]),
        (Sign.TO, ["10k", "5k"]),
        (Sign.IS, ["10k"]),
    ],
)
def test_an_amount_is_compared_in_its_own_currency(
    own_db: Database, cast: Cast, sign: Sign, expected: list[str]
) -> None:
    for name, amount in (("5k", 500_000), ("10k", 1_000_000), ("20k", 2_000_000)):
        added(own_db, cast.ana, name, value_minor=amount, currency="USD")
    added(own_db, cast.ana, "Euro", value_minor=1_000_000, currency="EUR")
    added(own_db, cast.ana, "None")
    assert names(own_db, cast.ana, value=Value(sign, Money(1_000_000, "USD"))) == expected


def test_idle_counts_business_days_of_a_whole_week_where_the_owner_lives(own_db: Database, cast: Cast) -> None:
    """Nobody but a calendar knows how long it was; a filter must say the same for every number of days."""
    members.set_digest(own_db, cast.ben, NOW, workdays=frozenset({0, 2}))
    cards = [
        added(own_db, owner, f"P{number:02d}", now=NOW - number * DAY)
        for number in range(0, 30, 3)
        for owner in (cast.ana, cast.ben)
    ]
    owners = {actor.member.id: people.known(own_db, actor) for actor in (cast.ana, cast.ben)}
    today = {key: owner.local(NOW).date() for key, owner in owners.items()}
    idle = {
        card.prospect.id: calendar.business_days_between(
            owners[card.prospect.owner_id].local(card.prospect.active_at).date(),
            today[card.prospect.owner_id],
            WorkCalendar(owners[card.prospect.owner_id].calendar.zone),
        )
        for card in cards
    }
    tests = {
        Sign.OVER: int.__gt__, Sign.FROM: int.__ge__, Sign.UNDER: int.__lt__, Sign.TO: int.__le__, Sign.IS: int.__eq__
    }  # fmt: skip
    for sign, holds in tests.items():
        for days in (0, 1, 5, 7, 12):
            query = Query(idle=Compare(sign, days))
            found = {each.card.prospect.id for each in finding.find(own_db, cast.ana, query, NOW).found}
            assert found == {number for number, passed in idle.items() if holds(passed, days)}, (sign, days)


def test_stalled_is_what_the_list_of_stalled_deals_says(own_db: Database, cast: Cast) -> None:
    for number in range(0, 28, 2):
        for stage in (Stage.NEW, Stage.WORKING, Stage.PROPOSAL):
            on = TODAY + timedelta(days=number) if number % 4 else None
            added(own_db, cast.ana, f"P{number}", stage.value, now=NOW - number * DAY, stage=stage, on=on)
    listed = {deal.prospect.id for deal in stalling.stalled_deals(own_db, cast.ana.member, NOW, everybody=True)}
    everybody = set()
    for stalled, expected in ((True, listed), (False, None)):
        pages = [finding.find(own_db, cast.ana, Query(stalled=stalled), NOW, number) for number in range(3)]
        found = {each.card.prospect.id for page in pages for each in page.found}
        assert expected is None or found == expected
        everybody |= found
    assert listed
    assert len(everybody) == 42


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (Due.OVERDUE, []),
        (Due.TODAY, ["Fri"]),
        (Due.TOMORROW, []),
        (Due.THIS_WEEK, ["Fri"]),
        (Due.NEXT_WEEK, ["Mon", "Thu"]),
    ],
)
def test_due_is_said_by_the_day(own_db: Database, cast: Cast, due: Due, expected: list[str]) -> None:
    for name, on in (("Fri", TODAY), ("Mon", MONDAY), ("Thu", MONDAY + 3 * DAY), ("Later", date(2026, 12, 24))):
        added(own_db, cast.ana, name, on=on)
    assert names(own_db, cast.ana, due=due) == expected


def test_each_state_finds_exactly_those_who_are_in_it(own_db: Database, cast: Cast) -> None:
    cards = [added(own_db, cast.ana, f"P{number}", on=MONDAY) for number in range(6)]
    verbs.snooze(own_db, cast.ana, by_step(cards[0]), NOW)
    verbs.park(own_db, cast.ana, by_step(cards[1]), NOW)
    verbs.won(own_db, cast.ana, by_prospect(cards[2]), NOW)
    verbs.lost(own_db, cast.ana, by_prospect(cards[3]), NOW)
    verbs.log(own_db, cast.ana, by_step(cards[4]), NOW)
    for state in State:
        for card in cards:
            is_in = people.shown(own_db, cast.ana, card).state(NOW) is state
            assert (card.prospect.name in names(own_db, cast.ana, state=state)) is is_in, (state, card.prospect.name)


def test_who_fell_silent_is_known_without_reading_anybodys_card(own_db: Database, cast: Cast) -> None:
    """However many others there are: nothing of them is read."""
    silent, at = added(own_db, cast.ana, "Sam Silent"), NOW
    for number in range(4):
        added(own_db, cast.ana, f"P{number}")
    for _ in range(4):
        card = people.shown(own_db, cast.ana, silent)
        at = max(at, people.step_of(card).due_at) + timedelta(hours=1)
        touches.log(own_db, cast.ana, by_step(card), Made(None, Outcome.SENT), at)
    assert people.shown(own_db, cast.ana, silent).state(at) is State.FINISHED_SILENT
    assert list(_index(own_db, cast).shelves.having("fell_silent", True)) == [silent.prospect.id]
    for _ in range(2):
        changes.undo(own_db, cast.ana, None, at)
    assert not _index(own_db, cast).shelves.having("fell_silent", True)


def _index(db: Database, cast: Cast) -> search.Index:
    with db.read() as tx:
        index = search.index_of(tx, cast.ana.workspace_id)
        index.refresh(tx)
    return index


def test_an_owner_nobody_knows_is_said(own_db: Database, cast: Cast) -> None:
    with pytest.raises(InvalidInput) as wrong:
        names(own_db, cast.ana, owner="zed")
    assert wrong.value.why == "I know nobody in the team called “zed”"


def test_whoever_asks_while_everything_is_read_does_not_stand_in_line(own_db: Database, cast: Cast) -> None:
    added(own_db, cast.ana)
    with own_db.read() as tx:
        index = search.index_of(tx, cast.ana.workspace_id)
    with index.lock, pytest.raises(StillReading):
        names(own_db, cast.ana, "dana")
    finding.warm(own_db, cast.ana.workspace_id)
    assert names(own_db, cast.ana, "dana") == ["Dana Li"]


def test_what_could_not_be_read_again_is_read_the_next_time(own_db: Database, cast: Cast) -> None:
    dana = added(own_db, cast.ana)
    assert names(own_db, cast.ana, "dana") == ["Dana Li"]
    notes.add(own_db, cast.ana, by_prospect(dana), "wants SSO", NOW)
    added(own_db, cast.ana, "Eli Else")
    rename(own_db, "enrollments", "lent")
    with pytest.raises(DBAPIError):
        names(own_db, cast.ana, "eli")
    rename(own_db, "lent", "enrollments")
    assert names(own_db, cast.ana, "acme") == ["Dana Li", "Eli Else"]
    assert names(own_db, cast.ana, "sso") == ["Dana Li"]


def rename(db: Database, table: str, name: str) -> None:
    with db.begin() as tx:
        tx.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")


def test_a_filter_leaves_nobody_out_however_many_a_word_fits(own_db: Database, cast: Cast) -> None:
    """Of one word alone only so many are looked at: those the filter lets through."""
    with own_db.begin() as tx:
        many(tx, cast.ben, texts.HITS_AT_MOST + 20)
    added(own_db, cast.ben, "Sample Zoe", stage=Stage.PROPOSAL)
    assert names(own_db, cast.ana, "sample", stage=Stage.PROPOSAL) == ["Sample Zoe"]
    assert names(own_db, cast.ana, "zoe", state=State.PENDING) == ["Sample Zoe"]


def many(tx: Connection, owner: Actor, count: int) -> None:
    """So many prospects, put in as a program that came before us left them."""
    row = {"workspace_id": owner.workspace_id, "owner_id": owner.member.id, "stage": Stage.NEW, "active_at": NOW}
    row |= {"stage_since_at": NOW, "active_kind": "added", "active_by": owner.member.id, "created_at": NOW}
    rows = [row | {"name": f"Sample {number}", "name_key": f"sample {number}"} for number in range(count)]
    tx.execute(insert(tables.prospects), rows)


def test_what_several_changes_did_to_steps_is_known_at_once(own_db: Database, cast: Cast) -> None:
    """Filters look at memory too: whatever moves a step must reach it, taken back or not."""
    card = added(own_db, cast.ana, now=NOW - DAY)
    at_first = dues(own_db, cast.ana)
    verbs.snooze(own_db, cast.ana, by_step(card), NOW)
    assert dues(own_db, cast.ana) != at_first
    changes.undo(own_db, cast.ana, None, NOW)
    assert dues(own_db, cast.ana) == at_first
    later = NOW + 10 * DAY
    putting_off.snooze_all(own_db, cast.ana, Group.OVERDUE, (later + DAY).date(), later)
    assert dues(own_db, cast.ana) != at_first
    changes.undo(own_db, cast.ana, None, later)
    assert dues(own_db, cast.ana) == at_first


def dues(db: Database, viewer: Actor) -> list[list[str]]:
    """Who is found due when."""
    return [names(db, viewer, due=due) for due in Due]
