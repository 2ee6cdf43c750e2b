"""A date phrase of another language in English words, for the one reader of dates."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from bot.slack.reading.date_rules import MONTHS, UNITS, WEEKDAYS
from bot.slack.reading.date_words import BEFORE_ANOTHER_DAY, HOLIDAYS, LANGUAGES, SPANS, WORDS_ELSEWHERE, Table
from language import reader

HOUR_IS_A_TIME = frozenset({"fr", "es", "pt", "nl"})
"""`10h`, `10 heures`, `10 uur` are ten o'clock there; in English `10h` is in ten hours."""
KEPT = 4096

_WEEKDAY = "|".join(WEEKDAYS)
_UNIT = "|".join(UNITS)
_MONTH = "|".join(MONTHS)
_MONDAY_MORNING = re.compile(rf"\b(?:{_WEEKDAY}|[a-z]+dag) morgen\b")
_OVER_THE_ACCENT = re.compile(r"de marco\b")
_TIME = (
    r"(?:[0-9]{1,2}[:.h][0-9]{2}|[0-9]{1,2} ?(?:h|am|pm|uhr|uur|heures|horas|hrs?)\b|(?:fruh|vormittag|mittag|"
    r"nachmittag|abend|matin|midi|soir|ochtend|middag|avond|morning|noon|afternoon|evening)\b)"
)
_SPARE_HOUR = re.compile(r"(?:^|(?<!in )(?<!over )(?<!dans )(?<!en )(?<!em ))\b[0-9]{1,2} ?h\b")
_MARTES = re.compile(r"^tue ([0-9]{1,2})$")
"""`mar 15` is a Tuesday or in March; at three in the afternoon it is `mar 15h`."""
_HOURS = "(?: ?h| horas?| heures?)?"
_OF_THE = "(?:de la|por la|da|de l'|du)"
_PART = {
    "manana": "am", "manha": "am", "matin": "am", "tarde": "pm", "noche": "pm", "noite": "pm", "soir": "pm",
    "apres-midi": "pm",
}  # fmt: skip
_PARTS = "|".join(_PART)
_Rewrite = Callable[[re.Match[str]], str]


def fold(text: str) -> str:
    """Small letters without accents, one kind of apostrophe."""
    parts = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def at_hand(text: str, hinted: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The languages that the text may be in: the reader's own, and those that a plain word of it belongs to."""
    folded = fold(text)
    own = reader().language
    said = frozenset(name for name in LANGUAGES if _evidence(name).search(folded))
    march = frozenset({"pt"}) if "março" in text.lower() or _OVER_THE_ACCENT.search(folded) else frozenset()
    return tuple(name for name in LANGUAGES if name == own or name in said | hinted | march)


def is_own(text: str) -> bool:
    """True where one of its words is the reader's own language's."""
    own = reader().language
    return own in LANGUAGES and _evidence(own).search(fold(text)) is not None


def in_english(text: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Every way to say the phrase in English words: as it stands, and by each language."""
    said = [by for language in languages for by in _said(fold(text), language)]
    times = HOUR_IS_A_TIME.intersection(languages) and _SPARE_HOUR.search(fold(text))
    misread = times or _MONDAY_MORNING.search(fold(text))
    return tuple(dict.fromkeys([*([] if misread else [text]), *said]))


def spans_in_english(text: str) -> tuple[str, ...]:
    """Days from one to another in English words, by each language at hand: `du 1er au 14 août`."""
    found = []
    for language in at_hand(text):
        begins, joins = SPANS[language]
        joined = re.sub(rf"^(?:(?:{begins}) )?(.+?) (?:{joins}) (.+)$", r"from \1 to \2", fold(text))
        found += [said.replace("the ", "") for whole in (joined, fold(text)) for said in _said(whole, language)]
    return tuple(dict.fromkeys(found))


def belongs(word: str, languages: tuple[str, ...]) -> bool:
    """True for a word that a date phrase of one of the languages may have."""
    folded = fold(word)
    half = folded.removeprefix("mi-")
    return any(half in _vocabulary(name) or _joined_part(name).fullmatch(folded) for name in languages)


def another_day(rest: str) -> bool:
    """True where the words before a day say that another one is meant: `après`, `antes de`."""
    return _ANOTHER_DAY.search(fold(rest)) is not None


def is_short_date(word: str) -> bool:
    """True for an abbreviated weekday or month of any language that is no common first name or word."""
    return fold(word).rstrip(".") in _SHORT_DAYS | _SHORT_MONTHS


def is_short(word: str) -> bool:
    """True for an abbreviation in any of the languages."""
    return any(fold(word).rstrip(".") in _flat(words.short) for words in LANGUAGES.values())


def is_odd_alone(word: str) -> bool:
    """True for an abbreviation that is as likely a word or a name; a capital makes it a day where days have one."""
    folded = fold(word).rstrip(".")
    is_day = word[:1].isupper() and reader().language == "de" and folded in _flat(LANGUAGES["de"].short)
    return folded in _FIRST_NAMES or (folded in WORDS_ELSEWHERE and not is_day)


def is_written_small(text: str) -> bool:
    """True for the words of a language that writes its days and months small; German doesn't."""
    folded = fold(text)
    return not _evidence("de").search(folded) and any(_evidence(name).search(folded) for name in LANGUAGES)


def names_time(text: str) -> bool:
    """True where a word of any of the languages is one that only dates have: `semaine`, `Woche`."""
    folded = fold(text)
    return _HOLIDAYS.search(folded) is not None or any(_evidence(name).search(folded) for name in LANGUAGES)


def is_short_day_and_time(text: str) -> bool:
    """True where a short weekday of any language stands before a time: `lun 10:00`, `mo 10 uhr`."""
    return _SHORT_DAY_AND_TIME.search(fold(text)) is not None


@lru_cache(maxsize=KEPT)
def _said(folded: str, language: str) -> tuple[str, ...]:
    numbers = LANGUAGES[language].numbers
    text = folded
    for pattern, rewrite in _before(language, numbers):
        text = pattern.sub(rewrite, text)
    found: list[str] = []
    for with_short in (True, False):
        pattern, english = _phrases(language, with_short=with_short)
        said = pattern.sub(lambda match, english=english: english[match[0]], text)  # type: ignore[misc]
        found += _after(said if not folded.startswith("mar ") else _MARTES.sub(r"tue the \1", said), language)
    return tuple(dict.fromkeys(found))


def _after(said: str, language: str) -> Iterator[str]:
    """The English word order, and hours as times where nothing says that they are a length."""
    said = _with_numbers(" ".join(said.split()), LANGUAGES[language].numbers)
    for pattern, rewrite in _ORDER:
        said = pattern.sub(rewrite, said)
    if language in ("de", "nl"):
        said = re.sub(rf"\b({_WEEKDAY}) tomorrow\b", r"\1 morning", said)
    said = " ".join(said.split())
    said = re.sub(r"(:[0-9]{2}) ?(?:h|hours)\b", r"\1", said)
    if language not in HOUR_IS_A_TIME:
        yield said
        return
    if re.fullmatch(r"[0-9]{1,2} hours", said) and language != "nl":
        yield said
    yield re.sub(r"(?<!in )(?<![0-9:])\b([0-9]{1,2}) ?(?:h|hours)(?: ?([0-9]{2}))?(?!\w)(?! ago)", _as_time, said)


def _as_time(found: re.Match[str]) -> str:
    return f"{found[1]}:{found[2] or '00'}"


def _as_dutch_time(found: re.Match[str]) -> str:
    return f"{found[1]}:{found[2] or found[3] or '00'}"


def _with_numbers(said: str, numbers: str) -> str:
    values = _numbers(numbers)
    return re.sub(rf"\b({'|'.join(values)}) (?=(?:{_UNIT})\b)", lambda found: f"{values[found[1]]} ", said)


@cache
def _numbers(numbers: str) -> dict[str, int]:
    return {word: value for value, words in enumerate(numbers.split("|"), 1) for word in words.split()}


def _flat(*tables: Table) -> dict[str, str]:
    return {phrase: english for table in tables for english, phrases in table.items() for phrase in phrases.split("|")}


@cache
def _phrases(language: str, *, with_short: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    words = LANGUAGES[language]
    english = _flat(words.small, words.short if with_short else {}, words.plain)
    return re.compile(rf"(?<!\w)(?:{_any_of(english)})(?:(?<=')|(?!\w))"), english


@cache
def _evidence(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(_flat(LANGUAGES[language].plain))}|{_joined_part(language).pattern})(?!\w)")


@cache
def _joined_part(language: str) -> re.Pattern[str]:
    """`Montagmorgen`, `maandagochtend`: a weekday and a part of the day in one word."""
    if language not in ("de", "nl"):
        return re.compile(r"(?!)")
    words = _flat(LANGUAGES[language].plain)
    days = _any_of({day: "" for day, english in words.items() if english in WEEKDAYS or english == "tomorrow"})
    return re.compile(rf"(?P<day>{days})(?P<part>fruh|morgen|ochtend|vormittag|nachmittag|mittag|middag|abend|avond)")


@cache
def _vocabulary(language: str) -> frozenset[str]:
    words = LANGUAGES[language]
    phrases = _flat(words.plain, words.short, words.small)
    return frozenset(
        {word for phrase in phrases for word in phrase.split()} | set(_numbers(words.numbers)) | _PARTS_SAID
    )


@cache
def _before(language: str, numbers: str) -> tuple[tuple[re.Pattern[str], _Rewrite], ...]:
    """What must be read before the words are exchanged: half past, a quarter to, `10 de la mañana`, `mi-mars`."""
    values = _numbers(numbers)
    number = rf"(?P<hour>[0-9]{{1,2}}|{'|'.join(values)})"

    def hour(found: re.Match[str], less: int, minutes: str) -> str:
        said = int(found["hour"]) if found["hour"].isdigit() else values[found["hour"]]
        return f"{(said - less - 1) % 12 + 1 if less else said}:{minutes}"

    quarters = {"quart": "15", "cuarto": "15", "quarto": "15", "demie": "30", "media": "30", "meia": "30"}
    shared: list[tuple[str, _Rewrite]] = [
        (
            rf"\b(?P<hour>[0-9]{{1,2}})(?:[:.h](?P<minute>[0-9]{{2}}))?{_HOURS} {_OF_THE} (?P<part>{_PARTS})\b",
            lambda found: f"{found['hour']}:{found['minute'] or '00'}{_PART[found['part']]}",
        ),
        (
            rf"\b{number}(?: ?h| horas?| heures?)? (?:et|y|e) (?P<part>{'|'.join(quarters)})\b",
            lambda found: hour(found, 0, quarters[found["part"]]),
        ),
        (
            rf"\b{number}(?: ?h| horas?| heures?)? (?:moins le quart|menos cuarto|menos quarto)\b",
            lambda found: hour(found, 1, "45"),
        ),
        (rf"\b(?P<at>a las|a la|as|om|um) {number}\b", lambda found: f"{found['at']} {_digits(found['hour'], values)}"),
        (rf"\b{number} (?=uhr\b)", lambda found: f"{_digits(found['hour'], values)} "),
        (r"\b(?:no |o |el |al )?dia (?=[0-9]{1,2}\b)", lambda _: "the "),
        (r"\bmi-(?=[a-z])", lambda _: "mid "),
        (r"\b1(?:er|o|ro)\b", lambda _: "1"),
    ]
    if language in ("de", "nl"):
        shared[:0] = [
            (rf"\b(?:halb|half) {number}(?!\w)", lambda found: hour(found, 1, "30")),
            (rf"\b(?:viertel nach|kwart over) {number}\b", lambda found: hour(found, 0, "15")),
            (rf"\b(?:viertel vor|kwart voor) {number}\b", lambda found: hour(found, 1, "45")),
            (
                r"\b([0-9]{1,2})(?:u([0-9]{2})?|\.([0-9]{2}) ?uur)\b",
                lambda found: f"{found[1]}:{found[2] or found[3] or '00'}",
            ),
            (r"\bhalf (?=[a-z])", lambda _: "mid "),
            (rf"\b{_joined_part(language).pattern}\b", lambda found: f"{found['day']} {_PART_OF[found['part']]}"),
            (r"\b([0-9]{1,2})(?:e|ste|de)\b", lambda found: found[1]),
        ]
    return tuple((re.compile(pattern), rewrite) for pattern, rewrite in shared)


def _digits(said: str, values: dict[str, int]) -> str:
    return said if said.isdigit() else str(values[said])


def _any_of(phrases: dict[str, str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


_HALVES_AND_QUARTERS = (
    "halb half viertel kwart nach over voor vor quart cuarto quarto demie media meia moins menos et y e le h la da du"
)
_PARTS_SAID = frozenset(_HALVES_AND_QUARTERS.split())
_PART_OF = {
    "fruh": "morning", "morgen": "morning", "ochtend": "morning", "vormittag": "morning", "nachmittag": "afternoon",
    "mittag": "noon", "middag": "afternoon", "abend": "evening", "avond": "evening",
}  # fmt: skip
_ORDER: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(pattern), order) for pattern, order in (
    (rf"\b({_WEEKDAY}|{_UNIT}) \+1(?!\w)", r"next \1"), (rf"\b({_WEEKDAY}|{_UNIT}) -1(?!\w)", r"last \1"),
    (r"\+1(?!\w)", "next"), (r"(?<!\S)-1(?!\w)", "last"),
    (rf"\b(?:ago-|vor-) ((?:[0-9]{{1,3}}|a) (?:{_UNIT}))\b", r"\1 ago"),
    (r"\b(next|this|last) (week|month|quarter|year)s\b", r"\1 \2"),
    (r"\b(on|until|the) ([0-9]{1,2})\.(?=$| at )", r"\1 \2"), (r"\b(on|until) ([0-9]{1,2})(?=$| at )", r"\1 the \2"),
    (r"\bthe (?![0-9])", ""), (r"\bof (?=20[0-9]{2}\b)", ""),
    (r"(?<!beginning )(?<!end )\bof (?=(?:next|this|last) )", ""),
    (rf"\b({_WEEKDAY}) (?:on |at )?(?=(?:the )?[0-9]{{1,2}} (?:of )?(?:{_MONTH})\b)", r"\1 "),
    (rf"\bof (?=(?:{_WEEKDAY})\b)", ""), (rf"\b({_WEEKDAY}) of (?=next week)", r"\1 "),
))  # fmt: skip
_FIRST_NAMES = frozenset({"sam", "dom"})
_SHORT_DAYS = frozenset(
    phrase
    for words in LANGUAGES.values()
    for phrase, english in _flat(words.short).items()
    if english in WEEKDAYS and phrase not in _FIRST_NAMES
)
_SHORT_MONTHS = frozenset(["dez", "dic", "ene", "fev", "fevr", "abr", "avr", "juil", "mrt", "janv"])
_SHORT_DAY_AND_TIME = re.compile(rf"(?<!\w)(?:{'|'.join(_SHORT_DAYS)})\.?(?: (?:a|as|a las|um|om|at|@))? {_TIME}")
_HOLIDAYS = re.compile(rf"(?<!\w)(?:{HOLIDAYS})(?!\w)")
_ANOTHER_DAY = re.compile(rf"(?<!\w)(?:{BEFORE_ANOTHER_DAY})(?: (?:le|el|de|do|da|la|den|dem))?$")
