"""Hears Slack: one catch-all per surface that looks the id up; a listener each would cost every request."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.house import House
from bot.services.errors import DomainError, InvalidInput
from bot.slack import (
    actor,
    answering,
    authoring,
    batch,
    cadences,
    calendar_grammar,
    calendars,
    changes,
    closing,
    commands,
    companies,
    contact,
    digests,
    drafting,
    editing,
    errors,
    examples,
    finding,
    focus,
    giving_up,
    grammar,
    leave,
    leavers,
    meetings,
    members,
    mending,
    merging,
    notes,
    positions,
    prospects,
    resources,
    saved_views,
    shortcuts,
    shorthands,
    snoozes,
    tabs,
    team,
    touches,
    welcome,
    whys,
)
from bot.slack.actor import Outsider, Payload, Unreachable, Visit
from bot.slack.answering import Reply
from bot.slack.cadence_commands import Cadence
from bot.views import answers, ids
from bot.views.blocks import Block
from language import mark, say, speaking

log = structlog.get_logger(__name__)

ANY = re.compile(".*", re.DOTALL)
EXAMPLE_PREFIX = f"{ids.COMMAND} "
WORD_QUOTED = 40
UNKNOWN_BUTTON = mark("I don't know that button any more. Nothing was changed; `/followup` shows your day.")
Press = Callable[[Visit], Awaitable[Reply]]

ACTIONS: Mapping[str, Press] = {
    ids.LOG: touches.press_log,
    ids.REPLIED: touches.press_replied,
    ids.INTERESTED: touches.press_way,
    ids.QUESTION: touches.press_way,
    ids.AWAY: positions.press_away,
    ids.MOVE: positions.press_move,
    ids.ALIGN: positions.press_align,
    ids.STOP_CONTACT: contact.press_stop,
    ids.REOPEN: closing.press_reopen,
    ids.RECAP: meetings.press_recap,
    ids.REFERRAL: cadences.press_referral,
    ids.SNOOZE: snoozes.press_snooze,
    ids.WHY_LOST: whys.press_lost,
    ids.ONE_MORE: giving_up.press_once_more,
    ids.LOST_ANYWAY: giving_up.press_anyway,
    ids.PARK: snoozes.press_park,
    ids.WON: closing.press_won,
    ids.LOST: closing.press_lost,
    ids.NOTE: notes.press_note,
    ids.DRAFT: drafting.press_draft,
    ids.HOOK_USED: drafting.press_hook_used,
    ids.RESOURCE_DELETE: resources.press_delete,
    ids.OPEN: prospects.press_open,
    ids.EDIT: prospects.press_edit,
    ids.SHOW: prospects.press_show,
    ids.VIEW_SHOW: saved_views.press_show,
    ids.VIEW_SAVE: saved_views.press_save,
    ids.SHORTHAND_TEACH: shorthands.press_teach,
    ids.SHORTHAND_FORGET: shorthands.press_forget,
    ids.TIMELINE: prospects.press_timeline,
    ids.TOUCH: mending.press_touch,
    ids.UNDO: changes.press_undo,
    ids.CADENCE_SHOW: cadences.press_show,
    ids.CADENCE_PREVIEW: cadences.press_preview,
    ids.CADENCE_TEXT: cadences.press_text,
    ids.CADENCE_DELETE: cadences.press_delete,
    ids.CADENCE_FINISH: cadences.press_finish,
    ids.CADENCE_STOP: cadences.press_stop,
    ids.CADENCE_NEW: authoring.press_new,
    ids.CADENCE_EDIT: authoring.press_edit,
    ids.CADENCE_FORK: authoring.press_fork,
    ids.CADENCE_BACK: authoring.press_back,
    ids.CADENCE_TYPED: authoring.press_typed,
    ids.RULE_REMOVE: cadences.press_remove_rule,
    ids.FOCUS: focus.press_focus,
    ids.FOCUS_NEXT: focus.press_next,
    ids.FOCUS_BACK: focus.press_back,
    ids.FOCUS_SNOOZE: focus.press_snooze,
    ids.FOCUS_NOTE: focus.press_note,
    ids.FOCUS_WON: focus.press_won,
    ids.FOCUS_LOST: focus.press_lost,
    ids.FOCUS_STAY: focus.press_stay,
    ids.PAGE_NEXT: digests.press_page,
    ids.PAGE_BACK: digests.press_page,
    ids.IGNORED_REPLAN: digests.press_ignored,
    ids.IGNORED_PARK: digests.press_ignored,
    ids.IGNORED_DROP: digests.press_ignored,
    ids.SETTINGS: members.press_settings,
    ids.PAUSE: members.press_pause,
    ids.RESUME: members.press_resume,
    ids.SEND_NOW: members.press_send_now,
    ids.NUDGE_OFF: members.press_nudge_off,
    ids.RECAP_OFF: members.press_recap_off,
    ids.SAMPLES: welcome.press_samples,
    ids.CALENDAR: calendars.press_show,
    ids.LEAVE_FORM: leave.press_form,
    ids.LEAVE_BACK: leave.press_back,
    ids.LEAVE_CANCEL: leave.press_cancel,
    ids.LEAVE_DEPUTY: leave.press_deputy,
    ids.WELCOME_DROP: leave.press_drop,
    ids.WELCOME_KEEP: leave.press_keep,
    ids.ZONE_YES: members.press_zone_yes,
    ids.ZONE_NO: members.press_zone_no,
    ids.ADD_ANYWAY: prospects.press_anyway,
    ids.ADD_FORM: prospects.press_form,
    ids.MERGE: merging.press_merge,
    ids.MERGE_KEPT: merging.press_kept,
    ids.MERGE_AGAIN: merging.press_again,
    ids.LEAVERS: leavers.press_assign,
    ids.COMPANY_PAUSE: companies.press_pause,
    ids.COMPANY_PAUSE_UNTIL: companies.press_pause_until,
    ids.NUDGE: team.press_nudge,
    ids.TAKE_OVER: team.press_take_over,
    ids.TEAM_RETRY: team.press_retry,
    ids.HAND_OVER_YES: team.press_yes,
    ids.HAND_OVER_NO: team.press_no,
    ids.HOME_NEXT: tabs.press_look,
    ids.HOME_BACK: tabs.press_look,
    ids.HOME_OWNER: tabs.press_look,
    ids.HOME_STAGE: tabs.press_look,
    ids.HOME_VIEW: tabs.press_look,
    ids.HOME_GOT_IT: tabs.press_got_it,
}
PREFIXED: Mapping[str, Press] = {
    ids.FIND_MORE: finding.press_more,
    ids.DAY_REMOVE: calendars.press_remove,
    ids.OUTCOME: touches.press_outcome,
    ids.WHY: whys.press_why,
    ids.WHY_PARK: whys.press_park,
    ids.FOCUS_LOG: focus.press_log,
    ids.LINK: drafting.press_link,
    ids.ADD_AT: prospects.press_date,
    ids.PREFER: prospects.press_prefer,
    ids.CADENCE_START: cadences.press_start,
    ids.HOME_TAB: tabs.press_look,
}
MENU: Mapping[str, Press] = {
    ids.REPLIED: touches.press_replied,
    ids.LOG: touches.press_log_other,
    ids.NOTE: notes.press_note,
    ids.PARK: snoozes.press_park,
    ids.OPEN: prospects.press_open,
}
"""The ⋯ menu: what was chosen decides."""

FORMS: Mapping[str, Press] = {
    ids.FORM_ADD: prospects.submit_add,
    ids.FORM_EDIT: prospects.submit_edit,
    ids.FORM_LEAVERS: leavers.submit,
    ids.FORM_MERGE: merging.submit_merge,
    ids.FORM_MERGE_KEPT: merging.submit_kept,
    ids.FORM_MERGE_AGAIN: merging.submit_again,
    ids.FORM_VIEW: saved_views.submit_save,
    ids.FORM_LOG: touches.submit_log,
    ids.FORM_TOUCH: mending.submit,
    ids.FORM_FOCUS: focus.submit,
    ids.FORM_FOCUS_WON: focus.submit_won,
    ids.FORM_DRAFT: drafting.submit_draft,
    ids.FORM_MOVE: positions.submit_move,
    ids.FORM_AWAY: positions.submit_away,
    ids.FORM_RECAP: meetings.submit_recap,
    ids.FORM_SNOOZE: snoozes.submit_snooze,
    ids.FORM_PARK: snoozes.submit_park,
    ids.FORM_WON: closing.submit_won,
    ids.FORM_LOST: closing.submit_lost,
    ids.FORM_NOTE: notes.submit_note,
    ids.FORM_SETTINGS: members.submit_settings,
    ids.FORM_PAUSE: members.submit_pause,
    ids.FORM_CADENCE: authoring.submit_form,
    ids.FORM_CADENCE_SAVE: authoring.submit_review,
    ids.FORM_CADENCE_TEXT: authoring.submit_text,
    ids.FORM_LEAVE: leave.submit_form,
    ids.FORM_DEPUTY: leave.submit_deputy,
    ids.FORM_QUICK_NOTE: shortcuts.submit_note,
}
SHORTCUTS: Mapping[str, Press] = {
    ids.SHORTCUT_FOLLOW_UP: shortcuts.follow_up,
    ids.SHORTCUT_NOTE: shortcuts.note,
    ids.SHORTCUT_ADD: shortcuts.add,
}
SUGGESTIONS: Mapping[str, Callable[[Visit], Awaitable[list[Block]]]] = {ids.PICK_PROSPECT: shortcuts.suggest}
"""What fills a menu while somebody types in it."""

FIELD_OF_ERROR = {"when": "next"}
"""Which field of a form an error is shown at, where the two have other names."""

EVENTS: Mapping[str, Callable[[House, Payload], Awaitable[None]]] = {
    "user_change": members.changed_in_slack,
    "app_uninstalled": members.uninstalled,
    "tokens_revoked": members.tokens_revoked,
}
HOME_OPENED = "app_home_opened"


def register(app: AsyncApp, house: House) -> None:
    """Put the catch-alls into a Bolt app."""

    async def on_command(ack: AsyncAck, body: Payload) -> None:
        # Nothing to say (a form was opened) is an empty answer: Slack takes no empty message.
        await ack(await _command(house, body) or "")

    async def on_action(ack: AsyncAck, body: Payload) -> None:
        await _action(house, body)
        await ack()

    async def on_shortcut(ack: AsyncAck, body: Payload) -> None:
        await _shortcut(house, body)
        await ack()

    async def on_typing(ack: AsyncAck, body: Payload) -> None:
        await ack(options=await _suggestions(house, body))

    async def on_submission(ack: AsyncAck, body: Payload) -> None:
        await ack(**await _submission(house, body))

    async def on_event(body: Payload, event: Payload) -> None:
        await _event(house, body, event)

    async def on_error(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
        del request
        errors.apology(error)
        return BoltResponse(status=500, body="")

    app.command(ANY)(on_command)
    app.action(ANY)(on_action)
    app.shortcut(ANY)(on_shortcut)
    app.options(ANY)(on_typing)
    app.view(ANY)(on_submission)
    app.event(ANY)(on_event)
    app.error(on_error)


async def _command(house: House, body: Payload) -> dict[str, Any] | None:
    """A typed line: what it means, done, and the answer for the same response."""
    try:
        visit = await actor.from_command(house, body)
    except (Outsider, Unreachable) as error:
        return answering.body(errors.stranger(error))
    with speaking(visit.member.speaks):
        return await answering.command(visit, await _answered(visit, _obey))


async def _answered(visit: Visit, work: Press) -> Reply:
    """What ``work`` says, or what went wrong, in words."""
    try:
        return await work(visit)
    except DomainError as error:
        return Reply(await errors.explain(visit, error))
    except Exception as error:  # noqa: BLE001 - the one handler that apologises for what nobody foresaw
        return Reply(errors.apology(error))


async def _obey(visit: Visit) -> Reply:
    typed = grammar.read(visit.text, visit.member.local(visit.now), prefs=await shorthands.habits(visit))
    match typed:
        case commands.Help(topic=topic):
            return _help(topic)
        case commands.Unknown(understood=understood, nearest=nearest):
            text = say("I don't know “{word}”.", word=_first_word(visit.text))
            if understood:
                text = say("I understood {what}, but not what to do with it.", what=understood)
            unchanged = say("{what} Nothing was changed.", what=text)
            return Reply(answers.problem(unchanged, (nearest or "help").removeprefix(EXAMPLE_PREFIX)))
        case commands.Unreadable(problem=problem):
            quoted = problem.reason
            if problem.words not in problem.reason:
                quoted = say("“{words}”: {reason}", words=problem.words, reason=problem.reason)
            text = say("{what} Nothing was changed.", what=quoted)
            return Reply(answers.problem(text, problem.example.removeprefix(EXAMPLE_PREFIX)))
        case _:
            return await COMMANDS[type(typed)](visit, typed)


def _first_word(text: str) -> str:
    return next(iter(text.split()), "")[:WORD_QUOTED]


COMMANDS: Mapping[type, Callable[[Visit, Any], Awaitable[Reply]]] = {
    commands.Today: digests.today,
    commands.Ignored: digests.answer_ignored,
    commands.Add: prospects.add,
    commands.AddForm: prospects.add_form,
    commands.Edit: editing.edit,
    commands.Note: notes.note,
    commands.Hook: drafting.hook,
    commands.Draft: drafting.draft,
    commands.Resource: resources.resource,
    commands.Log: touches.log,
    commands.Fix: mending.fix,
    commands.DeleteTouch: mending.delete_last,
    commands.Replied: touches.replied,
    commands.Met: meetings.met,
    commands.OutOfOffice: positions.out_of_office,
    commands.Focus: focus.work,
    commands.Batch: batch.rows,
    commands.Skip: positions.skip,
    commands.Jump: positions.jump,
    commands.Restart: positions.restart,
    commands.Align: positions.align,
    commands.StopContact: contact.stop,
    commands.Lift: contact.lift,
    commands.Reopen: closing.reopen,
    commands.Snooze: snoozes.snooze,
    commands.SnoozeAll: batch.snooze_all,
    commands.Won: closing.won,
    commands.Lost: closing.lost,
    commands.Park: snoozes.park,
    commands.Merge: merging.merge,
    commands.Assign: team.assign,
    commands.Nudge: team.nudge,
    commands.Take: team.take,
    commands.Show: prospects.show,
    commands.WhyNow: prospects.why,
    commands.Find: finding.find,
    commands.View: saved_views.view,
    commands.SavedViews: saved_views.manage,
    commands.Shorthands: shorthands.manage,
    commands.Undo: changes.undo,
    commands.History: changes.history,
    commands.Settings: members.settings,
    commands.Recap: members.week,
    commands.Samples: welcome.samples,
    calendar_grammar.Calendar: calendars.calendar,
    calendar_grammar.PublicHolidays: calendars.holidays,
    calendar_grammar.FreeDay: calendars.day_off,
    calendar_grammar.ExtraDay: calendars.workday,
    calendar_grammar.ForgetDay: calendars.forget_day,
    calendar_grammar.Away: leave.away,
    calendar_grammar.Back: leave.back,
    commands.Pause: members.pause,
    commands.PauseCompany: snoozes.pause_company,
    commands.Resume: members.resume,
    commands.Team: team.set_up,
    Cadence: cadences.cadence,
    commands.Stalled: team.stalled,
    commands.Role: members.role,
}


def _help(topic: str | None) -> Reply:
    known = examples.EXAMPLES.get(topic or "")
    rows = [known, *examples.FURTHER.get(topic or "", ())] if known else examples.EXAMPLES.values()
    return Reply(answers.help_text(rows, topic if known else None))


async def _action(house: House, body: Payload) -> None:
    try:
        visit = await actor.from_action(house, body)
    except (Outsider, Unreachable) as error:
        await _tell_stranger(house, body, error)
        return
    with speaking(visit.member.speaks):
        await answering.press(visit, await _answered(visit, _handler(visit) or _unknown))


async def _unknown(_visit: Visit) -> Reply:
    """A button of a message so old that its action is gone."""
    return Reply(answers.problem(say(UNKNOWN_BUTTON)))


def _handler(visit: Visit) -> Press | None:
    """The feature behind an id. Inputs of a form send no press that means anything by itself."""
    action_id = str(visit.action.get("action_id", ""))
    if action_id == ids.MORE:
        return MENU.get(visit.chosen)
    for prefix, handler in PREFIXED.items():
        if action_id.startswith(prefix):
            return handler
    return ACTIONS.get(action_id)


async def _shortcut(house: House, body: Payload) -> None:
    """A shortcut, from a message's menu or from anywhere."""
    try:
        visit = await actor.from_shortcut(house, body)
    except (Outsider, Unreachable) as error:
        await _tell_stranger(house, body, error)
        return
    with speaking(visit.member.speaks):
        await answering.shortcut(visit, await _answered(visit, SHORTCUTS.get(body["callback_id"], _unknown)))


async def _suggestions(house: House, body: Payload) -> list[Block]:
    """What a menu offers for what was typed into it so far; nothing where there is nobody to ask."""
    try:
        visit = await actor.from_typing(house, body)
        with speaking(visit.member.speaks):
            return await SUGGESTIONS[body["action_id"]](visit)
    except (Outsider, Unreachable, KeyError):
        return []
    except Exception as error:  # noqa: BLE001 - as for commands; a menu has no room for an apology
        errors.apology(error)
        return []


async def _submission(house: House, body: Payload) -> dict[str, Any]:
    """A form: closed when it was carried out; an error is shown at its field, and nothing typed is lost."""
    try:
        visit = await actor.from_submission(house, body)
    except (Outsider, Unreachable) as error:
        return _at_field(body["view"], InvalidInput("", errors.stranger(error).text))
    with speaking(visit.member.speaks):
        return await _sent(visit, body)


async def _sent(visit: Visit, body: Payload) -> dict[str, Any]:
    try:
        reply = await FORMS[body["view"]["callback_id"]](visit)
    except DomainError as error:
        if isinstance(error, InvalidInput) and _inputs(body["view"]):
            return _at_field(body["view"], error)
        reply = Reply(await errors.explain(visit, error))
        return {"response_action": "update", "view": answering.as_form(reply, body["view"])}
    except Exception as error:  # noqa: BLE001 - as for commands
        return {"response_action": "update", "view": answering.as_form(Reply(errors.apology(error)))}
    if reply.form is not None:
        return {"response_action": "update", "view": reply.form}
    await answering.submission(visit, reply)
    return {"response_action": "clear"}


def _at_field(view: Payload, error: InvalidInput) -> dict[str, Any]:
    inputs = _inputs(view)
    said = {_field(inputs, each): f"{each.why[:1].upper()}{each.why[1:]}." for each in (error, *error.also)}
    return {"response_action": "errors", "errors": said}


def _inputs(view: Payload) -> list[str]:
    """The fields of a form; one that only asks for a yes has none."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def _field(inputs: list[str], error: InvalidInput) -> str:
    wanted = error.field if error.field in inputs else FIELD_OF_ERROR.get(error.field, error.field)
    return wanted if wanted in inputs else inputs[0]


async def _event(house: House, body: Payload, event: Payload) -> None:
    """Something happened in Slack. A redelivered event finds everything done: each handler may run twice."""
    kind = str(event.get("type"))
    if kind == HOME_OPENED:
        try:
            now = house.clock()
            member = await actor.who(house, str(body.get("team_id", "")), event["user"], now)
        except (Outsider, Unreachable):
            return
        with speaking(member.speaks):
            await members.home_opened(house, event, member)
    elif kind in EVENTS:
        await EVENTS[kind](house, event)


async def _tell_stranger(house: House, body: Payload, error: Outsider | Unreachable) -> None:
    url = body.get("response_url")
    if url:
        said = {**answering.body(errors.stranger(error)), "replace_original": False}
        house.background.start(house.gateway.respond(url, said))
