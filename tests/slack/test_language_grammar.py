"""A language as it is typed: by its name in any language that is spoken here, by its code, or as in Slack."""

import pytest

from bot.services.members import AUTOMATIC
from bot.slack.commands import Language, Settings
from bot.slack.reading.grammar import read
from language import languages
from tests.slack.corpus import NOW

TYPED = {
    "english": "en", "englisch": "en", "en": "en", "ENGLISH": "en",
    "german": "de", "deutsch": "de", "Deutsch": "de", "de": "de",
    "auto": AUTOMATIC, "automatic": AUTOMATIC, "automatisch": AUTOMATIC, "as in Slack": AUTOMATIC, "none": AUTOMATIC,
    "french": "french", "klingon please": "klingon please",
}  # fmt: skip


@pytest.mark.parametrize("before", ["settings language", "settings language:", "settings lang", "prefs sprache"])
@pytest.mark.parametrize("typed", TYPED)
def test_a_language_is_read_by_any_of_its_names(before: str, typed: str) -> None:
    assert read(f"{before} {typed}", NOW) == Settings(Language(TYPED[typed]))


@pytest.mark.parametrize("code", languages())
def test_every_language_that_is_spoken_is_read_by_its_code(code: str) -> None:
    assert read(f"settings language {code}", NOW) == Settings(Language(code))


@pytest.mark.parametrize("line", ["settings german", "settings language"])
def test_a_language_needs_the_word_and_a_name(line: str) -> None:
    assert not isinstance(read(line, NOW), Settings)
