"""One word for each kind of change, beside the button that undoes it."""

from bot.storage.tables import ChangeKind
from language import mark, say

WORDS = {
    ChangeKind.ADDED: mark("added"),
    ChangeKind.EDITED: mark("edited"),
    ChangeKind.NOTED: mark("noted"),
    ChangeKind.LOGGED: mark("logged"),
    ChangeKind.SNOOZED: mark("snoozed"),
    ChangeKind.WON: mark("won"),
    ChangeKind.LOST: mark("lost"),
    ChangeKind.PARKED: mark("parked"),
    ChangeKind.HANDED_OVER: mark("handed over"),
    ChangeKind.CADENCE: mark("cadence"),
    ChangeKind.SETTINGS: mark("settings"),
    ChangeKind.PAUSED: mark("paused"),
    ChangeKind.TEAM: mark("team"),
    ChangeKind.ROLE: mark("role"),
    ChangeKind.SKIPPED: mark("skipped"),
    ChangeKind.OUT_OF_OFFICE: mark("out of office"),
    ChangeKind.ANSWERED: mark("answered"),
    ChangeKind.MET: mark("met"),
    ChangeKind.LIFTED: mark("lifted"),
    ChangeKind.REOPENED: mark("reopened"),
    ChangeKind.CALENDAR: mark("calendar"),
    ChangeKind.LEAVE: mark("leave"),
    ChangeKind.REPLANNED: mark("replanned"),
    ChangeKind.DROPPED: mark("dropped"),
    ChangeKind.BATCH: mark("batch"),
    ChangeKind.MERGED: mark("merged"),
    ChangeKind.HOOK: mark("hook"),
    ChangeKind.RESOURCE: mark("resource"),
    ChangeKind.VIEW: mark("view"),
    ChangeKind.SHORTHAND: mark("shorthand"),
    ChangeKind.ONE_MORE: mark("one more try"),
    ChangeKind.TOUCH_EDITED: mark("touch edited"),
    ChangeKind.TOUCH_DELETED: mark("touch deleted"),
    ChangeKind.UNDONE: mark("undone"),
}


def word(kind: ChangeKind) -> str:
    """``snoozed``."""
    return say(WORDS[kind])
