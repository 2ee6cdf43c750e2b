"""A draft: what it is made of, what is left open, and what speaks against one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies

from cadences import draft_rules, drafts, library
from cadences.draft_rules import WORDS_AT_MOST, Flag, Remark, judged
from cadences.drafts import Gift, Material
from cadences.model import Channel, FollowUpType, Purpose, Step

ACME = Material(
    name="Dana Li",
    owner="Ana",
    channel=Channel.EMAIL,
    type=FollowUpType.VALUE,
    purpose=Purpose.SHARE_VALUE,
    company="Acme",
    last_channel=Channel.MEETING,
    last_on=date(2026, 11, 17),
    hooks=("cares about SSO",),
    gift=Gift("SSO in two weeks", "https://example.com/sso"),
)
BARE = Material("Dana Li", "Ana", Channel.EMAIL, FollowUpType.REMINDER, Purpose.PROPOSE_MEETING)
ASKED = "Does that help you?"
WORDS = strategies.text(alphabet="abcdefgh ", min_size=1, max_size=400)
MATERIALS = strategies.builds(
    Material,
    name=WORDS,
    owner=WORDS,
    channel=strategies.sampled_from(Channel),
    type=strategies.sampled_from(FollowUpType),
    purpose=strategies.sampled_from(Purpose),
    company=strategies.none() | WORDS,
    last_channel=strategies.none() | strategies.sampled_from(Channel),
    last_on=strategies.none() | strategies.just(date(2026, 11, 17)),
    hooks=strategies.lists(WORDS, max_size=3).map(tuple),
    points=strategies.lists(WORDS, max_size=5).map(tuple),
    gift=strategies.none() | strategies.builds(Gift, WORDS, strategies.just("https://example.com/sso")),
)


def test_a_draft_is_a_reference_something_of_value_and_one_ask() -> None:
    assert drafts.composed(ACME) == (
        "Hi Dana,\n\n"
        "What stayed from your side: SSO.\n"
        "This may help you, whatever you decide: SSO in two weeks, https://example.com/sso\n\n"
        "Would 15 minutes on what it means for Acme help you this week?\n\n"
        "Ana"
    )


def test_what_nobody_knows_is_left_open() -> None:
    assert drafts.slots(drafts.composed(BARE)) == (
        "what you noticed about your team",
        "checklist, example or number",
        "first time",
        "second time",
    )


THANKS = replace(ACME, type=FollowUpType.THANK_YOU, purpose=Purpose.THANK)


def test_every_sentence_begins_with_a_capital() -> None:
    assert drafts.composed(THANKS).startswith(
        "Hi Dana,\n\nThank you for your time on 17 November. What stayed from your side: SSO.\nThis may"
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hi {{ prospect.first_name }},\n\nthank you. And:", "Hi {{ prospect.first_name }},\n\nThank you. And:"),
        ("Hi {{ prospect.first_name }},\n\n[their problem]: x", "Hi {{ prospect.first_name }},\n\n[their problem]: x"),
        (
            "Hi {{ prospect.first_name }},\n\nhttps://example.com",
            "Hi {{ prospect.first_name }},\n\nhttps://example.com",
        ),
        ("say who you are\n\nthen ask", "say who you are\n\nthen ask"),
    ],
)
def test_a_letter_goes_on_behind_its_greeting_with_a_capital_and_is_left_alone_else(template: str, text: str) -> None:
    assert drafts.opened(template) == text


@given(MATERIALS)
def test_no_draft_is_too_long_or_asks_nothing_or_checks_in(material: Material) -> None:
    flags = {remark.flag for remark in judged(drafts.composed(material))}
    assert flags & {Flag.TOO_LONG, Flag.NO_ASK, Flag.CHECKING_IN} == set()


@given(MATERIALS)
def test_the_same_facts_give_the_same_text(material: Material) -> None:
    assert drafts.written(material) == drafts.written(material)
    assert drafts.composed(material).count("?") >= 1


@pytest.mark.parametrize("purpose", Purpose)
def test_a_draft_speaks_more_of_them_than_of_us(purpose: Purpose) -> None:
    material = Material("Dana Li", "Ana", Channel.EMAIL, FollowUpType.REMINDER, purpose, hooks=("SSO",))
    assert judged(drafts.composed(material)) == ()


def test_a_call_is_what_to_say() -> None:
    call = Material("Dana Li", "Ana", Channel.CALL, FollowUpType.FEEDBACK, Purpose.ASK_FEEDBACK, hooks=("wants SSO",))
    assert drafts.composed(call).splitlines() == [
        "Open with: “What stayed from your side: SSO.”",
        "Offer: One thing that helps you, whatever you decide: [checklist, example or number].",
        "Ask: “What in it does not fit you yet?”",
    ]


@pytest.mark.parametrize("step", [step for cadence in library.all() for step in cadence.steps if step.template])
def test_every_template_that_comes_with_the_program_keeps_its_own_rules(step: Step) -> None:
    text, trouble = drafts.written(ACME, step.template)
    assert trouble == ""
    assert "{{" not in text
    assert judged(text) == ()


def test_a_template_may_use_everything_that_is_known() -> None:
    template = (
        "{{ prospect.first_name }} {{ prospect.company | upcase }} {{ prospect.role }} {{ owner.name }} "
        "{{ last_touch.on }} {{ hook }} {{ hooks | join: '/' }} {% for point in recap %}<{{ point }}>{% endfor %} "
        "{{ resource.url }}"
    )
    assert drafts.written(ACME, template) == (
        "Dana ACME [their role] Ana 17 November SSO SSO  https://example.com/sso",
        "",
    )


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{{ prospect.salary }}", "prospect.salary is undefined"),
        ("{{ prospect.__class__ }}", "prospect.__class__ is undefined"),
        ("{{ 'x", "expected '}}', found end of file"),
        ("{% include 'etc' %}", "unexpected tag 'include'"),
        ("{{ 'a' | date: '%Y' }}", "unknown filter 'date'"),
        ("{% for i in (1..1000000000) %}x{% endfor %}", "loop iteration limit reached"),
        (
            "{% assign x = 'a' %}{% for i in (1..90) %}{% assign x = x | append: x %}{% endfor %}{{ x }}",
            "local namespace limit reached",
        ),
    ],
)
def test_a_template_that_can_not_be_used_makes_a_plain_draft_and_says_why(template: str, why: str) -> None:
    text, trouble = drafts.written(ACME, template)
    assert (text, trouble) == (drafts.composed(ACME), why)


def test_a_template_can_not_fill_the_memory() -> None:
    text, _ = drafts.written(ACME, "{{ (1..9999999999) | join }}")
    assert len(text) < 1_000


def test_what_a_prospect_is_called_is_never_read_as_a_template() -> None:
    evil = Material("{{ owner.name }} x", "Ana", Channel.EMAIL, FollowUpType.VALUE, Purpose.SHARE_VALUE)
    assert drafts.written(evil, "Hi {{ prospect.name }}")[0] == "Hi {{ owner.name }} x"


def test_slots_are_filled_wherever_they_stand_and_a_link_is_none() -> None:
    text = "About [their problem]: [link]. Again [their problem]. See [here](https://example.com)."
    assert drafts.slots(text) == ("their problem", "link")
    assert drafts.filled(text, {"their problem": "SSO [beta]", "link": " "}) == (
        "About SSO [beta]: [link]. Again SSO [beta]. See [here](https://example.com).",
        ("beta", "link"),
    )


def test_recap_points_go_into_the_thank_you_one_by_one() -> None:
    thanks = Material(
        "Dana Li", "Ana", Channel.EMAIL, FollowUpType.THANK_YOU, Purpose.THANK, points=("a price", "by Friday")
    )
    wanted = ("the problem, in their words", "what they want", "what we agreed", "time")
    assert drafts.proposals(wanted, thanks) == {wanted[0]: "a price", wanted[1]: "by Friday"}


def test_a_slot_written_into_a_slot_is_missing_still() -> None:
    assert drafts.filled("Hi [a], [b]", {"a": "[a]", "b": "see [c]"}) == ("Hi [a], see [c]", ("a", "c"))


@given(MATERIALS)
def test_every_gap_of_a_draft_is_a_slot_however_long_the_company_is_called(material: Material) -> None:
    assert "[" not in drafts.SLOT.sub("", drafts.composed(material))


def test_a_hook_and_a_resource_are_proposed_where_a_slot_asks_for_them() -> None:
    assert drafts.proposals(("their problem", "link or two sentences", "time"), ACME) == {
        "their problem": "SSO",
        "link or two sentences": "SSO in two weeks, https://example.com/sso",
    }


@pytest.mark.parametrize(
    ("hook", "topic"),
    [
        ("cares about SSO", "SSO"),
        ("She wants a demo for the board.", "a demo for the board"),
        ("braucht SSO bis März", "SSO bis März"),
        ("SSO", "SSO"),
        ("wants", "wants"),
    ],
)
def test_a_hook_is_about_something(hook: str, topic: str) -> None:
    assert drafts.topic(hook) == topic
    assert drafts.mentions(f"You asked for {topic}, so here it is.", hook)
    assert not drafts.mentions("SSOS in general", "cares about SSO")


@pytest.mark.parametrize(
    "phrase",
    [
        "I’m just checking in",
        "Touching base on this",
        "I wanted to follow up",
        "circling back",
        "Any updates on this",
        "bumping this",
        "Did you get a chance to look",
    ],
)
def test_just_checking_in_and_its_relatives_are_named(phrase: str) -> None:
    assert Flag.CHECKING_IN in {remark.flag for remark in judged(f"{phrase}. {ASKED}")}


@pytest.mark.parametrize(
    "text",
    [ASKED, "The check came in on Friday. Does it help you?", "The base price for you?"],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert judged(text) == ()


@pytest.mark.parametrize(
    "text",
    ["Your price is 12.", "You can see https://example.com/?page=2", "Ihr Preis ist 12.", "Your answers help you."],
)
def test_a_text_that_asks_nothing_is_told(text: str) -> None:
    assert judged(text) == (Remark(Flag.NO_ASK),)


@pytest.mark.parametrize(
    "text", ["Tell me which day suits you.", "Let’s meet at your office.", "Lassen Sie uns reden.", "Wählen Sie eins."]
)
def test_a_proposal_is_an_ask_too(text: str) -> None:
    assert Flag.NO_ASK not in {remark.flag for remark in judged(text)}


def test_more_of_us_than_of_them_is_counted() -> None:
    assert judged("We are proud of our product and I love the US. You?") == (Remark(Flag.ABOUT_US, counts=(3, 1)),)
    assert judged("Wir haben unser Produkt für Sie, und Sie?") == ()


def test_what_an_open_slot_asks_for_is_not_counted_as_said() -> None:
    assert judged("You wanted this: [what we agreed: who of us does what, my part, our part]. Still so?") == ()
    thanks = next(step for cadence in library.all() for step in cadence.steps if cadence.key == "post-meeting")
    assert judged(thanks.template or "") == ()


def test_too_many_words_are_counted() -> None:
    assert judged("you " * WORDS_AT_MOST + "?") == ()
    assert judged("you " * (WORDS_AT_MOST + 1) + "?") == (Remark(Flag.TOO_LONG, counts=(121, 120)),)


@pytest.mark.parametrize(
    "link", ["https://example.com/sso", "http://www.example.com/SSO/", "https://example.com/sso#a"]
)
def test_a_link_they_had_is_told_however_it_is_written(link: str) -> None:
    assert judged(f"{ASKED} {link}", ["https://example.com/sso"]) == (Remark(Flag.SENT_BEFORE, link),)
    assert judged(f"{ASKED} {link}", ["https://example.com/sso/more"]) == ()


def test_every_flag_can_be_raised() -> None:
    text = f"I am checking in on our offer {'x ' * 130} https://example.com/sso"
    assert {remark.flag for remark in judged(text, ["https://example.com/sso"])} == set(Flag)
    assert draft_rules.count_words("- one https://example.com/two two") == 2
