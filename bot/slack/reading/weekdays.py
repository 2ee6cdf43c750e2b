"""Weekdays by their names in six languages: `thu`, `mon-thu`, `du lundi au jeudi`, `seg, qua e sex`."""

import re
from collections.abc import Iterator

from bot.slack.reading.date_languages import fold
from bot.slack.reading.date_rules import MON_FRI, WEEKDAYS
from bot.slack.reading.date_words import LANGUAGES
from language import reader

EVERY_DAY: frozenset[int] = frozenset(range(7))
_ENGLISH_SETS = {
    "weekdays": MON_FRI, "workdays": MON_FRI, "working days": MON_FRI, "every day": EVERY_DAY, "everyday": EVERY_DAY,
    "all": EVERY_DAY, "all days": EVERY_DAY, "daily": EVERY_DAY,
}  # fmt: skip
_WEEK = (
    "werktage|werktags|werktagen|arbeitstage|jours ouvres|jours ouvrables|en semaine|dias laborables|dias habiles|"
    "dias uteis|werkdagen|doordeweeks"
)
_EVERY = "jeden tag|taglich|taeglich|alle tage|tous les jours|todos los dias|todos os dias|elke dag|dagelijks"
_DAY_SETS = (
    _ENGLISH_SETS | dict.fromkeys(_WEEK.split("|"), MON_FRI) | dict.fromkeys(_EVERY.split("|"), EVERY_DAY)
)  # fmt: skip
_FROM = re.compile(r"^(?:from|von|vom|du|de|del|da|van)\s+(?=\S+\s)")
_SPAN = re.compile(
    r"\s*(?:[-–—]|\b(?:to|through|bis zum|bis|tot en met|tot|au|al|ate|hasta|jusqu'au|jusqu'a)\b|\bt/m\b)\s*|\s+a\s+"
)
_LIST = re.compile(r"\s*(?:,|&|;|\b(?:and|und|et|y|e|en)\b|\s)\s*")


def named(word: str) -> int | None:
    """The number of the weekday that the word is, whole or short, in any of the languages; Monday is 0."""
    return _NAMES.get(_plain(word))


def read_days(text: str) -> frozenset[int] | None:
    """`mon-thu`, `mon to fri`, `mo, mi, fr`, `weekdays`; a span may run over the weekend."""
    said = _plain(text)
    if said in _DAY_SETS:
        return _DAY_SETS[said]
    if said in _SHORT and said not in WEEKDAYS and reader().language not in _SHORT[said]:
        return None  # `do`, `so`, `sex` by themselves are words of other languages
    days: set[int] = set()
    for part in _LIST.split(_SPAN.sub("-", _FROM.sub("", said))):
        first, _, last = part.partition("-")
        if first not in _NAMES or (last or first) not in _NAMES:
            return None
        length = (_NAMES[last or first] - _NAMES[first]) % 7
        days |= {(_NAMES[first] + ahead) % 7 for ahead in range(length + 1)}
    return frozenset(days)


def _plain(text: str) -> str:
    """Small letters without accents; `segunda-feira` is `segunda`, and `lun.` is `lun`."""
    said = " ".join(fold(text).split())
    return re.sub(r"(?<=[a-z])\.(?=[\s,;&–—-]|$)", "", re.sub(r"[- ]feira\b", "", said))


def _names() -> Iterator[tuple[str, str, int]]:
    for language, words in LANGUAGES.items():
        for table in (words.plain, words.short):
            for english, phrases in table.items():
                if english in WEEKDAYS:
                    yield from ((language, _plain(phrase), WEEKDAYS[english]) for phrase in phrases.split("|"))


_NAMES = {name: number for _, name, number in _names()} | WEEKDAYS
_SHORT = {
    word: frozenset(language for language, name, _ in _names() if name == word)
    for _, word, _ in _names()
    if len(word) <= 3
}
