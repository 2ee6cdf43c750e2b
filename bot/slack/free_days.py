"""A typed date that is a day off for who types it: which day is meant, and the other one by a button."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.services import prospects
from bot.services.cards import Done
from bot.services.promises import Wish
from bot.services.targets import ByStep
from bot.slack import answering
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.reading import dates
from bot.slack.reading.understood import Understood
from bot.storage.records import Member
from bot.views import ids
from cadences import calendar
from language.dates import day

STEP = "step"
A_DAY = dt.timedelta(days=1)


def worked(member: Member, now: dt.datetime, when: dates.Reading | None, on: dt.date) -> dt.date:
    """`tomorrow` said on a Friday is Monday, as in the menu, even of a promise; a Saturday that is named stays one."""
    if not isinstance(when, dates.When) or calendar.is_workday(on, member.calendar):
        return on
    # Said a day later, `tomorrow` and `in 5 days` are a day later too; a weekday or a date is not.
    later = dates.read(when.words, member.local(now) + A_DAY, workdays=member.workdays)
    moves_along = isinstance(later, dates.When) and later.on == on + A_DAY
    return calendar.next_workday(on, member.calendar) if moves_along else on


def wished(visit: Visit, when: dates.Reading | None, wish: Wish | None) -> Wish | None:
    """The same for a next step; what was said is kept beside it, for the answer to name."""
    if wish is None:
        return None
    on = worked(visit.member, visit.now, when, wish.on)
    return wish if on == wish.on else replace(wish, on=on, asked_on=wish.on)


def asked(done: Done, on: dt.date) -> dt.date | None:
    """The day that was said, where its owner does not work on it; None where there is nothing to say about it."""
    is_free = done.card is not None and not calendar.is_workday(on, done.card.owner.calendar)
    return on if is_free else None


def read_back(understood: Sequence[Understood], wish: Wish | None) -> list[Understood]:
    """What was understood, with the step on the day for which it is planned."""
    if wish is None or wish.asked_on is None:
        return [*understood]
    said, planned = day(wish.asked_on, year=True), day(wish.on, year=True)
    return [
        replace(each, value_text=each.value_text.replace(said, planned)) if each.field == STEP else each
        for each in understood
    ]


async def press_other_day(visit: Visit) -> Reply:
    """The same next step on the other of the two days, at its clock time."""
    on = dt.date.fromisoformat(str(visit.action["action_id"]).removeprefix(ids.OTHER_DAY))
    target = ByStep(visit.step_id)
    card = await visit.house.db.run(prospects.card, visit.actor, target)
    step = card.step
    at = card.owner.local(step.due_at).time() if step and step.timed else None
    wish = Wish(on, at, step.channel if step else None)
    done = await visit.house.db.run(prospects.amend, visit.actor, target, {}, visit.now, wish=wish)
    return answering.told(done, visit)
