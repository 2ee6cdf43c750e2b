"""What a change did, in words: the result of a row, the line of a history, the answer to a press."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bot.services.digests import RowNow
from bot.storage.records import Change, Member
from bot.storage.tables import ChangeKind
from bot.views import words
from cadences.model import Channel, LostReason, Outcome

Facts = dict[str, Any]
LEADS_ON = frozenset(
    {
        ChangeKind.LOGGED,
        ChangeKind.ANSWERED,
        ChangeKind.MET,
        ChangeKind.SKIPPED,
        ChangeKind.OUT_OF_OFFICE,
        ChangeKind.HANDED_OVER,
    }
)
"""After these it is worth saying what is next."""
AHEAD = frozenset({ChangeKind.SNOOZED, ChangeKind.PARKED})
"""These say a date to come; the time of the click beside it would read as part of that date."""
PLAIN_DEEDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.EDITED: "edited",
    ChangeKind.NOTED: "noted",
    ChangeKind.SETTINGS: "settings changed",
    ChangeKind.UNDONE: "undone",
    ChangeKind.MET: "met",
    ChangeKind.LIFTED: "do-not-contact lifted",
    ChangeKind.REOPENED: "reopened",
}


def result(item: RowNow, member: Member, now: datetime) -> str:
    """What became of a row: ``called 09:14, voicemail; next: email Thu 26 Nov``."""
    if item.change is None:
        return "no longer here"
    by = "" if item.by is None or item.by.id == member.id else f" by {item.by.name}"
    at = words.moment(item.change.happened_at, member, now)
    if item.change.kind in AHEAD:
        return f"{deed(item.change, member, now)}{by}"
    done = deed(item.change, member, now)
    if item.change.kind in LEADS_ON and item.step is not None:
        ending = outcome(item.change)
        return f"{done} {at}{by}{', ' + ending if ending else ''}; next: {words.next_step(item.step, member, now)}"
    return f"{done}, {at}{by}"  # an amount or a reason stands before it


def deed(change: Change, member: Member, now: datetime) -> str:
    """What a change did, plain, without who and when."""
    told = DEEDS.get(change.kind)
    return told(change.facts, member, member.local(now).date()) if told else PLAIN_DEEDS[change.kind]


def about(change: Change) -> str:
    """Whom a change was about, plain; nothing when it was about no prospect."""
    return words.who(change.facts["name"], change.facts.get("company")) if "name" in change.facts else ""


def outcome(change: Change) -> str:
    """How a logged touch ended, where that says more than that it was made."""
    value = change.facts.get("outcome")
    if value in {None, Outcome.SENT.value, Outcome.REPLIED.value} or change.facts.get("do_not_contact"):
        return ""
    return Outcome(value).words


def _logged(facts: Facts, _member: Member, _today: date) -> str:
    if facts.get("do_not_contact"):
        return "marked do-not-contact"
    if facts.get("was_reply"):
        return f"they replied: {facts['way']}" if "way" in facts else "they replied"
    return words.CHANNEL_DONE[Channel(facts["channel"])]


def _snoozed(facts: Facts, member: Member, today: date) -> str:
    return f"snoozed to {_day_of(facts['due_at'], member, today)}"


def _won(facts: Facts, _member: Member, _today: date) -> str:
    return f"won {words.money(facts.get('value_minor'), facts.get('currency'))}".rstrip()


def _lost(facts: Facts, _member: Member, _today: date) -> str:
    again = f", tried again in {facts['again_in_months']} months" if "again_in_months" in facts else ""
    return f"lost ({LostReason(facts['reason']).words}){again}"


def _parked(facts: Facts, _member: Member, today: date) -> str:
    return f"parked until {_on(facts, 'until_on', today)}"


def _answered(facts: Facts, _member: Member, _today: date) -> str:
    return f"they replied: {facts['way']}"


def _away(facts: Facts, _member: Member, today: date) -> str:
    return f"out of office until {_on(facts, 'until_on', today)}"


def _hook(facts: Facts, _member: Member, _today: date) -> str:
    return f"hook used: {facts['hook']}" if facts.get("used") else f"hook kept: {facts['hook']}"


def _resource(facts: Facts, _member: Member, _today: date) -> str:
    return f"{'deleted' if facts.get('deleted') else 'added'} the resource “{facts['title']}”"


def _handed_over(facts: Facts, _member: Member, _today: date) -> str:
    if "count" in facts:
        return f"handed over {words.several(facts['count'], 'prospect')} of {facts['from_name']} to {facts['to_name']}"
    return f"handed over to {facts['to_name']}"


def _cadence(facts: Facts, _member: Member, _today: date) -> str:
    return f"{facts['deed']} {facts['cadence']}"


def _dropped(facts: Facts, _member: Member, _today: date) -> str:
    because = "were ignored" if facts.get("because") == "ignored" else "died while you were away"
    return f"dropped {words.several(facts['count'], 'deal')} that {because}"


def _replanned(facts: Facts, _member: Member, today: date) -> str:
    many = words.several(facts["count"], "follow-up")
    until = _on(facts, "until_on", today)
    if facts["deed"] == "paused":
        return f"paused {many} at {facts['company']} until {until}"
    return f"parked {many} until {until}" if facts["deed"] == "parked" else f"re-planned {many}, the last for {until}"


def _batch(facts: Facts, _member: Member, _today: date) -> str:
    return f"{facts.get('deed', 'answered')} {words.several(facts['count'], 'follow-up')} together"


def _role(facts: Facts, _member: Member, _today: date) -> str:
    return f"made {facts['member_name']} {facts['role']}"


def _paused(facts: Facts, _member: Member, _today: date) -> str:
    return "digests paused" if facts.get("until_on") else "digests resumed"


def _team(facts: Facts, _member: Member, _today: date) -> str:
    return "team digest set up" if facts.get("is_on") else "team digest switched off"


def _moved(facts: Facts, member: Member, today: date) -> str:
    """What was done with the place on a cadence, and why."""
    why = f" ({facts['why']})" if facts.get("why") else ""
    match facts["deed"]:
        case "aligned":
            return f"waiting for their date, next {_day_of(facts['due_at'], member, today)}"
        case "jumped":
            return f"went to step {facts['to']}{why}"
        case "restarted":
            return f"began the cadence again{why}"
        case _:
            return (f"skipped step {facts['from']}" if "from" in facts else "skipped the step") + why


def _leave(facts: Facts, _member: Member, today: date) -> str:
    first, last = (words.day(date.fromisoformat(facts[name]), today) for name in ("starts_on", "ends_on"))
    days = first if first == last else f"{first} to {last}"
    return f"leave {days} ended" if facts.get("ended") else f"leave {days}"


def _days_changed(facts: Facts, _member: Member, today: date) -> str:
    """What somebody said of working days, and for whom."""
    level = {"team": f" for team {facts.get('team', '')}".rstrip(), "workspace": " for the workspace"}
    whom = level.get(facts.get("level", ""), "")
    on = words.day(date.fromisoformat(facts["on"]), today) if "on" in facts else ""
    match facts["deed"]:
        case "holidays":
            place = facts.get("place")
            return (f"public holidays of {place} are free" if place else "public holidays are working days") + whom
        case "day_off":
            return f"{on} is free ({facts['called']}){whom}"
        case "workday":
            return f"{on} is a working day{whom}"
        case "team":
            return f"joined team {facts['team']}" if "team" in facts else "left the team"
        case _:
            return f"nothing special on {on} any more{whom}"


def _merged(facts: Facts, _member: Member, _today: date) -> str:
    return f"merged with {facts['other_name']}"


def _on(facts: Facts, name: str, today: date) -> str:
    return words.day(date.fromisoformat(facts[name]), today)


def _day_of(moment: str, member: Member, today: date) -> str:
    return words.day(member.local(datetime.fromisoformat(moment)).date(), today)


DEEDS: Mapping[ChangeKind, Callable[[Facts, Member, date], str]] = {
    ChangeKind.LOGGED: _logged,
    ChangeKind.SNOOZED: _snoozed,
    ChangeKind.WON: _won,
    ChangeKind.LOST: _lost,
    ChangeKind.PARKED: _parked,
    ChangeKind.ANSWERED: _answered,
    ChangeKind.OUT_OF_OFFICE: _away,
    ChangeKind.SKIPPED: _moved,
    ChangeKind.HANDED_OVER: _handed_over,
    ChangeKind.HOOK: _hook,
    ChangeKind.RESOURCE: _resource,
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
