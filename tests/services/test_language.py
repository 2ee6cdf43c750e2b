"""The language somebody is spoken to in: as in her Slack until she chooses one, and undone like any setting."""

import pytest

from bot.services import changes, members
from bot.services.errors import InvalidInput
from bot.services.members import AUTOMATIC, Profile
from bot.storage.engine import Database
from language import languages
from tests.support.cast import NOW, WORKSPACE, Cast, fresh, known
from tests.support.rows import everything


def in_german_slack(db: Database) -> None:
    members.told(db, WORKSPACE, Profile("U0ANA", "Ana", "Europe/Berlin", "de-DE"), NOW)


def test_nobody_who_chose_none_is_spoken_to_otherwise_than_in_her_slack(db: Database, cast: Cast) -> None:
    in_german_slack(db)
    ana = known(db, cast.ana)
    assert (ana.language, ana.speaks) == (None, "de-DE")


@pytest.mark.parametrize("language", languages())
def test_what_she_chose_holds_whatever_her_slack_says_and_only_for_her(db: Database, cast: Cast, language: str) -> None:
    members.set_digest(db, cast.ana, NOW, language=language)
    in_german_slack(db)
    assert known(db, cast.ana).speaks.partition("-")[0] == language
    assert known(db, cast.ben).language is None


def test_automatic_is_as_in_slack_again(db: Database, cast: Cast) -> None:
    in_german_slack(db)
    members.set_digest(db, cast.ana, NOW, language="en")
    members.set_digest(db, fresh(db, cast.ana), NOW, language=AUTOMATIC)
    assert known(db, cast.ana).speaks == "de-DE"


@pytest.mark.parametrize("language", [*languages(), AUTOMATIC])
def test_it_is_undone_exactly(db: Database, cast: Cast, language: str) -> None:
    members.set_digest(db, cast.ana, NOW, language="de")
    before = everything(db)
    done = members.set_digest(db, fresh(db, cast.ana), NOW, language=language)
    changes.undo(db, cast.ana, done.change.id, NOW)
    assert everything(db) == before


@pytest.mark.parametrize("language", ["", "fr", "french", "de-DE", "x" * 200])
def test_a_language_that_is_not_spoken_is_refused_and_those_that_are_named(
    db: Database, cast: Cast, language: str
) -> None:
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        members.set_digest(db, cast.ana, NOW, language=language)
    assert (refused.value.field, refused.value.why) == ("language", "I speak: English, Deutsch")
    assert everything(db) == before
