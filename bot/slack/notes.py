"""Notes: typed, or by form."""

from bot.services import notes, prospects, targets
from bot.services.errors import InvalidInput
from bot.services.targets import ByProspect, ByStep
from bot.slack import answering, commands, mentions
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.reading.line import who_candidates
from bot.slack.touches import origin
from bot.views import forms
from language import say


async def note(visit: Visit, command: commands.Note) -> Reply:
    """Where the name ends only the stored names can tell: the longest that fits is taken."""
    candidates = who_candidates(command.words)
    prospect, text = await visit.house.db.run(targets.first_named, visit.actor, candidates)
    if not text:
        raise InvalidInput("note", say("a note needs some text after the name"), "note acme wants SSO")
    text = await mentions.spelt_out(visit, text)
    done = await visit.house.db.run(notes.add, visit.actor, ByProspect(prospect.id), text, visit.now)
    return answering.told(done, visit)


async def press_note(visit: Visit) -> Reply:
    """The form for a note."""
    number = await visit.house.db.run(targets.prospect_of, visit.actor, ByStep(visit.step_id))
    timeline = await visit.house.db.run(prospects.show, visit.actor, number)
    return await answering.open_form(visit, forms.note(timeline.card, origin(visit, timeline.card)))


async def submit_note(visit: Visit) -> Reply:
    """The note, kept."""
    target = ByProspect(visit.opened_from.prospect_id or 0)
    done = await visit.house.db.run(notes.add, visit.actor, target, visit.value("note"), visit.now)
    return answering.told(done, visit)
