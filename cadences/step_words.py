"""How people write channels, types and purposes, and which of the last two usually go together."""

from cadences.model import Channel, FollowUpType, Purpose
from language import mark, say

CHANNELS_SAID = {
    Channel.CALL: mark("call"),
    Channel.EMAIL: mark("email"),
    Channel.LINKEDIN: mark("linkedin"),
    Channel.SMS: mark("sms"),
    Channel.MEETING: mark("meeting"),
    Channel.VIDEO: mark("video"),
    Channel.LETTER: mark("letter"),
    Channel.OTHER: mark("other"),
}
PURPOSES_SAID = {
    Purpose.THANK: mark("thank"),
    Purpose.ANSWER_OBJECTION: mark("answer objection"),
    Purpose.SHARE_VALUE: mark("share value"),
    Purpose.ASK_FEEDBACK: mark("ask feedback"),
    Purpose.PROPOSE_MEETING: mark("propose meeting"),
    Purpose.CLOSE_THE_LOOP: mark("close the loop"),
}
"""In English the words that are typed."""

USUAL_PURPOSE = {
    FollowUpType.THANK_YOU: Purpose.THANK,
    FollowUpType.VALUE: Purpose.SHARE_VALUE,
    FollowUpType.FEEDBACK: Purpose.ASK_FEEDBACK,
}
"""A reminder or a re-engagement can be for this or that: there the purpose must be said."""
USUAL_TYPE = {
    Purpose.THANK: FollowUpType.THANK_YOU,
    Purpose.ANSWER_OBJECTION: FollowUpType.VALUE,
    Purpose.SHARE_VALUE: FollowUpType.VALUE,
    Purpose.ASK_FEEDBACK: FollowUpType.FEEDBACK,
    Purpose.PROPOSE_MEETING: FollowUpType.REMINDER,
    Purpose.CLOSE_THE_LOOP: FollowUpType.REMINDER,
}

CHANNEL_WORDS = {
    **{channel.value: channel for channel in Channel},
    "e-mail": Channel.EMAIL,
    "mail": Channel.EMAIL,
    "phone": Channel.CALL,
    "text": Channel.SMS,
    "meet": Channel.MEETING,
}
TYPE_WORDS = {
    **{kind.value.replace("-", " "): kind for kind in FollowUpType},
    "thankyou": FollowUpType.THANK_YOU,
    "thanks": FollowUpType.THANK_YOU,
    "reengagement": FollowUpType.RE_ENGAGEMENT,
}
PURPOSE_WORDS = {
    **{purpose.value: purpose for purpose in Purpose},
    "say thank you": Purpose.THANK,
    "answer an objection": Purpose.ANSWER_OBJECTION,
    "share something of value": Purpose.SHARE_VALUE,
    "ask for feedback": Purpose.ASK_FEEDBACK,
    "propose a meeting": Purpose.PROPOSE_MEETING,
    "close loop": Purpose.CLOSE_THE_LOOP,
}


def spoken(word: Channel | Purpose) -> str:
    """A channel or a purpose in the reader's language, as short as it is typed in a cadence."""
    known = CHANNELS_SAID.get(word) if isinstance(word, Channel) else PURPOSES_SAID[word]
    return say(known) if known else word.value
