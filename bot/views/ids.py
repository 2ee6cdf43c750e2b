"""The one vocabulary of action, block and callback ids, in both directions."""

import hashlib

from cadences.model import FollowUpType

COMMAND = "/followup"

# A prospect's row or card: each button's value is the number of the step it stands for.
LOG = "step.log"
SNOOZE = "step.snooze"
WON = "step.won"
LOST = "step.lost"
MORE = "step.more"
REPLIED = "step.replied"
NOTE = "step.note"
PARK = "step.park"
OPEN = "step.open"
AWAY = "step.away"
MOVE = "step.move"
ALIGN = "step.align"
STOP_CONTACT = "step.stop_contact"
# The other of two days for a step that was named for a day off: the date follows the last dot.
OTHER_DAY = "step.other_day."
INTERESTED = "reply.interested"
QUESTION = "reply.question"
EDIT = "prospect.edit"
RECAP = "prospect.recap"
REOPEN = "prospect.reopen"
REFERRAL = "prospect.referral"
# The channel they prefer follows the last dot.
PREFER = "prospect.prefer."
SHOW = "prospect.show"
# More of what a search found: the page follows the last dot, the value is the draft that keeps the line.
FIND_MORE = "find.more."
# A saved view: the value is its key; what is about to be saved: the draft that keeps the line.
VIEW_SHOW = "view.show"
VIEW_SAVE = "view.save"
# A shorthand that a correction taught: the value is the edit's number; one to forget: its key.
SHORTHAND_TEACH = "shorthand.teach"
SHORTHAND_FORGET = "shorthand.forget"
TIMELINE = "prospect.timeline"

# A draft of what is next: the value is the step. A hook and a resource: the value is its number.
DRAFT = "step.draft"
HOOK_USED = "hook.used"
RESOURCE_DELETE = "resource.delete"
LINK = "link."
"""A button that opens an address: Slack tells us of the press too; what it opens follows the last dot."""

# A change: the value is its number.
UNDO = "change.undo"

# Working the list: the outcome follows the last dot; the others' value is the step of the card.
FOCUS = "focus.open"
FOCUS_LOG = "focus.log."
FOCUS_NEXT = "focus.next"
FOCUS_BACK = "focus.back"
FOCUS_SNOOZE = "focus.snooze"
FOCUS_NOTE = "focus.note"
FOCUS_WON = "focus.won"
FOCUS_LOST = "focus.lost"
FOCUS_STAY = "focus.stay"
FOCUS_BLOCK = "focus_moves."
FOCUS_TYPED = "focus_note."
FORM_FOCUS = "form.focus"
FORM_FOCUS_WON = "form.focus_won"

# The log form's outcome buttons; the outcome follows the last dot.
OUTCOME = "log.outcome."

# A cadence: the value is its key, with _ for its hyphens.
CADENCE_SHOW = "cadence.show"
CADENCE_PREVIEW = "cadence.preview"
CADENCE_TEXT = "cadence.text"
CADENCE_EDIT = "cadence.edit"
CADENCE_FORK = "cadence.fork"
CADENCE_DELETE = "cadence.delete"
CADENCE_FINISH = "cadence.finish"
CADENCE_STOP = "cadence.stop"
CADENCE_NEW = "cadence.new"
# A draft of a cadence: the value is its number.
CADENCE_BACK = "cadence.back"
# A suggested cadence: its key follows the last dot, the value is the prospect.
CADENCE_START = "cadence.start."
# A rule: the value is its number.
RULE_REMOVE = "rule.remove"

# The digest.
PAGE_NEXT = "digest.next"
PAGE_BACK = "digest.back"
SETTINGS = "digest.settings"
PAUSE = "digest.pause"
RESUME = "digest.resume"
IGNORED_REPLAN = "ignored.replan"
IGNORED_PARK = "ignored.park"
IGNORED_DROP = "ignored.drop"

# Prospects of who left.
LEAVERS = "leavers.assign"

# The others at a company: the value is the prospect who answered.
COMPANY_PAUSE = "company.pause"
COMPANY_PAUSE_UNTIL = "company.pause_until"

# An add that asked something first: the value is the draft's number.
ADD_AT = "add.at."
ADD_ANYWAY = "add.anyway"
ADD_FORM = "add.form"
# Who is known already, and the draft: 12.34.
MERGE = "add.merge"
# A merge that was made: the value is its change.
MERGE_AGAIN = "change.merge"

# The team digest.
NUDGE = "team.nudge"
TAKE_OVER = "team.take_over"
TEAM_RETRY = "team.retry"

SEND_NOW = "digest.send_now"
NUDGE_OFF = "nudge.off"
RECAP_OFF = "recap.off"
SAMPLES = "welcome.samples"

# Days and leave: a button of one day or leave carries its date; the level follows the last dot.
CALENDAR = "calendar.show"
DAY_REMOVE = "calendar.remove."
LEAVE_FORM = "leave.form"
LEAVE_BACK = "leave.back"
LEAVE_CANCEL = "leave.cancel"
LEAVE_DEPUTY = "leave.deputy"

# The welcome after a leave: the value is the digest's number.
WELCOME_DROP = "welcome.drop"
WELCOME_KEEP = "welcome.keep"

# The question whether the digest follows its reader to another zone: the value is the delivery's number.
ZONE_YES = "zone.yes"
ZONE_NO = "zone.no"

# The question to an owner: the value is the delivery's number.
HAND_OVER_YES = "handover.yes"
HAND_OVER_NO = "handover.no"

# A form that did not open: the value is the draft that keeps it.
KEPT_FORM = "kept.form"

# Forms, by callback id.
FORM_ADD = "form.add"
FORM_EDIT = "form.edit"
FORM_LOG = "form.log"
FORM_DRAFT = "form.draft"
FORM_SNOOZE = "form.snooze"
FORM_WON = "form.won"
FORM_LOST = "form.lost"
FORM_NOTE = "form.note"
FORM_PARK = "form.park"
FORM_SETTINGS = "form.settings"
FORM_PAUSE = "form.pause"
FORM_LEAVE = "form.leave"
FORM_DEPUTY = "form.deputy"
FORM_MOVE = "form.move"
FORM_AWAY = "form.away"
FORM_RECAP = "form.recap"
FORM_CADENCE = "form.cadence"
FORM_CADENCE_SAVE = "form.cadence_save"
FORM_CADENCE_TEXT = "form.cadence_text"
FORM_LEAVERS = "form.leavers"
FORM_MERGE = "form.merge"
FORM_MERGE_AGAIN = "form.merge_again"
FORM_MERGE_KEPT = "form.merge_kept"
FORM_VIEW = "form.view"
HOME = "home"
FORM_QUICK_NOTE = "form.quick_note"

# App Home: the tab follows the last dot; a page button's value is the page.
HOME_TAB = "home.tab."
HOME_NEXT = "home.next"
HOME_BACK = "home.back"
HOME_OWNER = "home.owner"
HOME_STAGE = "home.stage"
HOME_VIEW = "home.view"
HOME_GOT_IT = "home.got_it"

# Shortcuts, by callback id, and the menu in a form that is filled while somebody types.
SHORTCUT_FOLLOW_UP = "shortcut.follow_up"
SHORTCUT_NOTE = "shortcut.note"
SHORTCUT_ADD = "shortcut.add"
PICK_PROSPECT = "pick.prospect"

# Why something is put off again: the answer follows the last dot, the value is the draft that keeps what was wanted.
WHY = "why."
WHY_PARK = "why_park."
WHY_LOST = "why_lost"
WHY_BLOCK = "asked."

# Given up as silent: one more try, or lost anyway; the value is the draft that keeps what was wanted.
ONE_MORE = "give_up.one_more"
LOST_ANYWAY = "give_up.lost"

# A touch of the timeline, by its block: what is to be done with it is the option's value.
TOUCH = "touch.more"
TOUCH_EDIT = "touch.edit"
TOUCH_DELETE = "touch.delete"
TOUCH_BLOCK = "touch."
FORM_TOUCH = "form.touch"
# A channel of the team's own as an option: the number of a touch made on it follows the last dot.
OWN_CHANNEL = "own."

STEP_BLOCK = "step."
LIST_BLOCK = "listed."
LIST_NEWS = "listed.news"
ASIDE_BLOCK = "aside."
PICK_DATE = "pick"


def step_block(step_id: int, *, listed: bool = False) -> str:
    """The block that holds a step's buttons; menus in it say with it which step they mean.

    ``listed``: it stands in a list that only its reader sees and that is drawn again after each press.
    """
    return f"{LIST_BLOCK if listed else STEP_BLOCK}{step_id}"


def step_of(block_id: str) -> int | None:
    """The step a block belongs to, or None when it is no step's block."""
    kind, _, number = block_id.partition(".")
    return int(number) if f"{kind}." in {STEP_BLOCK, LIST_BLOCK, ASIDE_BLOCK} and number.isdecimal() else None


def why_block(draft_id: int) -> str:
    """The block of a question why; a menu in it says with it which draft it means, and the message around it stays."""
    return f"{WHY_BLOCK}{draft_id}"


def draft_of(block_id: str) -> int:
    """The draft that a block asks about, 0 when it asks nothing."""
    number = block_id.removeprefix(WHY_BLOCK)
    return int(number) if block_id.startswith(WHY_BLOCK) and number.isdecimal() else 0


def touch_block(touch_id: int) -> str:
    """The line of a touch, whose menu means that touch."""
    return f"{TOUCH_BLOCK}{touch_id}"


def touch_of(block_id: str) -> int:
    """The touch that a block shows, 0 when it shows none."""
    number = block_id.removeprefix(TOUCH_BLOCK)
    return int(number) if block_id.startswith(TOUCH_BLOCK) and number.isdecimal() else 0


def aside_block(step_id: int) -> str:
    """The block of one step among several in an answer: pressing it is answered below, and the others stay."""
    return f"{ASIDE_BLOCK}{step_id}"


def is_aside(block_id: str) -> bool:
    """True for a block whose message stays as it is."""
    return block_id.startswith(ASIDE_BLOCK)


def is_listed(block_id: str) -> bool:
    """True for a block of the list that is drawn again."""
    return block_id.startswith(LIST_BLOCK)


def cadence_word(key: str) -> str:
    """A cadence's key as a button carries it."""
    return key.replace("-", "_")


def cadence_key(word: str) -> str:
    """The key of the cadence a button names."""
    return word.replace("_", "-")


def type_word(kind: FollowUpType) -> str:
    """A kind of follow-up as an option carries it."""
    return kind.value.replace("-", "_")


def type_of(word: str) -> FollowUpType:
    """The kind of follow-up that an option names."""
    return FollowUpType(word.replace("_", "-"))


def view_word(key: str) -> str:
    """A saved view's or a shorthand's key as a button carries it: the same for the same, and without saying it."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def member_word(member_id: str) -> str:
    """A member's id as a menu's option carries it."""
    return member_id.lower()


def member_id(word: str) -> str:
    """The member that an option names."""
    return word.upper()


def outcome_of(action_id: str) -> str:
    """The outcome an outcome button stands for."""
    return action_id.removeprefix(OUTCOME)
