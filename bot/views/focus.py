"""One card at a time: what to do, how it went, later or next; and at the end what was done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.services.focus import Place
from bot.services.rows import Row
from bot.services.touches import usual_outcome
from bot.storage.records import Change, Member
from bot.views import cards, deeds, forms, ids, words
from bot.views.blocks import (
    Block,
    actions,
    button,
    context,
    divider,
    escape,
    field,
    modal,
    section,
    short,
    text_input,
)
from bot.views.forms import NOTE_LENGTH, OUTCOME_LABELS, Origin
from cadences.model import Channel

TITLE = "Work the list"
CHANGES_SHOWN = 40
NOTHING_LEFT = "Nothing is left in your list."


def view(place: Place, member: Member, origin: Origin, remarks: Sequence[str], now: datetime) -> Block:
    """The card in hand, or what was done when none is left."""
    said = [context(escape(remark)) for remark in remarks]
    for each in place.left_out:
        name = words.who(short(each.name), short(each.company))
        said.append(context(f"{escape(name)} moved on since and is left out."))
    if place.row is None:
        return _end(place, member, said, origin, now)
    return _card(place, place.row, member, said, origin, now)


def _card(place: Place, row: Row, member: Member, said: list[Block], origin: Origin, now: datetime) -> Block:
    who = words.who(short(row.name), short(row.company))
    value = words.money(row.value_minor, row.currency)
    last = words.last(row.last_channel, row.last_at, member, now)
    lines = [
        words.title(short(row.name), short(row.company), value),
        " · ".join(filter(None, [words.plan(row), last])),
        f"_{escape(words.why(row, member))}_",
    ]
    # Slack keeps what was typed in a field as long as its id stays: each card, and each drawing of it, has its own.
    fresh = f"{ids.FOCUS_TYPED}{row.step_id}.{int(now.timestamp())}"
    note = field(fresh, f"Note on {who}", text_input(length=NOTE_LENGTH, lines=True), optional=True)
    note["element"]["focus_on_load"] = True
    blocks = [
        *said,
        context(f"*{place.position + 1} of {place.total}*"),
        section("\n".join(lines)),
        note,
        actions(_outcomes(row.channel, who), ids.step_block(row.step_id)),
        actions(_moves(row, who, member, now), f"{ids.FOCUS_BLOCK}{row.step_id}"),
    ]
    usual = OUTCOME_LABELS[usual_outcome(row.channel)].lower()
    metadata = replace(origin, step_id=row.step_id).text()
    return modal(TITLE, ids.FORM_FOCUS, blocks, submit=f"Log as {usual}", close="Close", metadata=metadata)


def _outcomes(channel: Channel, who: str) -> list[Block]:
    labels = ((OUTCOME_LABELS[outcome], outcome.value) for outcome in forms.outcomes_of(channel))
    return [button(label, f"{ids.FOCUS_LOG}{value}", spoken=f"{label}: log {who}") for label, value in labels]


def _moves(row: Row, who: str, member: Member, now: datetime) -> list[Block]:
    snooze = cards.snooze_menu(who, member, now, row.due_at if row.promised else None)
    dates = [choice for choice in snooze["options"] if choice["value"] != ids.PICK_DATE]
    return [
        button("Skip", ids.FOCUS_NEXT, row.step_id, spoken=f"Skip {who} for now: next card"),
        button("Back", ids.FOCUS_BACK, row.step_id, spoken=f"Back from {who} to the card before"),
        {**snooze, "action_id": ids.FOCUS_SNOOZE, "options": dates},
        button("Only note", ids.FOCUS_NOTE, row.step_id, spoken=f"Only note it on {who} and stay"),
    ]


def _end(place: Place, member: Member, said: list[Block], origin: Origin, now: datetime) -> Block:
    """What was done, each with its own undo."""
    blocks = [*said, section(f"*{NOTHING_LEFT}*")]
    if place.done:
        blocks += [divider(), context(f"*{words.several(len(place.done), 'follow-up')} done*")]
    blocks += [_undo(change, member, now) for change in place.done[:CHANGES_SHOWN]]
    return modal(TITLE, ids.FORM_FOCUS, blocks, close="Close", metadata=origin.text())


def _undo(change: Change, member: Member, now: datetime) -> Block:
    about = deeds.about(change)
    said = ", ".join(filter(None, [deeds.deed(change, member, now), deeds.outcome(change)]))
    undo = button("Undo", ids.UNDO, change.id, spoken=f"Undo: {said} {about}")
    return section(f"✓ {escape(about)} – {escape(said)}", undo)
