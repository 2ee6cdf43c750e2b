"""A member's days as they apply, and what became of plans when days changed."""

from datetime import datetime

from bot.services.calendars import Changed, Level
from bot.services.free_days import Moves
from bot.services.working_days import Named, View
from bot.storage.records import Member
from bot.views import deeds, ids, words
from bot.views.blocks import Block, Message, actions, button, context, escape, listed, message, section
from cadences.words import capital
from cadences.work_calendar import Leave
from language import dates, mark, places, say, say_n

DAYS_SHOWN = 8
LEAVES_SHOWN = 5
FROM_LEVEL = {
    Level.MINE: mark("your own"),
    Level.TEAM: mark("your team's"),
    Level.WORKSPACE: mark("the workspace's"),
}
HINT = mark(
    "Typed: `/followup holidays de-by` · `dayoff 24 dec -- Christmas Eve` · `workday 5 dec` · `away 1–14 aug` · "
    "`settings hours 8:00-18:00` · `settings cap 20`"
)


def calendar(view: View) -> Message:
    """When the member works, level by level, with the buttons that change it."""
    member = view.member
    hours = f"{dates.clock(member.opens_time)}–{dates.clock(member.closes_time)} ({places.zone(member.zone)})"
    lines = [
        say("Your week: {days}, {hours}.", days=dates.weekdays(member.workdays), hours=hours),
        say("Load: at most {due} a day, {new} new ones among them.", due=member.due_cap, new=member.new_cap),
        _holidays(view),
        say("Team: {team}.", team=view.team.name) if view.team else say("Team: none."),
    ]
    blocks: list[Block] = [section("\n".join([say("*Your calendar*"), *(escape(line) for line in lines)]))]
    told = [*lines]
    for day in sorted((*view.free, *view.worked), key=lambda each: each.on)[:DAYS_SHOWN]:
        line = f"{words.day(day.on, view.today)}  {day.name} ({say(FROM_LEVEL[day.level])})"
        told.append(f"{line}.")
        blocks.append(section(escape(line), _remove(day) if _may_remove(view, day) else None))
    if not view.free:
        blocks.append(context(say("No free days ahead besides your week's own.")))
    for leave in view.leave[:LEAVES_SHOWN]:
        line = say("Away {days}", days=span(leave, view))
        told.append(f"{line}.")
        blocks.append(section(escape(line), _end(leave, view)))
    blocks.append(
        actions(
            [
                button(say("Change"), ids.SETTINGS, style="primary", spoken=say("Change hours, caps and holidays")),
                button(say("Add a leave"), ids.LEAVE_FORM),
            ]
        )
    )
    blocks.append(context(say(HINT)))
    return message(listed(told), blocks)


def changed(result: Changed, viewer: Member, now: datetime) -> Message:
    """Days that were changed, what moved with them, and Undo."""
    change = result.done.change
    deed = deeds.deed(change, viewer, now)
    parts = [f"✓ {capital(deed)}."]
    if result.people > 1:
        parts.append(say("That concerns {count} people.", count=result.people))
    parts += moved(result.moves, viewer, now)
    text = " ".join(parts)
    undo = button(say("Undo"), ids.UNDO, change.id, spoken=say("Undo: {deed}", deed=deed))
    shown = actions([button(say("Show my calendar"), ids.CALENDAR)])
    return message(text, [section(escape(text), undo), shown])


def moved(moves: Moves, viewer: Member, now: datetime) -> list[str]:
    """How many steps went elsewhere, and the promises that stay where nobody works."""
    today = viewer.local(now).date()
    told = []
    if moves.moved:
        told.append(
            say_n(
                "{count} planned step moved to the next working days.",
                "{count} planned steps moved to the next working days.",
                moves.moved,
            )
        )
    if moves.promised:
        names = "; ".join(f"{words.who(p.name, p.company)} {words.day(p.on, today)}" for p in moves.promised)
        told.append(
            say_n(
                "{count} promise stays on a free day: {names}.",
                "{count} promises stay on a free day: {names}.",
                len(moves.promised),
                names=names,
            )
        )
    return told


def span(leave: Leave, view: View) -> str:
    """``Sat 1 Aug to Fri 14 Aug, Ben stands in``."""
    deputy = view.people.get(leave.deputy_id or "")
    first, last = words.day(leave.starts_on, view.today), words.day(leave.ends_on, view.today)
    days = first if leave.starts_on == leave.ends_on else say("{first} to {last}", first=first, last=last)
    return say("{days}, {name} stands in", days=days, name=deputy.name) if deputy else days


def _holidays(view: View) -> str:
    if view.country is None or view.country_level is None:
        return say("Public holidays: none are free.")
    return say("Public holidays: {country} ({level}).", country=view.country, level=say(FROM_LEVEL[view.country_level]))


def _may_remove(view: View, day: Named) -> bool:
    allowed = {Level.MINE: True, Level.TEAM: view.may_set_team, Level.WORKSPACE: view.may_set_workspace}
    return day.own and allowed[day.level]


def _remove(day: Named) -> Block:
    action = f"{ids.DAY_REMOVE}{day.level.value}"
    return button(say("Remove"), action, day.on.isoformat(), spoken=say("Remove {day}", day=words.day(day.on)))


def _end(leave: Leave, view: View) -> Block:
    if leave.starts_on <= view.today:
        return button(say("I'm back"), ids.LEAVE_BACK, leave.starts_on.isoformat())
    spoken = say("Cancel the leave from {day}", day=words.day(leave.starts_on))
    return button(say("Cancel"), ids.LEAVE_CANCEL, leave.starts_on.isoformat(), spoken=spoken)
