"""A prospect's card: after an add, after a change, on its own, with its timeline."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.services.cards import Card, Done, Timeline, happened_at
from bot.services.contact import LIFTED
from bot.services.facts import their_date
from bot.services.ignored import DROPPED_BECAUSE
from bot.services.leave import DIED_NOTE
from bot.services.meetings import RECAP
from bot.services.mending import may_mend
from bot.storage.records import Change, Member, Note, Prospect, StepRow, Touch
from bot.views import change_kinds, deeds, drafting, echoes, hints, ids, team, traits, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    confirmation,
    context,
    cut,
    divider,
    escape,
    menu,
    message,
    option,
    overflow,
    section,
    sentences,
)
from cadences import calendar
from cadences.model import Channel, Mood, Stage
from cadences.step_words import spoken
from cadences.words import capital, named
from language import dates, mark, places, say, say_n

MORE = {
    ids.REPLIED: mark("They replied"),
    ids.LOG: mark("Log another channel"),
    ids.NOTE: mark("Add a note"),
    ids.PARK: mark("Park"),
    ids.OPEN: mark("Open card: skip, away, stop…"),
}
"""The ⋯ menu of a row, which Slack keeps to five; the option's value is the action."""
NOTE_SHOWN = 280
HISTORY_SHOWN = 10
OUR_NOTES = frozenset({DROPPED_BECAUSE, DIED_NOTE})
"""What the app wrote as the reason of a closed deal."""
OUR_HEADS = (RECAP, LIFTED)
"""What notes begin with that the app wrote for somebody."""


def added(done: Done, understood: Sequence[echoes.Echo], remarks: Sequence[str], now: datetime) -> Message:
    """The answer to an add: each field as understood with the words it came from, and what is next."""
    card = _card_of(done)
    who = words.who(card.prospect.name, card.prospect.company)
    fields = "\n".join(echoes.field(item) for item in understood)
    following = _next_line(card, now)
    told = "; ".join(echoes.told(item) for item in understood)
    text = say("Added {who}. Next: {step}.", who=who, step=following)
    blocks = [section(say("✅ Added {who}", who=words.title(card.prospect.name, card.prospect.company)))]
    if fields:
        blocks.append(section(fields))
    blocks.append(section(_next(following)))
    blocks += _hint_lines(card, now)
    blocks += [context(f"⚠️ {escape(remark)}") for remark in remarks]
    blocks.append(
        actions(
            [
                *_start_suggested(card),
                _edit(card.prospect),
                button(say("Undo"), ids.UNDO, done.change.id, spoken=say("Undo adding {who}", who=who)),
            ]
        )
    )
    return message(sentences(text, told, *_hints(card, now), *_suggestion(card), *remarks), blocks)


def met(done: Done, viewer: Member, now: datetime, note: str, remarks: Sequence[str] = ()) -> Message:
    """The answer to a logged meeting: what follows it, and the question for what was agreed."""
    card = _card_of(done)
    who = words.who(card.prospect.name, card.prospect.company)
    following = _next_line(card, now)
    is_new = done.change.facts.get("is_new")
    line = say("Met {who}, new with you", who=who) if is_new else say("Met {who}", who=who)
    blocks = [section(f"🤝 {escape(line)}"), section(_next(following)), *_hint_lines(card, now)]
    if note:
        blocks.append(context(say("Note: {note}", note=escape(cut(note, NOTE_SHOWN)))))
    blocks += [context(escape(remark)) for remark in remarks]
    blocks.append(context(say("What did you agree on? One to three points make the thank-you theirs.")))
    blocks.append(
        actions(
            [
                button(
                    say("Add recap points"),
                    ids.RECAP,
                    card.prospect.id,
                    style="primary",
                    spoken=say("Add recap points for {who}", who=who),
                ),
                _edit(card.prospect),
                button(say("Undo"), ids.UNDO, done.change.id, spoken=say("Undo the meeting with {who}", who=who)),
            ]
        )
    )
    told = [f"{line}.", say("Next: {step}.", step=following), *_hints(card, now)]
    told += [say("Note: {note}", note=note)] if note else []
    return message(sentences(*told, *remarks), blocks)


def done(result: Done, viewer: Member, now: datetime, remarks: Sequence[str] = ()) -> Message:
    """The answer to any other change: what was done, what is next, Undo."""
    about = deeds.about(result.change)
    said = deeds.deed(result.change, viewer, now)
    outcome = deeds.outcome(result.change)
    line = f"✓ {capital(said)}{', ' + outcome if outcome else ''}"
    shown = f"{escape(line)}: *{escape(about)}*" if about else escape(line)
    following = _next_line(result.card, now) if result.card else ""
    text = f"{line}{': ' + about if about else ''}. {_told(following)}".strip()
    undo = button(say("Undo"), ids.UNDO, result.change.id, spoken=say("Undo: {deed}", deed=f"{said} {about}"))
    blocks = [section(shown, undo)]
    if following:
        blocks.append(context(_next(following)))
    if result.card is not None:
        blocks += _hint_lines(result.card, now)
        blocks += which_way(result.card.step.id, about) if result.card.asks_which_way and result.card.step else []
        blocks += _after_check_in(result)
        remarks = [*_hints(result.card, now), *remarks]
        blocks += [context(escape(remark)) for remark in remarks[len(_hints(result.card, now)) :]]
    else:
        blocks += [context(escape(remark)) for remark in remarks]
    return message(sentences(text, *remarks), blocks)


def which_way(step_id: int, about: str) -> list[Block]:
    """They replied: which way? Each answer leads to its own next step."""
    interested = say("Interested: {who}", who=about)
    question = say("A question from {who}: answer within 24 hours", who=about)
    later = say("Not now: park {who} until a date", who=about)
    no = say("No from {who}: mark as lost with the reason", who=about)
    ways = [
        button(say("Interested"), ids.INTERESTED, step_id, style="primary", spoken=interested),
        button(say("A question"), ids.QUESTION, step_id, spoken=question),
        button(say("Not now…"), ids.PARK, step_id, spoken=later),
        button(say("No…"), ids.LOST, step_id, spoken=no),
    ]
    return [context(say("*They replied. Which way?*")), actions(ways)]


def _after_check_in(result: Done) -> list[Block]:
    """A customer who is happy may be asked for a referral, and nobody else."""
    card = result.card
    if card is None or card.prospect.stage is not Stage.WON or result.change.facts.get("mood") != Mood.POSITIVE.value:
        return []
    who = words.who(card.prospect.name, card.prospect.company)
    spoken_as = say("Ask for a referral: {who}", who=who)
    return [actions([button(say("Ask for a referral"), ids.REFERRAL, card.prospect.id, spoken=spoken_as)])]


def undone(change: Change, card: Card | None, viewer: Member, now: datetime) -> Message:
    """The answer to an undo: what was taken back and how it stands now."""
    about, deed = deeds.about(change), deeds.deed(change, viewer, now)
    if not about:
        text = say("↩️ Undone: {deed}.", deed=deed)
        return message(text, [section(escape(text))])
    text = say("↩️ Undone: {deed} {who}.", deed=deed, who=about)
    shown = say("↩️ Undone: {deed} {who}.", deed=escape(deed), who=f"*{escape(about)}*")
    if card is None:
        gone = say("It is as if it had never been added.")
        return message(f"{text} {gone}", [section(f"{shown} {gone}")])
    following = _next_line(card, now)
    return message(f"{text} {_told(following)}", [section(shown), context(_next(following))])


def shown(timeline: Timeline, now: datetime) -> Message:
    """The card, its fields and what happened lately."""
    card = timeline.card
    prospect = card.prospect
    blocks = card_blocks(card, now)
    blocks += [actions(_start_suggested(card))] if _start_suggested(card) else []
    answers_by = timeline.answers_by
    blocks += traits.preference(answers_by, prospect, mine=card.is_mine) if answers_by else []
    blocks += drafting.hook_blocks(timeline.hooks, words.who(prospect.name, prospect.company), mine=card.is_mine)
    blocks += [divider(), context(say("*Timeline*  {activity}", activity=_active(card, now)))]
    entries = [_entry_block(entry, card, timeline.people, now) for entry in timeline.entries]
    blocks += entries or [context(say("Nothing happened yet."))]
    if timeline.more:
        older = say_n("{count} older", "{count} older", timeline.more)
        spoken_as = say_n("Show {count} older entries", "Show {count} older entries", timeline.more)
        blocks.append(actions([button(older, ids.TIMELINE, prospect.id, spoken=spoken_as)]))
    value = words.money(prospect.value_minor, prospect.currency)
    facts = ", ".join(filter(None, [value, *_facts(card, now)]))
    text = f"{words.who(prospect.name, prospect.company)}: {facts}. {_told(_next_line(card, now))}"
    said = [text, *_closing_note(card.prospect), *_warned(card, now), *_suggestion(card)]
    said += drafting.hook_words(timeline.hooks)
    said += [traits.preference_words(answers_by)] if answers_by and card.is_mine else []
    return message(sentences(*said), blocks)


def card_blocks(card: Card, now: datetime) -> list[Block]:
    """The card itself with the buttons its viewer may press."""
    prospect = card.prospect
    value = words.money(prospect.value_minor, prospect.currency)
    sign = words.STAGE_SIGNS.get(prospect.stage, "")
    blocks = [section(f"{sign} {words.title(prospect.name, prospect.company, value)}".strip())]
    blocks.append(section(escape(" · ".join(_facts(card, now)))))
    blocks += [context(escape(line)) for line in _closing_note(prospect)]
    blocks.append(section(_next(_next_line(card, now))))
    blocks += _hint_lines(card, now)
    if card.is_mine:
        blocks += traits.ways(prospect) if prospect.do_not_contact_at is None else []
        if card.step is not None:
            who = words.who(prospect.name, prospect.company)
            blocks.append(buttons(card.step, prospect, card.owner, now))
            blocks += which_way(card.step.id, who) if card.asks_which_way else []
            blocks += _further(card, who, now)
        else:
            blocks.append(actions([*_reopen(prospect), _edit(prospect)]))
    return blocks


def _closing_note(prospect: Prospect) -> list[str]:
    """What was said when the deal was closed."""
    kept = prospect.close_note or ""
    note = cut(say(kept) if kept in OUR_NOTES else kept, NOTE_SHOWN)
    return [say("Note: {note}", note=note)] if note and not prospect.stage.is_open else []


def _reopen(prospect: Prospect) -> list[Block]:
    if prospect.stage not in {Stage.WON, Stage.LOST} or prospect.do_not_contact_at is not None:
        return []
    who = words.who(prospect.name, prospect.company)
    return [button(say("Reopen"), ids.REOPEN, prospect.id, spoken=say("Reopen the deal with {who}", who=who))]


def _further(card: Card, who: str, now: datetime) -> list[Block]:
    """What a hint asks for, in a row of its own (it may open the same form as Edit), and what is done less often."""
    step, prospect = card.step, card.prospect
    if step is None:
        raise ValueError("only a prospect with a next step has it changed")
    asked = confirmation(
        say("Do not contact?"),
        say("They asked you to stop? Then nobody will be reminded to contact them again."),
        say("They asked to stop"),
    )
    remedies = hints.remedies(card.hints, prospect.id, step.id, who, card.owner.local(now).date())
    change = say("Change step with {who}: skip it, go to another, begin again", who=who)
    stop = say("Asked to stop: {who}", who=who)
    seldom = actions(
        [
            button(say("Draft…"), ids.DRAFT, step.id, spoken=say("Draft… what to say to {who}", who=who)),
            button(say("Away until…"), ids.AWAY, step.id, spoken=say("Away until a date: {who}", who=who)),
            button(say("Change step…"), ids.MOVE, step.id, spoken=change),
            _edit(prospect),
            button(say("Asked to stop"), ids.STOP_CONTACT, step.id, style="danger", spoken=stop, confirm=asked),
        ]
    )
    return [actions(remedies), seldom] if remedies else [seldom]


def _suggestion(card: Card) -> list[str]:
    """What the rules suggest for somebody like this; never forced."""
    if card.suggested is None:
        return []
    who = words.who(card.prospect.name, card.prospect.company)
    return [say("Suggested for {who}: {cadence}.", who=who, cadence=card.suggested)]


def _start_suggested(card: Card) -> list[Block]:
    if card.suggested is None or not card.is_mine:
        return []
    who, action_id = words.who(card.prospect.name, card.prospect.company), ids.cadence_word(card.suggested)
    start = say("Start {cadence}", cadence=card.suggested)
    spoken_as = say("Start the suggested cadence {cadence} with {who}", cadence=card.suggested, who=who)
    return [button(start, f"{ids.CADENCE_START}{action_id}", card.prospect.id, spoken=spoken_as)]


def _hints(card: Card, now: datetime) -> list[str]:
    return [capital(line) + "." for line in hints.lines(card.hints, card.viewer, now)]


def _warned(card: Card, now: datetime) -> list[str]:
    return [capital(line) + "." for line in hints.warning(card.hints, card.viewer, now)]


def _hint_lines(card: Card, now: datetime) -> list[Block]:
    lines = hints.lines(card.hints, card.viewer, now)
    return [context(escape(" · ".join(lines)))] if lines else []


def moved_on(card: Card, since: Change | None, by: Member | None, now: datetime) -> Message:
    """What a stale button answers: what happened since, and the card as it is now."""
    viewer = card.viewer
    who = words.who(card.prospect.name, card.prospect.company)
    news = say("This moved on since.")
    blocks = []
    if since is not None:
        at = words.moment(since.happened_at, viewer, now)
        outcome = deeds.outcome(since)
        deed = deeds.deed(since, viewer, now) + (f", {outcome}" if outcome else "")
        news = say("Already done by you {time}: {deed}. Nothing was changed now.", time=at, deed=deed)
        if by is not None and by.id != viewer.id:
            news = say(
                "Already done by {name} {time}: {deed}. Nothing was changed now.", name=by.name, time=at, deed=deed
            )
        blocks = [section(f"*{escape(who)}*\n{escape(news)}", _undo(since, who))]
    else:
        blocks = [section(f"*{escape(who)}*\n{escape(news)}")]
    text = " ".join([f"{who}: {news} {_told(_next_line(card, now))}", *_warned(card, now)])
    return message(text, [*blocks, divider(), *card_blocks(card, now)])


def buttons(step: StepRow, prospect: Prospect, owner: Member, now: datetime) -> Block:
    """Log, snooze, won, lost and ⋯ for the step that is next."""
    their_on = their_date(prospect, step, owner, owner.local(now).date())
    return step_buttons(
        step.id, step.channel, words.who(prospect.name, prospect.company), owner, now, their_on=their_on
    )


def step_buttons(
    step_id: int,
    channel: Channel,
    who: str,
    owner: Member,
    now: datetime,
    *,
    their_on: date | None,
    listed: bool = False,
) -> Block:
    """The buttons of a row or card; the first is the step's own channel."""
    name = words.channel(channel)
    log, spoken_as = say("Log {channel}", channel=name), say("Log {channel} with {who}", channel=name, who=who)
    return actions(
        [
            button(log, ids.LOG, step_id, style="primary", spoken=spoken_as),
            snooze_menu(who, owner, now, their_on),
            button(say("Won"), ids.WON, step_id, spoken=say("Mark {who} as won", who=who)),
            button(say("Lost"), ids.LOST, step_id, spoken=say("Mark {who} as lost", who=who)),
            overflow(ids.MORE, [option(say(label), action) for action, label in MORE.items()]),
        ],
        ids.step_block(step_id, listed=listed),
    )


def snooze_menu(who: str, owner: Member, now: datetime, their_on: date | None = None) -> Block:
    """Real dates; on a Friday "tomorrow" is Monday and says so. ``their_on`` is a date of theirs that is known."""
    options = calendar.snooze_options(now, owner.calendar, their_on)
    choices = [option(choice.label, choice.on.isoformat()) for choice in options]
    return menu(ids.SNOOZE, say("Snooze"), [*choices, option(say("Pick a date…"), ids.PICK_DATE)])


def history(changes: Sequence[Change], viewer: Member, now: datetime) -> Message:
    """The viewer's changes, newest first, each with Undo."""
    if not changes:
        nothing = say("You have changed nothing yet.")
        return message(nothing, [section(nothing)])
    blocks, lines = [section(say("*Your last changes*"))], []
    for change in changes[:HISTORY_SHOWN]:
        about = deeds.about(change)
        line = f"{words.moment(change.happened_at, viewer, now)}  {deeds.deed(change, viewer, now)}"
        lines.append(f"{line} – {about}" if about else line)
        shown = f"{escape(line)} – *{escape(about)}*" if about else escape(line)
        blocks.append(section(shown, _undo(change, about)))
    return message(say("Your last changes: {changes}", changes="; ".join(lines)), blocks)


def _told(following: str) -> str:
    return say("Next: {step}.", step=following) if following else ""


def _next(following: str) -> str:
    """What is next, in bold where it begins."""
    return say("*Next*  {step}", step=escape(following))


def _facts(card: Card, now: datetime) -> list[str]:
    prospect = card.prospect
    facts = [named(prospect.stage)]
    if prospect.stage is Stage.LOST and prospect.lost_reason:
        facts[0] = say("lost ({reason})", reason=named(prospect.lost_reason))
    if prospect.do_not_contact_at is not None:
        facts[0] = say("do not contact: they asked us to stop")
    state = card.state(now)
    if state.value != prospect.stage.value and prospect.do_not_contact_at is None:
        facts.append(named(state))
    facts += [part for part in (prospect.role, prospect.email, prospect.phone) if part]
    facts += traits.facts(card, now)
    facts.append(say("owner {name}", name=card.owner.name))
    if prospect.source:
        facts.append(say("from {source}", source=prospect.source))
    if prospect.industry:
        facts.append(prospect.industry)
    if prospect.zone:
        facts.append(say("in {zone}", zone=places.zone(prospect.zone)))
    if prospect.renewal_on:
        facts.append(say("renews {day}", day=dates.day(prospect.renewal_on, year=True)))
    if prospect.close_on:
        facts.append(say("expected to close {day}", day=dates.day(prospect.close_on, year=True)))
    if card.enrollment:
        facts.append(say("on {cadence}", cadence=card.enrollment.cadence))
    return facts


def _next_line(card: Card, now: datetime) -> str:
    """``call Mon 23 Nov 10:00 (Europe/Berlin), as promised · step 1 of 3 (nudge)``."""
    step, prospect = card.step, card.prospect
    if step is None and prospect.do_not_contact_at is not None:
        return say("nothing, ever: they asked us to stop")
    if step is None:
        return say("nothing planned, the deal is {stage}", stage=named(prospect.stage))
    parts = [f"{words.channel(step.channel)} {words.due(step, card.owner, now, zone=True)}"]
    if step.promised:
        parts.append(say("as promised"))
    place = words.position(step.number, step.of, step.cadence)
    parts += [place] if place else []
    parts.append(say("to {purpose}", purpose=words.purpose(step.purpose)))
    if prospect.stage is Stage.PARKED:
        parts.append(say("parked until then"))
    return ", ".join(parts)


def _active(card: Card, now: datetime) -> str:
    prospect = card.prospect
    at, kind = words.moment(prospect.active_at, card.viewer, now), prospect.active_kind
    activity = spoken(Channel(kind)) if kind in set(Channel) else team.activity(kind)
    return say("active {time} ({activity})", time=at, activity=activity)


def _entry_block(entry: Touch | Note, card: Card, people: dict[str, Member], now: datetime) -> Block:
    """What happened; a touch that the viewer may correct has a menu."""
    viewer = card.viewer
    line = _entry(entry, people, viewer, now)
    if isinstance(entry, Note) or not (card.is_mine and may_mend(viewer.id, entry, may_manage=viewer.may_manage)):
        return context(line)
    choices = [option(say("Edit this touch"), ids.TOUCH_EDIT), option(say("Delete this touch"), ids.TOUCH_DELETE)]
    return section(line, overflow(ids.TOUCH, choices), ids.touch_block(entry.id))


def _entry(entry: Touch | Note, people: dict[str, Member], viewer: Member, now: datetime) -> str:
    if isinstance(entry, Note):
        text, what = _headed(entry.text), say("note")
    else:
        text, what = entry.note or "", f"{escape(words.done(entry.channel, entry.via))}, {named(entry.outcome)}"
    by = people.get(entry.member_id)
    at = words.moment(happened_at(entry), viewer, now)
    shown_text = f": {escape(text[:NOTE_SHOWN])}" if text else ""
    return f"*{at}*  {what} ({escape(by.name if by else '?')}){shown_text}"


def _headed(text: str) -> str:
    """A note; one that the app began begins in the reader's language."""
    head = next((each for each in OUR_HEADS if text.startswith(each)), None)
    return f"{say(head)}{text.removeprefix(head)}" if head else text


def _undo(change: Change, about: str) -> Block:
    deed = f"{change_kinds.word(change.kind)} {about}"
    return button(say("Undo"), ids.UNDO, change.id, spoken=say("Undo: {deed}", deed=deed))


def _edit(prospect: Prospect) -> Block:
    who = words.who(prospect.name, prospect.company)
    return button(say("Edit"), ids.EDIT, prospect.id, spoken=say("Edit {who}", who=who))


def _card_of(done: Done) -> Card:
    if done.card is None:
        raise ValueError("an added prospect has a card")
    return done.card
