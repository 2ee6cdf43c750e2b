"""Every button has a line that can be typed in its place, or a reason why none is needed."""

import re
from pathlib import Path

import pytest

from bot.slack import commands, routes
from bot.slack.reading import grammar
from bot.views import ids
from tests.slack.corpus import NOW

LOG, SNOOZE, LOST = "log acme call voicemail", "snooze acme fri", "lost acme pricing"
TWINS = {
    ids.LOG: LOG, ids.OUTCOME: LOG, ids.FOCUS_LOG: LOG, ids.REPLIED: "replied acme",
    ids.INTERESTED: "replied acme interested", ids.QUESTION: "replied acme question", ids.AWAY: "ooo acme until 3 dec",
    ids.MOVE: "jump acme 3", ids.ALIGN: "align acme", ids.STOP_CONTACT: "stop acme", ids.REOPEN: "reopen acme",
    ids.REFERRAL: "cadence start acme referral", ids.SNOOZE: SNOOZE, ids.FOCUS_SNOOZE: SNOOZE,
    ids.WHY: "snooze acme fri waiting", ids.WHY_PARK: "park acme until march", ids.WHY_LOST: "lost acme unresponsive",
    ids.ONE_MORE: "edit acme, email tomorrow", ids.LOST_ANYWAY: "lost acme unresponsive anyway",
    ids.PARK: "park acme until march", ids.WON: "won acme 12k", ids.FOCUS_WON: "won acme 12k", ids.LOST: LOST,
    ids.FOCUS_LOST: LOST, ids.NOTE: "note acme wants SSO", ids.FOCUS_NOTE: "note acme wants SSO",
    ids.OTHER_DAY: "edit acme, call mon 30 nov",
    ids.DRAFT: "draft acme", ids.HOOK_USED: "hook acme used", ids.RESOURCE_DELETE: "resource delete sso",
    ids.OPEN: "show acme", ids.SHOW: "show acme", ids.EDIT: "edit acme", ids.PREFER: "edit acme prefers call",
    ids.TIMELINE: "show acme all", ids.TOUCH: "fix 2nd last acme call connected", ids.UNDO: "undo",
    ids.VIEW_SHOW: "view hot", ids.VIEW_SAVE: "view save hot stage:proposal", ids.SHORTHAND_TEACH:
    "shorthand AC = company Acme Corp", ids.SHORTHAND_FORGET: "shorthand delete AC",
    ids.CADENCE_SHOW: "cadence show nudge", ids.CADENCE_PREVIEW: "cadence preview nudge",
    ids.CADENCE_TEXT: "cadence show nudge yaml", ids.CADENCE_DELETE: "cadence delete fair leads",
    ids.CADENCE_FINISH: "cadence delete fair leads, finish", ids.CADENCE_STOP: "cadence delete fair leads, stop",
    ids.CADENCE_NEW: "cadence new Fair leads", ids.CADENCE_EDIT: "cadence edit nudge",
    ids.CADENCE_FORK: "cadence fork nudge", ids.CADENCE_START: "cadence start acme persistent",
    ids.RULE_REMOVE: "cadence rule remove 2", ids.FOCUS: "focus", ids.PAGE_NEXT: "today 2", ids.PAGE_BACK: "today",
    ids.IGNORED_REPLAN: "replan ignored", ids.IGNORED_PARK: "park ignored", ids.IGNORED_DROP: "drop ignored",
    ids.SETTINGS: "settings time 8:30", ids.PAUSE: "pause 2d", ids.RESUME: "resume", ids.SEND_NOW: "today send",
    ids.NUDGE_OFF: "settings nudge off", ids.RECAP_OFF: "settings recap off", ids.SAMPLES: "samples",
    ids.CALENDAR: "calendar", ids.DAY_REMOVE: "calendar remove 24 dec", ids.LEAVE_FORM: "away 1-14 aug",
    ids.LEAVE_BACK: "back", ids.LEAVE_CANCEL: "calendar remove 1 aug", ids.ZONE_YES: "settings zone Lisbon",
    ids.ZONE_NO: "settings zone Berlin", ids.ADD_FORM: "add", ids.ADD_AT: "add Dana Li, Acme, call 2026-12-04",
    ids.MERGE: "merge dana lee into dana li",
    ids.MERGE_AGAIN: "merge dana lee into dana li", ids.LEAVERS: "assign <@U0BEN> to <@U0SAM>",
    ids.COMPANY_PAUSE: "pause acme 2w", ids.COMPANY_PAUSE_UNTIL: "pause acme until 3 dec", ids.NUDGE: "nudge acme",
    ids.TAKE_OVER: "take acme", ids.TEAM_RETRY: "team mon 09:30", ids.HAND_OVER_YES: "assign acme <@U0BEN>",
    ids.HAND_OVER_NO: "keep acme", ids.HOME_OWNER: "find owner:me", ids.HOME_STAGE: "find stage:proposal",
    ids.RECAP: "note acme -- recap: wants SSO", ids.HOME_VIEW: "view hot", ids.HOME_TAB: "stalled",
}  # fmt: skip
WITHOUT = {
    "turns a page or goes back in what is open": {
        ids.FIND_MORE, ids.FOCUS_NEXT, ids.FOCUS_BACK, ids.FOCUS_STAY, ids.CADENCE_BACK, ids.HOME_NEXT, ids.HOME_BACK,
        ids.HOME_GOT_IT,
    },
    "opens a page of somebody else": {ids.LINK},
    "answers what was just asked": {ids.ADD_ANYWAY, ids.KEPT_FORM, ids.LEAVE_DEPUTY},
    "belongs to the welcome after a leave": {ids.WELCOME_DROP, ids.WELCOME_KEEP},
}  # fmt: skip
"""Why no line is needed; docs/commands.md says the same."""
BUTTONS = set(routes.ACTIONS) | set(routes.PREFIXED)
PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_every_button_has_a_twin_or_a_reason_for_none() -> None:
    without = set().union(*WITHOUT.values())
    assert TWINS.keys() & without == set()
    assert TWINS.keys() | without == BUTTONS


def test_every_action_that_a_view_may_draw_is_answered() -> None:
    """Every id that names a press, and not a form, a block or a surface, has its feature."""
    named = {value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)}
    presses = {value for value in named if re.fullmatch(r"[a-z_]+\.[a-z_]+(?:\.[a-z_]+)?\.?", value)}
    elsewhere = {value for value in presses if value.startswith(("form.", "shortcut.", "pick.", "step.more", "touch.e",
                                                                 "touch.d", "listed.news"))}  # fmt: skip
    assert presses - elsewhere <= BUTTONS


@pytest.mark.parametrize("line", sorted(set(TWINS.values())))
def test_every_twin_parses_and_is_obeyed(line: str) -> None:
    read = grammar.read(line, NOW)
    assert not isinstance(read, commands.Unknown | commands.Unreadable), read
    assert type(read) in routes.COMMANDS
    assert not isinstance(read, commands.Add) or read.capture.problems == ()


def test_the_page_says_which_buttons_have_no_twin() -> None:
    beginning = " ".join(PAGE.read_text().partition("|")[0].split())
    assert [reason for reason in WITHOUT if reason not in beginning] == []


PROPOSED = (
    "call acme no answer", "email acme sent the deck", "call Dana Li about the fair", "email acme -- the deck",
    "call acme", "all called", "all snooze fri", "linkedin acme liked", "text acme: hello there",
)  # fmt: skip


@pytest.mark.parametrize("line", PROPOSED)
def test_the_nearest_line_that_is_proposed_really_parses(line: str) -> None:
    unknown = grammar.read(line, NOW)
    assert isinstance(unknown, commands.Unknown)
    assert unknown.nearest is not None
    assert not isinstance(grammar.read(unknown.nearest, NOW), commands.Unknown | commands.Unreadable)
    assert "lift" not in unknown.nearest
