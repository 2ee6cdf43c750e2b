"""What `find` looks for: words, "quoted phrases" and filters such as `stage:proposal idle:>7`. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from bot.services.finding import WORDS_AT_MOST, Query, Value
from bot.services.idleness import LONGEST_IDLE, Compare, Due, Sign
from bot.slack.reading import lost_reasons, money
from bot.slack.reading.escapes import mentioned
from bot.slack.reading.line import NEAR_ENOUGH, NO_HABITS, Prefs, echo
from bot.slack.reading.understood import Problem
from cadences.model import LostReason, Stage
from cadences.states import State
from cadences.words import named
from language import mark, say, say_n

EXAMPLES = {
    "stage": "find stage:proposal",
    "idle": "find idle:>7",
    "owner": "find owner:me",
    "value": "find value:>10k",
    "due": "find due:this week",
    "stalled": "find stalled:yes",
    "source": "find source:webinar",
    "industry": "find industry:software",
    "cadence": "find cadence:nudge",
    "state": "find state:snoozed",
    "lost": "find lost:pricing",
}
"""Each filter, with a line that works."""
OTHER_NAMES = {"status": "state", "amount": "value", "worth": "value", "rep": "owner", "sequence": "cadence"}
NAMES = {name: name for name in EXAMPLES} | OTHER_NAMES
DUES = {due.value: due for due in Due} | {"week": Due.THIS_WEEK, "now": Due.TODAY, "late": Due.OVERDUE}
DUE_WORDS = {
    Due.TODAY: mark("due today"),
    Due.OVERDUE: mark("due overdue"),
    Due.TOMORROW: mark("due tomorrow"),
    Due.THIS_WEEK: mark("due this week"),
    Due.NEXT_WEEK: mark("due next week"),
}
YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
STAGES = {stage.value: stage for stage in Stage}
STATES = {spelling: state for state in State for spelling in (state.words, state.value, state.value.replace("_", " "))}
STATES |= {"replied": State.FINISHED_REPLIED, "silent": State.FINISHED_SILENT}
LONGEST_WORD = 100

_SIGN = re.compile(r"(>=|<=|=>|=<|>|<|=)?\s*(.+)", re.DOTALL)
_TWO_WORDS = r"(?:this|next)\s+week"
_SAID = rf'"[^"]*"|[<>=]*\s*{_TWO_WORDS}|[<>=]+\s*[^\s"]+|[^\s"]+'
_FILTER = re.compile(
    rf"(?P<name>[^\W\d_]+)(?:\s*:(?P<gap>\s*)(?P<value>{_SAID})|\s*(?P<compared>[<>]=?\s*[^\s\"]+))", re.IGNORECASE
)
_WORD = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_QUOTES = str.maketrans("“”„«»", '"""""')
_LINK = re.compile(r"[a-z]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Garbled:
    """A value that a filter can't take, and what it takes."""

    reason: str


def read(text: str, prefs: Prefs = NO_HABITS) -> Query | Problem:
    """What is looked for, or the filter that can't be read and what was understood beside it."""
    text = text.translate(_QUOTES)
    words: list[str] = []
    filters: dict[str, Any] = {}
    at = 0
    while at < len(text):
        found = None if _LINK.match(text, at) else _FILTER.match(text, at)
        name = _name(found["name"], exactly=bool(found["gap"])) if found else None
        if found and name is not None:
            said, end = _said(found, name, text)
            read_as = _READERS[name](said, prefs)
            if isinstance(read_as, _Garbled):
                return _problem(found[0], read_as.reason, words, filters, EXAMPLES[name])
            filters[name] = read_as
            at = end
        elif found and found["value"] and not found["gap"]:
            known, unknown = ", ".join(EXAMPLES), echo(found["name"])
            reason = say("I know no filter “{name}”. I know {known}.", name=unknown, known=known)
            return _problem(found[0], reason, words, filters, EXAMPLES["stage"])
        else:
            word = _WORD.match(text, at)
            at = word.end() if word else at + 1
            if word and (kept := (word["phrase"] or word["word"] or "").strip(" ,;")):
                words.append(kept[:LONGEST_WORD])
    return Query(words=tuple(words[:WORDS_AT_MOST]), **filters)


def understood(query: Query) -> list[str]:
    """The filters in words: ``stage proposal``, ``idle > 7 business days``; whose is the first."""
    told = {
        "owner": query.owner and _whose(query.owner),
        "stage": query.stage and say("stage {stage}", stage=named(query.stage)),
        "state": query.state and say("state {state}", state=named(query.state)),
        "idle": query.idle and _idle_words(query.idle),
        "value": query.value and say("value {sign} {amount}", sign=query.value.sign, amount=query.value.money.text()),
        "due": query.due and say(DUE_WORDS[query.due]),
        "stalled": None if query.stalled is None else say("stalled yes") if query.stalled else say("stalled no"),
        "source": query.source and say("source {words}", words=query.source),
        "industry": query.industry and say("industry {words}", words=query.industry),
        "cadence": query.cadence and say("cadence {words}", words=query.cadence),
        "lost": query.lost and say("lost {reason}", reason=named(query.lost)),
    }
    return [words for words in told.values() if words]


def _whose(owner: str) -> str:
    return say("owner me") if owner == "me" else say("owner {name}", name=owner)


def _idle_words(idle: Compare) -> str:
    return say_n(
        "idle {sign} {count} business days", "idle {sign} {count} business days", idle.days, sign=idle.sign.value
    )


def _problem(said: str, reason: str, words: list[str], filters: dict[str, Any], example: str) -> Problem:
    typed = [say("“{words}”", words=echo(word)) for word in words[:WORDS_AT_MOST]]
    known = ", ".join([*typed, *understood(Query(**filters))])
    so_far = " " + say("So far I understood: {known}.", known=known) if known else ""
    return Problem(echo(said), f"{reason}{so_far}", example)


def _name(typed: str, *, exactly: bool) -> str | None:
    """The filter that is meant, a misspelt one included."""
    if exactly:
        return NAMES.get(typed.lower())
    near = process.extractOne(typed.lower(), list(NAMES), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return NAMES[near[0]] if near else None


def _said(found: re.Match[str], name: str, text: str) -> tuple[str, int]:
    """What a filter is to be, and where it ends; a reason may have several words: `lost:too expensive`."""
    reason = lost_reasons.at_beginning(text[found.start("value") :]) if name == "lost" and found["value"] else ""
    if reason:
        return reason, found.start("value") + len(reason)
    return (found["value"] or found["compared"]).strip().strip('"'), found.end()


# --- one reader for each filter


def _one_of(known: Mapping[str, Any], unknown: str) -> Callable[[str, Prefs], Any]:
    def read_value(said: str, _prefs: Prefs) -> Any:
        near = process.extractOne(" ".join(said.lower().split()), list(known), scorer=fuzz.ratio)
        if near and near[1] >= NEAR_ENOUGH:
            return known[near[0]]
        once: dict[Any, str] = {}
        for spelling, value in known.items():  # of several spellings the first
            once.setdefault(value, spelling)
        return _Garbled(say(unknown, words=echo(said), known=", ".join(once.values())))

    return read_value


def _owner(said: str, _prefs: Prefs) -> str | _Garbled:
    who = mentioned(said) or said.removeprefix("@").strip()
    if who.lower() in {"me", "mine", "my", "i"}:
        return "me"
    return who or _Garbled(say("Say whose: me, or a name."))


def _idle(said: str, _prefs: Prefs) -> Compare | _Garbled:
    sign, rest = _sign(said)
    number = re.fullmatch(r"(\d{1,4})(\+)?\s*(?:d|bd|days?)?", rest)
    if number is None:
        return _Garbled(say("“{words}” is no number of business days.", words=echo(said)))
    days = min(int(number[1]), LONGEST_IDLE)
    return Compare(Sign.FROM if number[2] else sign or Sign.FROM, days)


def _value(said: str, prefs: Prefs) -> Value | _Garbled:
    sign, rest = _sign(said)
    said_plainly = rest.removesuffix("+")
    # 2000 could be a year in a line about a prospect; here it is an amount.
    marked = f"{prefs.default_currency} {said_plainly}" if said_plainly.isdecimal() else said_plainly
    amount = money.read(marked, prefs.default_currency, bare=True)
    if amount is None:
        return _Garbled(say("“{words}” is no amount I can read.", words=echo(said)))
    return Value(sign or (Sign.FROM if rest.endswith("+") else Sign.IS), amount)


def _lost(said: str, _prefs: Prefs) -> LostReason | _Garbled:
    """A reason in any of the languages; which there are is told in the reader's own."""
    reason = lost_reasons.named_by(said) or lost_reasons.nearest(said, NEAR_ENOUGH)
    known = ", ".join(named(each) for each in LostReason)
    return reason or _Garbled(say("“{words}” is no reason: I know {known}.", words=echo(said), known=known))


def _text(said: str, _prefs: Prefs) -> str | _Garbled:
    return said[:LONGEST_WORD] if said else _Garbled(say("Say what it is."))


def _cadence(said: str, _prefs: Prefs) -> str | _Garbled:
    key = "-".join(re.findall(r"[^\W_]+", said.lower()))
    return key[:LONGEST_WORD] or _Garbled(say("Say which cadence."))


def _sign(said: str) -> tuple[Sign | None, str]:
    found = _SIGN.match(said)
    if found is None or found[1] is None:
        return None, said
    return Sign({"=>": ">=", "=<": "<="}.get(found[1], found[1])), found[2].strip()


_READERS: Mapping[str, Callable[[str, Prefs], Any]] = {
    "stage": _one_of(STAGES, mark("“{words}” is no stage: I know {known}.")),
    "state": _one_of(STATES, mark("“{words}” is no state: I know {known}.")),
    "due": _one_of(DUES, mark("“{words}” is no time: I know {known}.")),
    "stalled": _one_of(YES_NO, mark("“{words}” is no answer: I know {known}.")),
    "lost": _lost,
    "owner": _owner,
    "idle": _idle,
    "value": _value,
    "source": _text,
    "industry": _text,
    "cadence": _cadence,
}
