"""A prospect's card: who they are, how it stands, what is next, and what may be done."""

from datetime import datetime

from bot.services.cards import Card, Timeline
from bot.services.ignored import DROPPED_BECAUSE
from bot.services.leave import DIED_NOTE
from bot.storage.records import Prospect
from bot.views import drafting, hints, ids, timeline, traits, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    confirmation,
    context,
    cut,
    escape,
    message,
    section,
    sentences,
)
from bot.views.following import next_line, next_shown, next_told
from bot.views.step_buttons import buttons, which_way
from bot.views.timeline import NOTE_SHOWN
from cadences.model import Stage
from cadences.words import named
from language import dates, places, say

OUR_NOTES = frozenset({DROPPED_BECAUSE, DIED_NOTE})
"""What the app wrote as the reason of a closed deal."""


def shown(found: Timeline, now: datetime) -> Message:
    """The card, its fields and what happened lately."""
    card = found.card
    prospect = card.prospect
    blocks = card_blocks(card, now)
    blocks += [actions(start_suggested(card))] if start_suggested(card) else []
    answers_by = found.answers_by
    blocks += traits.preference(answers_by, prospect, mine=card.is_mine) if answers_by else []
    blocks += drafting.hook_blocks(found.hooks, words.who(prospect.name, prospect.company), mine=card.is_mine)
    blocks += timeline.blocks(found, now)
    value = words.money(prospect.value_minor, prospect.currency)
    facts = ", ".join(filter(None, [value, *_facts(card, now)]))
    text = f"{words.who(prospect.name, prospect.company)}: {facts}. {next_told(next_line(card, now))}"
    said = [text, *_closing_note(card.prospect), *hints.warned(card.hints, card.viewer, now), *suggestion(card)]
    said += drafting.hook_words(found.hooks)
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
    blocks.append(section(next_shown(next_line(card, now))))
    blocks += hints.shown(card.hints, card.viewer, now)
    if card.is_mine:
        blocks += traits.ways(prospect) if prospect.do_not_contact_at is None else []
        if card.step is not None:
            who = words.who(prospect.name, prospect.company)
            blocks.append(buttons(card.step, prospect, card.owner, now))
            blocks += which_way(card.step.id, who) if card.asks_which_way else []
            blocks += _further(card, who, now)
        else:
            blocks.append(actions([*_reopen(prospect), edit_button(prospect)]))
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
            edit_button(prospect),
            button(say("Asked to stop"), ids.STOP_CONTACT, step.id, style="danger", spoken=stop, confirm=asked),
        ]
    )
    return [actions(remedies), seldom] if remedies else [seldom]


def suggestion(card: Card) -> list[str]:
    """What the rules suggest for somebody like this; never forced."""
    if card.suggested is None:
        return []
    who = words.who(card.prospect.name, card.prospect.company)
    return [say("Suggested for {who}: {cadence}.", who=who, cadence=card.suggested)]


def start_suggested(card: Card) -> list[Block]:
    """One press starts what is suggested."""
    if card.suggested is None or not card.is_mine:
        return []
    who, action_id = words.who(card.prospect.name, card.prospect.company), ids.cadence_word(card.suggested)
    start = say("Start {cadence}", cadence=card.suggested)
    spoken_as = say("Start the suggested cadence {cadence} with {who}", cadence=card.suggested, who=who)
    return [button(start, f"{ids.CADENCE_START}{action_id}", card.prospect.id, spoken=spoken_as)]


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


def edit_button(prospect: Prospect) -> Block:
    """Opens the form with their details."""
    who = words.who(prospect.name, prospect.company)
    return button(say("Edit"), ids.EDIT, prospect.id, spoken=say("Edit {who}", who=who))
