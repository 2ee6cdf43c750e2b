"""What a draft looks like: the addresses its buttons open, and forms within Slack's limits."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.services import drafting, hooks
from bot.services.drafting import Drafted
from bot.storage.engine import Database
from bot.views import drafting as views
from bot.views.forms import Origin
from cadences import draft_rules
from tests.support.cast import NOW, Cast, added, by_prospect, gather_again
from tests.views.payloads import message_problems, view_problems, words_in

LONG = "wörd & <b> “you”? " * 160


def test_a_mail_opens_with_its_subject_and_text() -> None:
    address = views.mail_address("dana+x@example.com", "SSO & you?", "Hi Dana,\n\nyours? 100% ☎")
    parts = urlsplit(address)
    assert (parts.scheme, parts.path) == ("mailto", "dana+x@example.com")
    assert parse_qs(parts.query) == {"subject": ["SSO & you?"], "body": ["Hi Dana,\r\n\r\nyours? 100% ☎"]}


@pytest.mark.parametrize("address", ["dana@example.com?bcc=eve@example.com", "dana@example.com&body=evil"])
def test_an_address_adds_nothing_to_the_mail(address: str) -> None:
    parts = urlsplit(views.mail_address(address, "SSO", "Hi"))
    assert parse_qs(parts.query) == {"subject": ["SSO"], "body": ["Hi"]}


@pytest.mark.parametrize("length", [10, 500, 1_700, 5_000])
def test_a_mail_address_stays_short_and_whole(length: int) -> None:
    address = views.mail_address("dana@example.com", "ü" * 400, "ü" * length)
    assert len(address) <= views.ADDRESS_LENGTH
    assert "�" not in parse_qs(urlsplit(address).query).get("body", [""])[0]


def test_the_fullest_draft_fits_slack(sqlite_db: Database, the_cast: Cast) -> None:
    """Thirty slots, six long hooks, every remark: the form, the finished text and the card stay within the limits."""
    cast = the_cast
    gather_again(sqlite_db, cast)
    card = added(sqlite_db, cast.ana, "N" * 200, "C" * 200, email="dana@example.com", phone="+49 30 901820")
    for number in range(7):
        hooks.add(sqlite_db, cast.ana, by_prospect(card), f"{number} {'<&>' * 90}", NOW)
    made = drafting.draft(sqlite_db, cast.ana, by_prospect(card))
    text = "I am checking in. " + " ".join(f"[slot {number} {'x' * 100}]" for number in range(25))
    full = Drafted(made.card, "S" * 400, text, {}, draft_rules.judged(text), made.hooks, None, "t" * 400)
    assert view_problems(views.form(full, Origin())) == []
    done = drafting.finish(sqlite_db, cast.ana, by_prospect(card), LONG, {}, NOW)
    assert view_problems(views.finished(done, "S" * 200, Origin())) == []
    offered = views.beside(full)
    assert message_problems({"text": offered.text, "blocks": offered.blocks}, ["N" * 200]) == []
    assert "… and 2 older hooks." in " ".join(words_in(views.hook_blocks(made.hooks, "Dana Li", mine=True)))
