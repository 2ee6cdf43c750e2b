"""Typed lines about one deal: what was done, what they answered, when it comes back, how it ended."""

import re

from bot.services.amounts import Money
from bot.services.touches import EXAMPLE as OWN_CHANNEL_EXAMPLE
from bot.slack.commands import (
    Command,
    DeleteTouch,
    Fix,
    Log,
    Lost,
    Met,
    OutOfOffice,
    Park,
    Replied,
    ReplyWay,
    Snooze,
    SnoozeAll,
    Unreadable,
    Won,
)
from bot.slack.reading import batch_grammar, doubts, lost_reasons, money, outcomes, stop_grammar
from bot.slack.reading.answer_words import PRICED
from bot.slack.reading.dates import Ambiguous, Reading, When
from bot.slack.reading.hearing import LONGEST_WHO
from bot.slack.reading.line import (
    NO_DATE,
    NO_WHO,
    Line,
    about,
    at_colon,
    clean,
    did_you_mean,
    echo,
    name_in,
    who_and_note,
)
from bot.slack.reading.outcomes import joined
from bot.slack.reading.reply_ways import way_in
from bot.slack.reading.segments import segments, split_note
from bot.slack.reading.understood import Problem
from cadences.model import Channel
from cadences.snoozing import Why
from language import mark, say

_UNTIL = re.compile(r"\s(?:until|till|til|bis)(?:\s|$)", re.IGNORECASE)
_UNTIL_FIRST = re.compile(r"^(?:until|till|til|bis)\s+", re.IGNORECASE)
AHEAD = mark("That day has not come yet. To try again then, write “retry” before it.")
NOT_AHEAD = mark("I correct what was done; snooze it for when to try again.")
NOTHING_SAID = mark("Say what it was: a channel, an outcome, a day, or a note behind two dashes.")
WITHOUT_LAST = mark("I delete your last touch; say “last” before the name.")
CHANNEL_ENDS = mark("Put a comma behind the channel’s name.")
VIA_EXAMPLE = f"/followup {OWN_CHANNEL_EXAMPLE}"
NO_AMOUNT = mark("I can't read that amount.")
OTHER_MONTHS = mark("I try again in 3 or in 6 months; for another time, park it.")
WHYS = {
    "waiting": Why.WAITING,
    "waiting on them": Why.WAITING,
    "waiting for them": Why.WAITING,
    "nothing to add": Why.NOTHING_TO_ADD,
    "nothing of value to add": Why.NOTHING_TO_ADD,
    "no value to add": Why.NOTHING_TO_ADD,
    "avoiding": Why.AVOIDING,
    "avoiding it": Why.AVOIDING,
    "dead": Why.DEAD,
    "it's dead": Why.DEAD,
}
DATELESS = frozenset({Why.AVOIDING, Why.DEAD})
"""One names its own day, the other none."""
_BECAUSE = re.compile(
    rf"(?P<head>.+?)[ ,:]+(?:because )?(?:i'm |i am )?"
    rf"(?P<why>{'|'.join(sorted((*WHYS, 'it’s dead'), key=len, reverse=True))})",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(
    r"^(?:my |the )?(?:(?P<nth>2nd|second|3rd|third|[4-9]th|fourth|fifth)[ -](?:to[ -])?)?last "
    r"(?:touch (?:with |to )?)?(?:with )?",
    re.IGNORECASE,
)
NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_ANYWAY = re.compile(r"(?<=\w)[ ,]+anyway[ .!]*$", re.IGNORECASE)
_AGAIN_SOMEDAY = re.compile(r"\b(?:try )?again in\b", re.IGNORECASE)
_NO_AMOUNT = re.compile(r"0+|-[0-9][0-9.,]*[km]?", re.IGNORECASE)
_FOR = re.compile(rf"\s+(?:for|at|worth|with|=|{'|'.join(PRICED)})$", re.IGNORECASE)
_WON_ON = re.compile(r"(?:(?P<how>signed|closed|won|agreed)\s+)?(?:on\s+)?(?P<day>.+)", re.IGNORECASE | re.DOTALL)
_AFTER_SALE = re.compile(
    r"(?:and |with |start |then )*(?:the )?(?:post-?sale|check-?ins?)(?: after the sale)?", re.IGNORECASE
)
_AGAIN = re.compile(r"(?:and )?(?:try )?again in (?P<months>3|6|three|six) ?(?:months|months?|mo)\.?", re.IGNORECASE)


def read_log(line: Line, channel: Channel | None = None) -> Command:
    """`acme call voicemail -- left the answer`."""
    told = outcomes.read_log(line.rest, channel, lambda words: line.past(words) is not None)
    if not told.who:
        return line.unreadable(line.rest, NO_WHO)
    if told.unclear:
        return Unreadable(line.verb, Problem(echo(told.unclear), say(CHANNEL_ENDS), about(VIA_EXAMPLE, told.who)))
    if told.stops_partly and (alone := stop_grammar.left_alone(line, f"{told.who} {told.stops_partly}", told.who)):
        return alone
    if told.unsure:
        return line.unreadable(told.unsure, doubts.NOT_SURE, doubts.before_denial(told.who))
    retry = line.date(told.retry)
    if told.retry and not retry:
        return line.unreadable(told.retry, say(NO_DATE) + did_you_mean(told.retry), told.who)
    when = line.past(told.when) if told.when else None
    if _is_ahead(line, told.note):
        return line.unreadable(told.note, AHEAD, told.who)
    return Log(told.who, told.channel, told.outcome, told.note, retry, told.mood, when, told.via, told.kind)


def _is_ahead(line: Line, remark: str) -> bool:
    """True for `call tomorrow`: a channel, and a day that has not come, and nothing else."""
    tail = line.date_at_tail(remark) if remark and split_note(line.rest)[1] == "" else None
    return tail is not None and outcomes.is_said(tail[0]) and isinstance(tail[1], When | Ambiguous)


def read_fix(line: Line) -> Command:
    """`last acme call connected`: a log line about the last touch."""
    about_whom = _LAST.sub("", line.rest)
    told = read_log(Line("fix", about_whom, line.now, line.prefs)) if about_whom else line.unreadable("", NO_WHO)
    if not isinstance(told, Log):
        return told
    if told.retry:
        return line.unreadable(line.rest, NOT_AHEAD, told.who)
    if not (told.channel or told.via or told.kind or told.outcome or told.when or told.note):
        return line.unreadable(line.rest, NOTHING_SAID, name_in(about_whom))
    return Fix(told, _back(line.rest))


def read_delete(line: Line) -> Command:
    """`last acme`: only ever a touch, so it has to be said."""
    if _LAST.match(line.rest) is None:
        return line.unreadable(line.rest, WITHOUT_LAST, name_in(line.rest))
    who = clean(_LAST.sub("", line.rest))
    return DeleteTouch(who, _back(line.rest)) if who else line.unreadable(line.rest, NO_WHO)


def _back(text: str) -> int:
    """`2nd last acme`: how many touches before the last one are meant."""
    found = _LAST.match(text)
    nth = (found["nth"] or "").lower() if found else ""
    return (NTH.get(nth) or int(nth[0])) - 1 if nth else 0


def read_replied(line: Line) -> Command:
    """`acme`, `acme interested`, `acme not now until march`, `acme no pricing`, each with a note."""
    head, note = split_note(line.rest)
    said = way_in(head)
    if said is None:
        who, note = who_and_note(line.rest)
        return Replied(who, note) if who else line.unreadable(line.rest, NO_WHO)
    who, way, rest = said
    match way:
        case ReplyWay.NOT_NOW:
            until = _UNTIL_FIRST.sub("", rest)
            # A month alone is a date only behind "until".
            when = line.date(until) or line.date(f"until {until}") if rest else None
            if rest and when is None:
                return line.unreadable(rest, say(NO_DATE) + did_you_mean(rest), clean(who))
            return Replied(clean(who), note, way, when)
        case ReplyWay.NO:
            reason, remark = lost_reasons.reason_and_remark(rest)
            return Replied(clean(who), joined(note, [remark] if remark else []), way, None, reason)
    return Replied(clean(who), joined(note, [rest] if rest else []), way)


def read_met(line: Line) -> Command:
    """`Dana Li @ Acme -- wants SSO`; a line told as a log, `met acme, went well`, is one as well."""
    head, note = split_note(line.rest)
    return Met(clean(head), note) if clean(head) else line.unreadable(line.rest, NO_WHO)


def read_ooo(line: Line) -> Command:
    """`acme until 3 dec`."""
    head, note = split_note(line.rest)
    found = line.date_at_tail(re.sub(r"^office ", "", head.rstrip(".!")))
    if not head or (found and not found[0]):
        return line.unreadable(line.rest, NO_WHO)
    if not found:
        return line.unreadable(line.rest, NO_DATE, name_in(head))
    return OutOfOffice(clean(found[0]), found[1], note)


def read_snooze(line: Line) -> Command:
    """`acme fri`, with a note behind ` -- `."""
    head, note = split_note(line.rest)
    head, why = _why(head.rstrip(".!"))
    found = line.date_at_tail(head)
    if not head or (found and not found[0]):
        return line.unreadable(line.rest, NO_WHO)
    if not found and why in DATELESS:
        return Snooze(clean(head), None, note, why)
    if not found and (told := line.date_and_remark(head)):
        return Snooze(clean(told[0]), told[1], joined(note, [told[2]]), why)
    if not found:
        return line.no_date(head)
    several = None if why else batch_grammar.several(clean(found[0]))
    return SnoozeAll(several, found[1]) if several else Snooze(clean(found[0]), found[1], note, why)


def _why(head: str) -> tuple[str, Why | None]:
    """A line without the reason at its end, and the reason."""
    found = _BECAUSE.fullmatch(head)
    return (found["head"], WHYS[" ".join(found["why"].lower().replace("’", "'").split())]) if found else (head, None)


def read_park(line: Line) -> Command:
    """`acme until march`; without a date for as long as usual."""
    head, note = split_note(line.rest)
    found = line.date_at_tail(head.rstrip(".!"))
    who, when = (found[0], found[1]) if found else (head, None)
    if not when and (told := line.date_and_remark(head)):
        who, when, note = told[0], told[1], joined(note, [told[2]])
    if not clean(who):
        return line.unreadable(line.rest, NO_WHO)
    if not when and _UNTIL.search(who):
        return line.no_date(head)
    if not when:
        who, remark = at_colon(who)
        note = joined(note, [remark] if remark else [])
    return Park(clean(who), when, note)


def read_won(line: Line) -> Command:
    """`acme 12k`, `acme, $12,000 -- signed`, `acme for 12k signed today`."""
    head, note = split_note(line.rest)
    first, *others = segments(head) or [""]
    who, amount, after = _amount_in(first, line.prefs.default_currency)
    left = [after] if after else []
    for segment in others:
        read_amount = None if amount else money.read(segment, line.prefs.default_currency, bare=True)
        amount = amount or read_amount
        left += [] if read_amount else [segment]
    who = _FOR.sub("", who)
    if not who or money.read(who, line.prefs.default_currency):
        return line.unreadable(line.rest, NO_WHO)
    if any(money.looks_like_money(word) or _NO_AMOUNT.fullmatch(word) for word in who.split()[1:]):
        return line.unreadable(line.rest, NO_AMOUNT, name_in(line.rest))
    rest = [segment for segment in left if not _AFTER_SALE.fullmatch(segment)]
    days = [(segment, day) for segment in rest if (day := _day_of(line, segment))]
    on = days[0][1] if days else None
    kept = [segment for segment in rest if not line.past(segment) and not line.date(segment)] if on else rest
    return Won(who, amount, joined(note, kept), on, len(rest) < len(left))


def _day_of(line: Line, segment: str) -> Reading | None:
    """The day that a segment is, or begins to be: `yesterday`, `signed on monday`."""
    found = _WON_ON.fullmatch(segment)
    said = found["day"] if found else segment
    return line.past(said) or line.date(said)


def _amount_in(text: str, currency: str) -> tuple[str, Money | None, str]:
    """The words before an amount, the amount, the words after it; a plain number counts at the end only."""
    words = text.split()
    if (tail := money.read_tail(text, currency, bare=True)) and tail[0]:
        return tail[0], tail[1], ""
    for cut in range(1, min(len(words), LONGEST_WHO)):
        for length in range(min(money.TAIL_WORDS, len(words) - cut), 0, -1):
            if amount := money.read(" ".join(words[cut : cut + length]), currency):
                return " ".join(words[:cut]), amount, " ".join(words[cut + length :])
    return text, None, ""


def read_lost(line: Line) -> Command:
    """`acme pricing`, `acme no decision maker`, `acme, too expensive`, `acme -- they went quiet`, `… anyway`."""
    said, note = split_note(line.rest)
    head = _ANYWAY.sub("", said)
    first, *others = _segments_and_colon(head) or [""]
    first, again = _try_again(first)
    if _AGAIN_SOMEDAY.search(first):
        named = lost_reasons.reason_at_tail(_AGAIN_SOMEDAY.split(first)[0].strip(" ,"))[0]
        return line.unreadable(first, OTHER_MONTHS, named)
    who, reason = lost_reasons.reason_at_tail(first)
    left = []
    for segment in others:
        segment, later = _try_again(segment)
        again = again or later
        if not segment:
            continue
        if _AGAIN_SOMEDAY.search(segment):
            return line.unreadable(segment, OTHER_MONTHS, who)
        read_reason = None if reason else lost_reasons.read_reason(segment)
        reason = reason or read_reason
        left += [] if read_reason else [segment]
    if not who:
        return line.unreadable(line.rest, NO_WHO)
    return Lost(who, reason or lost_reasons.read_reason(note), joined(note, left), again, head != said)


def _segments_and_colon(head: str) -> list[str]:
    """`acme competition: went with Initech`: a colon parts as a comma does."""
    first, *others = segments(head) or [""]
    return [*at_colon(first), *others]


def _try_again(segment: str) -> tuple[str, int | None]:
    """A segment without `try again in 6 months`, and the months."""
    found = _AGAIN.search(segment)
    if found is None:
        return segment, None
    rest = f"{segment[: found.start()]} {segment[found.end() :]}".strip(" ,")
    return rest, 3 if found["months"].lower() in {"3", "three"} else 6
