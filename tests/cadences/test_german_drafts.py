"""A German draft: written as business letters are, and judged by German rules."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from cadences import drafts, library
from cadences.draft_rules import Flag, Remark, judged
from cadences.drafts import Material
from cadences.model import Channel, FollowUpType, Purpose, Step
from language import say, speaking
from tests.cadences.test_drafts import ACME, MATERIALS

ASKED = "Hilft Ihnen das?"
TEMPLATES = [step for cadence in library.all() for step in cadence.steps if step.template]
LETTERS = [step for step in TEMPLATES if step.template.startswith(("Hi {{", "{{"))]
"""What is sent as it is; the others tell the writer what to do."""
GOOD = [
    ASKED,
    "Sie haben nach dem Preis gefragt: Er steht auf Seite 2. Passt er zu Ihrem Budget?",
    "Die Nachfrage bei Ihnen steigt?",
    "Haben Sie am Dienstag Zeit für 20 Minuten?",
    "Die Frage nach dem Preis ist beantwortet. Was fehlt Ihnen noch?",
    "Wir haben unser Produkt für Sie, und Sie?",
    "Sie haben SSO erwähnt. So haben es andere gelöst: https://example.com/sso?page=2 Nennen Sie mir einen Termin.",
    "hast du am Freitag 15 Minuten für deine Fragen?",
]


@pytest.fixture(autouse=True)
def _in_german() -> Iterator[None]:
    with speaking("de-DE"):
        yield


def flags(text: str) -> set[Flag]:
    return {remark.flag for remark in judged(text)}


def test_a_german_draft_is_a_reference_something_of_value_and_one_ask() -> None:
    assert drafts.composed(ACME) == (
        "Guten Tag Dana,\n\n"
        "was von Ihrer Seite hängen geblieben ist: SSO.\n"
        "Das hilft Ihnen vielleicht, wie auch immer Sie entscheiden: SSO in two weeks, https://example.com/sso\n\n"
        "Würden Ihnen diese Woche 15 Minuten dazu helfen, was das für Acme bedeutet?\n\n"
        "Ana"
    )


def test_german_goes_on_in_small_letters_behind_the_greeting_s_comma_and_begins_each_sentence_with_a_capital() -> None:
    thanks = replace(ACME, type=FollowUpType.THANK_YOU, purpose=Purpose.THANK)
    assert drafts.composed(thanks).startswith(
        "Guten Tag Dana,\n\ndanke für Ihre Zeit am 17. November. Was von Ihrer Seite hängen geblieben ist: SSO.\n"
    )


def test_a_date_stands_in_a_letter_as_it_is_spoken() -> None:
    spoken = replace(ACME, hooks=(), last_on=date(2026, 3, 7))
    assert "in unserem Gespräch am 7. März haben Sie [Problem] genannt." in drafts.composed(spoken)


@given(MATERIALS)
def test_no_german_draft_is_too_long_or_asks_nothing_or_checks_in(material: Material) -> None:
    with speaking("de-DE"):
        assert flags(drafts.composed(material)) & {Flag.TOO_LONG, Flag.NO_ASK, Flag.CHECKING_IN} == set()


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.CALL])
def test_nothing_speaks_against_a_german_draft(purpose: Purpose, channel: Channel) -> None:
    material = Material("Dana Li", "Ana", channel, FollowUpType.REMINDER, purpose, hooks=("SSO",), company="Acme")
    assert judged(drafts.composed(material)) == ()
    assert drafts.subject(material) != ""


@pytest.mark.parametrize("step", TEMPLATES)
def test_a_template_that_comes_with_the_program_says_in_german_what_it_says_in_english(step: Step) -> None:
    """As many gaps, filled from the same facts, and nothing against either."""
    made = replace(ACME, type=step.type, purpose=step.purpose, channel=step.channel, points=("one", "two", "three"))
    with speaking("en-US"):
        english, english_filled, english_flags = _drawn(made, step.template)
    german, german_filled, german_flags = _drawn(made, say(step.template))
    assert german != english
    assert german_filled == english_filled
    assert german_flags == english_flags == set()


@pytest.mark.parametrize("step", LETTERS)
def test_a_german_letter_calls_them_sie(step: Step) -> None:
    letter = drafts.SLOT.sub("", say(step.template))
    assert letter.startswith("Guten Tag {{ prospect.first_name }},")
    assert re.search(r"\b(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b", letter)
    assert not re.search(r"\b(?:du|dich|dir|dein\w*|euch|euer|eure\w*)\b", letter, re.IGNORECASE)


def _drawn(material: Material, template: str) -> tuple[str, list[str | None], set[Flag]]:
    """The draft, what is known for each of its slots, and what speaks against it once they are filled."""
    text, trouble = drafts.written(material, template)
    assert trouble == ""
    known = drafts.proposals(drafts.slots(text), material)
    return text, [known.get(slot) for slot in drafts.slots(text)], flags(drafts.filled(text, known)[0])


@pytest.mark.parametrize(
    "phrase",
    [
        "ich wollte nur mal nachfragen",
        "Ich wollte mal nachhaken",
        "Ich hake noch mal nach",
        "Ich frage kurz nach",
        "ich möchte nur kurz nachfassen",
        "um noch einmal nachzuhaken",
        "Gibt es schon Neuigkeiten",
        "Gibt es inzwischen etwas Neues",
        "Hatten Sie schon Gelegenheit",
        "Hattest du inzwischen Zeit",
        "Konnten Sie schon hineinsehen",
        "Wie ist der aktuelle Stand",
        "Wie sieht es bei Ihnen aus",
        "ich wollte mich in Erinnerung rufen",
        "nur eine freundliche Erinnerung",
        "Meine E-Mail ist wohl in Ihrem Postfach untergegangen",
        "ich wollte meine Nachricht nach oben holen",
    ],
)
def test_what_is_written_when_there_is_nothing_to_say_is_named(phrase: str) -> None:
    assert Flag.CHECKING_IN in flags(f"{phrase}. {ASKED}")


@pytest.mark.parametrize("text", GOOD)
def test_a_good_german_text_passes(text: str) -> None:
    assert judged(text) == ()


@pytest.mark.parametrize("text", ["Ihr Preis ist 12.", "Ihnen hilft das.", "Hier ist die Liste, die du wolltest."])
def test_a_german_text_that_asks_nothing_is_told(text: str) -> None:
    assert judged(text) == (Remark(Flag.NO_ASK),)


@pytest.mark.parametrize(
    "text",
    [
        "Lassen Sie uns reden.",
        "Wählen Sie eins.",
        "Nennen Sie mir einen Tag.",
        "Sag mir, welcher Tag dir passt.",
        "Mein Vorschlag: Dienstag bei Ihnen.",
        "Ihnen genügt eine Zeile als Antwort.",
        "Melde dich, wenn es dir passt.",
    ],
)
def test_a_german_proposal_is_an_ask_too(text: str) -> None:
    assert Flag.NO_ASK not in flags(text)


def test_who_is_written_to_is_written_with_a_capital() -> None:
    """``sie`` are others: only ``Sie`` is the one who reads it."""
    assert judged("Wir zeigen sie ihnen. Passt das?") == (Remark(Flag.ABOUT_US, counts=(1, 0)),)
    assert judged("Wir zeigen sie Ihnen. Passt das?") == ()
    assert judged("Ich und mein Team und unser Produkt. Passt dir das?") == (Remark(Flag.ABOUT_US, counts=(3, 1)),)


def test_an_english_letter_is_judged_as_one_whoever_writes_it() -> None:
    assert judged("Let me know which day suits you.") == ()
    assert judged("I am just checking in on our offer.") == (
        Remark(Flag.CHECKING_IN, "just checking in"),
        Remark(Flag.NO_ASK),
        Remark(Flag.ABOUT_US, counts=(2, 0)),
    )


@pytest.mark.parametrize("text", GOOD)
def test_a_german_letter_is_judged_as_one_by_who_has_slack_in_english(text: str) -> None:
    with speaking("en-US"):
        assert judged(text) == ()
        assert flags(f"Ich wollte mal nachhaken. {ASKED}") == {Flag.CHECKING_IN}


@pytest.mark.parametrize(
    ("hook", "topic"),
    [
        ("legt großen Wert auf Datenschutz", "Datenschutz"),
        ("Sie suchen ein neues System.", "ein neues System"),
        ("interessieren sich für SSO", "SSO"),
        ("fragte nach dem Preis", "dem Preis"),
    ],
)
def test_a_german_hook_is_about_something(hook: str, topic: str) -> None:
    assert drafts.topic(hook) == topic
