"""What a change did, in words: the result of a row, the line of a history, the answer to a press."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.services import samples
from bot.services.digests import RowNow
from bot.services.touches import Way, is_untimed
from bot.storage.records import Change, Member
from bot.storage.tables import ChangeKind, Role
from bot.views import cadence_deeds, day_deeds, field_names, words
from cadences.model import Channel, LostReason, Outcome
from cadences.snoozing import Why
from cadences.words import named
from language import dates, mark, say, say_n

Facts = dict[str, Any]
LEADS_ON = frozenset(
    {
        ChangeKind.LOGGED,
        ChangeKind.ANSWERED,
        ChangeKind.MET,
        ChangeKind.SKIPPED,
        ChangeKind.OUT_OF_OFFICE,
        ChangeKind.HANDED_OVER,
        ChangeKind.TOUCH_EDITED,
    }
)
"""After these it is worth saying what is next."""
AHEAD = frozenset({ChangeKind.SNOOZED, ChangeKind.ONE_MORE, ChangeKind.PARKED})
"""These say a date to come; the time of the click beside it would read as part of that date."""
PLAIN_DEEDS = {
    ChangeKind.ADDED: mark("added"),
    ChangeKind.NOTED: mark("noted"),
    ChangeKind.SETTINGS: mark("settings changed"),
    ChangeKind.UNDONE: mark("undone"),
    ChangeKind.MET: mark("met"),
    ChangeKind.LIFTED: mark("do-not-contact lifted"),
    ChangeKind.REOPENED: mark("reopened"),
}
WAYS = {
    Way.INTERESTED: mark("they replied: interested"),
    Way.QUESTION: mark("they replied: question"),
}
ROLES = {
    Role.REP: mark("made {name} rep"),
    Role.MANAGER: mark("made {name} manager"),
    Role.ADMIN: mark("made {name} admin"),
}


def result(item: RowNow, member: Member, now: datetime) -> str:
    """What became of a row: ``called 09:14, voicemail; next: email Thu 26 Nov``."""
    if item.change is None:
        return say("no longer here")
    by = None if item.by is None or item.by.id == member.id else item.by.name
    at = words.moment(item.change.happened_at, member, now)
    done = deed(item.change, member, now)
    if item.change.kind in AHEAD:
        return say("{deed} by {name}", deed=done, name=by) if by else done
    if item.change.kind in LEADS_ON and item.step is not None:
        if made_at := item.change.facts.get("made_at"):
            at = _clock_of(datetime.fromisoformat(made_at), member)
        said = _made(done, at, by, outcome(item.change))
        return say("{deed}; next: {step}", deed=said, step=words.next_step(item.step, member, now))
    if by:
        return say("{deed}, {time} by {name}", deed=done, time=at, name=by)
    return say("{deed}, {time}", deed=done, time=at)  # an amount or a reason stands before the time


def deed(change: Change, member: Member, now: datetime) -> str:
    """What a change did, plain, without who and when."""
    told = DEEDS.get(change.kind)
    return told(change.facts, member, member.local(now).date()) if told else say(PLAIN_DEEDS[change.kind])


def about(change: Change) -> str:
    """Whom a change was about, plain; nothing when it was about no prospect."""
    return words.who(change.facts["name"], change.facts.get("company")) if "name" in change.facts else ""


def outcome(change: Change) -> str:
    """How a logged touch ended, where that says more than that it was made."""
    value = change.facts.get("outcome")
    if value in {None, Outcome.SENT.value, Outcome.REPLIED.value} or change.facts.get("do_not_contact"):
        return ""
    return named(Outcome(value))


def _made(done: str, at: str, by: str | None, ending: str) -> str:
    """``called 09:14 by Ben, voicemail``; of a touch told of with its day alone no time is said."""
    said = say("{deed} {time}", deed=done, time=at) if at else done
    if by and not at:
        said = say("{deed} by {name}", deed=done, name=by)
    elif by:
        said = say("{deed} {time} by {name}", deed=done, time=at, name=by)
    return ", ".join(filter(None, [said, ending]))


def _clock_of(made_at: datetime, member: Member) -> str:
    """The time at which a touch of another day was made, where it was told."""
    return "" if is_untimed(made_at) else dates.clock(member.local(made_at))


def _logged(facts: Facts, member: Member, today: date) -> str:
    if facts.get("do_not_contact"):
        return say("marked do-not-contact")
    if facts.get("was_reply"):
        return _answered(facts, member, today) if "way" in facts else say("they replied")
    return _touched(facts, member, today)


def _touched(facts: Facts, member: Member, today: date) -> str:
    """``called``, with the day where it was another one than that on which it was told."""
    done = words.done(Channel(facts["channel"]), facts.get("via"))
    return say("{done} {day}", done=done, day=_day_of(facts["made_at"], member, today)) if "made_at" in facts else done


def _mended(facts: Facts, member: Member, today: date) -> str:
    return say("corrected: {deed}", deed=_touched(facts, member, today))


def _deleted(facts: Facts, member: Member, today: date) -> str:
    return say("deleted: {deed}", deed=_touched(facts, member, today))


def _snoozed(facts: Facts, member: Member, today: date) -> str:
    day = _day_of(facts["due_at"], member, today)
    match facts.get("why"):
        case Why.WAITING.value:
            return say("snoozed to {day}, waiting for them", day=day)
        case Why.NOTHING_TO_ADD.value:
            return say("snoozed to {day}, nothing to add yet", day=day)
        case Why.AVOIDING.value:
            return say("made smaller: {channel} {day}", channel=words.channel(Channel(facts["channel"])), day=day)
    return say("snoozed to {day}", day=day)


def _one_more(facts: Facts, member: Member, today: date) -> str:
    channel, day = words.channel(Channel(facts["channel"])), _day_of(facts["due_at"], member, today)
    return say("one more try: {channel} {day}", channel=channel, day=day)


def _won(facts: Facts, _member: Member, _today: date) -> str:
    amount = words.money(facts.get("value_minor"), facts.get("currency"))
    return say("won {amount}", amount=amount) if amount else say("won")


def _lost(facts: Facts, _member: Member, _today: date) -> str:
    reason = named(LostReason(facts["reason"]))
    if "again_in_months" not in facts:
        return say("lost ({reason})", reason=reason)
    return say_n(
        "lost ({reason}), tried again in {count} month",
        "lost ({reason}), tried again in {count} months",
        facts["again_in_months"],
        reason=reason,
    )


def _parked(facts: Facts, _member: Member, today: date) -> str:
    return say("parked until {day}", day=_on(facts, "until_on", today))


def _answered(facts: Facts, _member: Member, _today: date) -> str:
    return say(WAYS[Way(facts["way"])])


def _away(facts: Facts, _member: Member, today: date) -> str:
    return say("out of office until {day}", day=_on(facts, "until_on", today))


def _hook(facts: Facts, _member: Member, _today: date) -> str:
    if facts.get("used"):
        return say("hook used (“{hook}”)", hook=facts["hook"])
    return say("hook kept (“{hook}”)", hook=facts["hook"])


def _resource(facts: Facts, _member: Member, _today: date) -> str:
    if facts.get("deleted"):
        return say("deleted the resource “{title}”", title=facts["title"])
    return say("added the resource “{title}”", title=facts["title"])


def _view(facts: Facts, _member: Member, _today: date) -> str:
    if facts.get("deleted"):
        return say("deleted the view “{name}”", name=facts["view"])
    return say("saved the view “{name}”: {line}", name=facts["view"], line=facts["line"])


def _shorthand(facts: Facts, _member: Member, _today: date) -> str:
    if facts.get("deleted"):
        return say("deleted the shorthand “{words}”", words=facts["words"])
    field = field_names.word(facts["field"])
    return say("shorthand “{words}”: {field} {meaning}", words=facts["words"], field=field, meaning=facts["meaning"])


def _handed_over(facts: Facts, _member: Member, _today: date) -> str:
    if "count" not in facts:
        name = facts["to_name"]
        if facts.get("edited"):
            return say("edited and handed over to {name}", name=name)
        return say("handed over to {name}", name=name)
    return say_n(
        "handed over {count} prospect of {owner} to {name}",
        "handed over {count} prospects of {owner} to {name}",
        facts["count"],
        owner=facts["from_name"],
        name=facts["to_name"],
    )


def _cadence(facts: Facts, _member: Member, _today: date) -> str:
    return cadence_deeds.deed(facts)


def _days_changed(facts: Facts, _member: Member, today: date) -> str:
    return day_deeds.days(facts, today)


def _leave(facts: Facts, _member: Member, today: date) -> str:
    return day_deeds.leave(facts, today)


def _dropped(facts: Facts, _member: Member, _today: date) -> str:
    if facts.get("because") == "ignored":
        return say_n("dropped {count} deal that was ignored", "dropped {count} deals that were ignored", facts["count"])
    return say_n(
        "dropped {count} deal that died while you were away",
        "dropped {count} deals that died while you were away",
        facts["count"],
    )


def _replanned(facts: Facts, _member: Member, today: date) -> str:
    count, until = facts["count"], _on(facts, "until_on", today)
    match facts["deed"]:
        case "paused":
            return say_n(
                "paused {count} follow-up at {company} until {day}",
                "paused {count} follow-ups at {company} until {day}",
                count,
                company=facts["company"],
                day=until,
            )
        case "parked":
            return say_n(
                "parked {count} follow-up until {day}", "parked {count} follow-ups until {day}", count, day=until
            )
    return say_n(
        "re-planned {count} follow-up, the last for {day}",
        "re-planned {count} follow-ups, the last for {day}",
        count,
        day=until,
    )


def _batch(facts: Facts, _member: Member, _today: date) -> str:
    count = facts["count"]
    match facts.get("deed"):
        case "snoozed":
            return say_n("snoozed {count} follow-up together", "snoozed {count} follow-ups together", count)
        case samples.ADDED:
            return say_n("added {count} follow-up together", "added {count} follow-ups together", count)
    return say_n("answered {count} follow-up together", "answered {count} follow-ups together", count)


def _role(facts: Facts, _member: Member, _today: date) -> str:
    return say(ROLES[Role(facts["role"])], name=facts["member_name"])


def _paused(facts: Facts, _member: Member, _today: date) -> str:
    return say("digests paused") if facts.get("until_on") else say("digests resumed")


def _team(facts: Facts, _member: Member, _today: date) -> str:
    return say("team digest set up") if facts.get("is_on") else say("team digest switched off")


def _moved(facts: Facts, member: Member, today: date) -> str:
    """What was done with the place on a cadence, and why."""
    why = f" ({facts['why']})" if facts.get("why") else ""
    match facts["deed"]:
        case "aligned":
            return say("waiting for their date, next {day}", day=_day_of(facts["due_at"], member, today))
        case "jumped":
            return say("went to step {number}", number=facts["to"]) + why
        case "restarted":
            return say("began the cadence again") + why
    if "from" in facts:
        return say("skipped step {number}", number=facts["from"]) + why
    return say("skipped the step") + why


def _merged(facts: Facts, _member: Member, _today: date) -> str:
    return say("merged with {name}", name=facts["other_name"])


def _on(facts: Facts, name: str, today: date) -> str:
    return words.day(date.fromisoformat(facts[name]), today)


def _day_of(moment: str, member: Member, today: date) -> str:
    return words.day(member.local(datetime.fromisoformat(moment)).date(), today)


def _edited(facts: Facts, _member: Member, _today: date) -> str:
    if "prefers" in facts:
        return say("set as preferred: {channel}", channel=words.channel(Channel(facts["prefers"])))
    return say("edited")


DEEDS: Mapping[ChangeKind, Callable[[Facts, Member, date], str]] = {
    ChangeKind.LOGGED: _logged,
    ChangeKind.EDITED: _edited,
    ChangeKind.SNOOZED: _snoozed,
    ChangeKind.ONE_MORE: _one_more,
    ChangeKind.WON: _won,
    ChangeKind.LOST: _lost,
    ChangeKind.PARKED: _parked,
    ChangeKind.ANSWERED: _answered,
    ChangeKind.OUT_OF_OFFICE: _away,
    ChangeKind.SKIPPED: _moved,
    ChangeKind.HANDED_OVER: _handed_over,
    ChangeKind.HOOK: _hook,
    ChangeKind.RESOURCE: _resource,
    ChangeKind.TOUCH_EDITED: _mended,
    ChangeKind.TOUCH_DELETED: _deleted,
    ChangeKind.VIEW: _view,
    ChangeKind.SHORTHAND: _shorthand,
    ChangeKind.CADENCE: _cadence,
    ChangeKind.CALENDAR: _days_changed,
    ChangeKind.LEAVE: _leave,
    ChangeKind.DROPPED: _dropped,
    ChangeKind.REPLANNED: _replanned,
    ChangeKind.BATCH: _batch,
    ChangeKind.MERGED: _merged,
    ChangeKind.ROLE: _role,
    ChangeKind.PAUSED: _paused,
    ChangeKind.TEAM: _team,
}
"""Kinds whose words are made of the change's facts; the others are in :data:`PLAIN_DEEDS`."""
