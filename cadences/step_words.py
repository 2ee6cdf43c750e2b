"""How people write channels, types and purposes, and which of the last two usually go together."""

from cadences.model import Channel, FollowUpType, Purpose

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
