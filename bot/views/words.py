"""Facts in words: dates, money, steps, touches, reasons, changes."""

from datetime import date, datetime, time

from bot.services.amounts import Money
from bot.services.rows import Row, Section
from bot.storage.records import Member, StepRow
from bot.views.blocks import escape
from cadences.coaching import Reason, ReasonKind
from cadences.model import Channel, Outcome, Purpose, Stage

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

CHANNEL_NAMES = {
    Channel.CALL: "call",
    Channel.EMAIL: "email",
    Channel.LINKEDIN: "LinkedIn",
    Channel.SMS: "text message",
    Channel.MEETING: "meeting",
    Channel.VIDEO: "video",
    Channel.LETTER: "letter",
}
CHANNEL_SIGNS = {
    Channel.CALL: "📞",
    Channel.EMAIL: "✉️",
    Channel.LINKEDIN: "💼",
    Channel.SMS: "💬",
    Channel.MEETING: "🤝",
    Channel.VIDEO: "🎥",
    Channel.LETTER: "📝",
}
"""Beside the word, never instead of it."""
CHANNEL_DONE = {
    Channel.CALL: "called",
    Channel.EMAIL: "emailed",
    Channel.LINKEDIN: "messaged on LinkedIn",
    Channel.SMS: "texted",
    Channel.MEETING: "met",
    Channel.VIDEO: "sent a video",
    Channel.LETTER: "sent a letter",
}
PURPOSE_WORDS = {
    Purpose.THANK: "say thank you",
    Purpose.ANSWER_OBJECTION: "answer their question",
    Purpose.SHARE_VALUE: "share something of value",
    Purpose.ASK_FEEDBACK: "ask for feedback",
    Purpose.PROPOSE_MEETING: "propose a meeting",
    Purpose.CLOSE_THE_LOOP: "close the loop: won, lost or park?",
}
STAGE_SIGNS = {Stage.WON: "🏆", Stage.LOST: "✖️", Stage.PARKED: "🅿️"}
PLAIN_OUTCOMES = frozenset({Outcome.SENT, Outcome.CONNECTED})
SECTION_NAMES = {
    Section.PROMISED: "Promised",
    Section.OVERDUE: "Overdue",
    Section.TODAY: "Due today",
    Section.STALLED: "Stalled",
}


def day(on: date, today: date | None = None) -> str:
    """``Thu 26 Nov``; the year is said where it isn't this one."""
    shown = f"{DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"
    return shown if today is None or on.year == today.year else f"{shown} {on.year}"


def clock(at: time | datetime) -> str:
    """``09:05``."""
    return f"{at.hour:02d}:{at.minute:02d}"


def moment(at: datetime, member: Member, now: datetime) -> str:
    """A past moment on the member's clock: ``09:14`` today, else the day too."""
    local, today = member.local(at), member.local(now).date()
    return clock(local) if local.date() == today else f"{day(local.date(), today)} {clock(local)}"


def money(value_minor: int | None, currency: str | None) -> str:
    """``$12,000``, or nothing when there is no amount."""
    return Money(value_minor, currency).text() if value_minor is not None and currency else ""


def who(name: str, company: str | None) -> str:
    """``Dana Li at Acme``, plain, for labels and texts."""
    return f"{name} at {company}" if company else name


def title(name: str, company: str | None, value: str = "") -> str:
    """``*Dana Li* · Acme · $12,000``, escaped."""
    return " · ".join(part for part in (f"*{escape(name)}*", escape(company or ""), value) if part)


def several(count: int, one: str, many: str | None = None) -> str:
    """``1 day``, ``3 days``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def due(step: StepRow, member: Member, now: datetime, *, zone: bool = False) -> str:
    """When a step is due: ``Thu 26 Nov``, with the clock time where somebody named one, and the zone when asked."""
    local, today = member.local(step.due_at), member.local(now).date()
    shown = day(local.date(), today)
    if step.timed or zone:
        shown += f" {clock(local)}"
    return f"{shown} ({member.zone})" if zone else shown


def next_step(step: StepRow | None, member: Member, now: datetime) -> str:
    """``email Thu 26 Nov``, or that nothing is planned."""
    return f"{CHANNEL_NAMES[step.channel]} {due(step, member, now)}" if step else "nothing planned"


def position(number: int | None, of: int | None, cadence: str | None) -> str:
    """``step 3 of 6 (nudge)``, or nothing for a step no cadence planned."""
    return f"step {number} of {of} ({cadence})" if number and of else ""


def plan(row: Row) -> str:
    """``📞 Call · step 3 of 6 · to propose a meeting``."""
    name = CHANNEL_NAMES[row.channel]
    parts = [f"{CHANNEL_SIGNS[row.channel]} {name[:1].upper()}{name[1:]}"]
    if row.number:
        parts.append(f"step {row.number} of {row.of}")
    parts.append(f"to {PURPOSE_WORDS[row.purpose]}" if not row.promised else "you promised it")
    return " · ".join(parts)


def last(channel: Channel | None, at: datetime | None, member: Member, now: datetime) -> str:
    """``last: called Tue 17 Nov``, or nothing before the first touch."""
    if channel is None or at is None:
        return ""
    local, today = member.local(at).date(), member.local(now).date()
    return f"last: {CHANNEL_DONE[channel]} {'today' if local == today else day(local, today)}"


def reason(item: Reason, row: Row, member: Member) -> str:
    """One reason why now."""
    local = member.local(row.due_at)
    at = f" {clock(local)}" if row.timed else ""
    days = several(item.count, "business day")
    match item.kind:
        case ReasonKind.PROMISED:
            return f"promised for {day(local.date())}{at}"
        case ReasonKind.OVERDUE:
            return f"{days} overdue"
        case ReasonKind.SILENT:
            return _silent(item, days)
        case ReasonKind.NEVER_TOUCHED:
            return "no touch yet"
        case ReasonKind.CLOSES_SOON:
            return "closes today" if item.count == 0 else f"closes in {several(item.count, 'day')}"
        case ReasonKind.CLOSE_PASSED:
            return f"{several(item.count, 'day')} past its close date"
        case ReasonKind.SNOOZED:
            return f"snoozed {item.count} times in a row"
        case ReasonKind.IDLE:
            return f"nothing happened for {days}"
        case ReasonKind.PARKED:
            return "parked until today"


def why(row: Row, member: Member) -> str:
    """``Why now: …``, the reasons in order."""
    reasons = "; ".join(reason(item, row, member) for item in row.reasons)
    return f"Why now: {reasons or 'due today'}"


def weekdays(days: frozenset[int]) -> str:
    """``Mon-Fri``, or the days one by one."""
    ordered = sorted(days)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{DAYS[ordered[0]]}–{DAYS[ordered[-1]]}"
    return ", ".join(DAYS[number] for number in ordered)


def _silent(item: Reason, days: str) -> str:
    done = CHANNEL_DONE.get(item.channel, "touched") if item.channel else "touched"
    outcome = f" ({item.outcome.words})" if item.outcome and item.outcome not in PLAIN_OUTCOMES else ""
    if item.count == 0:
        return f"{done} today{outcome}"
    return f"{days} since you {done}{outcome}"
