"""Adding, editing and showing prospects."""

import datetime as dt
from dataclasses import replace

from bot.services import preferences, prospects, questions, targets
from bot.services.cards import Card
from bot.services.details import Details
from bot.services.promises import Wish
from bot.services.questions import Wanted
from bot.services.targets import ByProspect, ByStep
from bot.slack import answering, commands, free_days, handover, mentions, prospect_fields, shorthands
from bot.slack.actor import Visit
from bot.slack.answering import Reply
from bot.slack.prospect_fields import wish_of
from bot.slack.reading import capture, dates, examples
from bot.slack.reading.escapes import undo
from bot.slack.reading.line import pictures_at_tail, who_candidates
from bot.slack.reading.prefs import capture_prefs
from bot.slack.reading.understood import Capture, Understood
from bot.storage.records import Prospect
from bot.views import answers, cards, ids, prospect_forms, receipts, traits, words
from bot.views.forms import Origin
from cadences.model import Channel, Stage
from language import mark, say
from language.dates import clock, day

LONG_TIMELINE = 30
NOTE_MARK = " --"
UNDERSTOOD_NOTHING = mark("I could not read that, so nothing was added.")


async def add(visit: Visit, command: commands.Add) -> Reply:
    """The line from the meeting: stored at once when it is clear, asked first when it is not."""
    return await _add(visit, command.capture, undo(visit.text), ask=True)


async def add_form(visit: Visit, _command: commands.AddForm) -> Reply:
    """No text: the form."""
    return await _open_add(visit, None, "")


async def press_form(visit: Visit) -> Reply:
    """The button that opens the add form, with what was typed before."""
    typed = ""
    if visit.number:
        typed, _ = await visit.house.db.run(questions.drafted, visit.actor, visit.number)
    return await _open_add(visit, visit.number or None, typed)


async def press_date(visit: Visit) -> Reply:
    """One of two dates was chosen: now the line is stored."""
    typed, when = await visit.house.db.run(questions.drafted, visit.actor, visit.number)
    read = await _reread(visit, typed, when)
    choice = int(visit.action["action_id"].removeprefix(ids.ADD_AT))
    chosen, settled = _with_reading(read, choice), _settled(typed, read, choice)
    return await _add(visit, chosen, settled, ask=True)


async def press_anyway(visit: Visit) -> Reply:
    """A likely double was meant to be another person: store the line."""
    form = await visit.house.db.run(questions.wanted, visit.actor, visit.number)
    if form is not None:
        details, wish, note = form.details, form.wish, form.note
        done = await visit.house.db.run(prospects.add, visit.actor, details, visit.now, wish=wish, note=note)
        return Reply(receipts.added(done, [], [], visit.now, wish.asked_on if wish else None), done)
    typed, when = await visit.house.db.run(questions.drafted, visit.actor, visit.number)
    return await _add(visit, await _reread(visit, typed, when), typed, ask=False)


async def wanted(visit: Visit, draft_id: int) -> Wanted:
    """Who was to be added when a question came up, by line or by form."""
    form = await visit.house.db.run(questions.wanted, visit.actor, draft_id)
    if form is not None:
        return form
    read = await _reread(visit, *await visit.house.db.run(questions.drafted, visit.actor, draft_id))
    return Wanted(details_of(read), _wish(visit, read), await mentions.spelt_out(visit, read.note))


async def submit_add(visit: Visit) -> Reply:
    """The add form."""
    details, wish = prospect_fields.read(visit)
    note = visit.value("note")
    done = await visit.house.db.run(prospects.add, visit.actor, details, visit.now, wish=wish, note=note, ask=True)
    return Reply(receipts.added(done, [], [], visit.now, wish.asked_on if wish else None), done)


async def press_edit(visit: Visit) -> Reply:
    """The edit form, every field filled in."""
    return await edit_form(visit, visit.number)


async def edit_form(visit: Visit, prospect_id: int) -> Reply:
    """The same for somebody who was named."""
    card = await visit.house.db.run(prospects.card_to_edit, visit.actor, prospect_id)
    return await answering.open_form(visit, prospect_forms.edit(card, _from(visit, card)))


async def submit_edit(visit: Visit) -> Reply:
    """The edit form, saved."""
    details, wish = prospect_fields.read(visit)
    target, to_id = ByProspect(visit.opened_from.prospect_id or 0), visit.value("owner")
    if to_id == visit.opened_from.owner_id:  # whoever has it by now keeps it
        to_id = ""
    await handover.check_receiver(visit, to_id)
    done = await visit.house.db.run(prospects.edit, visit.actor, target, details, wish, visit.now, to_id=to_id)
    remarks, asked_on = await handover.told(visit, done), wish.asked_on if wish else None
    return await shorthands.offered(visit, answering.told(done, visit, *remarks, asked_on=asked_on))


async def press_prefer(visit: Visit) -> Reply:
    """The channel they answer on becomes the one they prefer."""
    channel = Channel(str(visit.action["action_id"]).removeprefix(ids.PREFER))
    target = ByProspect(visit.number)
    done = await visit.house.db.run(preferences.prefer, visit.actor, target, channel, visit.now)
    return answering.told(done, visit)


async def show(visit: Visit, command: commands.Show) -> Reply:
    """One prospect's card and timeline."""
    found, _ = await named(visit, command.who)
    return await _with_more(visit, found.id) if command.everything else await _shown(visit, found.id)


async def why(visit: Visit, command: commands.WhyNow) -> Reply:
    """How warm somebody is and how much it presses, line by line."""
    found, _ = await named(visit, command.who)
    timeline = await visit.house.db.run(prospects.show, visit.actor, found.id)
    return Reply(traits.why(timeline.card, visit.now))


async def press_show(visit: Visit) -> Reply:
    """A button that names a prospect."""
    return await _shown(visit, visit.number)


async def press_timeline(visit: Visit) -> Reply:
    """The card with more of what happened."""
    return await _with_more(visit, visit.number)


async def _with_more(visit: Visit, prospect_id: int) -> Reply:
    timeline = await visit.house.db.run(prospects.show, visit.actor, prospect_id, LONG_TIMELINE)
    return Reply(cards.shown(timeline, visit.now))


async def press_open(visit: Visit) -> Reply:
    """Open the card of a step's prospect, also when the step is long done."""
    return await _shown(visit, await visit.house.db.run(targets.prospect_of, visit.actor, ByStep(visit.step_id)))


async def named(visit: Visit, typed: str, note: str = "") -> tuple[Prospect, str]:
    """The one prospect a typed name means; words behind the name go in front of the note. NotFound or SeveralFound."""
    candidates = [(typed, ""), *who_candidates(typed)]
    prospect, rest = await visit.house.db.run(targets.first_named, visit.actor, candidates)
    pictures = pictures_at_tail(typed.removesuffix(rest))
    rest = rest if pictures in prospect.name else f"{pictures} {rest}".strip()
    return prospect, await mentions.spelt_out(visit, "\n".join(part for part in (rest, note) if part))


async def _shown(visit: Visit, prospect_id: int) -> Reply:
    timeline = await visit.house.db.run(prospects.show, visit.actor, prospect_id)
    return Reply(cards.shown(timeline, visit.now))


async def _open_add(visit: Visit, draft_id: int | None, typed: str) -> Reply:
    origin = Origin(draft_id=draft_id, response_url=visit.response_url, channel=visit.channel)
    return await answering.open_form(visit, prospect_forms.add(typed, origin))


async def _add(visit: Visit, read: Capture, typed: str, *, ask: bool) -> Reply:
    step = read.step
    if not read.name:
        problem = read.problems[0] if read.problems else None
        text = say("{what} Nothing was added.", what=problem.reason if problem else say(UNDERSTOOD_NOTHING))
        return Reply(answers.problem(text, examples.EXAMPLES["add"][0]))
    if step and isinstance(step.when, dates.Past):
        passed = words.day(step.when.on)
        gone = say("“{words}” is in the past ({day}). Nothing was added.", words=step.when.words, day=passed)
        return Reply(answers.problem(gone, examples.EXAMPLES["add"][0]))
    if step and isinstance(step.when, dates.Ambiguous):
        return await _ask_date(visit, step.when, typed)
    details, wish = details_of(read), _wish(visit, read)
    done = await visit.house.db.run(
        prospects.add,
        visit.actor,
        details,
        visit.now,
        wish=wish,
        note=await mentions.spelt_out(visit, read.note),
        typed=typed if ask else None,
        said=shorthands.said_in(read),
    )
    asked_on = wish.asked_on if wish else None
    understood = [shorthands.echo(item) for item in free_days.read_back(read.understood, wish)]
    remarks = [say("“{words}”: {reason}", words=item.words, reason=item.reason) for item in read.problems]
    return Reply(receipts.added(done, understood, remarks, visit.now, asked_on), done)


def _wish(visit: Visit, read: Capture) -> Wish | None:
    """The next step of a line, on a day that is worked unless another was named."""
    return free_days.wished(visit, read.step.when if read.step else None, wish_of(read.step))


def details_of(read: Capture) -> Details:
    """What a line said about a prospect, as it is kept."""
    return Details(
        name=read.name,
        company=read.company or None,
        role=read.role or None,
        email=read.email or None,
        phone=read.phone or None,
        value_minor=read.value.amount_minor if read.value else None,
        currency=read.value.currency if read.value else None,
        currency_assumed=read.value is not None and read.value.assumed,
        stage=Stage(read.stage) if read.stage else Stage.NEW,
        source=read.source or None,
        close_on=read.close_on,
        zone=read.zone or None,
        industry=read.industry or None,
        renewal_on=read.renewal_on,
        temperature=read.temperature,
        preferred_channel=read.preferred_channel,
        best_time=read.best_time,
        profile_url=read.profile_url or None,
    )


async def _ask_date(visit: Visit, when: dates.Ambiguous, typed: str) -> Reply:
    draft_id = await visit.house.db.run(questions.draft, visit.actor, typed, visit.now)
    readings = [(when.words, _meaning(reading)) for reading in when.readings]
    return Reply(answers.which_date(typed, readings, draft_id))


async def _reread(visit: Visit, typed: str, when: dt.datetime) -> Capture:
    """The line as it was meant when it was typed: "tomorrow" said yesterday is today."""
    line = typed.strip()
    verb, _, rest = line.partition(" ")
    text = rest if verb.casefold() in {"add", "new", "create"} else line
    mine = await shorthands.known(visit)
    return capture.read_add(text, visit.member.local(when), **capture_prefs(visit.member, mine))


def _with_reading(read: Capture, choice: int) -> Capture:
    step = read.step
    if step is None or not isinstance(step.when, dates.Ambiguous):
        return read
    when = step.when.readings[min(choice, 1)]
    kept = tuple(item for item in read.understood if item.field != "step")
    told = Understood("step", _meaning(when), step.when.words)
    return replace(read, step=replace(step, when=when), understood=(*kept, told))


def _settled(typed: str, read: Capture, choice: int) -> str:
    """The line with the chosen date in place of its words: whatever is asked next, this is not asked again."""
    if read.step is None or not isinstance(read.step.when, dates.Ambiguous):
        return typed
    words_typed, when = read.step.when.words, read.step.when.readings[min(choice, 1)]
    at = f" {when.time:%H:%M}" if when.time else ""
    line, dash, note = typed.partition(NOTE_MARK)
    head, found, tail = line.rpartition(words_typed)
    return f"{head}{when.on.isoformat()}{at}{tail}{dash}{note}" if found else typed


def _meaning(when: dates.When) -> str:
    at = f" {clock(when.time)}" if when.time else ""
    return f"{day(when.on, year=True)}{at}"


def _from(visit: Visit, card: Card) -> Origin:
    step_id = card.step.id if card.step else None
    here = Origin(step_id, card.prospect.id, None, visit.channel, visit.message_ts, visit.response_url)
    return replace(here, owner_id=card.owner.id)
