"""The days of a week, as `settings days` and `team` take them, in six languages."""

import pytest

from bot.slack.commands import Settings, Team, TeamSchedule, Unreadable, Workdays
from bot.slack.reading.date_rules import MON_FRI, WEEKDAYS
from bot.slack.reading.date_words import LANGUAGES
from bot.slack.reading.grammar import read
from bot.slack.reading.weekdays import named, read_days
from language import speaking
from tests.slack.corpus import NOW

READERS = ("en", *LANGUAGES)
WHOLE = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
SHORT = {
    "de": "Mo Di Mi Do Fr Sa So", "fr": "lun mar mer jeu ven sam dim", "es": "lun mar mié jue vie sáb dom",
    "pt": "seg ter qua qui sex sáb dom", "nl": "ma di wo do vr za zo",
}  # fmt: skip
MON_THU = frozenset(range(4))
MON_WED_FRI = frozenset({0, 2, 4})


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", WHOLE)
def test_every_weekday_has_its_names_in_every_language(language: str, reader: str) -> None:
    with speaking(reader):
        for names in (WHOLE, SHORT):
            assert [named(word) for word in names[language].split()] == list(range(7))
            first, *_, last = names[language].split()
            assert read_days(f"{first} - {last}") == frozenset(range(7))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mon-thu", MON_THU), ("mon to thu", MON_THU), ("mon,wed,fri", MON_WED_FRI), ("weekdays", MON_FRI),
        ("Mo-Do", MON_THU), ("Mo bis Do", MON_THU), ("Mo. – Do.", MON_THU), ("Mo, Mi und Fr", MON_WED_FRI),
        ("Werktage", MON_FRI), ("von Montag bis Donnerstag", MON_THU), ("täglich", frozenset(range(7))),
        ("lun-jeu", MON_THU), ("du lundi au jeudi", MON_THU), ("lundi à jeudi", MON_THU),
        ("lun., mer. et ven.", MON_WED_FRI), ("jours ouvrés", MON_FRI),
        ("lun-jue", MON_THU), ("de lunes a jueves", MON_THU), ("lunes, miércoles y viernes", MON_WED_FRI),
        ("días laborables", MON_FRI),
        ("seg-qui", MON_THU), ("de segunda a quinta", MON_THU), ("segunda-feira até quinta-feira", MON_THU),
        ("seg, qua e sex", MON_WED_FRI), ("2a a 5a", MON_THU), ("dias úteis", MON_FRI),
        ("ma-do", MON_THU), ("ma t/m do", MON_THU), ("van maandag tot en met donderdag", MON_THU),
        ("ma, wo en vr", MON_WED_FRI), ("werkdagen", MON_FRI), ("vr-ma", frozenset({4, 5, 6, 0})),
    ],
)  # fmt: skip
def test_the_days_of_a_week_are_read_whoever_reads(reader: str, typed: str, days: frozenset[int]) -> None:
    with speaking(reader):
        assert read(f"settings days {typed}", NOW) == Settings(Workdays(days))


@pytest.mark.parametrize(
    ("typed", "language"), [("do", "de"), ("so", "de"), ("sex", "pt"), ("mar", "fr"), ("sam", "fr")]
)
def test_a_short_day_alone_counts_in_its_own_language_only(typed: str, language: str) -> None:
    with speaking(language):
        assert isinstance(read(f"settings {typed}", NOW), Settings)
    assert isinstance(read(f"settings {typed}", NOW), Unreadable)


@pytest.mark.parametrize("typed", ["lundi à", "a", "e", "mon or tue", "do it", "de", "segunda chance"])
def test_what_names_no_days_is_no_days(typed: str) -> None:
    assert read_days(typed) is None


def test_no_name_is_two_days() -> None:
    names: dict[str, set[int]] = {}
    for words in LANGUAGES.values():
        for table in (words.plain, words.short):
            for english, phrases in table.items():
                for phrase in phrases.split("|") if english in WEEKDAYS else ():
                    names.setdefault(phrase, set()).add(WEEKDAYS[english])
    for name, numbers in [*names.items(), *((name, {number}) for name, number in WEEKDAYS.items())]:
        assert {named(name)} == numbers


@pytest.mark.parametrize("typed", ["mo 9:30", "lundi 9h30", "lunes 9:30", "seg 9:30", "ma 9:30", "Montag 9:30"])
def test_a_channels_day_is_read_in_each_language(typed: str) -> None:
    schedule = read(f"team {typed}", NOW)
    assert isinstance(schedule, Team)
    assert isinstance(schedule.change, TeamSchedule)
    assert schedule.change.weekday == 0
