"""The team digest of stalled deals, its thread per owner, and the answers at its set-up."""

from collections.abc import Iterable
from datetime import time
from zoneinfo import ZoneInfo

from bot.services.stalling import Stalled
from bot.services.team import TeamRow, TeamRowNow, TeamView
from bot.storage.records import Member, TeamDigest
from bot.views import deeds, ids, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    header,
    listed,
    menu,
    message,
    option,
    section,
    short,
)
from cadences import calendar
from cadences.model import Channel, WorkCalendar
from cadences.stalled import IDLE_LIMITS, Label

LIMITS = ", ".join(f"{stage.value} {days}" for stage, days in IDLE_LIMITS.items())
STALLED_SHOWN = 20
UNNAMED = frozenset({"", "privategroup"})
"""What Slack calls a private channel."""
LINES_IN_A_SECTION = 8
"""A section takes 3,000 characters."""


def digest(view: TeamView) -> Message:
    """The message in the channel: at most ten rows, the most valuable and longest idle first."""
    count = len(view.rows)
    title = f"{words.several(count, 'stalled deal')}"
    blocks = [header(f"{title} · {words.day(view.local_on)}")]
    if count > len(view.shown):
        blocks.append(context(f"The {len(view.shown)} that matter most; all of them, by owner, in the thread"))
    told = []
    for number, item in enumerate(view.shown, start=1):
        blocks += _row(number, item, view)
        told.append(f"{number}. {_told(item, view)}")
    blocks.append(context(f"Stalled: no touch, reply or note for {LIMITS} business days, and nothing planned sooner."))
    return message(f"{title}: {listed(told)}", blocks)


def thread(view: TeamView) -> Message:
    """One owner's part in the thread."""
    owner = view.rows[0].row.owner_name
    lines = [f"• {_line(item.row, view)}" for item in view.rows]
    told = listed([_told(item, view) for item in view.rows])
    text = f"{owner}: {words.several(len(view.rows), 'stalled deal')}. {told}"
    parts = [lines[start : start + LINES_IN_A_SECTION] for start in range(0, len(lines), LINES_IN_A_SECTION)]
    return message(text, [section(f"*{escape(owner)}*"), *(section("\n".join(part)) for part in parts)])


def announced(digest: TeamDigest) -> Message:
    """What the channel is told when its digest is set up; posting it also proves that we may."""
    when = f"{words.DAY_NAMES[digest.weekday]}s at {words.clock(digest.post_time)} ({digest.zone})"
    money = "with amounts" if digest.shows_money else "without amounts"
    text = f"Stalled deals will be posted here on {when}, {money}."
    hint = "Change it with `/followup team fri 16:00`, stop it with `/followup team off`."
    return message(f"{text} {hint}", [section(f"📋 {escape(text)}"), context(hint)])


def not_in_channel(channel_name: str, bot_name: str, change_id: int) -> Message:
    """The exact command that helps, and Retry."""
    where = "this channel" if channel_name in UNNAMED else f"#{channel_name}"
    text = f"I can't see {where}. Type /invite @{bot_name} there, then press Retry."
    shown = f"I can't see {escape(where)}. Type `/invite @{escape(bot_name)}` there, then press Retry."
    return message(text, [section(shown), actions([button("Retry", ids.TEAM_RETRY, change_id, style="primary")])])


def stalled(deals: tuple[Stalled, ...], viewer: Member, *, everybody: bool) -> Message:
    """What ``/followup stalled`` answers."""
    whose = "in the team" if everybody else "of yours"
    if not deals:
        text = f"No deal {whose} has stalled. (Limits in business days: {LIMITS})"
        return message(text, [section(escape(text))])
    blocks = [section(f"*{words.several(len(deals), 'deal')} {whose} {'has' if len(deals) == 1 else 'have'} stalled*")]
    told = []
    for item in deals[:STALLED_SHOWN]:
        prospect = item.prospect
        name, company = short(prospect.name), short(prospect.company)
        who = words.who(name, company)
        value = words.money(prospect.value_minor, prospect.currency)
        idle = f"idle for {words.several(item.verdict.idle_days, 'business day')}"
        active = words.day(viewer.local(prospect.active_at).date())
        since = f"since {active} (last: {_activity(prospect.active_kind)} by {item.active_by.name})"
        owner = "" if item.owner.id == viewer.id else f" · {item.owner.name}"
        line = f"{idle} {since}{_labels(item.verdict.labels)}{owner}"
        told.append(f"{who}: {line}.")
        open_card = button("Open", ids.SHOW, prospect.id, spoken=f"Open {who}")
        blocks.append(section(f"{words.title(name, company, value)}\n{escape(line)}", open_card))
    if len(deals) > STALLED_SHOWN:
        blocks.append(context(f"… and {len(deals) - STALLED_SHOWN} more"))
    return message(f"{words.several(len(deals), 'stalled deal')}: {listed(told)}", blocks)


def schedule(weekday: int, at: time) -> str:
    """``Mondays at 09:30``."""
    return f"{words.DAY_NAMES[weekday]}s at {words.clock(at)}"


def _row(number: int, item: TeamRowNow, view: TeamView) -> list[Block]:
    row = item.row
    who = words.who(short(row.name), short(row.company))
    result = _result(item, view)
    if item.gone or item.change is not None:
        undo = button("Undo", ids.UNDO, item.change.id, spoken=f"Undo: {result} {who}") if item.change else None
        title = words.title(short(row.name), short(row.company))
        return [section(f"{number}. ✓ {title} – {escape(result)}", undo)]
    lines = f"{number}. {_line(row, view)}" + (f"\n✓ {escape(result)}" if result else "")
    return [section(lines), _buttons(item, who, view)]


def _buttons(item: TeamRowNow, who: str, view: TeamView) -> Block:
    row = item.row
    step_id = item.step.id if item.step else row.step_id
    calendar_of_channel = WorkCalendar(ZoneInfo(view.zone))
    choices = calendar.snooze_options(view.now, calendar_of_channel)
    return actions(
        [
            button("Nudge owner", ids.NUDGE, step_id, spoken=f"Nudge {row.owner_name} about {who}"),
            button("Take over", ids.TAKE_OVER, step_id, spoken=f"Take over {who} from {row.owner_name}"),
            menu(ids.SNOOZE, "Snooze", [option(choice.label, choice.on.isoformat()) for choice in choices]),
            button("Mark lost", ids.LOST, step_id, spoken=f"Mark {who} as lost"),
        ],
        ids.step_block(step_id),
    )


def _line(row: TeamRow, view: TeamView) -> str:
    value = words.money(row.value_minor, row.currency) if view.shows_money else ""
    title = words.title(short(row.name), short(row.company), value)
    return f"{title} · {escape(row.owner_name)}\n{escape(_standing(row, view))}"


def _standing(row: TeamRow, view: TeamView) -> str:
    since = words.day(row.active_at.astimezone(ZoneInfo(view.zone)).date(), view.local_on)
    far = " · next step too far away" if row.too_far else ""
    idle = f"idle for {words.several(row.idle_days, 'business day')} since {since}"
    return (
        f"{row.stage.value} · {idle} (last: {_activity(row.active_kind)} by {row.active_by}){_labels(row.labels)}{far}"
    )


def _labels(labels: Iterable[Label]) -> str:
    """What else is wrong than being idle, which the line says in days."""
    return "".join(f" · {label.value}" for label in labels if label is not Label.IDLE)


def _result(item: TeamRowNow, view: TeamView) -> str:
    zone = ZoneInfo(view.zone)
    if item.gone:
        return "no longer here"
    if item.change is not None and item.by is not None:
        at = words.clock(item.change.happened_at.astimezone(zone))
        deed = deeds.deed(item.change, item.by, view.now)
        if item.change.facts.get("to_name") == item.by.name:
            deed = "taken over"
        return f"{deed} by {item.by.name} {at}"
    if item.nudged_at is not None:
        return f"{item.row.owner_name} was nudged {words.clock(item.nudged_at.astimezone(zone))}"
    return ""


def _told(item: TeamRowNow, view: TeamView) -> str:
    row = item.row
    value = words.money(row.value_minor, row.currency) if view.shows_money else ""
    who = words.who(short(row.name), short(row.company))
    result = _result(item, view)
    line = f"{who}{', ' + value if value else ''}, {row.owner_name}: {_standing(row, view)}"
    return f"{line}. {result}." if result else f"{line}."


def _activity(kind: str) -> str:
    return words.CHANNEL_NAMES[Channel(kind)] if kind in set(Channel) else kind
