"""A member's days as they apply, and what became of plans when days changed."""

from datetime import datetime

from bot.services.calendars import Changed, Level
from bot.services.free_days import Moves
from bot.services.working_days import Named, View
from bot.storage.records import Member
from bot.views import deeds, ids, words
from bot.views.blocks import Block, Message, actions, button, context, escape, listed, message, section
from cadences.model import Leave

DAYS_SHOWN = 8
LEAVES_SHOWN = 5
FROM_LEVEL = {Level.MINE: "your own", Level.TEAM: "your team's", Level.WORKSPACE: "the workspace's"}
FOR_LEVEL = {Level.MINE: "", Level.TEAM: " for the team", Level.WORKSPACE: " for the workspace"}
HINT = (
    "Typed: `/followup holidays de-by` · `dayoff 24 dec -- Christmas Eve` · `workday 5 dec` · `away 1–14 aug` · "
    "`settings hours 8:00-18:00` · `settings cap 20`"
)


def calendar(view: View) -> Message:
    """When the member works, level by level, with the buttons that change it."""
    member = view.member
    hours = f"{words.clock(member.opens_time)}–{words.clock(member.closes_time)} ({member.zone})"
    lines = [
        f"Your week: {words.weekdays(member.workdays)}, {hours}.",
        f"Load: at most {member.due_cap} a day, {member.new_cap} new ones among them.",
        _holidays(view),
        f"Team: {view.team.name}." if view.team else "Team: none.",
    ]
    blocks: list[Block] = [section("*Your calendar*\n" + "\n".join(escape(line) for line in lines))]
    told = [*lines]
    for day in sorted((*view.free, *view.worked), key=lambda each: each.on)[:DAYS_SHOWN]:
        line = f"{words.day(day.on, view.today)}  {day.name} ({FROM_LEVEL[day.level]})"
        told.append(f"{line}.")
        blocks.append(section(escape(line), _remove(day) if _may_remove(view, day) else None))
    if not view.free:
        blocks.append(context("No free days ahead besides your week's own."))
    for leave in view.leave[:LEAVES_SHOWN]:
        line = f"Away {span(leave, view)}"
        told.append(f"{line}.")
        blocks.append(section(escape(line), _end(leave, view)))
    blocks.append(
        actions(
            [
                button("Change", ids.SETTINGS, style="primary", spoken="Change hours, caps and holidays"),
                button("Add a leave", ids.LEAVE_FORM),
            ]
        )
    )
    blocks.append(context(HINT))
    return message(listed(told), blocks)


def changed(result: Changed, viewer: Member, now: datetime) -> Message:
    """Days that were changed, what moved with them, and Undo."""
    change = result.done.change
    deed = deeds.deed(change, viewer, now)
    parts = [f"✓ {deed[:1].upper()}{deed[1:]}."]
    if result.people > 1:
        parts.append(f"That concerns {result.people} people.")
    parts += moved(result.moves, viewer, now)
    text = " ".join(parts)
    undo = button("Undo", ids.UNDO, change.id, spoken=f"Undo: {deed}")
    shown = actions([button("Show my calendar", ids.CALENDAR)])
    return message(text, [section(escape(text), undo), shown])


def moved(moves: Moves, viewer: Member, now: datetime) -> list[str]:
    """How many steps went elsewhere, and the promises that stay where nobody works."""
    today = viewer.local(now).date()
    told = []
    if moves.moved:
        told.append(f"{words.several(moves.moved, 'planned step')} moved to the next working days.")
    if moves.promised:
        names = "; ".join(f"{words.who(p.name, p.company)} {words.day(p.on, today)}" for p in moves.promised)
        stays = "promise stays" if len(moves.promised) == 1 else "promises stay"
        told.append(f"{len(moves.promised)} {stays} on a free day: {names}.")
    return told


def span(leave: Leave, view: View) -> str:
    """``Sat 1 Aug to Fri 14 Aug, Ben stands in``."""
    deputy = view.people.get(leave.deputy_id or "")
    first, last = words.day(leave.starts_on, view.today), words.day(leave.ends_on, view.today)
    days = first if leave.starts_on == leave.ends_on else f"{first} to {last}"
    return f"{days}, {deputy.name} stands in" if deputy else days


def _holidays(view: View) -> str:
    if view.country is None or view.country_level is None:
        return "Public holidays: none are free."
    return f"Public holidays: {view.country} ({FROM_LEVEL[view.country_level]})."


def _may_remove(view: View, day: Named) -> bool:
    allowed = {Level.MINE: True, Level.TEAM: view.may_set_team, Level.WORKSPACE: view.may_set_workspace}
    return day.own and allowed[day.level]


def _remove(day: Named) -> Block:
    action = f"{ids.DAY_REMOVE}{day.level.value}"
    return button("Remove", action, day.on.isoformat(), spoken=f"Remove {words.day(day.on)}")


def _end(leave: Leave, view: View) -> Block:
    if leave.starts_on <= view.today:
        return button("I'm back", ids.LEAVE_BACK, leave.starts_on.isoformat())
    spoken = f"Cancel the leave from {words.day(leave.starts_on)}"
    return button("Cancel", ids.LEAVE_CANCEL, leave.starts_on.isoformat(), spoken=spoken)
