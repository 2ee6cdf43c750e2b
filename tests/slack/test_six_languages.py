"""Six languages: every add line is right in its own language, and right or asked in every other; nothing is lost."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.commands import Log
from bot.slack.reading import dates, deal_grammar
from bot.slack.reading.capture import read_add
from bot.slack.reading.line import NO_HABITS, Line
from bot.slack.reading.spans import Garbled, read_span, reader_for
from bot.slack.reading.understood import Capture
from language import speaking
from tests.slack.corpus import CAPTURES, NAMES, NOW, PHRASES, PROBLEMS, shown
from tests.slack.six_languages import ADDS
from tests.slack.test_capture import add, filled, words_kept, words_of

LANGUAGES = tuple(ADDS)
ALL = [(language, line) for language, lines in ADDS.items() for line in lines]
ASKED = "?"
WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
SHORT_DAYS = {
    "en": "mon tue wed thu fri sat sun", "de": "Mo Di Mi Do Fr Sa So", "fr": "lun mar mer jeu ven sam dim",
    "es": "lun mar mié jue vie sáb dom", "pt": "seg ter qua qui sex sáb dom", "nl": "ma di wo do vr za zo",
}  # fmt: skip
MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
SHORT_MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
}
DATED = {"en": "5 {}", "de": "5. {}", "fr": "le 5 {}", "es": "5 de {}", "pt": "5 de {}", "nl": "5 {}"}
RELATIVE = {
    "en": "today|tomorrow|day after tomorrow|next week|next month|in 3 days|in 2 weeks|in 2 months",
    "de": "heute|morgen|übermorgen|nächste Woche|nächsten Monat|in 3 Tagen|in 2 Wochen|in 2 Monaten",
    "fr": "aujourd’hui|demain|après-demain|la semaine prochaine|le mois prochain|dans 3 jours|dans 2 semaines|"
    "dans 2 mois",
    "es": "hoy|mañana|pasado mañana|la semana que viene|el mes que viene|en 3 días|en 2 semanas|en 2 meses",
    "pt": "hoje|amanhã|depois de amanhã|semana que vem|mês que vem|em 3 dias|em 2 semanas|em 2 meses",
    "nl": "vandaag|morgen|overmorgen|volgende week|volgende maand|over 3 dagen|over 2 weken|over 2 maanden",
}
MEANT = "2026-11-26|2026-11-27|2026-11-28|2026-11-30|2026-12-01|2026-11-29|2026-12-10|2027-01-26"
ENGLISH_ONLY = {"mar 15": ("fr", "es"), "mar 15 10am": ("fr", "es")}
"""A Tuesday there: asked."""


CHANNELS = {
    "en": "call email sms meeting video letter",
    "de": "Anruf E-Mail SMS Termin Videocall letter",
    "fr": "appel courriel texto rdv visio lettre",
    "es": "llamada correo mensaje reunión videollamada carta",
    "pt": "ligação correio mensagem reunião videochamada carta",
    "nl": "belletje mailtje sms afspraak videogesprek kaartje",
}


def told(capture: Capture) -> str:
    """The step and the note in short; `?` where something is a problem."""
    if capture.problems:
        return ASKED
    assert (capture.name, capture.company) == ("Dana Li", "Acme")
    step = f"{capture.step.channel or ''} {shown(capture.step.when)}".strip() if capture.step else ""
    return f"{step} / {capture.note}".strip() if capture.note else step


def read_in(language: str, line: str) -> Capture:
    with speaking(language):
        return read_add(line, NOW, default_region="US")


def read_as(language: str, phrase: str) -> str:
    with speaking(language):
        return shown(dates.read(phrase, NOW))


def test_there_are_three_hundred_lines_and_fifty_of_each_language() -> None:
    assert len(ALL) >= 300
    assert min(map(len, ADDS.values())) >= 50


@pytest.mark.parametrize(("language", "line"), ALL)
def test_a_line_is_right_in_its_language_and_right_or_asked_in_every_other(language: str, line: str) -> None:
    meant = ADDS[language][line]
    assert told(read_in(language, line)) == meant
    for other in LANGUAGES:
        said = told(read_in(other, line))
        assert said in (meant, ASKED) or " | " in said, other


@pytest.mark.parametrize(("language", "line"), ALL)
def test_no_word_of_a_line_is_lost(language: str, line: str) -> None:
    assert words_of(line) <= words_kept(read_in(language, line))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_weekday_is_read_whole_by_everybody_and_short_in_its_own_language(language: str) -> None:
    for number, name in enumerate(WEEKDAYS[language].split()):
        meant = read_as("en", SHORT_DAYS["en"].split()[number])
        assert {read_as(reader, name) for reader in LANGUAGES} == {meant}
        assert read_as(language, f"{SHORT_DAYS[language].split()[number]} 10:00") == f"{meant} 10:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_is_read_whole_by_everybody_and_short_in_its_own_language(language: str) -> None:
    for month, name in enumerate(MONTHS[language].split(), 1):
        meant = str(dt.date(2026 if month == 12 else 2027, month, 5))
        assert {read_as(reader, DATED[language].format(name)) for reader in LANGUAGES} == {meant}
        assert read_as(language, f"5 {SHORT_MONTHS[language].split()[month - 1]}") == meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_names_its_channel_in_each_language_with_a_short_day_behind_it(language: str) -> None:
    for word, channel in zip(CHANNELS[language].split(), CHANNELS["en"].split(), strict=True):
        day = SHORT_DAYS[language].split()[0]
        assert told(read_in(language, f"Dana Li, Acme, {word} {day} 10:00")) == f"{channel} 2026-11-30 10:00", word


@pytest.mark.parametrize("language", LANGUAGES)
def test_relative_days_are_read(language: str) -> None:
    for phrase, meant in zip(RELATIVE[language].split("|"), MEANT.split("|"), strict=True):
        assert read_as(language, phrase) == meant, phrase


@pytest.mark.parametrize(
    ("language", "phrase", "meant"),
    [
        ("en", "call mo 10:00", ASKED),
        ("de", "call mo 10:00", "call 2026-11-30 10:00"),
        ("en", "call lun 10:00", ASKED),
        ("en", "call seg", ASKED),
        ("en", "call sam 10am", "call 2026-11-27 10:00 / sam"),
        ("fr", "call sam 10h", "call 2026-11-28 10:00"),
        ("fr", "call mar 15", "call 2026-12-15 | 2027-03-15"),
        ("en", "call mar 15", "call 2027-03-15"),
        ("fr", "call 10h", "call 2026-11-27 10:00"),
        ("en", "call 10h", "call 2026-11-27 00:00"),
        ("es", "call at once", "/ call at once"),
    ],
)
def test_short_words_count_in_the_readers_own_language(language: str, phrase: str, meant: str) -> None:
    assert told(read_in(language, f"Dana Li, Acme, {phrase}")) == meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_english_is_read_alike_whatever_language_the_reader_speaks(language: str) -> None:
    for phrase, meant in PHRASES.items():
        if language not in ENGLISH_ONLY.get(phrase, ()):
            assert read_as(language, phrase) == meant, phrase
    for name in NAMES:
        with speaking(language):
            assert dates.read_tail(name, NOW) is None
    for line, fields in CAPTURES.items():
        with speaking(language):
            capture = add(line)
        assert (filled(capture), capture.problems) == (fields, ()), line
    for line, words in PROBLEMS.items():
        assert [problem.words for problem in read_in(language, line).problems] == [words], line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "company",
    ["Mar", "Sam", "Mars", "Domingo", "El Domingo", "Lundi", "La Noche", "Cinco de Mayo", "Appel Groep", "Mi Casa",
     "Do & Co", "Mai Li", "Segunda Mano", "Plácido Domingo", "Carta Inc", "So Good"],
)  # fmt: skip
def test_a_company_stays_one_in_every_language(language: str, company: str) -> None:
    assert filled(read_in(language, f"Dana, {company}")) == {"name": "Dana", "company": company}


@pytest.mark.parametrize(
    ("language", "segment"),
    [("en", "Santo Domingo"), ("en", "acme lun 10:00"), ("fr", "acme après lundi"), ("nl", "acme na maandag"),
     ("es", "acme cada lunes"), ("de", "acme Montag oder Dienstag"), ("pt", "acme antes de segunda-feira")],
)  # fmt: skip
def test_a_tail_that_means_another_day_or_a_name_is_not_taken(language: str, segment: str) -> None:
    with speaking(language):
        assert dates.read_tail(segment, NOW) is None


@pytest.mark.parametrize(
    ("language", "typed", "first", "last"),
    [
        ("de", "vom 1. bis zum 14. August", "2027-08-01", "2027-08-14"),
        ("de", "Mo bis Mi", "2026-11-30", "2026-12-02"),
        ("de", "nächste Woche", "2026-11-30", "2026-12-06"),
        ("de", "2 Wochen", "2026-11-26", "2026-12-09"),
        ("fr", "du 1er au 14 août", "2027-08-01", "2027-08-14"),
        ("fr", "de lundi à mercredi", "2026-11-30", "2026-12-02"),
        ("fr", "la semaine prochaine", "2026-11-30", "2026-12-06"),
        ("fr", "jusqu'à lundi", "2026-11-26", "2026-11-29"),
        ("es", "del 1 al 14 de agosto", "2027-08-01", "2027-08-14"),
        ("es", "28 de julio al 3 de agosto", "2027-07-28", "2027-08-03"),
        ("pt", "de segunda a quarta", "2026-11-30", "2026-12-02"),
        ("pt", "até segunda", "2026-11-26", "2026-11-29"),
        ("nl", "van 1 tot 14 augustus", "2027-08-01", "2027-08-14"),
        ("nl", "deze week", "2026-11-26", "2026-11-29"),
        ("en", "du 1er au 14 août", "2027-08-01", "2027-08-14"),
    ],
)
def test_days_from_one_to_another_are_read(language: str, typed: str, first: str, last: str) -> None:
    with speaking(language):
        span = read_span(typed, NOW, reader_for("dmy", frozenset(range(5))))
    assert not isinstance(span, Garbled)
    assert tuple(map(str, span)) == (first, last)


@pytest.mark.parametrize(
    ("language", "typed", "channel", "day"),
    [
        ("de", "acme Anruf letzten Montag", "call", "2026-11-23"),
        ("de", "acme Anruf Mo", "call", "2026-11-23"),
        ("fr", "acme appel hier", "call", "2026-11-25"),
        ("fr", "acme appel il y a 3 jours", "call", "2026-11-23"),
        ("es", "acme llamada el lunes", "call", "2026-11-23"),
        ("pt", "acme ligação ontem", "call", "2026-11-25"),
        ("nl", "acme belletje ma", "call", "2026-11-23"),
    ],
)
def test_what_was_done_is_logged_with_its_channel_and_day(language: str, typed: str, channel: str, day: str) -> None:
    with speaking(language):
        log = deal_grammar.read_log(Line("log", typed, NOW, NO_HABITS))
    assert isinstance(log, Log)
    assert (log.who, log.channel, shown(log.when), log.note) == ("acme", channel, day, "")


def test_a_small_so_is_no_sunday_in_what_was_done_and_a_surname_no_call() -> None:
    with speaking("de"):
        log = deal_grammar.read_log(Line("log", "acme call -- so he said", NOW, NO_HABITS))
        assert dates.read_past("so", NOW) is None
    assert isinstance(log, Log)
    assert log.when is None
    surname = deal_grammar.read_log(Line("log", "Karel Appel voicemail", NOW, NO_HABITS))
    assert isinstance(surname, Log)
    assert surname.who == "Karel Appel"


def test_a_day_of_the_month_that_was_is_the_last_one() -> None:
    assert shown(dates.read_past("the 15th", NOW)) == "2026-11-15"


def test_the_next_hour_is_no_year() -> None:
    assert dates.read("next hour", NOW) is None
    assert dates.read("next day", NOW) is None


@given(st.sampled_from(LANGUAGES), st.lists(st.sampled_from(ALL), min_size=1, max_size=3), st.text(max_size=6))
@settings(max_examples=150, deadline=None)
def test_words_of_all_languages_mixed_raise_nothing_and_lose_nothing(
    language: str, lines: list[tuple[str, str]], between: str
) -> None:
    line = f" {between} ".join(each for _, each in lines)
    assert words_of(line) <= words_kept(read_in(language, line))
    with speaking(language):
        read_span(line, NOW, reader_for(None, frozenset(range(5))))
        dates.read_past(line[-40:], NOW)
        dates.looks_like_date(line, whole=True)
