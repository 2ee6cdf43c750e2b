"""Words that do not say what came of a touch, although they look so: they are asked."""

from itertools import takewhile

from bot.slack.reading.date_languages import fold
from bot.slack.reading.hearing import Ear
from bot.slack.reading.outcome_languages import DENIALS, DENIALS_AT_END, ENGLISH_DENIALS, ENGLISH_DENIED, HELPERS
from bot.slack.reading.said import Said
from bot.slack.reading.steps import languages_of
from cadences.model import Outcome
from language import mark

LONGEST_DENIAL = 3
"""Words from a `not` to what did not happen."""
LONGEST_ENGLISH_DENIAL = 2
"""In English the verb follows soon; further on it is a remark: `no need to call`."""
FOR_A_WHILE = frozenset({"until", "till", "before", "for", "this", "next", "during", "in", "by", "yet", "now"})
NOT_SURE = mark(
    "I can’t tell what came of it: that may deny it, tell what they did, or mean one thing on the phone and another in "
    "writing. Say it as `call no answer` or `email sent`."
)


def helped(who: str, said: str, ear: Ear) -> str:
    """`nicht mehr gesprochen`, `hat angerufen`: a word before says that it did not happen, or that another did it."""
    before, words = who.split()[1:], said.split()
    if not words:
        return ""
    if before and before[-1].replace("’", "'") in ENGLISH_DENIALS:
        return f"{before[-1]} {said}"
    is_told = any(ear.is_elsewhere(words, at) for at in range(min(len(words), LONGEST_DENIAL)))
    denying = DENIALS | HELPERS if is_told else DENIALS if languages_of(words[0].lower()) else frozenset()
    return f"{before[-1]} {said}" if any(fold(word) in denying for word in before) else ""


def before_denial(who: str) -> str:
    """`gus nicht`: the name without the word behind it that makes it doubtful."""
    first, *others = who.split() or [""]
    denying = DENIALS | HELPERS | ENGLISH_DENIALS
    return " ".join([first, *takewhile(lambda word: fold(word.replace("’", "'")) not in denying, others)])


def stops_partly(segment: str, heard: list[Said], rest: str, ear: Ear) -> str:
    """`nicht kontaktieren bis März`: half a sentence stops nobody for good, so it is asked."""
    words = segment.split()
    if Outcome.ASKED_TO_STOP not in heard or not rest:
        return ""
    is_for_a_while = rest.split(maxsplit=1)[0].lower() in FOR_A_WHILE
    return segment if is_for_a_while or any(ear.is_elsewhere(words, at) for at in range(len(words))) else ""


def denied(segment: str, ear: Ear) -> str:
    """A segment with a `not` and behind it what did not happen, or with the `not` at its end."""
    words = segment.split()
    if 1 < len(words) <= LONGEST_DENIAL and fold(words[-1]).rstrip(".!") in DENIALS_AT_END:
        return segment
    if _denied_in_english(words):
        return segment
    denials = [at for at, word in enumerate(words) if fold(word) in DENIALS]
    told = any(ear.is_elsewhere(words, at) for at in range(denials[0] + 1, len(words))) if denials else False
    return segment if told else ""


def _denied_in_english(words: list[str]) -> bool:
    """`she never answered`, `no voicemail left`: soon behind the denial stands what did not happen."""
    plain = [fold(word).strip(".!") for word in words]
    return any(
        word in ENGLISH_DENIALS and not ENGLISH_DENIED.isdisjoint(plain[at + 1 : at + 1 + LONGEST_ENGLISH_DENIAL])
        for at, word in enumerate(plain)
    )
