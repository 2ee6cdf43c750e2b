"""A member's own settings, and what Slack tells of people."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from bot import outbox, standing
from bot.house import House
from bot.services import digests, members, moments, recap
from bot.services.calendars import place_of
from bot.services.cards import Done
from bot.services.errors import InvalidInput
from bot.slack import answering, calendars, commands, home
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.reading import calendar_grammar, zones
from bot.slack.touches import wish_of
from bot.storage.records import Member
from bot.storage.tables import Rhythm, Role
from bot.views import answers, notices, words
from bot.views import recap as recaps
from bot.views import settings as views
from language import dates, say, say_n, speaking
from language.kept import say_kept


async def settings(visit: Visit, command: commands.Settings) -> Reply:
    """My settings, shown or changed."""
    match command.change:
        case None:
            return Reply(views.shown(visit.member, visit.now))
        case calendar_grammar.TeamName(name=name):
            return await calendars.join_team(visit, name)
        case change:
            return await _changed(visit, **_wanted(change))


def _wanted(change: commands.Setting) -> dict[str, Any]:
    """What a typed change sets, by the names of the service."""
    match change:
        case commands.DigestTime(at=at):
            return {"digest_time": at}
        case commands.Workdays(days=days):
            return {"workdays": days}
        case commands.Language(code=code):
            return {"language": code}
        case commands.Zone(words=typed):
            return {"zone": _zone_named(typed)}
        case commands.Weekly(on=on):
            return {"rhythm": Rhythm.WEEKLY if on else Rhythm.DAILY}
        case commands.Switch(setting=setting, on=on):
            return {setting: on}
        case commands.DigestSwitch(on=on):
            return {"digest_on": on}
        case calendar_grammar.Hours(opens=opens, closes=closes):
            return {"hours": (opens, closes)}
        case calendar_grammar.DueCap(count=count):
            return {"due_cap": count}
        case calendar_grammar.NewCap(count=count):
            return {"new_cap": count}


async def week(visit: Visit, _command: commands.Recap) -> Reply:
    """My week so far, for my eyes only."""
    return Reply(recaps.so_far(await visit.house.db.run(recap.this_week, visit.member, visit.now)))


async def pause(visit: Visit, command: commands.Pause) -> Reply:
    """No digests until a date; without one, until they are resumed."""
    wish = wish_of(command.until, example="pause 2d")
    if wish is None:
        return await _changed(visit, digest_on=False)
    return await _paused(visit, wish.on)


async def resume(visit: Visit, _command: commands.Resume) -> Reply:
    """Digests again."""
    return await press_resume(visit)


async def role(visit: Visit, command: commands.Role) -> Reply:
    """Somebody becomes a manager, an admin, or a rep again."""
    if command.user_id is None:
        raise InvalidInput("who", say("name somebody with an @-mention"), "role @cleo manager")
    done = await visit.house.db.run(members.set_role, visit.actor, command.user_id, Role(command.role), visit.now)
    return answering.told(done, visit)


async def press_settings(visit: Visit) -> Reply:
    """The settings form."""
    return await answering.open_form(visit, views.form(visit.member, visit.origin))


async def press_pause(visit: Visit) -> Reply:
    """The form that asks until when."""
    return await answering.open_form(visit, views.pause(visit.member, visit.origin, visit.now))


async def press_resume(visit: Visit) -> Reply:
    """Digests again: a pause ends, and a digest that was off is on."""
    done = await visit.house.db.run(members.resume, visit.actor, visit.now)
    return await _shown(visit, say("Digests are on again."), done.change.id)


async def press_nudge_off(visit: Visit) -> Reply:
    """No second nudge any more."""
    return await _changed(visit, second_nudge=False)


async def press_recap_off(visit: Visit) -> Reply:
    """No weekly recap any more."""
    return await _changed(visit, recap=False)


async def send_now(visit: Visit, _command: commands.SendNow) -> Reply:
    """Typed: today's digest ahead of its time."""
    return await press_send_now(visit)


async def press_send_now(visit: Visit) -> Reply:
    """Today's digest ahead of its time; still only one a day."""
    opened = await visit.house.db.run(digests.open_now, visit.member, visit.now)
    if opened is None:
        why = await visit.house.db.run(digests.silent_because, visit.member, visit.now)
        said = say("Today's digest was sent already; `/followup` shows what is due now.")
        if why is not None:
            said = say("Today has no digest: {reason}. `/followup` shows what is due now.", reason=say_kept(why))
        return Reply(answers.problem(said))
    await outbox.send_one(visit.house, opened, visit.now, asked_for=True)
    return Reply(answers.problem(say("Sent: it is in your messages with me.")))


async def press_zone_yes(visit: Visit) -> Reply:
    """The digest follows to the other zone."""
    return await _zone(visit, yes=True)


async def press_zone_no(visit: Visit) -> Reply:
    """The digest stays."""
    return await _zone(visit, yes=False)


async def submit_settings(visit: Visit) -> Reply:
    """The settings form, saved."""
    read = _all_of(
        due_cap=lambda: _count_in(visit, "cap"),
        new_cap=lambda: _count_in(visit, "new"),
        place=lambda: members.Place(*place_of(visit.value("country"))),
        zone=lambda: _zone_in(visit),
    )
    return await _changed(
        visit,
        digest_time=dt.time.fromisoformat(visit.value("time")),
        workdays=frozenset(int(day) for day in visit.values("days")),
        digest_on=views.DIGEST in visit.values("digest"),
        all_clear=views.ALL_CLEAR in visit.values("digest"),
        second_nudge=views.SECOND_NUDGE in visit.values("digest"),
        recap=views.RECAP in visit.values("digest"),
        rhythm=_rhythm_in(visit),
        hours=_hours_in(visit),
        language=visit.value("language") or None,  # a form that was opened before there was the field has none
        **read,
    )


async def submit_pause(visit: Visit) -> Reply:
    """Paused until the picked date."""
    return await _paused(visit, dt.date.fromisoformat(visit.value("on")))


async def home_opened(house: House, event: dict[str, Any], member: Member) -> None:
    """App Home, drawn whenever it is opened."""
    if event.get("tab", "home") == "home":
        await home.publish(house, member, home.seen(event.get("view")))


async def changed_in_slack(house: House, event: dict[str, Any]) -> None:
    """A person's name, zone or standing changed."""
    await outbox.send_one(house, await standing.told(house, event["user"]), house.clock())


async def uninstalled(house: House, _event: dict[str, Any]) -> None:
    """The app was removed: nothing more is sent, everything is kept."""
    await house.db.run(members.uninstalled, house.identity.workspace_id, house.clock())


async def tokens_revoked(house: House, event: dict[str, Any]) -> None:
    """Only the bot's own token ends the installation; a user's does not."""
    if event.get("tokens", {}).get("bot"):
        await uninstalled(house, event)


def _all_of(**fields: Callable[[], Any]) -> dict[str, Any]:
    """What each field holds. InvalidInput says at once all that can't be taken."""
    held: dict[str, Any] = {}
    wrong: list[InvalidInput] = []
    for name, read in fields.items():
        try:
            held[name] = read()
        except InvalidInput as error:
            wrong.append(error)
    if wrong:
        raise replace(wrong[0], also=tuple(wrong[1:]))
    return held


def _hours_in(visit: Visit) -> tuple[dt.time, dt.time]:
    opens, closes = (dt.time.fromisoformat(visit.value(name)) for name in ("opens", "closes"))
    return opens, closes


def _zone_in(visit: Visit) -> str | None:
    """None where it stays, as in a form that was opened before there was the field."""
    typed = visit.value("zone").strip()
    return None if typed in {"", visit.member.zone} else _zone_named(typed)


def _zone_named(typed: str) -> str:
    zone = zones.named(typed)
    if zone is None:
        raise InvalidInput("zone", say(members.NO_ZONE), members.ZONE_EXAMPLE)
    return zone


def _rhythm_in(visit: Visit) -> Rhythm | None:
    """None in a form that was opened before there was the field."""
    picked = visit.value("rhythm")
    return Rhythm(picked) if picked else None


def _count_in(visit: Visit, name: str) -> int:
    typed = visit.value(name).strip()
    if not typed.isdecimal():
        raise InvalidInput(name, say("“{words}” is no number", words=typed[:20]), f"settings {name} 10")
    return int(typed)


async def _zone(visit: Visit, *, yes: bool) -> Reply:
    zone, done = await visit.house.db.run(members.answer_zone, visit.actor, visit.number, visit.now, yes=yes)
    if visit.channel and visit.message_ts:
        said = notices.zone_answered(zone, yes=yes)
        redrawn = visit.house.gateway.update(visit.channel, visit.message_ts, said.text, said.blocks)
        visit.house.background.start(redrawn)
    return Reply(None, done)


async def _changed(visit: Visit, **values: Any) -> Reply:
    if "workdays" in values and not values["workdays"]:
        raise InvalidInput("days", say("choose at least one day"), "settings days mon-thu")
    done = await visit.house.db.run(members.set_digest, visit.actor, visit.now, **values)
    fresh = await _fresh(visit)
    with speaking(fresh.speaks):  # in the language that she may just have chosen
        remark = " ".join([say("Saved."), *_beside(visit.member, done)])
        return Reply(views.shown(fresh, visit.now, remark, done.change.id))


def _beside(before: Member, done: Done) -> list[str]:
    """What a change of settings brought with it: hours that were widened, steps that moved, promises that did not."""
    facts = done.change.facts
    told = []
    hours = (facts.get("opens_time"), facts.get("closes_time"))
    if "digest_time" in facts and None not in hours and _before(before) != hours:
        opens, closes = (dates.clock(dt.time.fromisoformat(str(at))) for at in hours)
        told.append(
            say("Your hours are {opens} to {closes} now, so that the digest is inside.", opens=opens, closes=closes)
        )
    if "moved" in facts:
        text = say_n(
            "{count} planned step moved off your free days.",
            "{count} planned steps moved off your free days.",
            facts["moved"],
        )
        told.append(text)
    if "promised" in facts:
        told.append(say("Promised, so they stay on a free day: {names}.", names="; ".join(_stay(facts["promised"]))))
    return told


def _stay(kept: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, on in kept:
        yield say("{name} on {day}", name=name, day=dates.day(dt.date.fromisoformat(on)))


def _before(member: Member) -> tuple[str, str]:
    return member.opens_time.isoformat(), member.closes_time.isoformat()


async def _paused(visit: Visit, until_on: dt.date) -> Reply:
    done = await visit.house.db.run(members.pause, visit.actor, until_on, visit.now)
    fresh = await _fresh(visit)
    coming = moments.next_heard(fresh, visit.now)
    # A pause may end on a day off, within a leave, or where digests are off anyway.
    said = say("No digests.")
    if coming is not None:
        day = words.day(fresh.local(coming).date(), fresh.local(visit.now).date())
        said = say("No digests until {day}.", day=day)
    return Reply(views.shown(fresh, visit.now, said, done.change.id))


async def _shown(visit: Visit, remark: str, change_id: int) -> Reply:
    return Reply(views.shown(await _fresh(visit), visit.now, remark, change_id))


async def _fresh(visit: Visit) -> Member:
    """Who acts, as she is kept now."""
    return await visit.house.db.run(members.get, visit.member.workspace_id, visit.member.id) or visit.member
