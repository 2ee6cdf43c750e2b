"""Blocks as the page draws them: every element, escaped, labelled, and ready to be sent back."""

from typing import Any

import pytest

from tests.page.drawing import Json, actions, asked, button, drawn, marked, option, plain, section

CONFIRM = {"title": plain("Sure?"), "text": marked("*Really*"), "confirm": plain("Do it"), "deny": plain("No")}
DAYS = [option("Monday", "mon"), option("Friday", "fri")]
HOSTILE = '"><script>alert(1)</script>'


def select(kind: str = "static_select", **more: Any) -> Json:
    chosen = {"options": DAYS} if "static" in kind else {}
    return {"type": kind, "action_id": "pick", "placeholder": plain("Pick one"), **chosen, **more}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"type": "header", "text": plain("3 & more")}, "<h3>3 &amp; more</h3>"),
        (section("*Dana*"), "<strong>Dana</strong>"),
        ({"type": "section", "fields": [marked("*A*"), plain("*B*")]}, '<div class="text">*B*</div>'),
        ({"type": "divider"}, "<hr>"),
        ({"type": "context", "elements": [marked("_small_")]}, "<em>small</em>"),
        ({"type": "markdown", "text": "**b**"}, "<strong>b</strong>"),
        ({"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart"}, 'alt="A chart"'),
        ({"type": "table", "rows": [[{"type": "raw_text", "text": "<a>"}]]}, '<th class="is-left">&lt;a&gt;</th>'),
        ({"type": "alert", "text": plain("Mind")}, ">Mind</div>"),
        ({"type": "plan", "title": "x"}, "does not draw “plan”"),
        (actions(button(style="primary")), 'class="button is-filled is-primary"'),
        (actions(button(style="danger")), "is-danger"),
        (actions(button(accessibility_label="Log a call with Dana")), 'aria-label="Log a call with Dana"'),
        (actions(button(url="https://example.com")), '<a class="button " href="https://example.com"'),
        (actions(button(url="javascript:alert(1)")), '<button type="button"'),
        (actions(button(confirm=CONFIRM)), 'value="confirm" autofocus>Do it</button>'),
        (actions(select()), '<option value="mon" >Monday</option>'),
        (actions(select(initial_option=DAYS[1])), '<option value="fri" selected>Friday</option>'),
        (actions(select("users_select", initial_user="UANA")), '<option value="UANA" selected>Ana</option>'),
        (actions({"type": "overflow", "action_id": "more", "options": DAYS}), 'role="menuitem"'),
        (actions({"type": "datepicker", "action_id": "on", "initial_date": "2026-11-30"}), 'value="2026-11-30"'),
        (actions({"type": "timepicker", "action_id": "at", "initial_time": "08:45"}), 'type="time" value="08:45"'),
        (
            asked({"type": "plain_text_input", "action_id": "t", "multiline": True, "initial_value": "x"}),
            ">x</textarea>",
        ),
        (asked({"type": "email_text_input", "action_id": "t"}), 'type="email"'),
        (asked({"type": "url_text_input", "action_id": "t"}), 'type="url"'),
        (asked({"type": "number_input", "action_id": "t", "is_decimal_allowed": True}), 'inputmode="decimal"'),
        (asked({"type": "radio_buttons", "action_id": "t", "options": DAYS}), 'role="radiogroup"'),
        (asked({"type": "checkboxes", "action_id": "t", "options": DAYS, "initial_options": DAYS[:1]}), "checked"),
        (asked(select("multi_static_select", initial_options=DAYS)), '<details class="multi"'),
        (asked(select(), optional=True), "(optional)"),
        (asked(select(), hint=plain("Think")), '<p class="hint">Think</p>'),
        (asked({"type": "plain_text_input", "action_id": "t"}, dispatch_action=True), 'data-dispatch="enter"'),
    ],
)
def test_a_block_is_drawn_with_what_it_says(block: Json, expected: str) -> None:
    assert expected in drawn(block)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": plain(HOSTILE)},
        section(HOSTILE, accessory=button(HOSTILE, HOSTILE, value=HOSTILE, accessibility_label=HOSTILE)),
        {"type": "context", "elements": [plain(HOSTILE)]},
        {"type": "image", "image_url": "https://example.com/" + HOSTILE, "alt_text": HOSTILE},
        actions(select(options=[option(HOSTILE, HOSTILE)], placeholder=plain(HOSTILE))),
        actions({"type": "overflow", "action_id": "o", "options": [option(HOSTILE, HOSTILE, url="javascript:x")]}),
        actions(button(confirm={key: plain(HOSTILE) for key in CONFIRM})),
        asked({"type": "plain_text_input", "action_id": "t", "initial_value": HOSTILE, "placeholder": plain(HOSTILE)}),
        asked(
            {"type": "plain_text_input", "action_id": "t", "initial_value": "</textarea>" + HOSTILE, "multiline": True}
        ),
        asked(select("multi_static_select", options=[option(HOSTILE, HOSTILE)]), hint=plain(HOSTILE)),
        {"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}]]},
        {"type": HOSTILE},
    ],
)
def test_hostile_words_stay_words_wherever_they_stand(block: Json) -> None:
    html = drawn(block, errors={"ask": HOSTILE})
    assert "<script" not in html
    assert "javascript:" not in html
    assert "alert(1)" in html.replace("&#34;", '"')


def test_a_control_carries_what_identifies_it() -> None:
    assert 'data-block="acts" data-action="go" data-type="button"' in drawn(actions(button()))


def test_what_a_person_chose_counts_more_than_the_initial_choice() -> None:
    state = {"acts": {"pick": {"type": "static_select", "selected_option": DAYS[0]}}}
    html = drawn(actions(select(initial_option=DAYS[1])), state=state)
    assert '<option value="mon" selected>' in html
    assert '<option value="fri" >' in html


def test_what_a_person_took_away_stays_away() -> None:
    state = {"ask": {"t": {"type": "plain_text_input", "value": None}}}
    assert "first" not in drawn(
        asked({"type": "plain_text_input", "action_id": "t", "initial_value": "first"}), state=state
    )


def test_an_error_stands_at_its_field() -> None:
    html = drawn(asked(select()), errors={"ask": "Too soon."})
    assert '<p class="error" role="alert">Too soon.</p>' in html
    assert "has-error" in html


def test_a_label_names_its_field() -> None:
    html = drawn(asked({"type": "plain_text_input", "action_id": "t"}))
    ident = html.partition('for="')[2].partition('"')[0]
    assert f'id="{ident}"' in html


def test_option_groups_keep_their_headings() -> None:
    groups = [{"label": plain("Open & near"), "options": DAYS[:1]}, {"label": plain("Far"), "options": DAYS[1:]}]
    html = drawn(asked({"type": "static_select", "action_id": "p", "option_groups": groups}))
    assert '<optgroup label="Open &amp; near">' in html


def test_a_moment_is_picked_in_the_readers_zone() -> None:
    html = drawn(asked({"type": "datetimepicker", "action_id": "m", "initial_date_time": 1795766400}))
    assert 'type="datetime-local" value="2026-11-27T08:00"' in html
