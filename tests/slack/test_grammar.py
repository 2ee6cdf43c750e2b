"""The typed line becomes one command, or says in words why not."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.amounts import Money
from bot.slack.commands import (
    Add,
    AddForm,
    Align,
    Command,
    DigestSwitch,
    DigestTime,
    Find,
    Greeting,
    Help,
    History,
    Jump,
    Lift,
    Log,
    Lost,
    Met,
    Note,
    OutOfOffice,
    Park,
    Pause,
    PauseCompany,
    Reopen,
    Replied,
    ReplyWay,
    Restart,
    Resume,
    Role,
    Settings,
    Show,
    Skip,
    Snooze,
    Stalled,
    StopContact,
    Team,
    TeamAmounts,
    TeamOff,
    TeamSchedule,
    Today,
    Undo,
    Unknown,
    Unreadable,
    Won,
    Workdays,
)
from bot.slack.reading.dates import When
from bot.slack.reading.examples import EXAMPLES
from bot.slack.reading.grammar import read
from bot.slack.reading.line import Prefs, who_candidates
from bot.slack.reading.verbs import SYNONYMS
from cadences.model import Channel, LostReason, Mood, Outcome
from tests.slack.corpus import NOW, shown

FRIDAY = dt.date(2026, 11, 27)
TWELVE_K = Money(1_200_000, "USD")
NOW_ON, YESTERDAY_ON = When(NOW.date(), None, "today"), When(NOW.date() - dt.timedelta(days=1), None, "yesterday")

COMMANDS: dict[str, Command] = {
    "": Today(),
    "   ": Today(),
    "today": Today(),
    "My Day": Today(),
    "add": AddForm(),
    "note acme wants SSO": Note("acme wants SSO"),
    "note acme -- wants\nSSO": Note("acme -- wants\nSSO"),
    "log acme": Log("acme"),
    "log acme call": Log("acme", Channel.CALL),
    "log acme emailed": Log("acme", Channel.EMAIL),
    "log acme no answer": Log("acme", None, Outcome.NO_ANSWER),
    "log acme call voicemail -- left the pricing answer": Log(
        "acme", Channel.CALL, Outcome.VOICEMAIL, "left the pricing answer"
    ),
    "log acme called, left voicemail, retry friday": Log(
        "acme", Channel.CALL, Outcome.VOICEMAIL, "", When(FRIDAY, None, "friday")
    ),
    "log acme, call, didn’t answer, try again tomorrow 3pm": Log(
        "acme", Channel.CALL, Outcome.NO_ANSWER, "", When(FRIDAY, dt.time(15), "tomorrow 3pm")
    ),
    "log red letter media call no answer": Log("red letter media", Channel.CALL, Outcome.NO_ANSWER),
    "log acme called about pricing": Log("acme", Channel.CALL, None, "called about pricing"),
    "log acme call, spoke, wants a quote": Log("acme", Channel.CALL, Outcome.CONNECTED, "wants a quote"),
    "log acme called, no answer, left voicemail": Log("acme", Channel.CALL, Outcome.VOICEMAIL, "left voicemail"),
    "log dana li email sent": Log("dana li", Channel.EMAIL, Outcome.SENT),
    "log acme call asked to stop": Log("acme", Channel.CALL, Outcome.ASKED_TO_STOP),
    "called acme, left voicemail": Log("acme", Channel.CALL, Outcome.VOICEMAIL),
    "emailed dana li": Log("dana li", Channel.EMAIL),
    "met Dana -- wants SSO": Met("Dana", "wants SSO"),
    "met Dana Li @ Acme -- wants SSO, budget in March": Met("Dana Li @ Acme", "wants SSO, budget in March"),
    "log acme met": Log("acme", Channel.MEETING),
    "log acme call connected, positive": Log("acme", Channel.CALL, Outcome.CONNECTED, mood=Mood.POSITIVE),
    "replied acme": Replied("acme"),
    "replied acme interested": Replied("acme", "", ReplyWay.INTERESTED),
    "replied acme, a question -- about SSO": Replied("acme", "about SSO", ReplyWay.QUESTION),
    "replied acme not now until 1 march": Replied(
        "acme", "", ReplyWay.NOT_NOW, When(dt.date(2027, 3, 1), None, "1 march")
    ),
    "replied acme not now": Replied("acme", "", ReplyWay.NOT_NOW),
    "replied acme no pricing": Replied("acme", "", ReplyWay.NO, None, LostReason.PRICING),
    "replied acme no, they chose us not": Replied("acme", "they chose us not", ReplyWay.NO),
    "ooo acme until 3 dec": OutOfOffice("acme", When(dt.date(2026, 12, 3), None, "until 3 dec")),
    "out of office acme until 3 dec -- auto-reply": OutOfOffice(
        "acme", When(dt.date(2026, 12, 3), None, "until 3 dec"), "auto-reply"
    ),
    "skip acme -- met them": Skip("acme", "met them"),
    "jump acme 3 -- they asked": Jump("acme", 3, "they asked"),
    "jump acme to step 3": Jump("acme", 3),
    "restart acme -- new contact": Restart("acme", "new contact"),
    "align acme": Align("acme"),
    "stop acme -- asked us by mail": StopContact("acme", "asked us by mail"),
    "stop contacting acme": StopContact("acme"),
    "lift acme -- they wrote": Lift("acme", "they wrote"),
    "reopen acme": Reopen("acme"),
    "lost acme pricing, try again in 6 months": Lost("acme", LostReason.PRICING, "", 6),
    "lost acme budget again in three months -- next year": Lost("acme", LostReason.BUDGET, "next year", 3),
    "reply acme -- wants a quote": Replied("acme", "wants a quote"),
    "replied dana li, wants a quote": Replied("dana li", "wants a quote"),
    "snooze acme fri": Snooze("acme", When(FRIDAY, None, "fri")),
    "SNOOZE Dana Li, Fri": Snooze("Dana Li", When(FRIDAY, None, "Fri")),
    "later acme until fri -- legal is reading": Snooze("acme", When(FRIDAY, None, "until fri"), "legal is reading"),
    "snooze may corp tomorrow": Snooze("may corp", When(FRIDAY, None, "tomorrow")),
    "snooze AT&amp;T fri": Snooze("AT&T", When(FRIDAY, None, "fri")),
    "won acme": Won("acme"),
    "won acme 12k": Won("acme", TWELVE_K),
    "won acme 12000": Won("acme", TWELVE_K),
    "won acme, 12k": Won("acme", TWELVE_K),
    "win acme $12,000 -- signed": Won("acme", TWELVE_K, "signed"),
    "close won acme 12k": Won("acme", TWELVE_K),
    "won acme for $12k signed today": Won("acme", TWELVE_K, "signed today", NOW_ON),
    "won acme 12k yesterday": Won("acme", TWELVE_K, "", YESTERDAY_ON),
    "won acme 12k, yesterday -- signed": Won("acme", TWELVE_K, "signed", YESTERDAY_ON),
    "won acme 12k, signed yesterday, post-sale": Won("acme", TWELVE_K, "signed yesterday", YESTERDAY_ON, True),
    "won acme 12k, check-ins": Won("acme", TWELVE_K, post_sale=True),
    "won acme €9.500,50": Won("acme", Money(950_050, "EUR")),
    "won acme €500,50, post-sale": Won("acme", Money(50_050, "EUR"), post_sale=True),
    "won acme 12.000 €": Won("acme", Money(1_200_000, "EUR")),
    "won studio 54": Won("studio 54"),
    "won studio 54 12k": Won("studio 54", TWELVE_K),
    "won 3M": Won("3M"),
    "lost acme": Lost("acme"),
    "lost acme pricing": Lost("acme", LostReason.PRICING),
    "lost acme no decision maker": Lost("acme", LostReason.NO_DECISION_MAKER),
    "lost acme no decision-maker -- moved on": Lost("acme", LostReason.NO_DECISION_MAKER, "moved on"),
    "lost acme because of the price": Lost("acme", LostReason.PRICING),
    "lost acme too expensive": Lost("acme", LostReason.PRICING),
    "lost acme went with a competitor": Lost("acme", LostReason.COMPETITION),
    "lost acme no budget": Lost("acme", LostReason.BUDGET),
    "lost acme ghosted": Lost("acme", LostReason.UNRESPONSIVE),
    "lost acme unresponsive anyway": Lost("acme", LostReason.UNRESPONSIVE, insists=True),
    "lost acme silent, try again in 3 months, anyway -- moved": Lost(
        "acme", LostReason.UNRESPONSIVE, "moved", 3, insists=True
    ),
    "lost anyway": Lost("anyway"),
    "lost acme, not a good fit": Lost("acme", LostReason.POOR_FIT),
    "lost acme pricng": Lost("acme", LostReason.PRICING),
    "lost acme -- silent": Lost("acme", LostReason.UNRESPONSIVE, "silent"),
    "lost budget": Lost("budget"),
    "park acme": Park("acme"),
    "park acme until march": Park("acme", When(dt.date(2027, 3, 1), None, "until march")),
    "park acme 3 months": Park("acme", When(dt.date(2027, 2, 26), None, "3 months")),
    "park march capital": Park("march capital"),
    "show acme": Show("acme"),
    "show friday": Show("friday"),
    "find acm": Find("acm"),
    "search 24 hour fitness": Find("24 hour fitness"),
    "undo": Undo(),
    "history": History(),
    "settings": Settings(),
    "settings 9:15": Settings(DigestTime(dt.time(9, 15))),
    "settings 9": Settings(DigestTime(dt.time(9))),
    "settings time 8:30": Settings(DigestTime(dt.time(8, 30))),
    "settings digest at 8.30am": Settings(DigestTime(dt.time(8, 30))),
    "settings days mon-thu": Settings(Workdays(frozenset({0, 1, 2, 3}))),
    "settings days mon to thu": Settings(Workdays(frozenset({0, 1, 2, 3}))),
    "settings days mon,wed, fri": Settings(Workdays(frozenset({0, 2, 4}))),
    "settings days mon wed and fri": Settings(Workdays(frozenset({0, 2, 4}))),
    "settings days sun-thu": Settings(Workdays(frozenset({6, 0, 1, 2, 3}))),
    "settings days tue": Settings(Workdays(frozenset({1}))),
    "settings weekdays": Settings(Workdays(frozenset(range(5)))),
    "settings days every day": Settings(Workdays(frozenset(range(7)))),
    "settings digest off": Settings(DigestSwitch(on=False)),
    "settings digest on": Settings(DigestSwitch(on=True)),
    "pause": Pause(),
    "pause 2d": Pause(When(dt.date(2026, 11, 28), None, "2d")),
    "pause acme 2w": PauseCompany("acme", When(dt.date(2026, 12, 10), None, "2w")),
    "pause acme corp until mon": PauseCompany("acme corp", When(dt.date(2026, 11, 30), None, "until mon")),
    "pause until mon": Pause(When(dt.date(2026, 11, 30), None, "until mon")),
    "pause off": Resume(),
    "resume": Resume(),
    "team": Team(),
    "team mon 09:30": Team(TeamSchedule(0, dt.time(9, 30))),
    "team fri 4pm": Team(TeamSchedule(4, dt.time(16))),
    "team every fri at 4pm": Team(TeamSchedule(4, dt.time(16))),
    "team tue": Team(TeamSchedule(1, None)),
    "team 9:30": Team(TeamSchedule(None, dt.time(9, 30))),
    "team on": Team(TeamSchedule()),
    "team off": Team(TeamOff()),
    "team hide amounts": Team(TeamAmounts(shown=False)),
    "team show amounts": Team(TeamAmounts(shown=True)),
    "stalled": Stalled(),
    "role <@U123|cleo> manager": Role("U123", "", "manager"),
    "role admin <@U123>": Role("U123", "", "admin"),
    "role @cleo rep": Role(None, "cleo", "rep"),
    "help": Help(),
    "?": Help(),
    "hi": Greeting(),
    "help later": Help("snooze"),
    "help nonsense": Help(),
    "/followup stalled": Stalled(),
    "/stalled": Stalled(),
}

UNREADABLE = (
    "note", "note acme", "log", "log -- a note", "log acme called, retry blursday", "replied", "snooze", "snooze fri",
    "snooze acme", "snooze acme blursday", "snooze acme 30 feb", "snooze acme after fri", "won", "won 12k",
    "won acme $12kk", "lost", "park", "park until march", "park acme until blursday", "show", "find", "undo acme",
    "settings tomorrow", "settings days", "settings days mon-foo", "settings 25:00", "pause blursday",
    "team foo",
    "team mon 25:00", "role",
    "role manager", "role @cleo", "role @cleo boss", "role @cleo @ben manager",
)  # fmt: skip


@pytest.mark.parametrize(("line", "command"), COMMANDS.items())
def test_a_line_is_this_command(line: str, command: Command) -> None:
    assert read(line, NOW) == command


@pytest.mark.parametrize("line", UNREADABLE)
def test_an_incomplete_command_says_what_is_wrong_and_how_it_works(line: str) -> None:
    command = read(line, NOW)
    assert isinstance(command, Unreadable)
    assert command.verb == line.split(maxsplit=1)[0]
    assert command.problem.reason
    assert isinstance(read(command.problem.example.removeprefix("/followup "), NOW), Command)


@pytest.mark.parametrize(("verb", "example"), [(verb, example) for verb, (example, _) in EXAMPLES.items()])
def test_every_example_in_the_help_parses_to_its_own_command(verb: str, example: str) -> None:
    command = read(example, NOW)
    assert not isinstance(command, Unreadable)
    assert command.verb == verb
    if isinstance(command, Add):
        assert command.capture.problems == ()


def test_every_verb_has_an_example() -> None:
    assert set(SYNONYMS.values()) == set(EXAMPLES)


def test_an_add_line_is_read_with_the_members_own_habits() -> None:
    prefs = Prefs(default_region="DE", default_currency="EUR", date_order="dmy")
    command = read("new Dana, Acme, 12k, 0170 1234567, call 4/5", NOW, prefs=prefs)
    assert isinstance(command, Add)
    capture = command.capture
    assert capture.phone == "+491701234567"
    assert capture.value == Money(1_200_000, "EUR")
    assert capture.step is not None
    assert shown(capture.step.when) == "2027-05-04"


def test_slacks_escaping_is_undone_before_anything_is_read() -> None:
    command = read("add Dana &lt;<mailto:dana@acme.com|dana@acme.com>&gt;, AT&amp;T", NOW)
    assert isinstance(command, Add)
    assert (command.capture.email, command.capture.company) == ("dana@acme.com", "AT&T")


def test_an_ambiguous_date_stays_a_question() -> None:
    command = read("snooze acme 4/5", NOW)
    assert isinstance(command, Snooze)
    assert shown(command.when) == "2027-04-05 | 2027-05-04"


def test_a_date_that_is_over_is_handed_on_as_such() -> None:
    command = read("snooze acme yesterday", NOW)
    assert isinstance(command, Snooze)
    assert shown(command.when) == "past 2026-11-25"


def test_a_day_that_is_nearly_right_is_suggested() -> None:
    command = read("snooze acme firday", NOW)
    assert isinstance(command, Unreadable)
    assert "friday" in command.problem.reason


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("snoze acme fri", "snooze acme fri"),
        ("staled", "stalled"),
        ("Dana Li, Acme", "add Dana Li, Acme"),
        ("dana@acme.com", "add dana@acme.com"),
        ("acme fri", "snooze acme fri"),
        ("call acme", "log acme call"),
        ("call acme tomorrow", "snooze acme tomorrow"),
        ("cap 20", "settings cap 20"),
        ("hours 8:00-18:00", "settings hours 8:00-18:00"),
        ("digest off", "settings digest off"),
        ("language deutsch", "settings language deutsch"),
        ("recab", "recap"),
        ("blah", None),
        ("🙂", None),
        ("'; DROP TABLE prospects; --", None),
    ],
)
def test_an_unknown_line_offers_the_nearest_command(line: str, nearest: str | None) -> None:
    command = read(line, NOW)
    assert isinstance(command, Unknown)
    assert (command.text, command.nearest) == (line, nearest)


@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        ("acme wants SSO", [("acme wants SSO", ""), ("acme wants", "SSO"), ("acme", "wants SSO")]),
        ("acme -- wants SSO", [("acme", "wants SSO")]),
        ("dana li\nwants SSO", [("dana li", "wants SSO")]),
        ("dana li: wants SSO\nsoon", [("dana li", "wants SSO\nsoon")]),
        ("acme, wants", [("acme, wants", ""), ("acme", "wants")]),
        ("acme -- note: x", [("acme", "note: x")]),
        ("", []),
    ],
)
def test_the_longest_name_is_tried_first(words: str, candidates: list[tuple[str, str]]) -> None:
    assert who_candidates(words) == candidates


def test_a_name_is_looked_for_in_the_first_five_words() -> None:
    assert who_candidates("a b c d e f g")[0] == ("a b c d e", "f g")


ANY_LINE = st.text() | st.lists(
    st.sampled_from(
        [*SYNONYMS, "acme", "fri", "12k", "--", ",", "retry", "called", "until", "<@U1>", "@", "no", "\n", "&lt;", "-"]
    ),
    max_size=10,
).map(" ".join)


@given(ANY_LINE)
@settings(max_examples=300, deadline=None)
def test_nothing_typed_raises(line: str) -> None:
    assert isinstance(read(line, NOW), Command)
    who_candidates(line)


@pytest.mark.parametrize("verb", [*EXAMPLES, "called", "nonsense"])
def test_forty_thousand_characters_are_answered_at_once(verb: str) -> None:
    started = time.process_time()
    for piece in (
        "a,",
        "call ",
        "fri ",
        "$12k ",
        "@",
        "mon-",
        "<",
        "- ",
        "pricing ",
        "until ",
        "<@U1> ",
        "retry ",
        "\n",
    ):
        assert isinstance(read(f"{verb} {piece * (40_000 // len(piece))}", NOW), Command)
    assert time.process_time() - started < 13 * 0.5
