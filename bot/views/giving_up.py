"""The question before somebody is given up as silent: how often silence ended here, and the way nobody tried."""

from datetime import datetime

from bot.services.errors import AsksOnceMore
from bot.services.giving_up import GivenUp
from bot.storage.records import Member, Prospect
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, context, escape, message, section
from cadences.giving_up import LEAST_SILENT, Rate, Silence
from cadences.words import capital
from language import amounts, say, say_n

INSIST_LINE = "/followup lost acme unresponsive anyway"
REOPEN_LINE = "/followup reopen acme"
PER_CENT = 100


def question(asks: AsksOnceMore, viewer: Member, now: datetime) -> Message:
    """Given up already? Nothing was changed yet."""
    said = [_asked(asks), rate(asks.silence, asks.rate), _offered(asks, viewer, now)]
    return message(" ".join(said), question_blocks(asks, viewer, now))


def question_blocks(asks: AsksOnceMore, viewer: Member, now: datetime) -> list[Block]:
    """The same, as a part of what shows it."""
    told = f"{rate(asks.silence, asks.rate)}\n{_offered(asks, viewer, now)}"
    hint = say("Typed: `{line}`.", line=INSIST_LINE)
    return [
        section(f"*{escape(_asked(asks))}*"),
        section(escape(told)),
        _answers(asks, viewer, now),
        context(escape(hint)),
    ]


def said_after(early: GivenUp) -> str:
    """The same about a loss that was carried out among others."""
    who, silence = _who(early.prospect), early.silence
    given_up = say("{who} was given up without a single touch.", who=who)
    if silence.touches:
        given_up = say(
            "{who} was given up {touches} {channels}.",
            who=who,
            touches=_touches(silence.touches),
            channels=_channels(silence),
        )
    back = say("`{line}` brings them back.", line=REOPEN_LINE)
    return " ".join([given_up, rate(silence, early.rate), back])


def rate(silence: Silence, found: Rate) -> str:
    """How often such a silence ended, with its interval; or how much there is to say it from."""
    if not found.is_enough:
        return say(
            "How often such a silence ends here: not enough data yet, {silent} of {least} prospects.",
            silent=found.silent,
            least=LEAST_SILENT,
        )
    low, high = found.interval
    told = say(
        "Of {silent} prospects still silent {touches}, {answered} answered later (95 %: {low}–{high} %).",
        silent=amounts.number(found.silent),
        touches=_touches(max(1, silence.touches)),
        answered=amounts.number(found.answered),
        low=round(low * PER_CENT),
        high=round(high * PER_CENT),
    )
    if not found.waiting:
        return told
    waiting = say_n(
        "{count} of the others is followed up still and may yet answer.",
        "{count} of the others are followed up still and may yet answer.",
        found.waiting,
    )
    return f"{told} {waiting}"


def _asked(asks: AsksOnceMore) -> str:
    if not asks.silence.touches:
        return say("{who}: given up without a single touch? Nothing was changed yet.", who=_who(asks.prospect))
    return say(
        "{who}: given up {touches} {channels}? Nothing was changed yet.",
        who=_who(asks.prospect),
        touches=_touches(asks.silence.touches),
        channels=_channels(asks.silence),
    )


def _offered(asks: AsksOnceMore, viewer: Member, now: datetime) -> str:
    return say(
        "Nobody tried this way: {channel}. One more try on {day}, and I draft what to say?",
        channel=words.channel(asks.channel),
        day=_day(asks, viewer, now),
    )


def _answers(asks: AsksOnceMore, viewer: Member, now: datetime) -> Block:
    who, channel, day = _who(asks.prospect), capital(words.channel(asks.channel)), _day(asks, viewer, now)
    more = button(
        say("One more try"),
        ids.ONE_MORE,
        asks.draft_id,
        style="primary",
        spoken=say("One more try with {who}: {channel} {day}", who=who, channel=channel, day=day),
    )
    lost = button(say("Lost anyway"), ids.LOST_ANYWAY, asks.draft_id, spoken=say("Lost anyway: {who}", who=who))
    return actions([more, lost])


def _touches(count: int) -> str:
    return say_n("after {count} touch", "after {count} touches", count)


def _channels(silence: Silence) -> str:
    return say_n("on {count} channel", "on {count} channels", len(silence.channels))


def _day(asks: AsksOnceMore, viewer: Member, now: datetime) -> str:
    return words.day(asks.on, viewer.local(now).date())


def _who(prospect: Prospect) -> str:
    return words.who(prospect.name, prospect.company)
