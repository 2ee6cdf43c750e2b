"""What happened, what was answered and why it was lost, looked up in the words of five languages beside English."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from bot.slack.reading import answer_words, outcome_words
from bot.slack.reading.date_languages import fold, names_time
from bot.slack.reading.outcome_words import Happened, Unsure
from bot.slack.reading.steps import languages_of
from cadences.model import Channel, LostReason, Outcome
from language import reader

T = TypeVar("T")
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SIGNS = ".!,:"
LONGEST_GAP = 7
"""Words between a meeting and the verb that says it was booked."""


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T]):
    """Phrases of all languages with what they mean, and those that count in some languages only."""

    meant: Mapping[str, T]
    languages: Mapping[str, frozenset[str]]
    alone_in: Mapping[str, frozenset[str]]
    longest: int

    def at(self, words: list[str], position: int, at_hand: Callable[[], frozenset[str]]) -> tuple[T, int] | None:
        """What the longest phrase at the position means, and how many words it has."""
        for length in range(min(self.longest, len(words) - position), 0, -1):
            phrase = fold(" ".join(words[position : position + length])).rstrip(_SIGNS)
            if phrase in self.meant and self._counts(phrase, at_hand):
                return self.meant[phrase], length
        return None

    def whole(self, said: str, at_hand: Callable[[], frozenset[str]] | None = None) -> T | None:
        """What all of the words mean; without languages at hand every phrase counts."""
        phrase = " ".join(fold(said).split()).strip(_SIGNS + " ")
        return self.meant.get(phrase) if at_hand is None or self._counts(phrase, at_hand) else None

    def _counts(self, phrase: str, at_hand: Callable[[], frozenset[str]]) -> bool:
        alone = self.alone_in.get(phrase)
        return alone is None or bool(alone & at_hand())


def spelt_out(phrases: str) -> Iterator[str]:
    """Every phrase that ``(one,other,) phrase|another`` stands for, as it is compared."""
    for phrase in re.split(r"\|(?![^()]*\))", phrases):
        parts = _ALTERNATIVES.split(phrase)
        for chosen in product(*(part.split(",") if at % 2 else [part] for at, part in enumerate(parts))):
            said = " ".join("".join(chosen).split())
            yield from dict.fromkeys([fold(said), fold(said.translate(_UMLAUTS))])


def _phrases(tables: Mapping[str, Mapping[T, str]], alone_in: Mapping[str, str]) -> Phrases[T]:
    rows = [
        (phrase, meaning, language)
        for language, table in tables.items()
        for meaning, phrases in table.items()
        for phrase in spelt_out(phrases)
    ]
    languages: dict[str, frozenset[str]] = {}
    for phrase, _, language in rows:
        languages[phrase] = languages.get(phrase, frozenset()) | {language}
    return Phrases(
        {phrase: meaning for phrase, meaning, _ in rows},
        languages,
        {phrase: frozenset(names.split()) for phrase, names in alone_in.items()},
        max(len(phrase.split()) for phrase in languages),
    )


HAPPENED: Phrases[Happened] = _phrases(outcome_words.HAPPENED, outcome_words.ALONE_IN)
ANSWERS: Phrases[str] = _phrases(answer_words.ANSWERS, answer_words.ANSWER_ALONE_IN)
REASONS: Phrases[LostReason] = _phrases(answer_words.REASONS, answer_words.REASON_ALONE_IN)
ROWS: Phrases[str] = _phrases(answer_words.ROWS, {})
_CONNECTIVE_WORDS = "und aber et mais y pero e mas en maar"
PHRASES = sorted({*ROWS.meant, *HAPPENED.meant} - HAPPENED.alone_in.keys(), key=len, reverse=True)
"""What may stand behind a row's number."""
CONNECTIVES = frozenset(_CONNECTIVE_WORDS.split())
DENIALS = frozenset(map(fold, outcome_words.DENIALS.split()))
ENGLISH_DENIALS = frozenset(outcome_words.ENGLISH_DENIALS.split())
ENGLISH_DENIED = frozenset(outcome_words.DENIED.split())
DENIALS_AT_END = frozenset({"nicht", "niet", "pas"})
HELPERS = frozenset(map(fold, outcome_words.HELPERS.split()))
IN_WRITING = (Channel.EMAIL, Channel.LINKEDIN, Channel.SMS, Channel.LETTER)
_SETTLED = {
    (Unsure.ANSWERED, Channel.CALL): Outcome.CONNECTED,
    (Unsure.BUSY, Channel.CALL): Outcome.NO_ANSWER,
    (Unsure.SILENT, Channel.CALL): Outcome.NO_ANSWER,
    (Unsure.ABSENT, Channel.MEETING): Outcome.NO_SHOW,
    (Unsure.ABSENT, Channel.VIDEO): Outcome.NO_SHOW,
    (Unsure.ABSENT, Channel.EMAIL): Outcome.OUT_OF_OFFICE,
    **{(Unsure.ANSWERED, channel): Outcome.REPLIED for channel in (Channel.EMAIL, Channel.LINKEDIN, Channel.SMS)},
    **{(Unsure.SILENT, channel): Outcome.SENT for channel in IN_WRITING},
}
_AGAIN_FIRST = frozenset(spelt_out(outcome_words.RETRY_FIRST))
_AGAIN_LAST = frozenset(spelt_out(outcome_words.RETRY_LAST))
_LONGEST_AGAIN = max(len(phrase.split()) for phrase in _AGAIN_FIRST | _AGAIN_LAST)
_BECAUSE = frozenset(phrase for phrases in answer_words.BECAUSE.values() for phrase in spelt_out(phrases))


def settled(unsure: Unsure, channels: list[Channel]) -> Outcome | None:
    """What came of it, where the channel beside the word says it."""
    return next((_SETTLED[unsure, channel] for channel in channels if (unsure, channel) in _SETTLED), None)


def again(segment: str, is_past: Callable[[str], bool]) -> str:
    """The words for a day in front of which, or behind which, it says `nochmal`, `rappeler`, `opnieuw bellen`."""
    words = segment.split()
    for length in range(min(_LONGEST_AGAIN, len(words) - 1), 0, -1):
        ends = ((_AGAIN_FIRST, words[:length], words[length:]), (_AGAIN_LAST, words[-length:], words[:-length]))
        for phrases, said, rest in ends:
            day = " ".join(rest).rstrip(_SIGNS)
            if fold(" ".join(said)).rstrip(_SIGNS) in phrases and (is_past(day) or names_time(day)):
                return day
    return ""


def is_booked_apart(words: list[str], position: int) -> bool:
    """`Termin für Dienstag vereinbart`."""
    verbs = outcome_words.BOOKED_APART.get(fold(words[position]), "").split()
    return any(fold(word).rstrip(_SIGNS) in verbs for word in words[position + 1 : position + LONGEST_GAP])


def row(words: str) -> tuple[str, str] | None:
    """The verb that does to a row what the first words say, and the words behind them: `gewonnen 12k`."""
    split = words.split()
    for length in range(min(ROWS.longest, len(split)), 0, -1):
        said = fold(" ".join(split[:length])).rstrip(_SIGNS)
        if said in ROWS.meant:
            return ROWS.meant[said], " ".join(split[length:])
    return _replied(split)


def _replied(words: list[str]) -> tuple[str, str] | None:
    """`geantwortet, interessiert`: they answered, and nothing else but which way."""
    said = HAPPENED.at(words, 0, frozenset)
    if said is None or said[0] is not Outcome.REPLIED:
        return None
    behind = words[said[1] :]
    return ("replied", " ".join(behind)) if not behind or ANSWERS.at(behind, 0, frozenset) else None


def answer(text: str) -> tuple[str, str, str] | None:
    """The name, the English word for what they answered, and the words behind it."""
    words = text.split()
    own = frozenset({reader().language})
    for position in range(1, len(words)):
        found = ANSWERS.at(words, position, lambda: own)
        if found and not any(fold(word) in DENIALS | HELPERS for word in words[1:position]):
            behind = " ".join(words[position + found[1] :])
            return " ".join(words[:position]).rstrip(" ,:"), found[0], behind
    return None


def may_be_name(said: str) -> bool:
    """True for one word with a capital that is no word of the reader's: `Presupuesto` may be a name."""
    own = REASONS.languages.get(fold(said), frozenset())
    return said[:1].isupper() and " " not in said and reader().language not in own


def without_because(words: list[str]) -> list[str]:
    """A name without the `wegen`, `por` that leads to the reason behind it."""
    for length in range(min(3, len(words) - 1), 0, -1):
        if fold(" ".join(words[-length:])) in _BECAUSE:
            return words[:-length]
    return words


def after_because(words: list[str]) -> list[str]:
    """The same in front of a reason that stands by itself: `wegen Preis`."""
    for length in range(min(3, len(words) - 1), 0, -1):
        if fold(" ".join(words[:length])) in _BECAUSE:
            return words[length:]
    return words


def at_hand(text: str) -> frozenset[str]:
    """The reader's language, and those that a word of the text belongs to and no other's."""
    words = text.split()
    found = {reader().language}
    for position in range(len(words)):
        for length in range(1, min(HAPPENED.longest, len(words) - position) + 1):
            phrase = fold(" ".join(words[position : position + length])).rstrip(_SIGNS)
            if phrase not in HAPPENED.alone_in:
                said = HAPPENED.languages.get(phrase, frozenset()) | languages_of(phrase)
                found |= said if len(said) == 1 else frozenset()
    return frozenset(found)
