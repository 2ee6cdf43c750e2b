"""The forms of one prospect: add and edit, with every field that is kept."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from bot.services.cards import Card
from bot.storage.records import Member, Prospect
from bot.views import ids, words
from bot.views.blocks import Block, field, menu, modal, option, text_input
from bot.views.forms import Origin
from cadences.model import OPEN_STAGES, Channel, Stage, Temperature
from cadences.words import capital, named
from language import say

NONE = "none"
"""The choice that leaves a menu's field empty: Slack can't take back what was chosen."""
STAGES = (Stage.NEW, Stage.WORKING, Stage.ENGAGED, Stage.PROPOSAL)
CHANNELS = tuple(channel for channel in Channel if channel is not Channel.OTHER)


def add(line: str, origin: Origin, first: Prospect | None = None) -> Block:
    """A new prospect, field by field; ``line`` is what was typed before the form was opened."""
    note = field("note", say("Note"), text_input(line or None, lines=True), optional=True)
    blocks = [*_fields(first, None), _next_field(None), note]
    return modal(say("Add a prospect"), ids.FORM_ADD, blocks, submit=say("Add"), metadata=origin.text())


def edit(card: Card, origin: Origin) -> Block:
    """Every field of a prospect, and whose it is."""
    following = [_next_field(card)] if card.step is not None else []
    amount = words.money_to_edit(card.prospect.value_minor, card.prospect.currency, card.viewer)
    blocks = [*_fields(card.prospect, amount), *following, _owner(card.owner)]
    return modal(say("Edit"), ids.FORM_EDIT, blocks, submit=say("Save"), metadata=origin.text())


def _fields(prospect: Prospect | None, amount: str | None) -> list[Block]:
    return [
        _line(prospect, "name", say("Name"), optional=False),
        _line(prospect, "company", say("Company")),
        _line(prospect, "role", say("Role")),
        _line(prospect, "email", say("Email"), "dana@acme.com", 320),
        _line(prospect, "phone", say("Phone"), "+1 415 555 0132", 40),
        _line(prospect, "profile_url", say("Profile page"), "linkedin.com/in/dana-li", 500),
        field("value", say("Deal value"), text_input(amount, length=40, hint="$12k"), optional=True),
        _stage(prospect),
        _choice("temperature", say("Temperature"), say("From its score"), _temperatures(), prospect),
        _line(prospect, "source", say("Source")),
        _line(prospect, "industry", say("Industry")),
        _line(prospect, "zone", say("Time zone"), "Europe/Lisbon", 64),
        _choice("preferred_channel", say("Preferred channel"), say("No preference"), _channels(), prospect),
        _best_time(prospect),
        field("close_on", say("Decides or closes by"), _date(prospect.close_on if prospect else None), optional=True),
        field("renewal_on", say("Contract renews on"), _date(prospect.renewal_on if prospect else None), optional=True),
    ]


def _line(
    prospect: Prospect | None, name: str, label: str, hint: str = "", length: int = 200, *, optional: bool = True
) -> Block:
    return field(name, label, text_input(getattr(prospect, name, None), length=length, hint=hint), optional=optional)


def _stage(prospect: Prospect | None) -> Block:
    stages = {stage.value: option(capital(named(stage)), stage.value) for stage in STAGES}
    now = prospect.stage if prospect and prospect.stage in OPEN_STAGES else Stage.NEW
    return field("stage", say("Stage"), menu("stage", say("Stage"), list(stages.values()), stages[now.value]))


def _temperatures() -> dict[StrEnum, str]:
    return {temperature: capital(named(temperature)) for temperature in Temperature}


def _channels() -> dict[StrEnum, str]:
    labels: dict[StrEnum, str] = {channel: capital(words.channel(channel)) for channel in CHANNELS}
    return labels | {Channel.EMAIL: say("Email")}


def _choice(name: str, label: str, nothing: str, labels: Mapping[StrEnum, str], prospect: Prospect | None) -> Block:
    """A menu whose first entry is that nothing is chosen."""
    options = {NONE: option(nothing, NONE)}
    options |= {each.value: option(text, each.value) for each, text in labels.items()}
    now = getattr(prospect, name, None)
    chosen = options[now.value if now is not None else NONE]
    return field(name, label, menu(name, label, list(options.values()), chosen), optional=True)


def _best_time(prospect: Prospect | None) -> Block:
    """Typed, as Slack's clock can't be emptied again."""
    kept = prospect.best_time if prospect else None
    typed = text_input(f"{kept:%H:%M}" if kept is not None else None, length=20, hint="14:00")
    return field("best_time", say("Best time"), typed, optional=True, hint=say("On their own clock."))


def _next_field(card: Card | None) -> Block:
    hint = say("For example: call thu 10am. Empty: as the cadence says.")
    if card is not None and card.step is not None:
        day = words.day(card.owner.local(card.step.due_at).date())
        channel = words.channel(card.step.channel)
        hint = say("Now: {channel} {day}. Empty: leave it there.", channel=channel, day=day)
    return field("next", say("Next step"), text_input(length=100, hint="call thu 10am"), optional=True, hint=hint)


def _owner(owner: Member) -> Block:
    """Who left can't be shown as chosen; left empty, it stays hers."""
    picker: Block = {"type": "users_select"}
    hint = say("Somebody else gets it with its history and next step, and hears of it.")
    if owner.is_deleted:
        hint = say("{name}, who left. Somebody else gets it with its history and next step.", name=owner.name)
    else:
        picker["initial_user"] = owner.id
    return field("owner", say("Owner"), picker, optional=True, hint=hint)


def _date(initial: date | None) -> Block:
    return {"type": "datepicker"} | ({"initial_date": initial.isoformat()} if initial else {})
