"""Where the name ends in a log line, and what the words behind it say, in whichever language each of them is."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.slack.reading import outcome_languages
from bot.slack.reading.date_languages import fold
from bot.slack.reading.outcome_languages import CONNECTIVES
from bot.slack.reading.said import BETWEEN, DAY_BEGINS, DONE_BY, Said, elsewhere_at, is_dutch_with, kind_of
from bot.slack.reading.said import phrase_at as _phrase_at
from bot.slack.reading.steps import TOLD
from cadences.model import Channel, FollowUpType, Outcome

IsPast = Callable[[str], bool]
"""True for words that name a day which has come."""

LONGEST_WHO = 12
"""Words of a name that are looked through for what follows it."""
LONGEST_SAID = 24
DAY_WORDS = 5

_SMALL_WORDS = (
    "a about also and asked at because but by for he her his i in is it my of on our she that the their they to we "
    "who will with would"
)
_REMARKING = TOLD | frozenset(_SMALL_WORDS.split())
"""Words of a remark and of no name: what stands in front of them was no part of the name."""
_RETRY = re.compile(
    r"(?:and |will |to |then )?(?:retry|try again|try|again|call back|call again|follow up|next)(?: it| call)? "
    r"(?P<when>.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ear:
    """What the reading depends on beside the words: the days that have come, and the languages at hand."""

    is_past: IsPast
    line: str
    _found: list[frozenset[str]] = field(default_factory=list)

    def languages(self) -> frozenset[str]:
        """Found out once, and only where a word asks."""
        if not self._found:
            self._found.append(outcome_languages.at_hand(self.line))
        return self._found[0]

    def phrase_at(self, words: list[str], position: int) -> tuple[Said, int] | None:
        return _phrase_at(words, position, self.languages)

    def is_elsewhere(self, words: list[str], position: int) -> bool:
        """True for a phrase of another language than English."""
        found = elsewhere_at(words, position, self.languages)
        return found is not None and found == self.phrase_at(words, position)


def split_name(text: str, ear: Ear) -> tuple[str, str]:
    """The name ends where the words of a log line begin, best where nothing else follows them.

    Where a channel and an outcome stand side by side, or a remark follows the channel, the name ended before it; and
    where the first of them is of another language, which no name has.
    """
    words = text.split()
    cuts: list[int] = []
    for cut in range(1, min(len(words), LONGEST_WHO)):
        if begins(words, cut, ear) and not (cuts and _begins_elsewhere(words, cut, ear)):
            cuts.append(cut)
    for at, cut in enumerate(cuts):
        heard, rest, _ = heard_in(" ".join(words[cut : cut + LONGEST_SAID]), ear)
        following = cuts[at + 1] if at + 1 < len(cuts) else len(words)
        between = {word.lower().strip(",.!") for word in words[cut:following]}
        plain = words[cut].lower() in DONE_BY or _begins_elsewhere(words, cut, ear)
        if not rest or is_both(heard) or plain or _REMARKING & between:
            return " ".join(words[:cut]).rstrip(":"), " ".join(words[cut:])
    cut = cuts[0] if cuts else len(words)
    return " ".join(words[:cut]).rstrip(":"), " ".join(words[cut:])


def is_both(heard: list[Said]) -> bool:
    """True for `called connected wants a demo`: how and with what outcome; what follows is the remark."""
    return {Channel, Outcome} <= {kind_of(one) for one in heard}


def begins(words: list[str], cut: int, ear: Ear) -> bool:
    """True where something is said of a touch, and a name may have ended."""
    found = ear.phrase_at(words, cut)
    if found is not None and isinstance(found[0], FollowUpType):
        return cut + found[1] == len(words)
    if found is not None and ear.is_elsewhere(words, cut):
        return found[1] > 1 or words[cut][:1].islower()
    if found is not None or again(" ".join(words[cut:]), ear):
        return True
    return words[cut].lower() in DAY_BEGINS and _day_at(words, cut, ear) is not None


def _begins_elsewhere(words: list[str], cut: int, ear: Ear) -> bool:
    return ear.is_elsewhere(words, cut) or (
        ear.phrase_at(words, cut) is None and outcome_languages.again(" ".join(words[cut:]), ear.is_past) != ""
    )


def again(segment: str, ear: Ear) -> str:
    """The words that say when it is tried again, where that is what the segment says."""
    found = _RETRY.fullmatch(segment)
    return found["when"] if found else outcome_languages.again(segment, ear.is_past)


def heard_in(segment: str, ear: Ear) -> tuple[list[Said], str, str]:
    """The channels and outcomes that open the segment, the remark that follows them, and the day said among them."""
    words, position = segment.split(), 0
    heard: list[Said] = []
    when, booked = "", False
    while position < len(words):
        found = None if is_dutch_with(words, position) else ear.phrase_at(words, position)
        if found:
            heard.append(found[0])
            booked = found[0] is Outcome.MEETING_BOOKED and ear.is_elsewhere(words, position)
            position += found[1]
        elif not when and not booked and (day := _day_at(words, position, ear)):
            when, position = day[0], position + day[1]
        else:
            break
        position += position < len(words) and words[position].lower() in BETWEEN
        joins = position + 1 < len(words) and fold(words[position]) in CONNECTIVES
        position += joins and ear.phrase_at(words, position + 1) is not None
    return heard, " ".join(words[position:]), when


def _day_at(words: list[str], position: int, ear: Ear) -> tuple[str, int] | None:
    for length in range(min(DAY_WORDS, len(words) - position), 0, -1):
        phrase = " ".join(words[position : position + length]).rstrip(".!")
        if ear.is_past(phrase):
            return phrase, length
    return None
