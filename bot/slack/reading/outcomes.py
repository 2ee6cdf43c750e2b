"""How a touch went, as it is typed in a log line: taken apart into whom, how, with what outcome, when, and the rest."""

import re
from dataclasses import dataclass

from bot.slack.reading import doubts, outcome_languages
from bot.slack.reading.hearing import Ear, IsPast, again, begins, heard_in, is_both, split_name
from bot.slack.reading.outcome_words import Unsure
from bot.slack.reading.said import BY_NAME, Said, kind_of, light_in
from bot.slack.reading.segments import segments, split_note
from bot.slack.reading.steps import CHANNELS
from cadences.model import Channel, FollowUpType, Mood, Outcome

NAME_WORDS = 3
"""A channel's name has no more words, unless a comma, a note or quotation marks say where it ends."""

_VIA = re.compile(r"\s+via\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«](?P<name>[^\"”“»]+)[\"”“»]")


@dataclass(frozen=True, slots=True)
class Told:
    """A log line taken apart; `retry` is the words after `retry`, still to be read."""

    who: str
    channel: Channel | None
    outcome: Outcome | None
    note: str
    retry: str
    mood: Mood | None = None
    when: str = ""
    """The words that say on which day it was, still to be read."""
    via: str | None = None
    kind: FollowUpType | None = None
    unclear: str = ""
    """Words in which a channel's name may end anywhere."""
    unsure: str = ""
    """Words of another language that deny it, or that mean one thing on the telephone and another in writing."""
    stops_partly: str = ""
    """Words that ask to stop, and say only for how long: `do not contact until march`."""


def read_log(text: str, channel: Channel | None = None, is_past: IsPast = lambda _: False) -> Told:
    """`acme call voicemail -- left the answer`, `acme called yesterday, left voicemail, retry friday`."""
    head, note = split_note(text)
    ear = Ear(is_past, head)
    head, via, unclear = _own_channel(head, ear, has_note=bool(note))
    first, *others = segments(head) or [""]
    who, said = split_name(first, ear)
    found: list[Said] = [channel] if channel else []
    if via.casefold() in BY_NAME:
        found, via = [BY_NAME[via.casefold()]], ""
    left: list[str] = []
    retry, when, doubtful, partly = "", "", "", ""
    unsure = doubts.helped(who, said, ear)
    for segment in filter(None, [said, *others]):
        if not retry and (retry := again(segment, ear)):
            continue
        heard, rest, day = heard_in(segment, ear)
        partly = partly or doubts.stops_partly(segment, heard, rest, ear)
        is_doubtful = any(isinstance(one, Unsure) for one in heard)
        doubtful = doubtful or (segment if is_doubtful else doubts.denied(rest if heard else segment, ear))
        if light := light_in(segment):
            left.append(f"{light} {rest}".strip())
        elif rest or _repeats(found, heard):
            left.append(rest if day or (rest and is_both(heard)) else segment)
        found += heard
        when = when or day
    outcomes = _outcomes(found)
    outcome = Outcome.VOICEMAIL if Outcome.VOICEMAIL in outcomes else next(iter(outcomes), None)
    # Nobody leaves a voicemail by e-mail, whatever was planned.
    usual = Channel.CALL if outcome is Outcome.VOICEMAIL and not via else None
    return Told(
        who=who,
        channel=next((one for one in found if isinstance(one, Channel)), usual),
        outcome=outcome,
        note=joined(note, left),
        retry=retry,
        mood=next((one for one in found if isinstance(one, Mood)), None),
        when=when,
        via=via or None,
        kind=next((one for one in found if isinstance(one, FollowUpType)), None),
        unclear=unclear,
        unsure=unsure or partly or ("" if outcomes else doubtful),
        stops_partly=partly,
    )


def parted(text: str) -> tuple[str, str]:
    """The name, and what is said behind it of a touch; nothing where nothing of that kind is."""
    return split_name(text, Ear(lambda _: False, text))


def is_said(words: str) -> bool:
    """True for words that say nothing but how and with what outcome."""
    return not heard_in(words, Ear(lambda _: False, words))[1]


def joined(note: str, left: list[str]) -> str:
    """The note, then the words that found no other place."""
    return "\n".join(part for part in (note, ", ".join(left)) if part)


def _own_channel(head: str, ear: Ear, *, has_note: bool) -> tuple[str, str, str]:
    """A line without its channel by name, the name, and the words in which it may end anywhere.

    `via trade fair`, `via whatsapp sent the deck`, `via "door to door"`: it ends at a comma, before the note, where an
    outcome or a day begins, behind a channel that we know; else all of it is the name, where that is short.
    """
    found = _VIA.search(head)
    if found is None:
        return head, "", ""
    rest = head[found.end() :]
    quoted = _QUOTED.match(rest)
    if quoted:
        return f"{head[: found.start()]}, {rest[quoted.end() :]}", quoted["name"], ""
    name, comma, after = rest.partition(",")
    words = name.split()
    ends = [1] if words and words[0].lower() in CHANNELS else []
    ends += [cut for cut in range(1, len(words)) if begins(words, cut, ear)]
    cut = min(ends, default=len(words))
    unclear = name if cut > NAME_WORDS and not (comma or has_note) else ""
    said = " ".join(words[cut:])
    return f"{head[: found.start()]}, {said}, {after}".rstrip(" ,"), " ".join(words[:cut]), unclear


def _repeats(found: list[Said], heard: list[Said]) -> bool:
    """Two channels or two outcomes in one line: one is taken, so the words stay in the note."""
    distinct = {*found, *heard}
    return len(distinct) > len({kind_of(one) for one in distinct})


def _outcomes(found: list[Said]) -> list[Outcome]:
    """What came of it, as said; what a channel must settle counts where one is said."""
    channels = [one for one in found if isinstance(one, Channel)]
    settled = (outcome_languages.settled(one, channels) if isinstance(one, Unsure) else one for one in found)
    return [one for one in settled if isinstance(one, Outcome)]
