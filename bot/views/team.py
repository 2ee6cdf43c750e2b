"""The team digest of stalled deals, its thread per owner, and the answers at its set-up."""

from collections.abc import Iterable
from datetime import datetime, time
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
from cadences.model import Channel
from cadences.stalled import IDLE_LIMITS, Label
from cadences.words import named
from cadences.work_calendar import WorkCalendar
from language import dates, mark, places, say, say_n

LABEL_WORDS = {
    Label.IDLE: mark("idle"),
    Label.AGEING: mark("ageing"),
    Label.PAST_CLOSE: mark("past its close date"),
}
ACTIVITY_WORDS = {"reply": mark("reply"), "note": mark("note"), "added": mark("added")}
"""What resets the clock of a deal beside a touch, which is called by its channel."""
STALLED_SHOWN = 20
UNNAMED = frozenset({"", "privategroup"})
"""What Slack calls a private channel."""
LINES_IN_A_SECTION = 8
"""A section takes 3,000 characters."""


def digest(view: TeamView) -> Message:
    """The message in the channel: at most ten rows, the most valuable and longest idle first."""
    count = len(view.rows)
    title = _stalled_deals(count)
    blocks = [header(f"{title} · {words.day(view.local_on)}")]
    if count > len(view.shown):
        blocks.append(context(_most(len(view.shown))))
    told = []
    for number, item in enumerate(view.shown, start=1):
        blocks += _row(number, item, view)
        told.append(f"{number}. {_told(item, view, item.row.owner_name)}")
    meant = say(
        "Stalled: no touch, reply or note for {limits} business days, and nothing planned sooner.", limits=limits()
    )
    blocks.append(context(meant))
    return message(f"{title}: {listed(told)}", blocks)


def thread(view: TeamView) -> Message:
    """One owner's part in the thread."""
    owner = view.rows[0].row.owner_name
    lines = [f"• {_line(item.row, view, owner='')}" for item in view.rows]  # the headline names her
    told = listed([_told(item, view, owner="") for item in view.rows])
    text = f"{owner}: {_stalled_deals(len(view.rows))}. {told}"
    parts = [lines[start : start + LINES_IN_A_SECTION] for start in range(0, len(lines), LINES_IN_A_SECTION)]
    return message(text, [section(f"*{escape(owner)}*"), *(section("\n".join(part)) for part in parts)])


def announced(digest: TeamDigest) -> Message:
    """What the channel is told when its digest is set up; posting it also proves that we may."""
    when = f"{schedule(digest.weekday, digest.post_time)} ({places.zone(digest.zone)})"
    text = say("Stalled deals will be posted here on {when}, without amounts.", when=when)
    if digest.shows_money:
        text = say("Stalled deals will be posted here on {when}, with amounts.", when=when)
    hint = say("Change it with `/followup team fri 16:00`, stop it with `/followup team off`.")
    return message(f"{text} {hint}", [section(f"📋 {escape(text)}"), context(hint)])


def not_in_channel(channel_name: str, bot_name: str, change_id: int) -> Message:
    """The exact command that helps, and Retry."""
    where = say("this channel") if channel_name in UNNAMED else f"#{channel_name}"
    text = say("I can't see {channel}. Type /invite @{bot} there, then press Retry.", channel=where, bot=bot_name)
    shown = say(
        "I can't see {channel}. Type `/invite @{bot}` there, then press Retry.",
        channel=escape(where),
        bot=escape(bot_name),
    )
    retry = button(say("Retry"), ids.TEAM_RETRY, change_id, style="primary")
    return message(text, [section(shown), actions([retry])])


def stalled(deals: tuple[Stalled, ...], viewer: Member, *, everybody: bool) -> Message:
    """What ``/followup stalled`` answers."""
    if not deals:
        text = say("No deal of yours has stalled. (Limits in business days: {limits})", limits=limits())
        if everybody:
            text = say("No deal in the team has stalled. (Limits in business days: {limits})", limits=limits())
        return message(text, [section(escape(text))])
    blocks = [section(_whose(len(deals), everybody=everybody))]
    told = []
    for item in deals[:STALLED_SHOWN]:
        prospect = item.prospect
        name, company = short(prospect.name), short(prospect.company)
        who = words.who(name, company)
        value = words.money(prospect.value_minor, prospect.currency)
        active = words.day(viewer.local(prospect.active_at).date())
        idle = _idle(item.verdict.idle_days, active, prospect.active_kind, item.active_by.name)
        owner = "" if item.owner.id == viewer.id else f" · {item.owner.name}"
        line = f"{idle}{_labels(item.verdict.labels)}{owner}"
        told.append(f"{who}{', ' + value if value else ''}: {line}.")
        open_card = button(say("Open"), ids.SHOW, prospect.id, spoken=say("Open {who}", who=who))
        blocks.append(section(f"{words.title(name, company, value)}\n{escape(line)}", open_card))
    if len(deals) > STALLED_SHOWN:
        blocks.append(context(say("… and {count} more", count=len(deals) - STALLED_SHOWN)))
    return message(f"{_stalled_deals(len(deals))}: {listed(told)}", blocks)


def schedule(weekday: int, at: time) -> str:
    """``Mondays at 09:30``."""
    return say("{weekday}s at {time}", weekday=dates.weekday(weekday), time=dates.clock(at))


def limits() -> str:
    """``new 5, working 7``: after so many business days without activity a deal has stalled."""
    return ", ".join(f"{named(stage)} {days}" for stage, days in IDLE_LIMITS.items())


def activity(kind: str) -> str:
    """What happened last with a deal: a touch by its channel, else ``reply``, ``note`` or ``added``."""
    if kind in set(Channel):
        return words.channel(Channel(kind))
    return say(ACTIVITY_WORDS[kind]) if kind in ACTIVITY_WORDS else kind


def _stalled_deals(count: int) -> str:
    return say_n("{count} stalled deal", "{count} stalled deals", count)


def _most(count: int) -> str:
    return say("The {count} that matter most; all of them, by owner, in the thread", count=count)


def _whose(count: int, *, everybody: bool) -> str:
    if everybody:
        return say_n("*{count} deal in the team has stalled*", "*{count} deals in the team have stalled*", count)
    return say_n("*{count} deal of yours has stalled*", "*{count} deals of yours have stalled*", count)


def _idle(days: int, since: str, kind: str, name: str) -> str:
    return say(
        "idle for {days} since {day} (last: {activity} by {name})",
        days=words.business_days(days),
        day=since,
        activity=activity(kind),
        name=name,
    )


def _row(number: int, item: TeamRowNow, view: TeamView) -> list[Block]:
    row = item.row
    who = words.who(short(row.name), short(row.company))
    result = _result(item, view)
    if item.gone or item.change is not None:
        spoken = say("Undo: {deed}", deed=f"{result} {who}")
        undo = button(say("Undo"), ids.UNDO, item.change.id, spoken=spoken) if item.change else None
        title = words.title(short(row.name), short(row.company))
        return [section(f"{number}. ✓ {title} – {escape(result)}", undo)]
    lines = f"{number}. {_line(row, view, row.owner_name)}" + (f"\n✓ {escape(result)}" if result else "")
    return [section(lines), _buttons(item, who, view)]


def _buttons(item: TeamRowNow, who: str, view: TeamView) -> Block:
    row = item.row
    step_id = item.step.id if item.step else row.step_id
    calendar_of_channel = WorkCalendar(ZoneInfo(view.zone))
    choices = calendar.snooze_options(view.now, calendar_of_channel)
    return actions(
        [
            button(
                say("Nudge owner"),
                ids.NUDGE,
                step_id,
                spoken=say("Nudge owner {owner} about {who}", owner=row.owner_name, who=who),
            ),
            button(
                say("Take over"),
                ids.TAKE_OVER,
                step_id,
                spoken=say("Take over {who} from {owner}", who=who, owner=row.owner_name),
            ),
            menu(ids.SNOOZE, say("Snooze"), [option(choice.label, choice.on.isoformat()) for choice in choices]),
            button(say("Mark lost"), ids.LOST, step_id, spoken=say("Mark lost: {who}", who=who)),
        ],
        ids.step_block(step_id),
    )


def _line(row: TeamRow, view: TeamView, owner: str) -> str:
    value = words.money(row.value_minor, row.currency) if view.shows_money else ""
    title = words.title(short(row.name), short(row.company), value)
    return " · ".join(filter(None, [title, escape(owner)])) + f"\n{escape(_standing(row, view))}"


def _standing(row: TeamRow, view: TeamView) -> str:
    since = words.day(row.active_at.astimezone(ZoneInfo(view.zone)).date(), view.local_on)
    idle = _idle(row.idle_days, since, row.active_kind, row.active_by)
    line = f"{named(row.stage)} · {idle}{_labels(row.labels)}"
    return " · ".join([line, say("next step too far away")]) if row.too_far else line


def _labels(labels: Iterable[Label]) -> str:
    """What else is wrong than being idle, which the line says in days."""
    return "".join(f" · {say(LABEL_WORDS[label])}" for label in labels if label is not Label.IDLE)


def _result(item: TeamRowNow, view: TeamView) -> str:
    if item.gone:
        return say("no longer here")
    if item.change is not None and item.by is not None:
        at = _moment(item.change.happened_at, view)
        if item.change.facts.get("to_name") == item.by.name:
            return say("taken over by {name} {time}", name=item.by.name, time=at)
        deed = deeds.deed(item.change, item.by, view.now)
        return say("{deed} by {name} {time}", deed=deed, name=item.by.name, time=at)
    if item.nudged_at is None:
        return ""
    name, at = item.row.owner_name, _moment(item.nudged_at, view)
    if item.is_nudged:
        return say("{name} was nudged {time}", name=name, time=at)
    return say("nudge for {name}: comes {time}", name=name, time=at)


def _moment(at: datetime, view: TeamView) -> str:
    """On the channel's clock; the day too, where it is another than the digest's."""
    local = at.astimezone(ZoneInfo(view.zone))
    clock = dates.clock(local)
    return clock if local.date() == view.local_on else f"{words.day(local.date(), view.local_on)} {clock}"


def _told(item: TeamRowNow, view: TeamView, owner: str) -> str:
    row = item.row
    value = words.money(row.value_minor, row.currency) if view.shows_money else ""
    who = words.who(short(row.name), short(row.company))
    result = _result(item, view)
    line = ", ".join(filter(None, [who, value, owner])) + f": {_standing(row, view)}"
    return f"{line}. {result}." if result else f"{line}."
