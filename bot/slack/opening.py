"""Opening forms. One that did not open is kept as it is, and a button with a fresh trigger opens it after all."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from functools import reduce
from typing import Any

import structlog

from bot.gateway import Later, Refused, Unknown
from bot.services import kept_forms
from bot.services.kept_forms import KeptForm
from bot.slack.actor import Visit
from bot.slack.reading import escapes
from bot.views import answers, forms, words
from bot.views.blocks import Block, Message
from language import mark, say

log = structlog.get_logger(__name__)

EXPIRED = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id"})
"""A trigger opens one form, within three seconds."""
LATE = mark("Slack was too slow to open {form}. Press the button to open it now; nothing you typed is lost.")
BUSY = mark("Slack takes no forms just now, so {form} did not open. The button opens it in a moment; nothing is lost.")
UNSURE = mark("Slack did not say whether {form} opened. If you don’t see it, press the button; nothing is lost.")
REFUSED = mark("Slack did not open {form}. Press the button to try once more; nothing you typed is lost.")


async def opened(visit: Visit, form: Block, typed: str = "") -> Message | None:
    """Open a form: None, or what is said where Slack did not do it; ``typed``: the line that asked for it."""
    form = from_home(visit, form)
    refusal = await asked(visit, form)
    if refusal is None:
        return None
    line = typed or escapes.undo(visit.text)
    draft_id = await visit.house.db.run(kept_forms.keep, visit.actor, KeptForm(json.dumps(form), line), visit.now)
    named = await _named(visit, form)
    return answers.form_offered(say(_why(refusal), form=named), named, draft_id, line)


async def asked(visit: Visit, form: Block) -> Refused | Later | Unknown | None:
    """Ask Slack to open it, for as long as our own answer is still in time; None: it is open."""
    answer: dict[str, Any] | Refused | Later | Unknown = Unknown("slow")
    with suppress(TimeoutError):
        async with asyncio.timeout(visit.house.form_seconds):
            answer = await visit.house.gateway.call("views.open", trigger_id=visit.trigger_id, view=form)
    if isinstance(answer, dict):
        return None
    log.warning("form_not_opened", answer=str(answer))
    return answer


def from_home(visit: Visit, form: Block) -> Block:
    """The form, remembering what App Home showed when it is opened from there, also through another form."""
    view = visit.view
    if view is None:
        return form
    shown = view.get("private_metadata", "") if view.get("type") == "home" else visit.opened_from.home
    if not shown:
        return form
    origin = forms.origin_of(form.get("private_metadata", ""))
    return {**form, "private_metadata": replace(origin, home=shown).text()}


def _why(refusal: Refused | Later | Unknown) -> str:
    match refusal:
        case Later():
            return BUSY
        case Unknown():
            return UNSURE
        case Refused(error=error):
            return LATE if error in EXPIRED else REFUSED


async def _named(visit: Visit, form: Block) -> str:
    """The form by its title, and whom or which cadence it is about."""
    title, origin = form["title"]["text"], forms.origin_of(form.get("private_metadata", ""))
    numbers = (origin.other_id, origin.prospect_id)
    found = await visit.house.db.run(kept_forms.about, visit.actor, numbers, origin.step_id)
    people = [words.who(each.name, each.company) for each in found] or [each for each in [origin.cadence] if each]
    if not people:
        return say("the form “{title}”", title=title)
    both = reduce(lambda one, other: say("{one} and {other}", one=one, other=other), people)
    return say("the form “{title}” for {who}", title=title, who=both)
