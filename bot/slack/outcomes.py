"""How a touch went and why a deal was lost, in the words salespeople use for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.slack.segments import segments, split_note
from bot.slack.steps import CHANNELS, SURNAMES, TOLD
from cadences.model import Channel, FollowUpType, LostReason, Mood, Outcome

Said = Channel | Outcome | Mood | FollowUpType
IsPast = Callable[[str], bool]
"""True for words that name a day which has come."""

LONGEST_WHO = 12
"""Words of a name that are looked through for what follows it."""
LONGEST_SAID = 24
DAY_WORDS = 5
NAME_WORDS = 3
"""A channel's name has no more words, unless a comma, a note or quotation marks say where it ends."""
SPELT_NEARLY = 85
SHORTEST_MISSPELT, LONGEST_REASON = 5, 40

DONE_BY = {
    "called": Channel.CALL, "phoned": Channel.CALL, "rang": Channel.CALL, "emailed": Channel.EMAIL,
    "mailed": Channel.EMAIL, "texted": Channel.SMS, "met": Channel.MEETING,
}  # fmt: skip
"""`called acme, voicemail`: a log line whose first word is the channel."""
_MORE_CHANNELS = {
    "messaged": Channel.LINKEDIN, "visited": Channel.MEETING, "zoomed": Channel.VIDEO, "in person": Channel.MEETING,
    "in-person": Channel.MEETING, "face to face": Channel.MEETING, "handwritten note": Channel.LETTER,
}  # fmt: skip
_OUTCOMES = {
    Outcome.VOICEMAIL: "voicemail|left voicemail|left a voicemail|left vm|vm|left message|left a message|mailbox",
    Outcome.NO_ANSWER: "no answer|no_answer|didn't answer|did not answer|no pickup|didn't pick up|unanswered",
    Outcome.CONNECTED: "connected|spoke|talked|reached|picked up|got through|answered",
    Outcome.REPLIED: "replied|they replied|got a reply|got reply",
    Outcome.MEETING_BOOKED: "meeting booked|booked a meeting|booked meeting|meeting_booked|booked a demo|demo booked",
    Outcome.NO_SHOW: "no show|no-show|noshow|no_show|didn't show|didn't show up|did not show",
    Outcome.NOT_NOW: "not now|not_now|not yet|bad timing",
    Outcome.NOT_INTERESTED: "not interested|not_interested|no interest",
    Outcome.ASKED_TO_STOP: "asked to stop|asked_to_stop|do not contact|stop contacting|unsubscribe|unsubscribed|dnc",
    Outcome.SENT: "sent",
    Outcome.OUT_OF_OFFICE: "out of office|out_of_office|ooo|auto-reply|auto reply|autoreply|away",
}
_MOODS: dict[str, Said] = {
    "positive": Mood.POSITIVE, "happy": Mood.POSITIVE, "good mood": Mood.POSITIVE, "mixed": Mood.MIXED,
    "mixed feelings": Mood.MIXED, "negative": Mood.NEGATIVE, "unhappy": Mood.NEGATIVE,
}  # fmt: skip
_TYPES: dict[str, Said] = {
    "thank-you": FollowUpType.THANK_YOU, "thank you": FollowUpType.THANK_YOU, "thanks": FollowUpType.THANK_YOU,
    "reminder": FollowUpType.REMINDER, "value": FollowUpType.VALUE, "feedback": FollowUpType.FEEDBACK,
    "re-engagement": FollowUpType.RE_ENGAGEMENT, "reengagement": FollowUpType.RE_ENGAGEMENT,
}  # fmt: skip
"""These are as likely the beginning of a remark (`feedback on the price`), so they count where nothing else follows."""
_LIGHT: dict[str, Said] = {
    "linkedin like": Channel.LINKEDIN, "linkedin liked": Channel.LINKEDIN, "liked": Channel.LINKEDIN,
    "liked a post": Channel.LINKEDIN, "liked their post": Channel.LINKEDIN, "linkedin comment": Channel.LINKEDIN,
    "linkedin commented": Channel.LINKEDIN, "commented": Channel.LINKEDIN, "commented on a post": Channel.LINKEDIN,
    "commented on their post": Channel.LINKEDIN,
}  # fmt: skip
"""The light touches of a network; which of them it was stays in the note."""
_CHANNELS: dict[str, Said] = {**CHANNELS, **DONE_BY, **_MORE_CHANNELS}
_BY_NAME = {word: of for word, of in CHANNELS.items() if word != "whatsapp"}
"""Behind `via` these are the channels we know; some teams keep a channel of their own beside text messages."""
_SAID: dict[str, Said] = (
    _CHANNELS
    | _LIGHT
    | _MOODS
    | _TYPES
    | {phrase: outcome for outcome, phrases in _OUTCOMES.items() for phrase in phrases.split("|")}
)
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in _SAID)
_SAID_WORDS = max(len(phrase.split()) for phrase in _SAID)
_DAY_BEGINNINGS = "yesterday today last on gestern heute vorgestern hier ayer ontem gisteren vandaag hoy hoje"
_DAY_BEGINS = frozenset(_DAY_BEGINNINGS.split())
"""With these a day begins that may stand behind the name; `sun` or `may` there is as likely a part of it."""
_VIA = re.compile(r"\s+via\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«](?P<name>[^\"”“»]+)[\"”“»]")
_SMALL_WORDS = (
    "a about also and asked at because but by for he her his i in is it my of on our she that the their they to we "
    "who will with would"
)
_REMARKING = TOLD | frozenset(_SMALL_WORDS.split())
"""Words of a remark and of no name: what stands in front of them was no part of the name."""
_BETWEEN = frozenset({"and", "but", "&", "-", "–", "then"})
_CLOSING = (_DAY_BEGINS - {"on", "last"}) | _BETWEEN | (_FIRST_WORDS - _TYPES.keys())
"""With these more is said of a touch, and no remark begins."""
_RETRY = re.compile(
    r"(?:and |will |to |then )?(?:retry|try again|try|again|call back|call again|follow up|next)(?: it| call)? "
    r"(?P<when>.+)",
    re.IGNORECASE,
)
_REASONS = {
    LostReason.PRICING: "pricing|price|prices|too expensive|expensive|cost|costs|too pricey",
    LostReason.COMPETITION: "competition|competitor|competitors|a competitor|to competitor|to a competitor|"
    "went with competitor|went with a competitor|went with competition|chose a competitor|chose competitor",
    LostReason.BUDGET: "budget|no budget|no money|budget cut|budget cuts",
    LostReason.MISSING_FEATURES: "missing features|missing feature|missing_features|features|feature gap",
    LostReason.LONG_CYCLE: "long cycle|long_cycle|too slow|took too long|too long",
    LostReason.NO_DECISION_MAKER: "no decision maker|no decision-maker|no_decision_maker|decision maker|no champion|"
    "wrong person",
    LostReason.UNRESPONSIVE: "unresponsive|ghosted|ghosting|ghosted us|silent|silence|went silent|went dark|"
    "no response|no reply",
    LostReason.POOR_FIT: "poor fit|poor_fit|bad fit|no fit|not a fit|not a good fit",
    LostReason.TIMING: "timing|bad timing|not now|wrong time|too early",
    LostReason.OTHER: "other|other reason",
}
REASONS = {phrase: reason for reason, phrases in _REASONS.items() for phrase in phrases.split("|")}
_REASON_WORDS = max(len(phrase.split()) for phrase in REASONS)
_BECAUSE = re.compile(
    r"(?:^|\s)(?:because of|due to|because|reason:?|over|on|for|:)(?: the| their| our)?$", re.IGNORECASE
)


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


def read_log(text: str, channel: Channel | None = None, is_past: IsPast = lambda _: False) -> Told:
    """`acme call voicemail -- left the answer`, `acme called yesterday, left voicemail, retry friday`."""
    head, note = split_note(text)
    head, via, unclear = _own_channel(head, is_past, has_note=bool(note))
    first, *others = segments(head) or [""]
    who, said = _split(first, is_past)
    found: list[Said] = [channel] if channel else []
    if via.casefold() in _BY_NAME:
        found, via = [_BY_NAME[via.casefold()]], ""
    left: list[str] = []
    retry, when = "", ""
    for segment in filter(None, [said, *others]):
        again = None if retry else _RETRY.fullmatch(segment)
        if again:
            retry = again["when"]
            continue
        heard, rest, day = _heard(segment, is_past)
        if light := _light_in(segment):
            left.append(f"{light} {rest}".strip())
        elif rest or _repeats(found, heard):
            left.append(rest if day or (rest and _is_both(heard)) else segment)
        found += heard
        when = when or day
    outcomes = [one for one in found if isinstance(one, Outcome)]
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
    )


def parted(text: str) -> tuple[str, str]:
    """The name, and what is said behind it of a touch; nothing where nothing of that kind is."""
    return _split(text, lambda _: False)


def is_said(words: str) -> bool:
    """True for words that say nothing but how and with what outcome."""
    return not _heard(words, lambda _: False)[1]


def reason_and_remark(text: str) -> tuple[LostReason | None, str]:
    """`pricing: went with Initech`: the reason at the beginning, and the remark behind a comma or a colon."""
    found = re.match(r"(?P<reason>[^,:]+)(?:[,:]\s*(?P<remark>.*))?", text, re.DOTALL)
    reason = read_reason(found["reason"]) if found else None
    return (reason, (found["remark"] or "").strip()) if found and reason else (None, text)


def reason_at_tail(text: str) -> tuple[str, LostReason | None]:
    """The name, and the reason at the end of the words: `acme no decision maker`."""
    words = text.split()
    for length in range(min(_REASON_WORDS, len(words) - 1), 0, -1):
        if reason := read_reason(" ".join(words[-length:])):
            return _BECAUSE.sub("", " ".join(words[:-length])).strip(" ,"), reason
    return text, None


def read_reason(phrase: str) -> LostReason | None:
    """The reason that the whole phrase names, spelt right or nearly so."""
    said = phrase.lower().strip(" .!")
    if said in REASONS or not SHORTEST_MISSPELT <= len(said) <= LONGEST_REASON:
        return REASONS.get(said)
    near = process.extractOne(said, REASONS.keys(), scorer=fuzz.ratio, score_cutoff=SPELT_NEARLY)
    return REASONS[near[0]] if near else None


def joined(note: str, left: list[str]) -> str:
    """The note, then the words that found no other place."""
    return "\n".join(part for part in (note, ", ".join(left)) if part)


def _own_channel(head: str, is_past: IsPast, *, has_note: bool) -> tuple[str, str, str]:
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
    ends += [cut for cut in range(1, len(words)) if _begins(words, cut, is_past)]
    cut = min(ends, default=len(words))
    unclear = name if cut > NAME_WORDS and not (comma or has_note) else ""
    said = " ".join(words[cut:])
    return f"{head[: found.start()]}, {said}, {after}".rstrip(" ,"), " ".join(words[:cut]), unclear


def _split(text: str, is_past: IsPast) -> tuple[str, str]:
    """The name ends where the words of a log line begin, best where nothing else follows them.

    Where a channel and an outcome stand side by side, or a remark follows the channel, the name ended before it.
    """
    words = text.split()
    cuts = [cut for cut in range(1, min(len(words), LONGEST_WHO)) if _begins(words, cut, is_past)]
    for at, cut in enumerate(cuts):
        heard, rest, _ = _heard(" ".join(words[cut : cut + LONGEST_SAID]), is_past)
        following = cuts[at + 1] if at + 1 < len(cuts) else len(words)
        between = {word.lower().strip(",.!") for word in words[cut:following]}
        if not rest or _is_both(heard) or words[cut].lower() in DONE_BY or _REMARKING & between:
            return " ".join(words[:cut]).rstrip(":"), " ".join(words[cut:])
    cut = cuts[0] if cuts else len(words)
    return " ".join(words[:cut]).rstrip(":"), " ".join(words[cut:])


def _is_both(heard: list[Said]) -> bool:
    """True for `called connected wants a demo`: how and with what outcome; what follows is the remark."""
    return {Channel, Outcome} <= {type(one) for one in heard}


def _light_in(segment: str) -> str:
    """`liked`, `comment`: which light touch opens the segment, without the channel."""
    words = segment.split()
    found = _phrase_at(words, 0)
    phrase = " ".join(words[: found[1]]) if found else ""
    return re.sub("^linkedin ", "", phrase, flags=re.IGNORECASE) if phrase.lower().rstrip(".!") in _LIGHT else ""


def _begins(words: list[str], cut: int, is_past: IsPast) -> bool:
    found = _phrase_at(words, cut)
    if found is not None and isinstance(found[0], FollowUpType):
        return cut + found[1] == len(words)
    if found is not None or _RETRY.fullmatch(" ".join(words[cut:])) is not None:
        return True
    return words[cut].lower() in _DAY_BEGINS and _day_at(words, cut, is_past) is not None


def _heard(segment: str, is_past: IsPast) -> tuple[list[Said], str, str]:
    """The channels and outcomes that open the segment, the remark that follows them, and the day said among them."""
    words, position = segment.split(), 0
    heard: list[Said] = []
    when = ""
    while position < len(words):
        if found := _phrase_at(words, position):
            heard.append(found[0])
            position += found[1]
        elif not when and (day := _day_at(words, position, is_past)):
            when, position = day[0], position + day[1]
        else:
            break
        position += position < len(words) and words[position].lower() in _BETWEEN
    return heard, " ".join(words[position:]), when


def _day_at(words: list[str], position: int, is_past: IsPast) -> tuple[str, int] | None:
    for length in range(min(DAY_WORDS, len(words) - position), 0, -1):
        phrase = " ".join(words[position : position + length]).rstrip(".!")
        if is_past(phrase):
            return phrase, length
    return None


def _repeats(found: list[Said], heard: list[Said]) -> bool:
    """Two channels or two outcomes in one line: one is taken, so the words stay in the note."""
    distinct = {*found, *heard}
    return len(distinct) > len({type(one) for one in distinct})


def _phrase_at(words: list[str], position: int) -> tuple[Said, int] | None:
    for length in range(min(_SAID_WORDS, len(words) - position), 0, -1):
        phrase = " ".join(words[position : position + length]).lower().replace("’", "'").rstrip(".!")
        if phrase in _TYPES and not _closes(words, position + length):
            continue
        is_surname = phrase in SURNAMES and words[position][:1].isupper()
        if phrase in _SAID and not is_surname:
            return _SAID[phrase], length
    return None


def _closes(words: list[str], position: int) -> bool:
    """True where nothing follows, or nothing but how it was and when."""
    following = words[position].lower().rstrip(",.!") if position < len(words) else ""
    return not following or following in _CLOSING
