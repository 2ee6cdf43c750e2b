"""Domain errors in words, in one place; whatever nobody foresaw reaches one handler that apologises with an id."""

import secrets

import structlog

from bot.services import prospects
from bot.services.errors import (
    AlreadyDone,
    AnsweredBefore,
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
    Overtaken,
    OwnerAway,
    SeveralFound,
    UndoConflict,
    UndoneBefore,
)
from bot.slack.actor import Outsider, Unreachable, Visit
from bot.storage.records import Change, Member
from bot.views import answers, authoring, cards, deeds, ids, words
from bot.views.blocks import Message, button

log = structlog.get_logger(__name__)

OUTSIDER = "Follow-up Coach is for members of this workspace; guests and people from other workspaces can't use it."
UNREACHABLE = "Slack didn't tell me who you are just now, so nothing was saved. Please send it again in a moment."
APOLOGY = (
    "Something went wrong on our side, and nothing was changed. If it happens again, tell your admin this number: {id}"
)


async def explain(visit: Visit, error: DomainError) -> Message:
    """A domain error as a message; where a card helps, with the card as it stands now."""
    if isinstance(error, MovedOn):
        timeline = await visit.house.db.run(prospects.show, visit.actor, error.prospect.id)
        return cards.moved_on(timeline.card, error.since, error.by, visit.now)
    return said(error, visit)


def said(error: DomainError, visit: Visit) -> Message:  # noqa: C901 - one flat table, an error a line
    """A domain error in words, with the example or the button that helps."""
    viewer = visit.member
    match error:
        case InvalidInput(why=why, example=example):
            return answers.problem(f"{why[:1].upper()}{why[1:]}. Nothing was changed.", example)
        case NotFound(words=typed, near=near):
            if near:
                return answers.which(typed, near)
            return answers.problem(
                f"I know nobody called “{_short(typed)}”. Nothing was changed.", f"find {_short(typed)}"
            )
        case SeveralFound(words=typed, found=found):
            return answers.which(_short(typed), found)
        case NotYours(prospect=prospect, owner=owner):
            who = words.who(prospect.name, prospect.company)
            text = f"{who} is {owner.name}’s. Nothing was changed: ask {owner.name}, or take it over."
            step = button("Open the card", ids.SHOW, prospect.id, spoken=f"Open {who}")
            return answers.problem(text, buttons=[step])
        case NotAllowed(what=what, who=allowed):
            return answers.problem(f"Only {allowed} can {what}. Nothing was changed.")
        case AlreadyDone(change=change):
            return _already(change, viewer, visit)
        case Closed(prospect=prospect):
            who = words.who(prospect.name, prospect.company)
            text = f"{who} is {prospect.stage.value} already. Nothing was changed; undo that first if it was wrong."
            return answers.problem(text, buttons=[button("Open the card", ids.SHOW, prospect.id, spoken=f"Open {who}")])
        case DoNotContact(prospect=prospect):
            who = words.who(prospect.name, prospect.company)
            text = f"{who} asked us to stop, so nothing was changed. Only an admin can lift that, with a reason."
            return answers.problem(text, "lift acme -- they wrote to us again")
        case DoNotContactStands():
            text = (
                "A do-not-contact that stands for more than an hour isn’t undone: an admin can lift it, with a reason."
            )
            return answers.problem(text, "lift acme -- they wrote to us again")
        case Gone():
            return answers.problem("This is no longer here: its adding was undone. Nothing was changed.")
        case NothingToUndo():
            return answers.problem("There is nothing of yours to undo.")
        case UndoneBefore(change=change, at=at):
            return answers.problem(f"That was undone already ({words.moment(at, viewer, visit.now)}).")
        case UndoConflict(since=since, by=by):
            return answers.problem(_conflict(since, by, viewer, visit))
        case LikelyDouble(existing=existing, owner=owner, draft_id=draft_id):
            return answers.double(existing, owner, viewer, draft_id)
        case AnsweredBefore(at=at):
            at_words = words.moment(at, viewer, visit.now)
            return answers.problem(f"You answered that already ({at_words}). Nothing was changed.")
        case NudgedToday(owner=owner, at=at):
            at_words = words.moment(at, viewer, visit.now)
            return answers.problem(f"{owner.name} was nudged today already ({at_words}); once a day is enough.")
        case Overtaken():
            return answers.problem(" ".join(authoring.overtaken(error, viewer, visit.now)))
        case OwnerAway(owner=owner, back_on=back_on):
            text = f"{owner.name} hears nothing today: back {words.day(back_on)}. Nothing was sent."
            return answers.problem(text)
    return apology(error)


def stranger(error: Outsider | Unreachable) -> Message:
    """The polite answer to somebody who can't be let in."""
    return answers.problem(OUTSIDER if isinstance(error, Outsider) else UNREACHABLE)


def apology(error: BaseException) -> Message:
    """What nobody foresaw: logged with an id, and said with it; never a traceback in Slack."""
    number = secrets.token_hex(4)
    log.error("unforeseen", id=number, exc_info=error)
    return answers.problem(APOLOGY.format(id=number))


def _already(change: Change, viewer: Member, visit: Visit) -> Message:
    at = words.moment(change.happened_at, viewer, visit.now)
    about = deeds.about(change)
    outcome = deeds.outcome(change)
    deed = deeds.deed(change, viewer, visit.now) + (f", {outcome}" if outcome else "")
    text = f"Already done by you {at}: {deed}{' – ' + about if about else ''}. Nothing was done twice."
    return answers.problem(text, buttons=[button("Undo", ids.UNDO, change.id, spoken=f"Undo: {deed} {about}")])


def _conflict(since: Change | None, by: Member | None, viewer: Member, visit: Visit) -> str:
    if since is None:
        return "This can't be undone any more: it was changed since. Nothing was changed now."
    person = "you" if by is None or by.id == viewer.id else by.name
    at = words.moment(since.happened_at, viewer, visit.now)
    deed = deeds.deed(since, viewer, visit.now)
    return f"Can't undo that: since then {person} did this ({at}): {deed}. Undo that first. Nothing was changed."


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
