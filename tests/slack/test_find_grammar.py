"""What a search line looks for: words, quoted phrases, filters however they are spelt; and words about the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.amounts import Money
from bot.services.finding import Query, Value
from bot.services.idleness import Compare, Due, Sign
from bot.slack.reading.find_grammar import EXAMPLES, read, understood
from bot.slack.reading.line import Prefs
from bot.slack.reading.understood import Problem
from cadences.model import LostReason, Stage
from cadences.states import State
from cadences.words import named
from language import speaking

LINES = {
    "acm": Query(("acm",)),
    "dana li acme": Query(("dana", "li", "acme")),
    '"dana li" acme': Query(("dana li", "acme")),
    "“wants SSO”": Query(("wants SSO",)),
    '"never closed': Query(("never closed",)),
    "stage:proposal": Query(stage=Stage.PROPOSAL),
    "stage: proposal": Query(stage=Stage.PROPOSAL),
    "Stage:Proposal": Query(stage=Stage.PROPOSAL),
    "stge:propsal": Query(stage=Stage.PROPOSAL),
    "idle:>7": Query(idle=Compare(Sign.OVER, 7)),
    "idle>7": Query(idle=Compare(Sign.OVER, 7)),
    "idle: > 7 acme": Query(("acme",), idle=Compare(Sign.OVER, 7)),
    "idle:7+": Query(idle=Compare(Sign.FROM, 7)),
    "idle:7": Query(idle=Compare(Sign.FROM, 7)),
    "idle:<=7d": Query(idle=Compare(Sign.TO, 7)),
    "owner:me": Query(owner="me"),
    "owner:@ben": Query(owner="ben"),
    "owner:<@U0BEN>": Query(owner="U0BEN"),
    'owner:"ben sample"': Query(owner="ben sample"),
    "value:>10k": Query(value=Value(Sign.OVER, Money(1_000_000, "USD"))),
    "value:>=€5k": Query(value=Value(Sign.FROM, Money(500_000, "EUR"))),
    "amount<2000": Query(value=Value(Sign.UNDER, Money(200_000, "USD"))),
    "due:today": Query(due=Due.TODAY),
    "due:overdue": Query(due=Due.OVERDUE),
    "due:this week acme": Query(("acme",), due=Due.THIS_WEEK),
    'due:"this week"': Query(due=Due.THIS_WEEK),
    "stalled:yes": Query(stalled=True),
    "stalled:no": Query(stalled=False),
    "source:webinar": Query(source="webinar"),
    'industry:"public health"': Query(industry="public health"),
    "cadence:nudge": Query(cadence="nudge"),
    'cadence:"Post Meeting"': Query(cadence="post-meeting"),
    "state:snoozed": Query(state=State.SNOOZED),
    "state:replied": Query(state=State.FINISHED_REPLIED),
    "status:waiting": Query(state=State.WAITING),
    "state:do_not_contact": Query(state=State.DO_NOT_CONTACT),
    "lost:pricing": Query(lost=LostReason.PRICING),
    "lost:ghosted": Query(lost=LostReason.UNRESPONSIVE),
    "lost:too expensive acme": Query(("acme",), lost=LostReason.PRICING),
    "lost:competiton": Query(lost=LostReason.COMPETITION),
    "lost:zu teuer": Query(lost=LostReason.PRICING),
    'lost:"kein Budget" acme': Query(("acme",), lost=LostReason.BUDGET),
    "lost:Konkurenz": Query(lost=LostReason.COMPETITION),
    "lost: trop cher stage:proposal": Query(lost=LostReason.PRICING, stage=Stage.PROPOSAL),
    "https://acme.example.com": Query(("https://acme.example.com",)),
    "acme: sso": Query(("acme:", "sso")),
    "stage:proposal idle:>7 owner:me value:>10k": Query(
        owner="me",
        stage=Stage.PROPOSAL,
        idle=Compare(Sign.OVER, 7),
        value=Value(Sign.OVER, Money(1_000_000, "USD")),
    ),
}


@pytest.mark.parametrize(("line", "query"), LINES.items())
def test_a_line_looks_for_this(line: str, query: Query) -> None:
    assert read(line) == query


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("colour:red", "I know no filter “colour”"),
        ("stage:zzz", "“zzz” is no stage: I know new, working, engaged, proposal"),
        (
            "state:zzz",
            "“zzz” is no state: I know pending, due, waiting for them, paused, snoozed, finished (replied), fin",
        ),
        ("idle:long", "“long” is no number of business days"),
        ("value:much", "“much” is no amount I can read"),
        ("due:zzz", "“zzz” is no time: I know today, overdue"),
        ("stalled:zzz", "“zzz” is no answer: I know yes"),
        ("lost:zzz", "“zzz” is no reason"),
        ("owner:@", "Say whose"),
        ("cadence:!!", "Say which cadence"),
    ],
)
def test_what_can_not_be_read_is_said_with_what_was_understood_and_a_line_that_works(line: str, said: str) -> None:
    problem = read(f"acme stage:proposal {line}")
    assert isinstance(problem, Problem)
    assert said in problem.reason
    assert "So far I understood: “acme”, stage proposal." in problem.reason
    assert isinstance(read(problem.example.removeprefix("find ")), Query)


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_reason_that_is_offered_can_be_looked_for_as_it_is_written(language: str) -> None:
    with speaking(language):
        problem = read("lost:zzz")
        assert isinstance(problem, Problem)
        for reason in LostReason:
            assert named(reason) in problem.reason
            assert read(f"lost:{named(reason)} acme") == Query(("acme",), lost=reason)


@pytest.mark.parametrize(("name", "example"), EXAMPLES.items())
def test_each_filter_has_an_example_that_is_understood(name: str, example: str) -> None:
    query = read(example.removeprefix("find "))
    assert isinstance(query, Query)
    assert [each.split()[0] for each in understood(query)] == [name]


def test_amounts_are_read_in_the_member_s_own_currency() -> None:
    assert read("value:>10k", Prefs(default_currency="EUR")) == Query(value=Value(Sign.OVER, Money(1_000_000, "EUR")))


def test_a_very_long_line_is_looked_for_by_its_first_words() -> None:
    query = read("word " * 1_000)
    assert isinstance(query, Query)
    assert len(query.words) == 8


@given(st.text(alphabet=st.sampled_from(' ":<>=@acmestgidlow0179k.,-–“”\n'), max_size=60))
def test_no_line_makes_it_stumble(line: str) -> None:
    assert isinstance(read(line), Query | Problem)
