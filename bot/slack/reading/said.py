"""The words and phrases of a log line: channels, outcomes, moods and kinds, in English and in five languages more.

Phrases are written as in ``outcome_words``.
"""

import re
from collections.abc import Callable

from bot.slack.reading.date_languages import fold
from bot.slack.reading.outcome_languages import HAPPENED, is_booked_apart, spelt_out
from bot.slack.reading.outcome_words import Unsure
from bot.slack.reading.steps import CHANNELS, SURNAMES
from cadences.model import Channel, FollowUpType, Mood, Outcome

Said = Channel | Outcome | Mood | FollowUpType | Unsure
Languages = Callable[[], frozenset[str]]
"""The languages a line may be in, found out only where it is asked."""

DONE_BY = {
    "called": Channel.CALL, "phoned": Channel.CALL, "rang": Channel.CALL, "emailed": Channel.EMAIL,
    "mailed": Channel.EMAIL, "texted": Channel.SMS, "met": Channel.MEETING,
}  # fmt: skip
"""`called acme, voicemail`: a log line whose first word is the channel."""
_MORE_CHANNELS = {
    "messaged": Channel.LINKEDIN, "visited": Channel.MEETING, "zoomed": Channel.VIDEO, "in person": Channel.MEETING,
    "in-person": Channel.MEETING, "face to face": Channel.MEETING, "handwritten note": Channel.LETTER,
}  # fmt: skip
_OUTCOMES: dict[Said, str] = {
    Outcome.VOICEMAIL: "voicemail|left voicemail|left a voicemail|left vm|vm|left message|left a message|mailbox",
    Outcome.NO_ANSWER: "no answer|no_answer|no pickup|(unanswered,unreachable)|no luck|rang out|no connection|"
    "(nobody,no one) (answered,answers,picked up,picks up,there,home)|"
    "(never,hasn't,has not) (answered,picked up)|(not,never,wasn't) (answered,reached,reachable,connected)|"
    "(didn't,did not,couldn't,could not) (answer,pick up,connect,get through,reach,reach them,reach her,reach him)",
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
_UNSURE: dict[Said, str] = {
    Unsure.SILENT: "no (reply,response) (yet,)|no answer yet|"
    "(they,she,he,) (never,have not,haven't,has not,hasn't) (replied,responded) (yet,)|"
    "(they,she,he,) (didn't,did not) (reply,respond) (yet,)",
    Unsure.BUSY: "(was,line,line was,) busy|(was,is,) unavailable|(not,wasn't,isn't) (available,there,in)",
    Unsure.OTHERWISE: "wrong (number,person)|(meeting,demo,call,) (cancelled,canceled,postponed)|(email,) bounced",
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
_LIGHT: dict[str, Said] = {
    "linkedin like": Channel.LINKEDIN, "linkedin liked": Channel.LINKEDIN, "liked": Channel.LINKEDIN,
    "liked a post": Channel.LINKEDIN, "liked their post": Channel.LINKEDIN, "linkedin comment": Channel.LINKEDIN,
    "linkedin commented": Channel.LINKEDIN, "commented": Channel.LINKEDIN, "commented on a post": Channel.LINKEDIN,
    "commented on their post": Channel.LINKEDIN,
}  # fmt: skip
"""The light touches of a network; which of them it was stays in the note."""
_CHANNELS: dict[str, Said] = {**CHANNELS, **DONE_BY, **_MORE_CHANNELS}
BY_NAME = {word: of for word, of in CHANNELS.items() if word != "whatsapp"}
"""Behind `via` these are the channels we know; some teams keep a channel of their own beside text messages."""
SAID: dict[str, Said] = (
    _CHANNELS
    | _LIGHT
    | _MOODS
    | _TYPES
    | {phrase: said for said, phrases in (_OUTCOMES | _UNSURE).items() for phrase in spelt_out(phrases)}
)
_REMARKS = _TYPES.keys() | {phrase for phrases in _UNSURE.values() for phrase in spelt_out(phrases)}
"""These are as likely the beginning of a remark (`feedback on the price`), so they count where nothing else follows."""
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in SAID)
_SAID_WORDS = max(len(phrase.split()) for phrase in SAID)
BETWEEN = frozenset({"and", "but", "&", "-", "–", "then"})
_DAY_BEGINNINGS = "yesterday today last on gestern heute vorgestern hier ayer ontem gisteren vandaag hoy hoje"
DAY_BEGINS = frozenset(_DAY_BEGINNINGS.split())
"""With these a day begins that may stand behind the name; `sun` or `may` there is as likely a part of it."""
_CLOSING = (DAY_BEGINS - {"on", "last"}) | BETWEEN | (_FIRST_WORDS - _TYPES.keys())
"""With these more is said of a touch, and no remark begins."""


def phrase_at(words: list[str], position: int, languages: Languages) -> tuple[Said, int] | None:
    """What the longest phrase at the position means, and how many words it has; of two as long the English one."""
    english, elsewhere = _english_at(words, position), elsewhere_at(words, position, languages)
    if elsewhere and elsewhere[1] > (english[1] if english else 0):
        return elsewhere
    if english and english[0] is Channel.MEETING and is_booked_apart(words, position):
        return Outcome.MEETING_BOOKED, 1
    return english


def elsewhere_at(words: list[str], position: int, languages: Languages) -> tuple[Said, int] | None:
    """The same in the other languages alone."""
    return HAPPENED.at(words, position, languages)


def light_in(segment: str) -> str:
    """`liked`, `comment`: which light touch opens the segment, without the channel."""
    words = segment.split()
    found = _english_at(words, 0)
    phrase = " ".join(words[: found[1]]) if found else ""
    return re.sub("^linkedin ", "", phrase, flags=re.IGNORECASE) if phrase.lower().rstrip(".!") in _LIGHT else ""


def kind_of(one: Said) -> type:
    """What two words can't both say: a channel, an outcome …"""
    return Outcome if isinstance(one, Unsure) else type(one)


def is_dutch_with(words: list[str], position: int) -> bool:
    """True for the `met` of `gebeld met Jan`, which is no meeting."""
    before = fold(words[position - 1]) if position else ""
    return words[position].lower() == "met" and HAPPENED.languages.get(before) == frozenset({"nl"})


def _english_at(words: list[str], position: int) -> tuple[Said, int] | None:
    for length in range(min(_SAID_WORDS, len(words) - position), 0, -1):
        phrase = " ".join(words[position : position + length]).lower().replace("’", "'").rstrip(".!")
        if phrase in _REMARKS and not _closes(words, position + length):
            continue
        is_surname = phrase in SURNAMES and words[position][:1].isupper()
        if phrase in SAID and not is_surname:
            return SAID[phrase], length
    return None


def _closes(words: list[str], position: int) -> bool:
    """True where nothing follows, or nothing but how it was and when."""
    following = words[position].lower().rstrip(",.!") if position < len(words) else ""
    return not following or following in _CLOSING
