"""A draft of what is next: whose it is, what it is made of, and what it takes to be finished."""

from dataclasses import replace

import pytest

from bot.services import (
    authoring,
    cadences,
    drafting,
    hooks,
    leave,
    meetings,
    promises,
    prospects,
    questions,
    resources,
    touches,
)
from bot.services.authoring import Wish
from bot.services.details import Details
from bot.services.errors import Closed, DoNotContact, Gone, InvalidInput, MovedOn, NotYours
from bot.services.resources import Offer
from bot.services.targets import ByProspect
from bot.services.touches import Made
from bot.services.versions import Choice
from bot.storage.engine import Database
from cadences import library
from cadences.draft_rules import Flag
from cadences.model import Channel
from language import speaking
from tests.support import verbs
from tests.support.cast import DAY, HOUR, MONDAY, NOW, Cast, added, by_prospect, by_step, shown
from tests.support.rows import everything

ASK = "Does that help you?"


def test_a_draft_comes_from_the_template_of_the_step_and_writes_nothing(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, email="dana@example.com")
    before = everything(db)
    drafted = drafting.draft(db, cast.ana, by_prospect(card))
    assert drafted.text.startswith("Hi Dana,\n\nThank you for your time.")
    assert drafted.subject == "Thank you, and what we agreed: Acme"
    assert (drafted.trouble, drafted.proposals, drafted.gift) == ("", {}, None)
    assert everything(db) == before


def test_what_comes_with_the_program_is_drafted_in_the_writers_language(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, email="dana@example.com")
    meetings.recap(db, cast.ana, card.prospect.id, ["SSO", "bis Freitag"], NOW)
    with speaking("de-DE"):
        drafted = drafting.draft(db, cast.ana, by_prospect(card))
    assert drafted.text.startswith("Guten Tag Dana,\n\ndanke für Ihre Zeit.")
    assert drafted.subject == "Danke, und was wir vereinbart haben: Acme"
    assert list(drafted.proposals.values()) == ["SSO", "bis Freitag"]


def test_what_a_team_wrote_is_drafted_as_it_is_written(db: Database, cast: Cast) -> None:
    """Also where it is what the program says, word by word."""
    built_in = library.all()[0]
    own = replace(built_in, key="", name="Ours")
    seen = authoring.review(db, cast.ana, Wish(own), NOW)
    made = authoring.save(db, cast.ana, seen.draft_id, seen.seen, Choice(), NOW)
    card = added(db, cast.ana)
    cadences.start(db, cast.ana, by_prospect(card), made.cadence, NOW)
    with speaking("de-DE"):
        drafted = drafting.draft(db, cast.ana, by_prospect(card))
    assert drafted.text.startswith("Hi Dana,\n\nthank you for your time.")


def test_recap_points_are_proposed_for_the_thank_you(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    meetings.recap(db, cast.ana, card.prospect.id, ["a price", "by Friday"], NOW)
    drafted = drafting.draft(db, cast.ana, by_prospect(card))
    assert list(drafted.proposals.values()) == ["a price", "by Friday"]


def test_a_step_without_a_template_is_drafted_from_hooks_last_touch_and_resource(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana, on=MONDAY, channel=Channel.EMAIL)
    hooks.add(db, cast.ben, by_prospect(card), "cares about SSO", NOW)
    resources.add(db, cast.ben, Offer("A checklist", "https://example.com/list"), NOW)
    drafted = drafting.draft(db, cast.ana, by_prospect(card))
    assert "What stayed from your side: SSO." in drafted.text
    assert "A checklist, https://example.com/list" in drafted.text
    assert [hook.text for hook in drafted.hooks] == ["cares about SSO"]
    assert drafted.remarks == ()
    hooks.use(db, cast.ana, drafted.hooks[0].id, NOW)
    assert "SSO" not in drafting.draft(db, cast.ana, by_prospect(card)).text


def test_the_day_of_the_last_talk_is_on_its_owners_calendar(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    touches.log(db, cast.ana, by_prospect(card), Made(Channel.CALL), NOW)
    prospects.edit(db, cast.ana, by_prospect(card), Details("Dana Li"), promises.Wish(MONDAY), NOW)
    assert "when we spoke on 20 November" in drafting.draft(db, cast.ana, by_prospect(card)).text.lower().replace(
        "november", "November"
    )


def test_only_who_works_on_it_drafts(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    assert drafting.draft(db, cast.cleo, by_step(card)).card.owner.id == cast.ana.member.id
    with pytest.raises(NotYours):
        drafting.draft(db, cast.ben, by_step(card))
    with pytest.raises(NotYours):
        drafting.finish(db, cast.ben, by_step(card), ASK, {}, NOW)
    for target in (by_step(card), by_prospect(card)):
        with pytest.raises(Gone):
            drafting.draft(db, cast.otto, target)
    with pytest.raises(Gone):
        drafting.draft(db, cast.ana, ByProspect(404))


def test_who_stands_in_drafts_and_logs_it(db: Database, cast: Cast) -> None:
    """Ben holds Ana's steps while she is away."""
    card = added(db, cast.ana, on=MONDAY, channel=Channel.EMAIL)
    hooks.add(db, cast.ana, by_prospect(card), "cares about SSO", NOW)
    leave.take(db, cast.ana, MONDAY, MONDAY + 4 * DAY, NOW, deputy_id=cast.ben.member.id)
    drafted = drafting.draft(db, cast.ben, by_prospect(card))
    assert drafted.text.endswith("\n\nBen")
    target = by_step(shown(db, cast.ben, card))
    done = drafting.finish(db, cast.ben, target, "Shall we look at SSO together?", {}, NOW)
    made = Made(sent=drafting.finished(db, cast.ben, done.draft_id))
    touches.log(db, cast.ben, target, made, NOW + HOUR)
    assert prospects.show(db, cast.ana, card.prospect.id).hooks[0].used_at == NOW + HOUR


def test_there_is_no_draft_for_who_is_closed_or_asked_to_stop(db: Database, cast: Cast) -> None:
    lost, stopped = added(db, cast.ana), added(db, cast.ana, "Sam Sample")
    verbs.lost(db, cast.ana, by_prospect(lost), NOW)
    verbs.stop_contact(db, cast.ana, by_prospect(stopped), NOW)
    with pytest.raises(Closed):
        drafting.draft(db, cast.ana, by_prospect(lost))
    with pytest.raises(DoNotContact):
        drafting.draft(db, cast.ana, by_prospect(stopped))


def test_an_old_draft_button_hears_what_happened_since(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    verbs.log(db, cast.ana, by_step(card), NOW)
    with pytest.raises(MovedOn):
        drafting.draft(db, cast.ana, by_step(card))
    with pytest.raises(MovedOn):
        drafting.finish(db, cast.ana, by_step(card), ASK, {}, NOW)


def test_every_empty_slot_is_named_at_once(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    before = everything(db)
    with pytest.raises(InvalidInput) as refused:
        drafting.finish(db, cast.ana, by_step(card), "[a] and [b] and [c]", {"b": "two", "c": "  "}, NOW)
    assert [each.field for each in (refused.value, *refused.value.also)] == ["a", "c"]
    with pytest.raises(InvalidInput):
        drafting.finish(db, cast.ana, by_step(card), "\0 ", {}, NOW)
    assert everything(db) == before


def test_a_finished_text_is_kept_for_who_wrote_it(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    done = drafting.finish(db, cast.ana, by_step(card), "About [x]: are you checking in?", {"x": "SSO"}, NOW)
    assert done.text == "About SSO: are you checking in?"
    assert [remark.flag for remark in done.remarks] == [Flag.CHECKING_IN]
    assert drafting.finished(db, cast.ana, done.draft_id) == done.text
    for actor in (cast.ben, cast.otto):
        with pytest.raises(Gone):
            drafting.finished(db, actor, done.draft_id)


def test_another_kind_of_draft_is_no_finished_text(db: Database, cast: Cast) -> None:
    number = questions.draft(db, cast.ana, "Dana Li, Acme", NOW)
    with pytest.raises(Gone):
        drafting.finished(db, cast.ana, number)


def test_a_link_that_was_sent_before_is_told_wherever_it_came_from(db: Database, cast: Cast) -> None:
    card = added(db, cast.ana)
    text = f"{ASK} https://example.com/own"
    touches.log(db, cast.ana, by_step(card), Made(Channel.EMAIL, sent=text), NOW)
    done = drafting.finish(db, cast.ana, by_prospect(card), text, {}, NOW + HOUR)
    assert [(each.flag, each.words) for each in done.remarks] == [(Flag.SENT_BEFORE, "https://example.com/own")]
