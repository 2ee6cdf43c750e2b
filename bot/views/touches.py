"""What a corrected touch changed about what is next."""

from datetime import date, datetime

from bot.services.cards import Done
from bot.storage.records import Member
from bot.views import words
from cadences.model import Channel, FollowUpType
from cadences.words import named
from language import dates, say


def difference(done: Done, viewer: Member, now: datetime) -> list[str]:
    """``Next was call Tue 24 Nov``, or that it stays as somebody set it since; nothing where it is the same."""
    facts, step = done.change.facts, done.card.step if done.card else None
    if facts.get("stays"):
        return [say("What is next stays as it is: it was changed since, or chosen by hand.")]
    if facts.get("was_due_at") is None:
        return []
    was_at, was_channel = datetime.fromisoformat(facts["was_due_at"]), Channel(facts["was_channel"])
    if step is not None and (step.due_at, step.channel) == (was_at, was_channel):
        return []
    day = words.day(viewer.local(was_at).date(), viewer.local(now).date())
    return [say("What was next before: {channel} {day}.", channel=words.channel(was_channel), day=day)]


def promise(done: Done) -> list[str]:
    """What a touch of an earlier day did to a promise that is still to come."""
    on = done.change.facts.get("answers_promise")
    if on is None:
        return []
    day = dates.day(date.fromisoformat(on) if isinstance(on, str) else on)
    return [say("What you promised for {day} counts as done with this; undo if it does not.", day=day)]


def kind(chosen: FollowUpType | None) -> list[str]:
    """Which kind of follow-up it was, where that was said."""
    return [say("Kind of follow-up: {kind}.", kind=named(chosen))] if chosen else []
