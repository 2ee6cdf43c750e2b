"""Facts in words: dates, money, steps, touches, reasons, changes."""

from datetime import date, datetime

from bot.services.amounts import Money
from bot.services.rows import Row, Section
from bot.storage.records import Member, StepRow
from bot.views.blocks import escape
from cadences.coaching import Reason, ReasonKind
from cadences.model import Channel, Outcome, Purpose, Stage
from cadences.words import capital, named
from language import dates, mark, places, say, say_n

CHANNEL_NAMES = {
    Channel.CALL: mark("call"),
    Channel.EMAIL: mark("email"),
    Channel.LINKEDIN: mark("LinkedIn"),
    Channel.SMS: mark("text message"),
    Channel.MEETING: mark("meeting"),
    Channel.VIDEO: mark("video"),
    Channel.LETTER: mark("letter"),
    Channel.OTHER: mark("another channel"),
}
CHANNEL_SIGNS = {
    Channel.CALL: "📞",
    Channel.EMAIL: "✉️",
    Channel.LINKEDIN: "💼",
    Channel.SMS: "💬",
    Channel.MEETING: "🤝",
    Channel.VIDEO: "🎥",
    Channel.LETTER: "📝",
    Channel.OTHER: "📌",
}
"""Beside the word, never instead of it."""
CHANNEL_DONE = {
    Channel.CALL: mark("called"),
    Channel.EMAIL: mark("emailed"),
    Channel.LINKEDIN: mark("messaged on LinkedIn"),
    Channel.SMS: mark("texted"),
    Channel.MEETING: mark("met"),
    Channel.VIDEO: mark("sent a video"),
    Channel.LETTER: mark("sent a letter"),
    Channel.OTHER: mark("contacted another way"),
}
PURPOSE_WORDS = {
    Purpose.THANK: mark("say thank you"),
    Purpose.ANSWER_OBJECTION: mark("answer their question"),
    Purpose.SHARE_VALUE: mark("share something of value"),
    Purpose.ASK_FEEDBACK: mark("ask for feedback"),
    Purpose.PROPOSE_MEETING: mark("propose a meeting"),
    Purpose.CLOSE_THE_LOOP: mark("close the loop: won, lost or park"),
}
STAGE_SIGNS = {Stage.WON: "🏆", Stage.LOST: "✖️", Stage.PARKED: "🅿️"}
PLAIN_OUTCOMES = frozenset({Outcome.SENT, Outcome.CONNECTED})
SECTION_NAMES = {
    Section.PROMISED: mark("Promised"),
    Section.OVERDUE: mark("Overdue"),
    Section.TODAY: mark("Due today"),
    Section.STALLED: mark("Stalled"),
}


def day(on: date, today: date | None = None) -> str:
    """``Thu 26 Nov``; the year is said where it isn't this one."""
    return dates.day(on, year=today is not None and on.year != today.year)


def moment(at: datetime, member: Member, now: datetime) -> str:
    """A past moment on the member's clock: ``09:14`` today, else the day too."""
    local, today = member.local(at), member.local(now).date()
    return dates.clock(local) if local.date() == today else f"{day(local.date(), today)} {dates.clock(local)}"


def money(value_minor: int | None, currency: str | None) -> str:
    """``$12,000``, or nothing when there is no amount."""
    return Money(value_minor, currency).text() if value_minor is not None and currency else ""


def money_to_edit(value_minor: int | None, currency: str | None, viewer: Member) -> str | None:
    """``12.000 €`` as a form is filled with it, read again as the same amount; None when there is none."""
    if value_minor is None or not currency:
        return None
    return Money(value_minor, currency).typed(viewer.locale)


def channel(of: Channel) -> str:
    """``text message``."""
    return say(CHANNEL_NAMES[of])


def done(by: Channel | None, via: str | None = None) -> str:
    """What was done in a touch: ``texted``, ``contacted via fax``; ``touched`` where the channel is not known."""
    if by is Channel.OTHER and via:
        return say("contacted via {channel}", channel=via)
    return say(CHANNEL_DONE[by]) if by in CHANNEL_DONE else say("touched")


def who(name: str, company: str | None) -> str:
    """``Dana Li at Acme``, plain, for labels and texts."""
    return say("{name} at {company}", name=name, company=company) if company else name


def title(name: str, company: str | None, value: str = "") -> str:
    """``*Dana Li* · Acme · $12,000``, escaped."""
    return " · ".join(part for part in (f"*{escape(name)}*", escape(company or ""), value) if part)


def days(count: int) -> str:
    """``1 day``, ``3 days``."""
    return say_n("{count} day", "{count} days", count)


def business_days(count: int) -> str:
    """``1 business day``, ``3 business days``."""
    return say_n("{count} business day", "{count} business days", count)


def due(step: StepRow, member: Member, now: datetime, *, zone: bool = False) -> str:
    """When a step is due: ``Thu 26 Nov``, with the clock time where somebody named one, and the zone when asked."""
    local, today = member.local(step.due_at), member.local(now).date()
    shown = day(local.date(), today)
    if step.timed or zone:
        shown += f" {dates.clock(local)}"
    return f"{shown} ({places.zone(member.zone)})" if zone else shown


def next_step(step: StepRow | None, member: Member, now: datetime) -> str:
    """``email Thu 26 Nov``, or that nothing is planned."""
    return f"{channel(step.channel)} {due(step, member, now)}" if step else say("nothing planned")


def position(number: int | None, of: int | None, cadence: str | None) -> str:
    """``step 3 of 6 (nudge)``, or nothing for a step no cadence planned."""
    return say("step {number} of {of} ({cadence})", number=number, of=of, cadence=cadence) if number and of else ""


def plan(row: Row) -> str:
    """``📞 Call · step 3 of 6 · to propose a meeting``."""
    parts = [f"{CHANNEL_SIGNS[row.channel]} {capital(channel(row.channel))}"]
    if row.number:
        parts.append(say("step {number} of {of}", number=row.number, of=row.of))
    parts.append(say("promised") if row.promised else say("to {purpose}", purpose=purpose(row.purpose)))
    return " · ".join(parts)


def purpose(of: Purpose) -> str:
    """``propose a meeting``: what a step is for."""
    return say(PURPOSE_WORDS[of])


def last(by: Channel | None, at: datetime | None, member: Member, now: datetime, via: str | None = None) -> str:
    """``last: called Tue 17 Nov``, or nothing before the first touch."""
    if by is None or at is None:
        return ""
    local, today = member.local(at).date(), member.local(now).date()
    when = say("today") if local == today else day(local, today)
    return say("last: {done} {when}", done=done(by, via), when=when)


def reason(item: Reason, row: Row, member: Member) -> str:
    """One reason why now."""
    match item.kind:
        case ReasonKind.PROMISED:
            return say("promised for {when}", when=_promised_for(row, member))
        case ReasonKind.OVERDUE:
            return say("{days} overdue", days=business_days(item.count))
        case ReasonKind.SILENT:
            return _silent(item)
        case ReasonKind.NEVER_TOUCHED:
            return say("no touch yet")
        case ReasonKind.CLOSES_SOON:
            if item.count == 0:
                return say("closes today")
            return say_n("closes in {count} day", "closes in {count} days", item.count)
        case ReasonKind.CLOSE_PASSED:
            return say("{days} past its close date", days=days(item.count))
        case ReasonKind.SNOOZED:
            return say("snoozed {count} times in a row", count=item.count)
        case ReasonKind.IDLE:
            return say("nothing happened for {days}", days=business_days(item.count))
        case ReasonKind.PARKED:
            return say("parked until today")
        case ReasonKind.AWAITED:
            return say("it was for them to answer")


def why(row: Row, member: Member) -> str:
    """``Why now: …``, the reasons in order."""
    reasons = "; ".join(reason(item, row, member) for item in row.reasons)
    return say("Why now: {reasons}", reasons=reasons or say("due today"))


def _promised_for(row: Row, member: Member) -> str:
    local = member.local(row.due_at)
    return f"{day(local.date())} {dates.clock(local)}" if row.timed else day(local.date())


def _silent(item: Reason) -> str:
    outcome = f" ({named(item.outcome)})" if item.outcome and item.outcome not in PLAIN_OUTCOMES else ""
    if item.count == 0:
        return say("{done} today", done=done(item.channel)) + outcome
    # Not who: a manager and a deputy read the same row.
    return say("{done} {days} ago", days=business_days(item.count), done=done(item.channel)) + outcome
