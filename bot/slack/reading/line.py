"""A typed line taken apart: its verb, the rest, and how names, notes and dates are read in it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from rapidfuzz import fuzz, process

from bot.slack.commands import Unreadable
from bot.slack.reading import date_languages, dates
from bot.slack.reading.date_rules import DAYS, MON_FRI, WEEKDAYS, DateOrder
from bot.slack.reading.dates import Reading
from bot.slack.reading.examples import EXAMPLES
from bot.slack.reading.outcomes import joined
from bot.slack.reading.segments import segments, split_note
from bot.slack.reading.understood import Problem
from bot.storage.records import Shorthand
from language import mark, say

NEAR_ENOUGH = 70
LONGEST_ECHO = 80
WHO_WORDS = 5
"""A name has at most so many words when only the stored names can tell where it ends."""
NO_WHO = mark("Who is it about? There is no name.")
NO_DATE = mark("I found no date at the end that I can read.")
BEHIND_DATE = mark("I read a date there, but not what follows it. Put two dashes in front of a note.")
MOST_WORDS = 16
"""Words of a line in which a date is looked for with something behind it."""
SOMEBODY = "acme"
"""Who is named in the examples."""
NAME_WORDS, LONGEST_NAME = 3, 40
_NAME_ENDS = re.compile(
    r"(?:^|\s)(?:[-+#@$€£\d]|(?:until|till|til|bis|in|on|for|at|to|next|this|last|into)(?:\s|$))", re.IGNORECASE
)
_COLON = re.compile(r":(?=\s)")
_REMARK = re.compile(r"\s*[,;:]\s+|\s+(?=(?:because|since|as (?:they|she|he))\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prefs:
    """What the reading depends on beside the words: the member's own habits."""

    default_region: str | None = None
    default_currency: str = "USD"
    date_order: DateOrder | None = None
    workdays: frozenset[int] = MON_FRI
    shorthands: Mapping[str, Shorthand] = field(default_factory=dict)
    """Her own, by their wording; known only where a line may hold one."""


NO_HABITS = Prefs()


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed after the verb, when, and by whose habits it is read."""

    verb: str
    rest: str
    now: dt.datetime
    prefs: Prefs

    def date(self, text: str) -> Reading | None:
        """The date that the text is."""
        return dates.read(text, self.now, date_order=self.prefs.date_order, workdays=self.prefs.workdays)

    def past(self, text: str) -> Reading | None:
        """The day behind us that the text is."""
        return dates.read_past(text, self.now, date_order=self.prefs.date_order, workdays=self.prefs.workdays)

    def date_at_tail(self, text: str) -> tuple[str, Reading, str] | None:
        """The words before a date at the end, the date, its words."""
        return dates.read_tail(text, self.now, date_order=self.prefs.date_order, workdays=self.prefs.workdays)

    def date_and_remark(self, text: str) -> tuple[str, Reading, str] | None:
        """`acme fri because they asked`: the words before a date, the date, and the remark behind it."""
        cuts = list(_REMARK.finditer(text))
        for cut in reversed(cuts[-MOST_WORDS:]):
            found = self.date_at_tail(text[: cut.start()])
            if found and clean(found[0]):
                return found[0], found[1], text[cut.end() :].strip()
        return None

    def no_date(self, text: str) -> Unreadable:
        """No date at the end: one before it, nearly one, or none."""
        words = text.split()[:MOST_WORDS]
        for cut in range(len(words) - 1, 1, -1):
            found = self.date_at_tail(" ".join(words[:cut]))
            if found and found[0]:
                before, behind = " ".join(words[:cut]), " ".join(text.split()[cut:])
                example = f"/followup {self.verb} {before} -- {behind}"
                return Unreadable(self.verb, Problem(echo(behind), say(BEHIND_DATE), echo(example)))
        day, _, who = text.partition(" ")
        if who and self.date(day):
            example = f"/followup {self.verb} {who} {day}"
            return Unreadable(self.verb, Problem(echo(text), say(NO_DATE), echo(example)))
        return self.unreadable(text, say(NO_DATE) + did_you_mean(text), name_in(text))

    def unreadable(self, words: str, reason: str, who: str = "") -> Unreadable:
        """Why it can't be read, said already or kept with ``mark``, with the example of its verb, about ``who``."""
        example = f"/followup {EXAMPLES[self.verb][0]}"
        return Unreadable(self.verb, Problem(echo(words), say(reason), about(example, who)))


def about(example: str, who: str) -> str:
    """An example about the one who was named, where it can be shown."""
    is_shown = who and len(who) <= LONGEST_NAME and who.isprintable() and "`" not in who
    return example.replace(SOMEBODY, who, 1) if is_shown else example


def name_in(text: str) -> str:
    """What a line about somebody begins with, as far as it may be her name; nothing where that can't be told."""
    parts = segments(split_note(text)[0])
    name = _NAME_ENDS.split(at_colon(parts[0])[0], maxsplit=1)[0] if parts else ""
    words = clean(name).split()
    if len(words) > 1 and did_you_mean(name):
        words.pop()
    return " ".join(words) if len(words) <= NAME_WORDS else ""


def who_and_note(text: str) -> tuple[str, str]:
    """The name before the first comma or colon, and the rest with the note."""
    head, note = split_note(text)
    who, *others = segments(head) or [""]
    name, remark = at_colon(who)
    return name, joined(note, [remark, *others] if remark else others)


def who_candidates(words: str) -> list[tuple[str, str]]:
    """Where the name may end, longest name first; a ` -- `, a new line or a colon makes it certain."""
    head, note = split_note(words)
    ends = [found.end() for found in re.finditer(r"\S+", head)][:WHO_WORDS]
    for end in ends:
        if head[:end].endswith(":") and words[end:].strip():
            return [(head[: end - 1].strip(), words[end:].strip())]
    if note:
        return [(head, note)]
    return [(head[:end].rstrip(", "), head[end:].strip()) for end in reversed(ends)]


def pictures_at_tail(words: str) -> str:
    """The emoji that end a text; a name is found without them, and they may say something."""
    wordless = list(takewhile(lambda word: not re.search(r"\w", word), reversed(words.split())))
    return " ".join(word for word in reversed(wordless) if any(map(_is_picture, word)))


def _is_picture(character: str) -> bool:
    return unicodedata.category(character) == "So"


def at_colon(text: str) -> tuple[str, str]:
    """What stands before and behind the first colon; one within a word is none."""
    before, *behind = _COLON.split(text, maxsplit=1)
    return before.strip(), "".join(behind).strip()


def clean(who: str) -> str:
    """A name without the signs that end it."""
    return who.rstrip(" ,:").strip()


def did_you_mean(text: str) -> str:
    """A day's name for the last word, when it nearly is one: `firday`."""
    last = (text.split() or [""])[-1].lower()[:LONGEST_ECHO]
    if date_languages.is_short(last):
        return ""  # `segunda`, `lun`: a day elsewhere, and none that looks like it
    near = process.extractOne(last, [*DAYS, *WEEKDAYS], scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return " " + say("Did you mean {day}?", day=near[0]) if near and near[0] != last else ""


def echo(words: str) -> str:
    """Words as they are repeated: not all of a very long line."""
    return words if len(words) <= LONGEST_ECHO else f"{words[: LONGEST_ECHO - 1]}…"
