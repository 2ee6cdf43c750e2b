"""One card at a time: what to do, how it went, later or next; and at the end what was done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.services.cards import Card
from bot.services.focus import Place
from bot.services.rows import Row
from bot.services.touches import usual_outcome
from bot.storage.records import Change, Member
from bot.views import deeds, forms, hints, ids, words
from bot.views.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    escape,
    field,
    menu,
    modal,
    option,
    section,
    short,
    text_input,
)
from bot.views.forms import NOTE_LENGTH, OUTCOME_LABELS, Origin
from bot.views.step_buttons import snooze_menu
from cadences.model import Channel, LostReason
from cadences.words import capital, named
from language import mark, say, say_n

TITLE = mark("Work the list")
CHANGES_SHOWN = 40
NOTHING_LEFT = mark("Nothing is left in your list.")


def view(
    place: Place,
    member: Member,
    origin: Origin,
    remarks: Sequence[str],
    now: datetime,
    asked: Sequence[Block] = (),
) -> Block:
    """The card in hand, or what was done when none is left; ``asked`` is a question about that card, above it."""
    said = [*(context(escape(remark)) for remark in remarks), *asked]
    for each in place.left_out:
        name = words.who(short(each.name), short(each.company))
        said.append(context(say("{who} moved on since and is left out.", who=escape(name))))
    if place.row is None:
        return _end(place, member, said, origin, now)
    return _card(place, place.row, member, said, origin, now)


def _card(place: Place, row: Row, member: Member, said: list[Block], origin: Origin, now: datetime) -> Block:
    who = words.who(short(row.name), short(row.company))
    value = words.money(row.value_minor, row.currency)
    last = words.last(row.last_channel, row.last_at, member, now, row.last_via)
    lines = [
        words.title(short(row.name), short(row.company), value),
        " · ".join(filter(None, [words.plan(row), last])),
        f"_{escape(words.why(row, member))}_",
        *(escape(line) for line in hints.lines(row.hints, member, now)),
    ]
    # Slack keeps what was typed in a field as long as its id stays: each card, and each drawing of it, has its own.
    fresh = f"{ids.FOCUS_TYPED}{row.step_id}.{int(now.timestamp())}"
    note = field(fresh, say("Note on {who}", who=who), text_input(length=NOTE_LENGTH, lines=True), optional=True)
    note["element"]["focus_on_load"] = True
    blocks = [
        *said,
        context(say("*{position} of {total}*", position=place.position + 1, total=place.total)),
        section("\n".join(lines)),
        note,
        actions(_outcomes(row.channel, who), ids.step_block(row.step_id)),
        actions(_moves(place, row, who, member, now), f"{ids.FOCUS_BLOCK}{row.step_id}"),
    ]
    submit = say("Log as {outcome}", outcome=named(usual_outcome(row.channel)))
    metadata = replace(origin, step_id=row.step_id).text()
    return modal(say(TITLE), ids.FORM_FOCUS, blocks, submit=submit, close=say("Close"), metadata=metadata)


def _outcomes(channel: Channel, who: str) -> list[Block]:
    labels = ((say(OUTCOME_LABELS[outcome]), outcome.value) for outcome in forms.outcomes_of(channel))
    return [
        button(label, f"{ids.FOCUS_LOG}{value}", spoken=say("{outcome}: log {who}", outcome=label, who=who))
        for label, value in labels
    ]


def _moves(place: Place, row: Row, who: str, member: Member, now: datetime) -> list[Block]:
    snooze = snooze_menu(who, member, now, row.their_on)
    dates = [choice for choice in snooze["options"] if choice["value"] != ids.PICK_DATE]
    reasons = [option(capital(named(reason)), reason.value) for reason in LostReason]
    skip, back = say("Skip {who} for now: next card", who=who), say("Back from {who} to the card before", who=who)
    return [
        button(say("Skip"), ids.FOCUS_NEXT, row.step_id, spoken=skip),
        *([button(say("Back"), ids.FOCUS_BACK, row.step_id, spoken=back)] if place.leads_back else []),
        {**snooze, "action_id": ids.FOCUS_SNOOZE, "options": dates},
        button(say("Only note"), ids.FOCUS_NOTE, row.step_id, spoken=say("Only note it on {who} and stay", who=who)),
        button(say("Won…"), ids.FOCUS_WON, row.step_id, spoken=say("Won: close the deal with {who}", who=who)),
        menu(ids.FOCUS_LOST, say("Lost because…"), reasons),
    ]


def won(card: Card, origin: Origin, typed: str, now: datetime) -> Block:
    """What was agreed, in place of the card; ``typed`` is the note that stands on it."""
    form = forms.won(card, origin, now)
    who = words.who(card.prospect.name, card.prospect.company)
    back = button(say("Back to the card"), ids.FOCUS_STAY, origin.step_id, spoken=say("Back to {who}", who=who))
    asked = [block for block in form["blocks"] if block.get("block_id") != "tell"]
    for block in asked:
        if block.get("block_id") == "note" and typed:
            block["element"]["initial_value"] = typed
    return {**form, "callback_id": ids.FORM_FOCUS_WON, "blocks": [*asked, actions([back])]}


def _left(place: Place) -> str:
    """What the end of the list says of those that were passed over."""
    if not place.still_due:
        return say(NOTHING_LEFT)
    return say_n(
        "That was the last card. {count} that you skipped is still due: {command} begins again.",
        "That was the last card. {count} that you skipped are still due: {command} begins again.",
        place.still_due,
        command=f"`{ids.COMMAND} focus`",
    )


def _end(place: Place, member: Member, said: list[Block], origin: Origin, now: datetime) -> Block:
    """What was done, each with its own undo."""
    blocks = [*said, section(f"*{_left(place)}*")]
    if place.done:
        count = say_n("{count} follow-up done", "{count} follow-ups done", len(place.done))
        blocks += [divider(), context(f"*{count}*")]
    blocks += [_undo(change, member, now) for change in place.done[:CHANGES_SHOWN]]
    return modal(say(TITLE), ids.FORM_FOCUS, blocks, close=say("Close"), metadata=origin.text())


def _undo(change: Change, member: Member, now: datetime) -> Block:
    about = deeds.about(change)
    said = ", ".join(filter(None, [deeds.deed(change, member, now), deeds.outcome(change)]))
    undo = button(say("Undo"), ids.UNDO, change.id, spoken=say("Undo: {deed}", deed=f"{said} {about}".strip()))
    return section(f"✓ {escape(about)} – {escape(said)}", undo)
