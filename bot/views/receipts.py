"""What a change is answered with: what was done, what is next, and Undo."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.services.cards import Card, Done
from bot.storage.records import Change, Member
from bot.views import change_kinds, deeds, echoes, free_days, hints, ids, words
from bot.views.blocks import Block, Message, actions, button, context, cut, divider, escape, message, section, sentences
from bot.views.cards import card_blocks, edit_button, start_suggested, suggestion
from bot.views.following import next_line, next_shown, next_told
from bot.views.step_buttons import which_way
from bot.views.timeline import NOTE_SHOWN
from cadences.model import Mood, Stage
from cadences.words import capital
from language import say

HISTORY_SHOWN = 10


def added(
    done: Done,
    understood: Sequence[echoes.Echo],
    remarks: Sequence[str],
    now: datetime,
    asked_on: date | None = None,
) -> Message:
    """The answer to an add: each field as understood with the words it came from, and what is next.

    ``asked_on``: the day off that was said for it, where it is planned for the working day after it.
    """
    card = _card_of(done)
    remarks = [*filter(None, [free_days.remark(card, now, asked_on)]), *remarks]
    who = words.who(card.prospect.name, card.prospect.company)
    fields = "\n".join(echoes.field(item) for item in understood)
    following = next_line(card, now)
    told = "; ".join(echoes.told(item) for item in understood)
    text = say("Added {who}. Next: {step}.", who=who, step=following)
    blocks = [section(say("✅ Added {who}", who=words.title(card.prospect.name, card.prospect.company)))]
    if fields:
        blocks.append(section(fields))
    blocks.append(section(next_shown(following)))
    blocks += hints.shown(card.hints, card.viewer, now)
    blocks += [context(f"⚠️ {escape(remark)}") for remark in remarks]
    blocks.append(
        actions(
            [
                *start_suggested(card),
                *free_days.buttons(card, now, asked_on),
                edit_button(card.prospect),
                button(say("Undo"), ids.UNDO, done.change.id, spoken=say("Undo adding {who}", who=who)),
            ]
        )
    )
    hinted = hints.told(card.hints, card.viewer, now)
    return message(sentences(text, told, *hinted, *suggestion(card), *remarks), blocks)


def met(done: Done, viewer: Member, now: datetime, note: str, remarks: Sequence[str] = ()) -> Message:
    """The answer to a logged meeting: what follows it, and the question for what was agreed."""
    card = _card_of(done)
    who = words.who(card.prospect.name, card.prospect.company)
    following = next_line(card, now)
    is_new = done.change.facts.get("is_new")
    line = say("Met {who}, new with you", who=who) if is_new else say("Met {who}", who=who)
    blocks = [section(f"🤝 {escape(line)}"), section(next_shown(following)), *hints.shown(card.hints, card.viewer, now)]
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
                edit_button(card.prospect),
                button(say("Undo"), ids.UNDO, done.change.id, spoken=say("Undo the meeting with {who}", who=who)),
            ]
        )
    )
    told = [f"{line}.", say("Next: {step}.", step=following), *hints.told(card.hints, card.viewer, now)]
    told += [say("Note: {note}", note=note)] if note else []
    return message(sentences(*told, *remarks), blocks)


def done(
    result: Done, viewer: Member, now: datetime, remarks: Sequence[str] = (), asked_on: date | None = None
) -> Message:
    """The answer to any other change: what was done, what is next, Undo; ``asked_on`` as for ``added``."""
    about = deeds.about(result.change)
    said = deeds.deed(result.change, viewer, now)
    outcome = deeds.outcome(result.change)
    line = f"✓ {capital(said)}{', ' + outcome if outcome else ''}"
    shown = f"{escape(line)}: *{escape(about)}*" if about else escape(line)
    following = next_line(result.card, now) if result.card else ""
    text = f"{line}{': ' + about if about else ''}. {next_told(following)}".strip()
    undo = button(say("Undo"), ids.UNDO, result.change.id, spoken=say("Undo: {deed}", deed=f"{said} {about}".strip()))
    blocks, hinted = [section(shown, undo)], list[str]()
    if following:
        blocks.append(context(next_shown(following)))
    if result.card is not None:
        blocks += hints.shown(result.card.hints, result.card.viewer, now)
        blocks += which_way(result.card.step.id, about) if result.card.asks_which_way and result.card.step else []
        blocks += _after_check_in(result)
        hinted = hints.told(result.card.hints, result.card.viewer, now)
        if asked_on is not None or _planned(result):
            remarks = [*filter(None, [free_days.remark(result.card, now, asked_on)]), *remarks]
            blocks += _row(free_days.buttons(result.card, now, asked_on))
    blocks += [context(escape(remark)) for remark in remarks]
    return message(sentences(text, *hinted, *remarks), blocks)


def free_day(result: Done, now: datetime, asked_on: date | None = None) -> Message | None:
    """What is said of a day off that was chosen, where a row shows the rest; None where it was none."""
    if result.card is None or not (asked_on is not None or _planned(result)):
        return None
    remark = free_days.remark(result.card, now, asked_on)
    if not remark:
        return None
    said = f"{deeds.about(result.change)}: {remark}"
    return message(said, [section(escape(said)), *_row(free_days.buttons(result.card, now, asked_on))])


def _planned(result: Done) -> bool:
    """True where the change made the step that is next."""
    return result.card is not None and result.card.step is not None and result.card.step.id == result.change.step_id


def _row(buttons: Sequence[Block]) -> list[Block]:
    return [actions(buttons)] if buttons else []


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
    following = next_line(card, now)
    return message(f"{text} {next_told(following)}", [section(shown), context(next_shown(following))])


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
        blocks = [section(f"*{escape(who)}*\n{escape(news)}", undo_button(since, who, viewer, now))]
    else:
        blocks = [section(f"*{escape(who)}*\n{escape(news)}")]
    text = " ".join([f"{who}: {news} {next_told(next_line(card, now))}", *hints.warned(card.hints, card.viewer, now)])
    return message(text, [*blocks, divider(), *card_blocks(card, now)])


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
        blocks.append(section(shown, undo_button(change, about, viewer, now)))
    return message(say("Your last changes: {changes}", changes="; ".join(lines)), blocks)


def undo_button(change: Change, about: str, viewer: Member, now: datetime) -> Block:
    """Told apart by its moment too: the same may have been done to the same prospect twice."""
    deed = f"{change_kinds.word(change.kind)} {about}".strip() + f", {words.moment(change.happened_at, viewer, now)}"
    return button(say("Undo"), ids.UNDO, change.id, spoken=say("Undo: {deed}", deed=deed))


def _card_of(done: Done) -> Card:
    if done.card is None:
        raise ValueError("an added prospect has a card")
    return done.card
