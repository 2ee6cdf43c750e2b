"""Typed lines about one deal: what was done, what they answered, when it comes back, how it ended."""

import re

from bot.services.amounts import Money
from bot.slack import batch_grammar, money, outcomes
from bot.slack.commands import (
    Command,
    Log,
    Lost,
    Met,
    OutOfOffice,
    Park,
    Replied,
    ReplyWay,
    Snooze,
    SnoozeAll,
    StopContact,
    Won,
)
from bot.slack.line import NO_DATE, NO_WHO, Line, clean, did_you_mean, who_and_note
from bot.slack.outcomes import LONGEST_WHO, joined
from bot.slack.segments import segments, split_note
from cadences.model import Channel

_UNTIL = re.compile(r"\s(?:until|till|til|bis)(?:\s|$)", re.IGNORECASE)
_UNTIL_FIRST = re.compile(r"^(?:until|till|til|bis)\s+", re.IGNORECASE)
WAYS = {
    "interested": ReplyWay.INTERESTED,
    "question": ReplyWay.QUESTION,
    "a question": ReplyWay.QUESTION,
    "asks": ReplyWay.QUESTION,
    "not now": ReplyWay.NOT_NOW,
    "later": ReplyWay.NOT_NOW,
    "no": ReplyWay.NO,
    "not interested": ReplyWay.NO,
}
_WAY = re.compile(
    rf"(?P<who>.+?)[ ,:]+(?P<way>{'|'.join(sorted(WAYS, key=len, reverse=True))})(?P<rest>[ ,:].*)?",
    re.IGNORECASE | re.DOTALL,
)
_AGAIN = re.compile(r"(?:and )?(?:try )?again in (?P<months>3|6|three|six) ?(?:months|months?|mo)\.?", re.IGNORECASE)


def read_log(line: Line, channel: Channel | None = None) -> Command:
    """`acme call voicemail -- left the answer`."""
    told = outcomes.read_log(line.rest, channel)
    if not told.who:
        return line.unreadable(line.rest, NO_WHO)
    retry = line.date(told.retry)
    if told.retry and not retry:
        return line.unreadable(told.retry, NO_DATE + did_you_mean(told.retry))
    return Log(told.who, told.channel, told.outcome, told.note, retry, told.mood)


def read_replied(line: Line) -> Command:
    """`acme`, `acme interested`, `acme not now until march`, `acme no pricing`, each with a note."""
    head, note = split_note(line.rest)
    said = _WAY.fullmatch(head)
    if said is None:
        who, note = who_and_note(line.rest)
        return Replied(who, note) if who else line.unreadable(line.rest, NO_WHO)
    way, rest = WAYS[" ".join(said["way"].lower().split())], (said["rest"] or "").strip(" ,")
    match way:
        case ReplyWay.NOT_NOW:
            until = _UNTIL_FIRST.sub("", rest)
            # A month alone is a date only behind "until".
            when = line.date(until) or line.date(f"until {until}") if rest else None
            if rest and when is None:
                return line.unreadable(rest, NO_DATE + did_you_mean(rest))
            return Replied(clean(said["who"]), note, way, when)
        case ReplyWay.NO:
            reason = outcomes.read_reason(rest)
            return Replied(clean(said["who"]), note if reason or not rest else joined(note, [rest]), way, None, reason)
    return Replied(clean(said["who"]), joined(note, [rest] if rest else []), way)


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
    return OutOfOffice(clean(found[0]), found[1], note) if found else line.unreadable(line.rest, NO_DATE)


def read_stop(line: Line) -> Command:
    """`acme -- asked us by mail`."""
    who, note = who_and_note(re.sub(r"^(?:contacting|contact|stop) ", "", line.rest))
    return StopContact(who, note) if who else line.unreadable(line.rest, NO_WHO)


def read_snooze(line: Line) -> Command:
    """`acme fri`, with a note behind ` -- `."""
    head, note = split_note(line.rest)
    found = line.date_at_tail(head.rstrip(".!"))
    if not head or (found and not found[0]):
        return line.unreadable(line.rest, NO_WHO)
    if not found:
        return line.unreadable(line.rest, NO_DATE + did_you_mean(head))
    several = batch_grammar.several(clean(found[0]))
    return SnoozeAll(several, found[1]) if several else Snooze(clean(found[0]), found[1], note)


def read_park(line: Line) -> Command:
    """`acme until march`; without a date for as long as usual."""
    head, note = split_note(line.rest)
    found = line.date_at_tail(head.rstrip(".!"))
    who, when = (found[0], found[1]) if found else (head, None)
    if not clean(who):
        return line.unreadable(line.rest, NO_WHO)
    if not when and _UNTIL.search(who):
        return line.unreadable(line.rest, NO_DATE + did_you_mean(who))
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
    who = re.sub(r"\s+(?:for|at|worth|with|=)$", "", who)
    if not who or money.read(who, line.prefs.default_currency):
        return line.unreadable(line.rest, NO_WHO)
    if any(money.looks_like_money(word) for word in who.split()[1:]):
        return line.unreadable(line.rest, "I can't read that amount.")
    return Won(who, amount, joined(note, left))


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
    """`acme pricing`, `acme no decision maker`, `acme, too expensive`, `acme -- they went quiet`."""
    head, note = split_note(line.rest)
    first, *others = segments(head) or [""]
    first, again = _try_again(first)
    who, reason = outcomes.reason_at_tail(first)
    left = []
    for segment in others:
        segment, later = _try_again(segment)
        again = again or later
        if not segment:
            continue
        read_reason = None if reason else outcomes.read_reason(segment)
        reason = reason or read_reason
        left += [] if read_reason else [segment]
    if not who:
        return line.unreadable(line.rest, NO_WHO)
    return Lost(who, reason or outcomes.read_reason(note), joined(note, left), again)


def _try_again(segment: str) -> tuple[str, int | None]:
    """A segment without `try again in 6 months`, and the months."""
    found = _AGAIN.search(segment)
    if found is None:
        return segment, None
    rest = f"{segment[: found.start()]} {segment[found.end() :]}".strip(" ,")
    return rest, 3 if found["months"].lower() in {"3", "three"} else 6
