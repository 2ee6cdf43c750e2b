"""Lines as salespeople write them: a remark behind a comma, a colon, a channel or a date; the kind of follow-up."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import commands
from bot.slack.commands import (
    Add,
    DeleteTouch,
    Fix,
    Greeting,
    History,
    Hook,
    HookUsed,
    Keep,
    Log,
    Lost,
    Park,
    Replied,
    ReplyWay,
    SendNow,
    Show,
    Skip,
    Snooze,
    Unreadable,
)
from bot.slack.reading import grammar
from bot.slack.reading.capture import COLLEAGUE
from bot.slack.reading.dates import When
from cadences.model import Channel, FollowUpType, LostReason, Outcome
from cadences.snoozing import Why
from tests.slack.corpus import NOW

FRIDAY = When(dt.date(2026, 11, 27), None, "fri")
LINES = {
    "log acme called connected wants demo thu": Log("acme", Channel.CALL, Outcome.CONNECTED, "wants demo thu"),
    "log acme call voicemail about the demo": Log("acme", Channel.CALL, Outcome.VOICEMAIL, "about the demo"),
    "log acme email sent the demo": Log("acme", Channel.EMAIL, Outcome.SENT, "the demo"),
    "log acme call wants demo thu": Log("acme", Channel.CALL, None, "call wants demo thu"),
    "log blue mail company call": Log("blue mail company", Channel.CALL),
    "log acme email value": Log("acme", Channel.EMAIL, kind=FollowUpType.VALUE),
    "log acme call thank-you -- for the day": Log(
        "acme", Channel.CALL, None, "for the day", kind=FollowUpType.THANK_YOU
    ),
    "log acme email re-engagement, sent": Log("acme", Channel.EMAIL, Outcome.SENT, kind=FollowUpType.RE_ENGAGEMENT),
    "log acme reminder": Log("acme", kind=FollowUpType.REMINDER),
    "log acme email feedback on the price": Log("acme", Channel.EMAIL, None, "email feedback on the price"),
    "log true value call": Log("true value", Channel.CALL),
    "log acme linkedin like": Log("acme", Channel.LINKEDIN, None, "like"),
    "log acme liked": Log("acme", Channel.LINKEDIN, None, "liked"),
    "log acme linkedin comment -- on the fair": Log("acme", Channel.LINKEDIN, None, "on the fair\ncomment"),
    "log acme via trade fair": Log("acme", via="trade fair"),
    "log acme via trade fair -- met the CTO": Log("acme", None, None, "met the CTO", via="trade fair"),
    "log acme via whatsapp hello again": Log("acme", None, None, "hello again", via="whatsapp"),
    "log acme via the big trade fair, spoke": Log("acme", None, Outcome.CONNECTED, via="the big trade fair"),
    "fix last acme value": Fix(Log("acme", kind=FollowUpType.VALUE)),
    "fix 2nd last acme call": Fix(Log("acme", Channel.CALL), 1),
    "delete second to last acme": DeleteTouch("acme", 1),
    "delete 3rd last touch with acme": DeleteTouch("acme", 2),
    "lost acme competition: went with Initech": Lost("acme", LostReason.COMPETITION, "went with Initech"),
    "lost acme pricing, too expensive for them": Lost("acme", LostReason.PRICING, "too expensive for them"),
    "lost acme: pricing": Lost("acme", LostReason.PRICING),
    "skip acme: no reason": Skip("acme", "no reason"),
    "replied acme: wants a quote": Replied("acme", "wants a quote"),
    "replied acme interested: wants a quote": Replied("acme", "wants a quote", ReplyWay.INTERESTED),
    "replied acme no competition: Initech": Replied("acme", "Initech", ReplyWay.NO, None, LostReason.COMPETITION),
    "snooze acme fri because they asked": Snooze("acme", FRIDAY, "because they asked"),
    "snooze acme fri -- they asked": Snooze("acme", FRIDAY, "they asked"),
    "snooze acme fri, they asked": Snooze("acme", FRIDAY, "they asked"),
    "snooze acme fri because waiting on them": Snooze("acme", FRIDAY, "", Why.WAITING),
    "park acme till 1 march, budget": Park("acme", When(dt.date(2027, 3, 1), None, "till 1 march"), "budget"),
    "park acme: no budget": Park("acme", None, "no budget"),
    "show acme all": Show("acme", everything=True),
    "history dana": Show("dana", everything=True),
    "history": History(),
    "keep acme": Keep("acme"),
    "hook acme used": HookUsed("acme"),
    "hook acme used: SSO": HookUsed("acme", "SSO"),
    "hook acme used to be a bank": Hook("acme used to be a bank"),
    "today send": SendNow(),
    "send now": SendNow(),
    "hallo": Greeting(),
    "hi!": Greeting(),
    "thanks": Greeting(thanks=True),
    "danke schön": Greeting(thanks=True),
}


@pytest.mark.parametrize(("line", "meant"), LINES.items())
def test_a_line_means_this(line: str, meant: object) -> None:
    assert grammar.read(line, NOW) == meant


@pytest.mark.parametrize(
    ("line", "example"),
    {
        "snooze acme fri they asked": "/followup snooze acme fri -- they asked",
        "park acme until march no budget": "/followup park acme until march -- no budget",
        "pause acme": "/followup pause acme 2 weeks",
        "pause acme forever": "/followup pause acme 2 weeks",
        "pause forever": "/followup pause 2 weeks",
        "pause for ever": "/followup pause 2 weeks",
        "pause never": "/followup pause 2 weeks",
        "pause für immer": "/followup pause 2 weeks",
        "settings time never": "/followup settings time 8:30",
        "settings days never": "/followup settings days mon-thu",
        "settings hours: never": "/followup settings hours 8:00-18:00",
        "settings cap lots": "/followup settings cap 20",
        "settings new lots": "/followup settings new 10",
        "settings all clear maybe": "/followup settings all clear on",
        "settings weekly never": "/followup settings weekly off",
        "settings whatever": "/followup settings time 8:30",
        "log acme via our booth in the hall": "/followup log acme via trade fair, met the CTO",
    }.items(),
)
def test_what_can_be_read_in_two_ways_says_what_to_type(line: str, example: str) -> None:
    read = grammar.read(line, NOW)
    assert isinstance(read, Unreadable)
    assert read.problem.example == example
    assert not isinstance(grammar.read(example, NOW), Unreadable)


@pytest.mark.parametrize("line", ["add @Ben", "add <@U0BEN|ben>", "add <@U0BEN>, Acme", "add @Ben Sample, Acme, $12k"])
def test_a_colleague_is_no_prospect(line: str) -> None:
    read = grammar.read(line, NOW)
    assert isinstance(read, Add)
    assert (read.capture.name, read.capture.problems[0].reason) == ("", COLLEAGUE)


@given(st.lists(st.sampled_from([*" ".join(LINES).split(), "all", "keep", "@Ben", ":", ",", "thanks"]), max_size=9))
@settings(max_examples=300, deadline=None)
def test_no_line_raises(words: list[str]) -> None:
    assert isinstance(grammar.read(" ".join(words), NOW), commands.Command)
