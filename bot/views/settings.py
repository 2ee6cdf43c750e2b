"""A member's settings: as they stand, and the form that changes them."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from babel import Locale

from bot.services.members import AUTOMATIC
from bot.services.moments import NUDGE_TIME, next_heard
from bot.storage.records import Member
from bot.storage.tables import Rhythm
from bot.views import ids, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    escape,
    field,
    menu,
    message,
    modal,
    option,
    section,
    text_input,
)
from bot.views.forms import Origin
from cadences.words import capital
from language import dates, languages, mark, places, say

PAUSE_OFFERED = timedelta(days=7)
ZONE_HINT = mark("A city, or a name such as Europe/Lisbon. When Slack says that you are elsewhere, I ask.")
DIGEST, ALL_CLEAR, SECOND_NUDGE, RECAP = "on", "all_clear", "second_nudge", "recap"
"""What can be ticked in the form."""
RHYTHMS = {Rhythm.DAILY: mark("On every working day"), Rhythm.WEEKLY: mark("Once a week, on my first working day")}
STATES = {
    (Rhythm.DAILY, True): mark("Your daily digest is on: {when}."),
    (Rhythm.DAILY, False): mark("Your daily digest is off: {when}."),
    (Rhythm.WEEKLY, True): mark("Your weekly digest is on: {when}."),
    (Rhythm.WEEKLY, False): mark("Your weekly digest is off: {when}."),
}
WITHOUT_DIGEST = mark("Nothing comes by itself: no second nudge, weekly recap or all clear either.")
PAUSED = {
    Rhythm.DAILY: mark("Your daily digest is paused until {day}: {when}."),
    Rhythm.WEEKLY: mark("Your weekly digest is paused until {day}: {when}."),
}
TYPED = (
    "settings time 8:30", "settings days mon-thu", "settings hours 8:00-18:00", "settings weekly",
    "settings nudge on", "settings recap on", "settings digest off", "settings language deutsch",
    "settings zone Lisbon", "pause 2d",
)  # fmt: skip


def shown(member: Member, now: datetime, remark: str = "", change_id: int | None = None) -> Message:
    """The settings as they stand, with the form and the typed way to change them."""
    today = member.local(now).date()
    text = " ".join(filter(None, [remark, _state(member, today), *_following(member, now)]))
    beside = _beside(member)
    paused = _pause_of(member, today) is not None
    pausing = button(say("Pause"), ids.PAUSE)
    if paused or not member.digest_on:
        pausing = button(say("Resume"), ids.RESUME)
    days = button(say("Days and leave"), ids.CALENDAR, spoken=say("Days and leave: my calendar"))
    change = button(say("Change"), ids.SETTINGS, style="primary")
    buttons = [change, pausing, days, button(say("Send now"), ids.SEND_NOW)]
    if change_id is not None:
        buttons.append(button(say("Undo"), ids.UNDO, change_id, spoken=say("Undo the settings change")))
    lines = " · ".join(f"`{line}`" for line in TYPED)
    hint = say("Typed, after {command}: {lines}", command=f"`{ids.COMMAND}`", lines=lines)
    blocks = [section(escape(text)), section(escape(beside)), actions(buttons), context(hint)]
    return message(f"{text} {beside}", blocks)


def is_shown(said: Message) -> bool:
    """True for the settings as :func:`shown` draws them."""
    elements = [each for block in said.blocks for each in block.get("elements", [])]
    return any(each.get("action_id") == ids.SEND_NOW for each in elements)


def digest_days(member: Member) -> frozenset[int]:
    """The weekdays on which her digest comes."""
    return member.workdays if member.rhythm is Rhythm.DAILY else frozenset({min(member.workdays)})


def form(member: Member, origin: Origin) -> Block:
    """When she works, when the digest comes, and what comes beside it."""
    days = [option(dates.weekday(number), str(number)) for number in range(7)]
    chosen = [days[number] for number in sorted(member.workdays)]
    rhythms = {rhythm: option(say(label), rhythm.value) for rhythm, label in RHYTHMS.items()}
    often = menu("rhythm", say("How often"), list(rhythms.values()), rhythms[member.rhythm])
    blocks = [
        field("time", say("Time"), _clock(member.digest_time)),
        field("days", say("Days"), {"type": "checkboxes", "options": days, "initial_options": chosen}),
        field("rhythm", say("How often"), often),
        field("digest", say("What comes by itself"), _switches(member), optional=True),
        field("opens", say("I work from"), _clock(member.opens_time)),
        field("closes", say("I work until"), _clock(member.closes_time)),
        field("cap", say("Follow-ups a day, at most"), text_input(str(member.due_cap), length=4)),
        field("new", say("First ones among them, at most"), text_input(str(member.new_cap), length=4)),
        field(
            "country",
            say("Public holidays"),
            text_input(_place(member), length=60, hint="DE-BY, US-CA, Germany Bavaria"),
            optional=True,
            hint=say("Your own; left empty, your team's and the workspace's count."),
        ),
        field("language", say("Language"), _languages(member)),
        field("zone", say("Time zone"), text_input(member.zone, length=60), hint=say(ZONE_HINT)),
    ]
    return modal(say("Settings"), ids.FORM_SETTINGS, blocks, submit=say("Save"), metadata=origin.text())


def pause(member: Member, origin: Origin, now: datetime) -> Block:
    """Nothing by itself until a date."""
    first = (member.local(now).date() + PAUSE_OFFERED).isoformat()
    blocks = [field("on", say("First digest again on"), {"type": "datepicker", "initial_date": first})]
    return modal(say("Pause digests"), ids.FORM_PAUSE, blocks, submit=say("Pause"), metadata=origin.text())


def _switches(member: Member) -> Block:
    """What can be ticked, and what is."""
    nudge = say("At {time}, remind me of what I promised and have not done", time=dates.clock(NUDGE_TIME))
    switches = {
        DIGEST: (member.digest_on, say("The digest; without it nothing comes")),
        ALL_CLEAR: (member.all_clear, say("Also tell me when nothing is due")),
        SECOND_NUDGE: (member.second_nudge, nudge),
        RECAP: (member.recap, say("At the end of my week, tell me how it went")),
    }
    options = [option(label, value) for value, (_, label) in switches.items()]
    ticked = [option(label, value) for value, (is_on, label) in switches.items() if is_on]
    return {"type": "checkboxes", "options": options} | ({"initial_options": ticked} if ticked else {})


def _clock(at: time) -> Block:
    """Slack takes this form of a time and no other, whatever the reader's language."""
    return {"type": "timepicker", "initial_time": f"{at:%H:%M}"}


def _languages(member: Member) -> Block:
    """Each by its own name: whoever looks for hers may not read the one that is shown."""
    offered = {AUTOMATIC: option(say("Automatic (as in Slack)"), AUTOMATIC)}
    offered |= {code: option(_name(code), code) for code in languages()}
    chosen = offered.get(member.language or AUTOMATIC, offered[AUTOMATIC])
    return menu("language", say("Language"), list(offered.values()), chosen)


def _name(language: str) -> str:
    return capital(str(Locale(language).display_name))


def _place(member: Member) -> str | None:
    parts = (member.rules.country, member.rules.subdivision)
    return "-".join(part for part in parts if part) or None


def _pause_of(member: Member, today: date) -> date | None:
    until_on = member.paused_until_on
    return until_on if until_on is not None and today < until_on else None


def _state(member: Member, today: date) -> str:
    when = say(
        "{time} ({zone}) on {days}",
        time=dates.clock(member.digest_time),
        zone=places.zone(member.zone),
        days=dates.weekdays(digest_days(member)),
    )
    until_on = _pause_of(member, today)
    if member.digest_on and until_on is not None:
        return say(PAUSED[member.rhythm], day=words.day(until_on, today), when=when)
    return say(STATES[member.rhythm, member.digest_on], when=when)


def _following(member: Member, now: datetime) -> Iterator[str]:
    """The leave that is in the way, and the next digest that comes."""
    today, coming = member.local(now).date(), next_heard(member, now)
    until_on = member.local(coming).date() if coming else today
    for leave in sorted(member.leave, key=lambda leave: leave.starts_on):
        if leave.covers(today):
            yield say("You are away until {day}.", day=words.day(leave.ends_on, today))
        elif today < leave.starts_on < until_on:
            yield say("You are away from {day}.", day=words.day(leave.starts_on, today))
    if coming is not None:
        at = member.local(coming)
        yield say("Next: {day} {time}.", day=words.day(at.date(), today), time=dates.clock(at))


def _beside(member: Member) -> str:
    """What comes beside the digest, each with its own switch, and in which language."""
    spoken = say("Language: {name}.", name=_name(member.language)) if member.language else say("Language: as in Slack.")
    if not member.digest_on:
        return " ".join([say(WITHOUT_DIGEST), spoken])
    nudge, recap = say("Second nudge: off."), say("Weekly recap: off.")
    if member.second_nudge:
        nudge = say("Second nudge: on, at {time} while a promise is open.", time=dates.clock(NUDGE_TIME))
    if member.recap:
        recap = say("Weekly recap: on, at the end of your week.")
    clear = say("All clear: on.") if member.all_clear else say("All clear: off.")
    return " ".join([nudge, recap, clear, spoken])
