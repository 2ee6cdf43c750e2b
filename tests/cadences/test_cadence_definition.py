"""The text form of a cadence: round trips without loss, and what is wrong is said to the line."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadences import definition, templates, yaml_source
from cadences.definition import DefinitionError, dump, load, parse_delay, parse_tolerance
from cadences.delays import MAX_DELAY, MAX_TOLERANCE
from cadences.model import (
    DEFAULT_TOLERANCE,
    Cadence,
    Channel,
    Delay,
    DelayUnit,
    End,
    EndAction,
    FollowUpType,
    Purpose,
    StartsAfter,
    Step,
)

SAMPLE = """\
key: sample
name: Sample
description: Two steps
steps:
  - after: 24h
    channel: email
    type: thank-you
    purpose: thank
    template: |
      Hi {{ prospect.first_name }},
      thank you.
  - after: 3bd
    channel: call
    type: reminder
    purpose: propose meeting
end:
  action: nurture
  every: 30d
"""
PARSED = Cadence(
    key="sample",
    name="Sample",
    version=1,
    steps=(
        Step(
            Delay(24, DelayUnit.HOURS),
            Channel.EMAIL,
            FollowUpType.THANK_YOU,
            Purpose.THANK,
            "Hi {{ prospect.first_name }},\nthank you.\n",
        ),
        Step(Delay(3, DelayUnit.BUSINESS_DAYS), Channel.CALL, FollowUpType.REMINDER, Purpose.PROPOSE_MEETING),
    ),
    end=End(EndAction.NURTURE, Delay(30, DelayUnit.DAYS)),
    description="Two steps",
)
KNOWN = ", ".join(sorted(templates.KNOWN))
FILTERS = ", ".join(sorted(templates.ENVIRONMENT.filters))
CHANNELS = "use one of call, email, linkedin, sms, meeting, video, letter, other"
OCCASIONS = "use one of meeting, no-show, silence, reply, sale, check-in"
DAYS_ONLY = "is not a number of days; write 30d, in days; it counts back from the renewal"
PURPOSES = "use one of thank, answer objection, share value, ask feedback, propose meeting, close the loop"


def complaints(text: str) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as caught:
        load(text, "sample.yml")
    assert str(caught.value) == "\n".join(caught.value.messages)
    return caught.value.messages


def test_a_file_becomes_a_cadence() -> None:
    assert load(SAMPLE, "sample.yml") == PARSED
    assert load(SAMPLE, "sample.yml", version=7).version == 7


def test_case_and_the_sign_between_two_words_are_forgiven() -> None:
    forgiven = SAMPLE.replace("thank-you", "Thank_You").replace("propose meeting", "propose-meeting")
    assert load(forgiven.replace("channel: call", "channel: Call").replace("3bd", "3BD"), "sample.yml") == PARSED


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("channel: call", "channel: fax", f"line 13: step 2: unknown channel 'fax' ({CHANNELS})"),
        ("channel: call\n", "\n", f"line 12: step 2: channel is missing ({CHANNELS})"),
        ("channel: call", "channel:", f"line 13: step 2: channel must be text, not empty ({CHANNELS})"),
        ("channel: call", "channel: [call]", f"line 13: step 2: channel must be text, not a list ({CHANNELS})"),
        (
            "    channel: call\n",
            "    channel: call\n    temlate: Hi\n",
            "line 14: step 2: unknown field 'temlate' (did you mean template?)",
        ),
        (
            "    channel: call\n",
            "    channel: call\n    template: Hi {{ prospect.frist_name }}\n",
            "line 14: step 2: template: the template speaks of prospect.frist_name, which is not known; there are "
            + KNOWN,
        ),
        (
            "    channel: call\n",
            "    channel: call\n    template: Hi {{ prospect.name | upcaes }}\n",
            f"line 14: step 2: template: the template uses the filter upcaes; there are {FILTERS}",
        ),
        (
            "    channel: call\n",
            "    channel: call\n    template: Hi {% include 'x' %}\n",
            "line 14: step 2: template: the template can't be read: unexpected tag 'include'",
        ),
        (
            "    purpose: thank\n",
            "",
            f"line 5: step 1: purpose is missing ({PURPOSES})",
        ),
        (
            "type: reminder",
            "type: call",
            "line 14: step 2: unknown type 'call' (use one of thank-you, reminder, value, feedback, re-engagement)",
        ),
        (
            "after: 3bd",
            "after: 12:30",
            "line 12: step 2: after: '12:30' is not a delay; write 3d (days), 3bd (business days) or 24h (hours)",
        ),
        (
            "after: 3bd",
            "after: 3",
            "line 12: step 2: after: '3' is not a delay; write 3d (days), 3bd (business days) or 24h (hours)",
        ),
        (
            "  - after: 3bd\n    channel",
            "  - channel",
            "line 12: step 2: after is missing (write after: 3d, or before_renewal: 30d)",
        ),
        (
            "after: 3bd",
            "after: 3bd\n    before_renewal: 30d",
            "line 13: step 2: a step has after or before_renewal, not both",
        ),
        (
            "after: 3bd",
            "before_renewal: 3bd",
            f"line 12: step 2: before_renewal: '3bd' {DAYS_ONLY}",
        ),
        (
            "after: 3bd",
            "before_renewal: 731d",
            "line 12: step 2: before_renewal: '731d' is out of range, 1d to 730d",
        ),
        (
            "after: 3bd",
            "before_renewal: [30d]",
            f"line 12: step 2: before_renewal: '' {DAYS_ONLY}",
        ),
        ("after: 3bd", "after: 0d", "line 12: step 2: after: '0d' is out of range, 1d to 730d"),
        ("after: 3bd", "after: 9999h", "line 12: step 2: after: '9999h' is out of range, 1h to 720h"),
        ("action: nurture", "action: ask", "line 16: end: every belongs to nurture, not to ask"),
        ("action: nurture", "action: hope", "line 17: end: unknown action 'hope' (use one of nurture, ask, stop)"),
        ("  action: nurture\n", "", "line 16: end: action is missing (use one of nurture, ask, stop)"),
        ("end:\n  action: nurture\n  every: 30d\n", "", "line 1: end is missing"),
        (
            "end:\n  action: nurture\n  every: 30d\n",
            "end: ask\n",
            "line 16: end must be a block of fields, not the text 'ask'",
        ),
        (
            "name: Sample\n",
            "name: Sample\nstarts_after: lunch\n",
            f"line 3: unknown starts_after 'lunch' ({OCCASIONS})",
        ),
        (
            "name: Sample\n",
            "name: Sample\nstarts_after: [sale]\n",
            f"line 3: starts_after must be text, not a list ({OCCASIONS})",
        ),
        (
            "after: 3bd",
            "tolerance: 24h\n    after: 3bd",
            (
                "line 12: step 2: tolerance: '24h' is not a tolerance; "
                "write 1bd or 2d, 0d for a date that must hold, at most 10"
            ),
        ),
        ("name: Sample", "name: ' '", "line 2: name: one line of text is needed"),
        ("name: Sample", "name: ~", "line 2: name must be text, not empty"),
        ("name: Sample", f"name: {'x' * 81}", "line 2: name is too long, at most 80 characters"),
        ("name: Sample", 'name: "a\\0b"', "line 2: name: the character U+0000 is not allowed"),
        ("name: Sample", 'name: "\\ud800"', "line 2: name holds a character that is not allowed"),
        ("name: Sample", "name: Sample\nname: Twice", "line 3: name is given twice, first on line 2"),
        (
            "key: sample",
            "key: My Sample",
            "line 1: key: 'My Sample' is not a key; use small letters, digits and single hyphens",
        ),
        (
            "key: sample",
            "key: &a sample",
            "line 1: anchors and aliases (& and *) are not used here; write the value out",
        ),
        ("key: sample", "key: !!str sample", "line 1: tags (!) are not used here; write plain text"),
        ("key: sample", "? [a]\n: b\nkey: sample", "line 1: a field name must be text"),
        ("    channel: call", "\tchannel: call", "line 13: a tab can't indent here; use spaces"),
        ("every: 30d\n", "every: 30d\n---\nkey: b\n", "line 19: expected one cadence, found a second document"),
        ("name: Sample", "name: a\x07b", "line 2: the character U+0007 is not allowed"),
        (
            "name: Sample",
            "version: 2\nname: Sample",
            "line 2: unknown field 'version' (use key, name, description, starts_after, steps, end)",
        ),
    ],
)
def test_what_is_wrong_is_named_with_file_line_step_and_field(old: str, new: str, expected: str) -> None:
    assert old in SAMPLE
    assert complaints(SAMPLE.replace(old, new, 1)) == (f"sample.yml, {expected}",)


def test_every_mistake_is_told_at_once_in_the_order_of_the_file() -> None:
    wrong = SAMPLE.replace("email", "fax").replace("reminder", "hope").replace("30d", "soon")
    lines = [int(message.split("line ")[1].split(":")[0]) for message in complaints(wrong)]
    assert lines == [6, 14, 18]


def test_no_more_than_twenty_reasons_are_told_at_once() -> None:
    assert len(complaints("a: &b c\n" * 400)) == 20


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "~", "- a\n- b", "just words", "12:30"])
def test_a_text_that_is_no_block_of_fields_is_refused_in_words(text: str) -> None:
    (message,) = complaints(text)
    assert message.startswith("sample.yml, line 1: the cadence must be a block of fields, not ")


@pytest.mark.parametrize("text", ["steps: []", "steps: {}", "steps: none"])
def test_a_cadence_without_steps_is_refused(text: str) -> None:
    assert any("steps" in message and "missing" not in message for message in complaints(text))


def test_at_most_thirty_steps_fit() -> None:
    step = "  - {after: 3d, channel: email, type: value, purpose: share value}\n"
    text = "key: long\nname: Long\nsteps:\n{}end: {{action: stop}}\n"
    assert len(load(text.format(step * 30), "sample.yml").steps) == 30
    assert complaints(text.format(step * 31)) == ("sample.yml, line 3: steps: 31 are too many, at most 30",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x" * (yaml_source.MAX_CHARS + 1), "line 1: the file is larger than 150,000 characters"),
        ("[" * 100_000, "line 1: nested deeper than 8 levels"),
        ("- " * 50_000, "line 1: nested deeper than 8 levels"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]", "line 1: anchors and aliases"),
        ("a: b\n" * 5_000, "line 1000: more than 2,000 entries"),
        ("!!python/object/apply:os.getcwd []", "line 1: tags (!) are not used here"),
        ("<<: *base", "line 1: anchors and aliases"),
        ("a: 'open", "line 1: this is not valid YAML: found unexpected end of stream"),
        ("a: 1\n b: 2", "line 2: this is not valid YAML: mapping values are not allowed here"),
    ],
)
def test_hostile_texts_are_refused_before_they_cost_anything(text: str, expected: str) -> None:
    assert complaints(text)[0].startswith(f"sample.yml, {expected}")


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("3d", Delay(3, DelayUnit.DAYS)),
        (" 3BD ", Delay(3, DelayUnit.BUSINESS_DAYS)),
        ("24h", Delay(24, DelayUnit.HOURS)),
        ("730d", Delay(730, DelayUnit.DAYS)),
    ],
)
def test_delays_are_read_as_typed(text: str, delay: Delay) -> None:
    assert parse_delay(text) == delay
    assert parse_delay(str(delay)) == delay


@pytest.mark.parametrize(
    "text", ["", "d", "3", "3w", "-3d", "1.5d", "3 days", "٣d", "3d 4d", "731d", "0h", "99999d", "3d\n4d"]
)
def test_what_is_no_delay_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a delay|out of range"):
        parse_delay(text)


Mutation = Callable[[list[str], int], list[str]]


def swap_value(value: str) -> Mutation:
    """Puts another value behind the field of a line."""
    return lambda lines, i: [*lines[:i], re.sub(r":.*", f": {value}", lines[i]), *lines[i + 1 :]]


MUTATIONS: dict[str, Mutation] = {
    "dropped": lambda lines, i: lines[:i] + lines[i + 1 :],
    "doubled": lambda lines, i: lines[: i + 1] + lines[i:],
    "swapped with the next": lambda lines, i: lines[:i] + lines[i : i + 2][::-1] + lines[i + 2 :],
    "indented": lambda lines, i: [*lines[:i], " " + lines[i], *lines[i + 1 :]],
    "outdented": lambda lines, i: [*lines[:i], lines[i].lstrip(), *lines[i + 1 :]],
    "indented by a tab": lambda lines, i: [*lines[:i], "\t" + lines[i].lstrip(), *lines[i + 1 :]],
    "cut off": lambda lines, i: [*lines[:i], lines[i][: len(lines[i]) // 2]],
    "without its colon": lambda lines, i: [*lines[:i], lines[i].replace(":", ""), *lines[i + 1 :]],
    "without its dash": lambda lines, i: [*lines[:i], lines[i].replace("-", "", 1), *lines[i + 1 :]],
    "upper case": lambda lines, i: [*lines[:i], lines[i].upper(), *lines[i + 1 :]],
    "emptied": swap_value(""),
    "a number": swap_value("12:30"),
    "a list": swap_value("[a, {b: c}]"),
    "a mapping": swap_value("{a: b}"),
    "an open quote": swap_value('"open'),
    "a brace": swap_value("}"),
    "a null": swap_value("~"),
    "an alias": swap_value("*x"),
    "an unprintable": swap_value("a\x08b"),
}


def reasons(text: str) -> tuple[str, ...]:
    """Why the text is no cadence; empty when it is one, which then survives being written and read."""
    try:
        cadence = load(text, "sample.yml")
    except DefinitionError as error:
        return error.messages or ("",)
    assert load(dump(cadence), "sample.yml") == cadence
    return ()


def loads_or_points(text: str) -> bool:
    """True when the text is a cadence; false when it is refused with a line of its own in every message."""
    found = reasons(text)
    for message in found:
        pointed = re.match(r"sample\.yml, line (\d+): \S", message)
        assert pointed, message
        assert 1 <= int(pointed[1]) <= len(text.splitlines()) + 1
        assert "\n" not in message
    return not found


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_damaged_file_is_pointed_at_or_still_a_cadence(name: str) -> None:
    lines = SAMPLE.splitlines()
    damaged = ["\n".join(MUTATIONS[name](lines, i)) for i in range(len(lines))]
    verdicts = [loads_or_points(text) for text in damaged]
    assert not all(verdicts)


def test_the_damage_comes_in_more_than_two_hundred_forms() -> None:
    lines = SAMPLE.splitlines()
    forms = {"\n".join(mutate(lines, i)) for mutate in MUTATIONS.values() for i in range(len(lines))} - {SAMPLE.strip()}
    assert len(forms) > 200


@given(st.integers(0, len(SAMPLE)), st.integers(0, 12), st.text(max_size=6))
def test_any_edit_is_pointed_at_or_still_a_cadence(place: int, length: int, typed: str) -> None:
    loads_or_points(SAMPLE[:place] + typed + SAMPLE[place + length :])


@given(st.text(max_size=80))
def test_any_text_is_refused_without_a_traceback(text: str) -> None:
    assert not loads_or_points(text)


readable = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
names = st.text(readable, min_size=1, max_size=definition.MAX_NAME).filter(lambda text: text == text.strip() != "")
texts = st.text(readable | st.sampled_from("\n\t:#-'\"{}|> "), max_size=200)
delays = st.sampled_from(DelayUnit).flatmap(
    lambda unit: st.builds(Delay, st.integers(1, MAX_DELAY[unit]), st.just(unit))
)
tolerances = st.builds(Delay, st.integers(0, MAX_TOLERANCE), st.sampled_from([DelayUnit.DAYS, DelayUnit.BUSINESS_DAYS]))
steps = st.builds(
    Step,
    delays,
    st.sampled_from(Channel),
    st.sampled_from(FollowUpType),
    st.sampled_from(Purpose),
    texts,
    st.none() | tolerances,
    light=st.booleans(),
) | st.builds(
    Step,
    st.builds(Delay, st.integers(1, MAX_DELAY[DelayUnit.DAYS]), st.just(DelayUnit.DAYS)),
    st.sampled_from(Channel),
    st.sampled_from(FollowUpType),
    st.sampled_from(Purpose),
    before_renewal=st.just(True),
)
ends = st.builds(End, st.just(EndAction.NURTURE), st.none() | delays) | st.builds(End, st.sampled_from(EndAction))
any_cadence = st.builds(
    Cadence,
    st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True),
    names,
    st.integers(1, 99),
    st.lists(steps, min_size=1, max_size=5).map(tuple),
    ends,
    texts,
    st.none() | st.sampled_from(StartsAfter),
)


@given(any_cadence)
def test_a_cadence_comes_back_from_its_text_unchanged(cadence: Cadence) -> None:
    text = dump(cadence)
    assert load(text, "sample.yml", version=cadence.version) == cadence
    assert dump(load(text, "sample.yml")) == text


def test_a_step_before_the_renewal_is_read_and_written() -> None:
    text = SAMPLE.replace("after: 3bd", "before_renewal: 30D")
    cadence = load(text, "sample.yml")
    assert (cadence.steps[1].before_renewal, str(cadence.steps[1].delay)) == (True, "30d")
    assert not cadence.steps[0].before_renewal
    assert "- before_renewal: 30d\n" in dump(cadence)
    assert load(dump(cadence), "sample.yml") == cadence


def test_an_after_that_is_wrong_is_told_once() -> None:
    (told,) = complaints(SAMPLE.replace("after: 3bd", "after: soon"))
    assert "'soon' is not a delay" in told
    (told,) = complaints(SAMPLE.replace("after: 3bd", "after: soon\n    before_renewal: 30d"))
    assert "'soon' is not a delay" in told


def test_what_a_cadence_follows_and_how_far_a_step_may_move_are_read() -> None:
    text = SAMPLE.replace("steps:", "starts_after: No show\nsteps:")
    text = text.replace("after: 3bd", "tolerance: 2BD\n    after: 3bd")
    cadence = load(text, "sample.yml")
    assert cadence.starts_after is StartsAfter.NO_SHOW
    assert [str(step.window) for step in cadence.steps] == [str(DEFAULT_TOLERANCE), "2bd"]


def test_a_tolerance_that_is_not_said_is_not_written_either() -> None:
    assert "tolerance" not in dump(PARSED)
    assert "starts_after" not in dump(PARSED)


@pytest.mark.parametrize("text", ["", "1", "1h", "11d", "-1d", "1.5d", "bd", "1 bd"])
def test_what_is_no_tolerance_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a tolerance"):
        parse_tolerance(text)


def test_a_date_that_must_hold_has_no_tolerance_at_all() -> None:
    assert parse_tolerance("0d") == Delay(0, DelayUnit.DAYS)


def test_a_text_of_several_lines_stays_readable() -> None:
    assert "  template: |\n    Hi {{ prospect.first_name }},\n    thank you.\n" in dump(PARSED)
