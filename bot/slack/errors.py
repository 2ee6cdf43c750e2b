"""Domain errors in words, in one place; whatever nobody foresaw reaches one handler that apologises with an id."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.services import prospects
from bot.services.errors import (
    AlreadyDone,
    AnsweredBefore,
    AsksOnceMore,
    AsksWhy,
    Closed,
    DomainError,
    DoNotContact,
    DoNotContactStands,
    Gone,
    InvalidInput,
    LikelyDouble,
    MovedOn,
    NotAllowed,
    NotFound,
    NothingToUndo,
    NotYours,
    NudgedToday,
    Outdated,
    Overtaken,
    OwnerAway,
    SaidSince,
    SeveralFound,
    StillReading,
    UndoConflict,
    UndoneBefore,
)
from bot.slack.actor import Outsider, Unreachable, Visit
from bot.slack.reading import line
from bot.storage.records import Change, Member, Prospect
from bot.views import answers, authoring, deeds, fates, giving_up, ids, receipts, whys, words
from bot.views.blocks import Block, Message, button
from cadences.words import capital, named
from language import dates, mark, say
from language.kept import say_kept

log = structlog.get_logger(__name__)

OUTSIDER = mark(
    "Follow-up Coach is for members of this workspace; guests and people from other workspaces can't use it."
)
UNREACHABLE = mark("Slack didn't tell me who you are just now, so nothing was saved. Please send it again in a moment.")
APOLOGY = mark(
    "Something went wrong on our side, and nothing was changed. If it happens again, tell your admin this number: {id}"
)
ENDS = (".", "?", "!", "…")
"""Behind these a sentence needs no dot of ours."""
LIFTED_BY = "lift acme -- they wrote to us again"


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong, what became of it, and what helps."""

    what: str
    rest: str = ""
    """That nothing was changed; of several told together it is said once for all."""
    example: str = ""
    buttons: Sequence[Block] = ()


async def explain(visit: Visit, error: DomainError) -> Message:
    """A domain error as a message; where a card helps, with the card as it stands now."""
    if isinstance(error, AsksWhy):
        return whys.question(error, visit.member, visit.now)
    if isinstance(error, AsksOnceMore):
        return giving_up.question(error, visit.member, visit.now)
    if isinstance(error, MovedOn):
        timeline = await visit.house.db.run(prospects.show, visit.actor, error.prospect.id)
        return receipts.moved_on(timeline.card, error.since, error.by, visit.now)
    return said(error, visit)


def said(error: DomainError, visit: Visit) -> Message:
    """A domain error in words, with the example or the button that helps."""
    match error:
        case NotFound(words=typed, near=near) if near:
            return answers.which(typed, near)
        case SeveralFound(words=typed, found=found):
            return answers.which(_short(typed), found)
        case LikelyDouble(existing=existing, owner=owner, draft_id=draft_id):
            return answers.double(existing, owner, visit.member, draft_id)
    told = _told(error, visit)
    if told is None:
        return apology(error)
    return answers.problem(f"{told.what} {told.rest}".rstrip(), told.example, told.buttons)


def sentence(why: str) -> str:
    """A reason as a sentence of its own, with one mark at its end."""
    return capital(why) if why.endswith(ENDS) else f"{capital(why)}."


def briefly(error: DomainError, visit: Visit) -> str:
    """What is wrong, for a list that says itself that nothing was changed."""
    told = _told(error, visit)
    return told.what if told is not None and told.rest else said(error, visit).text


def _told(error: DomainError, visit: Visit) -> Told | None:  # noqa: C901 - one flat table, an error a line
    viewer, unchanged = visit.member, say("Nothing was changed.")
    match error:
        case InvalidInput(why=why, example=example):
            return Told(sentence(why), unchanged, example)
        case NotFound(words=typed):
            return Told(say("I know nobody called “{name}”.", name=_short(typed)), unchanged, f"find {_short(typed)}")
        case StillReading():
            return Told(say("I have just started and am still reading everything. Please ask again in a moment."))
        case NotYours(prospect=prospect, owner=owner):
            what = say("{who} is {owner}’s.", who=_who(prospect), owner=owner.name)
            rest = say("Nothing was changed: ask {owner}, or take it over.", owner=owner.name)
            return Told(what, rest, buttons=[_open(prospect)])
        case NotAllowed(what=deed, who=allowed):
            return Told(say("Only {who} can {deed}.", who=allowed, deed=deed), unchanged)
        case AlreadyDone(change=change):
            return _already(change, viewer, visit)
        case Closed(prospect=prospect):
            what = say("{who} is {stage} already.", who=_who(prospect), stage=named(prospect.stage))
            rest = say("Nothing was changed; undo that first if it was wrong.")
            return Told(what, rest, buttons=[_open(prospect)])
        case DoNotContact(prospect=prospect):
            what = say(
                "{who} asked us to stop, so nothing was changed. Only an admin can lift that, with a reason.",
                who=_who(prospect),
            )
            return Told(what, example=line.about(LIFTED_BY, prospect.name))
        case DoNotContactStands():
            what = say(
                "A do-not-contact that stands for more than an hour isn’t undone: an admin can lift it, with a reason."
            )
            return Told(what, example=LIFTED_BY)
        case Gone():
            return Told(say("This is no longer here: its adding was undone."), unchanged)
        case NothingToUndo():
            return Told(say("There is nothing of yours to undo."))
        case SaidSince(change=change):
            return _said_since(change, viewer, visit)
        case UndoneBefore(at=at):
            return Told(say("That was undone already ({time}).", time=words.moment(at, viewer, visit.now)))
        case UndoConflict(since=since, by=by):
            return _conflict(since, by, viewer, visit)
        case AnsweredBefore(at=at):
            moment = words.moment(at, viewer, visit.now)
            return Told(say("You answered that already ({time}).", time=moment), unchanged)
        case NudgedToday():
            return Told(_nudged(error, viewer, visit))
        case Overtaken():
            return Told(" ".join(authoring.overtaken(error, viewer, visit.now)))
        case Outdated(since=since, by=by):
            return Told(_since_shown(since, by, viewer, visit), say("Nothing was done: please look again."))
        case OwnerAway(owner=owner, back_on=back_on):
            day = words.day(back_on)
            return Told(say("{name} hears nothing today: back {day}. Nothing was sent.", name=owner.name, day=day))
    return None


def _nudged(error: NudgedToday, viewer: Member, visit: Visit) -> str:
    """When she heard of the first one, or is to; or that it never reached her."""
    name = error.owner.name
    if error.reason is not None:
        return say(
            "The nudge for {name} could not be delivered: {reason}. Try again tomorrow.",
            name=name,
            reason=say_kept(error.reason),
        )
    if error.comes_at == visit.now:
        return say(fates.UNDER_WAY, name=name)
    if error.comes_at is not None:
        comes = viewer.local(error.comes_at)
        day, time = words.day(comes.date()), dates.clock(comes)
        return say(
            "{name} is to be nudged already, {day} {time} (your time); once a day is enough.",
            name=name,
            day=day,
            time=time,
        )
    moment = words.moment(error.at, viewer, visit.now)
    return say("{name} was nudged already ({time}); once a day is enough.", name=name, time=moment)


def stranger(error: Outsider | Unreachable) -> Message:
    """The polite answer to somebody who can't be let in."""
    return answers.problem(say(OUTSIDER if isinstance(error, Outsider) else UNREACHABLE))


def apology(error: BaseException) -> Message:
    """What nobody foresaw: logged with an id, and said with it; never a traceback in Slack."""
    number = secrets.token_hex(4)
    log.error("unforeseen", id=number, exc_info=error)
    return answers.problem(say(APOLOGY, id=number))


def _already(change: Change, viewer: Member, visit: Visit) -> Told:
    at = words.moment(change.happened_at, viewer, visit.now)
    about = deeds.about(change)
    deed = ", ".join(filter(None, [deeds.deed(change, viewer, visit.now), deeds.outcome(change)]))
    done = f"{deed} – {about}" if about else deed
    undo = button(say("Undo"), ids.UNDO, change.id, spoken=say("Undo: {deed}", deed=f"{deed} {about}".strip()))
    what = say("Already done by you {time}: {deed}. Nothing was done twice.", time=at, deed=done)
    return Told(what, buttons=[undo])


def _said_since(change: Change, viewer: Member, visit: Visit) -> Told:
    at, deed = words.moment(change.happened_at, viewer, visit.now), deeds.deed(change, viewer, visit.now)
    what = say("What you asked or answered last is said to somebody else, and can’t be taken back.")
    before = say("Nothing was undone. Your last change before it ({time}): {deed}.", time=at, deed=deed)
    if about := deeds.about(change):
        before = say(
            "Nothing was undone. Your last change before it ({time}): {deed} – {who}.", time=at, deed=deed, who=about
        )
    return Told(what, before, buttons=[receipts.undo_button(change, about, viewer, visit.now)])


def _conflict(since: Change | None, by: Member | None, viewer: Member, visit: Visit) -> Told:
    if since is None:
        what = say("This can't be undone any more: it was changed since.")
        return Told(what, say("Nothing was changed now."))
    at, deed = words.moment(since.happened_at, viewer, visit.now), deeds.deed(since, viewer, visit.now)
    what = say("Can't undo that: since then you did this ({time}): {deed}. Undo that first.", time=at, deed=deed)
    if by is not None and by.id != viewer.id:
        what = say(
            "Can't undo that: since then {name} did this ({time}): {deed}. Undo that first.",
            name=by.name,
            time=at,
            deed=deed,
        )
    return Told(what, say("Nothing was changed."))


def _since_shown(since: Change | None, by: Member | None, viewer: Member, visit: Visit) -> str:
    if since is None:
        return say("Something changed since you opened this.")
    at, deed = words.moment(since.happened_at, viewer, visit.now), deeds.deed(since, viewer, visit.now)
    who = deeds.about(since)
    if by is not None and by.id != viewer.id:
        return say(
            "Since you opened this, {name} changed {who} ({time}): {deed}.", name=by.name, who=who, time=at, deed=deed
        )
    return say("Since you opened this, you changed {who} ({time}): {deed}.", who=who, time=at, deed=deed)


def _who(prospect: Prospect) -> str:
    return words.who(prospect.name, prospect.company)


def _open(prospect: Prospect) -> Block:
    spoken = say("Open {who}", who=_who(prospect))
    return button(say("Open the card"), ids.SHOW, prospect.id, spoken=spoken)


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
