"""A prospect's card: after an add, after a change, on its own, with its timeline."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.cards import Card, Done, Timeline, happened_at
from bot.storage.records import Change, Member, Note, Prospect, StepRow, Touch
from bot.views import deeds, drafting, hints, ids, words
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
)
from cadences import calendar
from cadences.model import Channel, Mood, Stage

MORE = {
    ids.REPLIED: "They replied",
    ids.LOG: "Log another channel",
    ids.NOTE: "Add a note",
    ids.PARK: "Park",
    ids.OPEN: "Open card: skip, away, stop…",
}
"""The ⋯ menu of a row, which Slack keeps to five; the option's value is the action."""
NOTE_SHOWN = 280
HISTORY_SHOWN = 10


def added(done: Done, understood: Sequence[tuple[str, str, str]], remarks: Sequence[str], now: datetime) -> Message:
    """The answer to an add: (field, value, words it came from) for each field as understood, and what is next."""
    card = _card_of(done)
    who = words.who(card.prospect.name, card.prospect.company)
    fields = "\n".join(_field(*item) for item in understood)
    following = _next_line(card, now)
    told = "; ".join(f"{name}: {value} (from “{typed}”)" for name, value, typed in understood)
    text = f"Added {who}. Next: {following}. {told}"
    blocks = [section(f"✅ Added {words.title(card.prospect.name, card.prospect.company)}")]
    if fields:
        blocks.append(section(fields))
    blocks.append(section(f"*Next*  {escape(following)}"))
    blocks += _hint_lines(card, now)
    blocks += [context(f"⚠️ {escape(remark)}") for remark in remarks]
    blocks.append(
        actions(
            [
                *_start_suggested(card),
                button("Edit", ids.EDIT, card.prospect.id, spoken=f"Edit {who}"),
                button("Undo", ids.UNDO, done.change.id, spoken=f"Undo adding {who}"),
            ]
        )
    )
    return message(" ".join([text, *_hints(card, now), *_suggestion(card), *remarks]), blocks)


def met(done: Done, viewer: Member, now: datetime, note: str) -> Message:
    """The answer to a logged meeting: what follows it, and the question for what was agreed."""
    card = _card_of(done)
    who = words.who(card.prospect.name, card.prospect.company)
    following = _next_line(card, now)
    line = f"Met {who}" + (", new with you" if done.change.facts.get("is_new") else "")
    blocks = [section(f"🤝 {escape(line)}"), section(f"*Next*  {escape(following)}"), *_hint_lines(card, now)]
    if note:
        blocks.append(context(f"Note: {escape(cut(note, NOTE_SHOWN))}"))
    blocks.append(context("What did you agree on? One to three points make the thank-you theirs."))
    blocks.append(
        actions(
            [
                button(
                    "Add recap points",
                    ids.RECAP,
                    card.prospect.id,
                    style="primary",
                    spoken=f"Add recap points for {who}",
                ),
                button("Edit", ids.EDIT, card.prospect.id, spoken=f"Edit {who}"),
                button("Undo", ids.UNDO, done.change.id, spoken=f"Undo the meeting with {who}"),
            ]
        )
    )
    told = [f"{line}. Next: {following}.", *_hints(card, now), *([f"Note: {note}"] if note else [])]
    return message(" ".join(told), blocks)


def done(result: Done, viewer: Member, now: datetime, remarks: Sequence[str] = ()) -> Message:
    """The answer to any other change: what was done, what is next, Undo."""
    about = deeds.about(result.change)
    said = deeds.deed(result.change, viewer, now)
    outcome = deeds.outcome(result.change)
    line = f"✓ {_upper(said)}{', ' + outcome if outcome else ''}"
    shown = f"{escape(line)}: *{escape(about)}*" if about else escape(line)
    following = _next_line(result.card, now) if result.card else ""
    text = f"{line}{': ' + about if about else ''}. {_told(following)}".strip()
    undo = button("Undo", ids.UNDO, result.change.id, spoken=f"Undo: {said} {about}")
    blocks = [section(shown, undo)]
    if following:
        blocks.append(context(f"*Next*  {escape(following)}"))
    if result.card is not None:
        blocks += _hint_lines(result.card, now)
        blocks += which_way(result.card.step.id, about) if result.card.asks_which_way and result.card.step else []
        blocks += _after_check_in(result)
        remarks = [*_hints(result.card, now), *remarks]
        blocks += [context(escape(remark)) for remark in remarks[len(_hints(result.card, now)) :]]
    else:
        blocks += [context(escape(remark)) for remark in remarks]
    return message(" ".join([text, *remarks]), blocks)


def which_way(step_id: int, about: str) -> list[Block]:
    """They replied: which way? Each answer leads to its own next step."""
    return [
        context("*They replied. Which way?*"),
        actions(
            [
                button("Interested", ids.INTERESTED, step_id, style="primary", spoken=f"Interested: {about}"),
                button("A question", ids.QUESTION, step_id, spoken=f"A question from {about}: answer within 24 hours"),
                button("Not now…", ids.PARK, step_id, spoken=f"Not now: park {about} until a date"),
                button("No…", ids.LOST, step_id, spoken=f"No from {about}: mark as lost with the reason"),
            ]
        ),
    ]


def _after_check_in(result: Done) -> list[Block]:
    """A customer who is happy may be asked for a referral, and nobody else."""
    card = result.card
    if card is None or card.prospect.stage is not Stage.WON or result.change.facts.get("mood") != Mood.POSITIVE.value:
        return []
    who = words.who(card.prospect.name, card.prospect.company)
    ask = button("Ask for a referral", ids.REFERRAL, card.prospect.id, spoken=f"Ask for a referral: {who}")
    return [actions([ask])]


def undone(change: Change, card: Card | None, viewer: Member, now: datetime) -> Message:
    """The answer to an undo: what was taken back and how it stands now."""
    about = deeds.about(change)
    line = f"↩️ Undone: {deeds.deed(change, viewer, now)}"
    text = f"{line}{' ' + about if about else ''}."
    if card is None:
        gone = " It is as if it had never been added." if about else ""
        shown = f"{escape(line)}{f' *{escape(about)}*' if about else ''}.{gone}"
        return message(text + gone, [section(shown)])
    following = _next_line(card, now)
    blocks = [section(f"{escape(line)} *{escape(about)}*."), context(f"*Next*  {escape(following)}")]
    return message(f"{text} {_told(following)}", blocks)


def shown(timeline: Timeline, now: datetime) -> Message:
    """The card, its fields and what happened lately."""
    card = timeline.card
    prospect, viewer = card.prospect, card.viewer
    blocks = card_blocks(card, now)
    blocks += [actions(_start_suggested(card))] if _start_suggested(card) else []
    blocks += drafting.hook_blocks(timeline.hooks, words.who(prospect.name, prospect.company), mine=card.is_mine)
    blocks += [divider(), context(f"*Timeline*  {_active(card, now)}")]
    lines = [_entry(entry, timeline.people, viewer, now) for entry in timeline.entries]
    blocks += [context(line) for line in lines] or [context("Nothing happened yet.")]
    if timeline.more:
        more = button(f"{timeline.more} older", ids.TIMELINE, prospect.id, spoken=f"Show {timeline.more} older entries")
        blocks.append(actions([more]))
    text = (
        f"{words.who(prospect.name, prospect.company)}: {', '.join(_facts(card, now))}. {_told(_next_line(card, now))}"
    )
    said = [text, *_warned(card, now), *_suggestion(card), *drafting.hook_words(timeline.hooks)]
    return message(" ".join(said), blocks)


def card_blocks(card: Card, now: datetime) -> list[Block]:
    """The card itself with the buttons its viewer may press."""
    prospect = card.prospect
    value = words.money(prospect.value_minor, prospect.currency)
    sign = words.STAGE_SIGNS.get(prospect.stage, "")
    blocks = [section(f"{sign} {words.title(prospect.name, prospect.company, value)}".strip())]
    blocks.append(section(escape(" · ".join(_facts(card, now)))))
    blocks.append(section(f"*Next*  {escape(_next_line(card, now))}"))
    blocks += _hint_lines(card, now)
    if card.is_mine:
        if card.step is not None:
            who = words.who(prospect.name, prospect.company)
            blocks.append(buttons(card.step, prospect.name, prospect.company, card.owner, now))
            blocks += which_way(card.step.id, who) if card.asks_which_way else []
            blocks += _further(card, who, now)
        else:
            blocks.append(actions([*_reopen(prospect), _edit(prospect)]))
    return blocks


def _reopen(prospect: Prospect) -> list[Block]:
    if prospect.stage not in {Stage.WON, Stage.LOST} or prospect.do_not_contact_at is not None:
        return []
    who = words.who(prospect.name, prospect.company)
    return [button("Reopen", ids.REOPEN, prospect.id, spoken=f"Reopen the deal with {who}")]


def _further(card: Card, who: str, now: datetime) -> list[Block]:
    """What a hint asks for, in a row of its own (it may open the same form as Edit), and what is done less often."""
    step, prospect = card.step, card.prospect
    if step is None:
        raise ValueError("only a prospect with a next step has it changed")
    asked = confirmation(
        "Do not contact?",
        "They asked you to stop? Then nobody will be reminded to contact them again.",
        "They asked to stop",
    )
    remedies = hints.remedies(card.hints, prospect.id, step.id, who, card.owner.local(now).date())
    seldom = actions(
        [
            button("Draft…", ids.DRAFT, step.id, spoken=f"Draft… what to say to {who}"),
            button("Away until…", ids.AWAY, step.id, spoken=f"Away until a date: {who}"),
            button(
                "Change step…", ids.MOVE, step.id, spoken=f"Change step with {who}: skip it, go to another, begin again"
            ),
            _edit(prospect),
            button(
                "Asked to stop",
                ids.STOP_CONTACT,
                step.id,
                style="danger",
                spoken=f"Asked to stop: {who}",
                confirm=asked,
            ),
        ]
    )
    return [actions(remedies), seldom] if remedies else [seldom]


def _suggestion(card: Card) -> list[str]:
    """What the rules suggest for somebody like this; never forced."""
    if card.suggested is None:
        return []
    return [f"Suggested for {words.who(card.prospect.name, card.prospect.company)}: {card.suggested}."]


def _start_suggested(card: Card) -> list[Block]:
    if card.suggested is None or not card.is_mine:
        return []
    who, action_id = words.who(card.prospect.name, card.prospect.company), ids.cadence_word(card.suggested)
    spoken = f"Start the suggested cadence {card.suggested} with {who}"
    return [button(f"Start {card.suggested}", f"{ids.CADENCE_START}{action_id}", card.prospect.id, spoken=spoken)]


def _hints(card: Card, now: datetime) -> list[str]:
    return [_upper(line) + "." for line in hints.lines(card.hints, card.viewer, now)]


def _warned(card: Card, now: datetime) -> list[str]:
    return [_upper(line) + "." for line in hints.warning(card.hints, card.viewer, now)]


def _hint_lines(card: Card, now: datetime) -> list[Block]:
    lines = hints.lines(card.hints, card.viewer, now)
    return [context(escape(" · ".join(lines)))] if lines else []


def moved_on(card: Card, since: Change | None, by: Member | None, now: datetime) -> Message:
    """What a stale button answers: what happened since, and the card as it is now."""
    viewer = card.viewer
    who = words.who(card.prospect.name, card.prospect.company)
    news = "This moved on since."
    blocks = []
    if since is not None:
        person = "you" if by is None or by.id == viewer.id else by.name
        at = words.moment(since.happened_at, viewer, now)
        outcome = deeds.outcome(since)
        deed = deeds.deed(since, viewer, now) + (f", {outcome}" if outcome else "")
        news = f"Already done by {person} {at}: {deed}. Nothing was changed now."
        blocks = [section(f"*{escape(who)}*\n{escape(news)}", _undo(since, who))]
    else:
        blocks = [section(f"*{escape(who)}*\n{escape(news)}")]
    text = " ".join([f"{who}: {news} {_told(_next_line(card, now))}", *_warned(card, now)])
    return message(text, [*blocks, divider(), *card_blocks(card, now)])


def buttons(step: StepRow, name: str, company: str | None, owner: Member, now: datetime) -> Block:
    """Log, snooze, won, lost and ⋯ for the step that is next."""
    return step_buttons(step.id, step.channel, words.who(name, company), owner, now, promised_at=_promised_at(step))


def step_buttons(
    step_id: int,
    channel: Channel,
    who: str,
    owner: Member,
    now: datetime,
    *,
    promised_at: datetime | None,
    listed: bool = False,
) -> Block:
    """The buttons of a row or card; the first is the step's own channel."""
    name = words.CHANNEL_NAMES[channel]
    return actions(
        [
            button(f"Log {name}", ids.LOG, step_id, style="primary", spoken=f"Log {name} with {who}"),
            snooze_menu(who, owner, now, promised_at),
            button("Won", ids.WON, step_id, spoken=f"Mark {who} as won"),
            button("Lost", ids.LOST, step_id, spoken=f"Mark {who} as lost"),
            overflow(ids.MORE, [option(label, action) for action, label in MORE.items()]),
        ],
        ids.step_block(step_id, listed=listed),
    )


def snooze_menu(who: str, owner: Member, now: datetime, promised_at: datetime | None = None) -> Block:
    """Real dates; on a Friday "tomorrow" is Monday and says so."""
    promised_on = owner.local(promised_at).date() if promised_at else None
    options = calendar.snooze_options(now, owner.calendar, promised_on)
    choices = [option(choice.label, choice.on.isoformat()) for choice in options]
    return menu(ids.SNOOZE, "Snooze", [*choices, option("Pick a date…", ids.PICK_DATE)])


def history(changes: Sequence[Change], viewer: Member, now: datetime) -> Message:
    """The viewer's changes, newest first, each with Undo."""
    if not changes:
        return message("You have changed nothing yet.", [section("You have changed nothing yet.")])
    blocks, lines = [section("*Your last changes*")], []
    for change in changes[:HISTORY_SHOWN]:
        about = deeds.about(change)
        line = f"{words.moment(change.happened_at, viewer, now)}  {deeds.deed(change, viewer, now)}"
        lines.append(f"{line} {about}".strip())
        blocks.append(section(f"{escape(line)} *{escape(about)}*" if about else escape(line), _undo(change, about)))
    return message("Your last changes: " + "; ".join(lines), blocks)


def _field(name: str, value: str, typed: str) -> str:
    """A field as understood, with the words it came from where they are not the same."""
    source = "" if typed == value else f"   _from “{escape(typed)}”_"
    return f"*{_upper(escape(name))}*  {escape(value)}{source}"


def _told(following: str) -> str:
    return f"Next: {following}" if following else ""


def _facts(card: Card, now: datetime) -> list[str]:
    prospect = card.prospect
    facts = [prospect.stage.value]
    if prospect.stage is Stage.LOST and prospect.lost_reason:
        facts[0] = f"lost ({prospect.lost_reason.words})"
    if prospect.do_not_contact_at is not None:
        facts[0] = "do not contact: they asked us to stop"
    state = card.state(now)
    if state.value != prospect.stage.value and prospect.do_not_contact_at is None:
        facts.append(state.words)
    facts += [part for part in (prospect.role, prospect.email, prospect.phone) if part]
    facts.append(f"owner {card.owner.name}")
    if prospect.source:
        facts.append(f"from {prospect.source}")
    if prospect.industry:
        facts.append(prospect.industry)
    if prospect.zone:
        facts.append(f"in {prospect.zone}")
    if prospect.renewal_on:
        facts.append(f"renews {words.day(prospect.renewal_on)} {prospect.renewal_on.year}")
    if prospect.close_on:
        facts.append(f"expected to close {words.day(prospect.close_on)} {prospect.close_on.year}")
    if card.enrollment:
        facts.append(f"on {card.enrollment.cadence}")
    return facts


def _next_line(card: Card, now: datetime) -> str:
    """``call Mon 23 Nov 10:00 (Europe/Berlin), as promised · step 1 of 3 (nudge)``."""
    step, prospect = card.step, card.prospect
    if step is None and prospect.do_not_contact_at is not None:
        return "nothing, ever: they asked us to stop"
    if step is None:
        return f"nothing planned, the deal is {prospect.stage.value}"
    parts = [f"{words.CHANNEL_NAMES[step.channel]} {words.due(step, card.owner, now, zone=True)}"]
    if step.promised:
        parts.append("as promised")
    place = words.position(step.number, step.of, step.cadence)
    parts += [place] if place else []
    parts.append(f"to {words.PURPOSE_WORDS[step.purpose]}")
    if prospect.stage is Stage.PARKED:
        parts.append("parked until then")
    return ", ".join(parts)


def _active(card: Card, now: datetime) -> str:
    prospect = card.prospect
    return f"active {words.moment(prospect.active_at, card.viewer, now)} ({prospect.active_kind})"


def _entry(entry: Touch | Note, people: dict[str, Member], viewer: Member, now: datetime) -> str:
    if isinstance(entry, Note):
        text, what = entry.text, "note"
    else:
        text, what = entry.note or "", f"{words.CHANNEL_DONE[entry.channel]}, {entry.outcome.words}"
    by = people.get(entry.member_id)
    at = words.moment(happened_at(entry), viewer, now)
    shown_text = f": {escape(text[:NOTE_SHOWN])}" if text else ""
    return f"*{at}*  {what} ({escape(by.name if by else '?')}){shown_text}"


def _promised_at(step: StepRow) -> datetime | None:
    return step.due_at if step.promised else None


def _undo(change: Change, about: str) -> Block:
    return button("Undo", ids.UNDO, change.id, spoken=f"Undo: {change.kind.value} {about}")


def _edit(prospect: Prospect) -> Block:
    who = words.who(prospect.name, prospect.company)
    return button("Edit", ids.EDIT, prospect.id, spoken=f"Edit {who}")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _card_of(done: Done) -> Card:
    if done.card is None:
        raise ValueError("an added prospect has a card")
    return done.card
