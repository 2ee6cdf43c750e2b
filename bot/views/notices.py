"""Direct messages about one prospect: the nudge, the question to an owner, the news of a hand-over."""

from bot.services.handed_over import RECEIVED, Since
from bot.services.handover import Settled
from bot.services.messages import Notice, Tone
from bot.storage.records import Member
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, escape, message, section
from language import places, say, say_n

WANTS_A_LOOK = frozenset({Tone.NUDGE, Tone.ASSIGNED})


def notice(content: Notice, delivery_id: int, since: Since | None = None) -> Message:
    """The message, with what can be done about it; ``since``: it holds no more."""
    text = _since(content, since) if since else _said(content)
    blocks, elements = [section(escape(text))], _elements(content, delivery_id)
    if elements:
        blocks.append(actions(elements))
    return message(text, blocks)


def settled(content: Notice, end: Settled, reader: Member, told: str) -> Message:
    """A question that waits no more; ``told``: whether the asker heard the answer."""
    text = _ended(content, end, reader, told)
    return message(text, [section(escape(text))])


def _ended(content: Notice, end: Settled, reader: Member, told: str) -> str:
    who, name = words.who(content.name, content.company), content.by_name
    is_hers = end.owner is not None and end.owner.id == reader.id
    if end.was_yes and is_hers:
        return say("You handed {who} over to {name}. It is yours again.", who=who, name=name)
    if end.was_yes:
        handed_over = say("✓ You handed {who} over to {name}.", who=who, name=name)
        return f"{handed_over} {told}"
    if is_hers:
        kept = say("✓ You keep {who}.", who=who)
        return f"{kept} {told}"
    if end.owner is None:
        return say("{name} wanted to take over {who}, who is no longer here.", name=name, who=who)
    return say("{name} wanted to take over {who}. {owner} has it now.", name=name, who=who, owner=end.owner.name)


def zone_asked(zone: str, delivery_id: int) -> Message:
    """Slack says that somebody is in another zone now: does the digest follow?"""
    place = places.zone(zone)
    text = say("Slack says you are in {zone} now. Should your daily digest follow you there?", zone=place)
    elements = [
        button(say("Use {zone}", zone=place), ids.ZONE_YES, delivery_id, style="primary"),
        button(say("Leave it as it is"), ids.ZONE_NO, delivery_id),
    ]
    return message(text, [section(escape(text)), actions(elements)])


def zone_answered(zone: str, *, yes: bool) -> Message:
    """The question after its answer."""
    text = say("✓ Your digest stays where it is.")
    if yes:
        text = say("✓ Your digest follows {zone} now.", zone=places.zone(zone))
    return message(text, [section(escape(text))])


def _since(content: Notice, since: Since) -> str:
    """What a notice said, and how it is now."""
    who, by = words.who(content.name, content.company), content.by_name
    if content.tone is Tone.ASSIGNED_MANY:
        whose = say_n("{count} prospect of {name}", "{count} prospects of {name}", content.count, name=content.name)
        return say("{name} gave {who} to you. That was taken back since.", name=by, who=whose)
    if content.tone is Tone.REFUSED and since.is_reader:
        return say("{name} kept {who} first. It is yours now.", name=by, who=who)
    if content.tone is Tone.REFUSED and since.owner is not None:
        return say("{name} kept {who} first. {owner} has it now.", name=by, who=who, owner=since.owner.name)
    if since.owner is None and content.tone in RECEIVED:
        return say("{name} gave {who} to you. That was taken back since.", name=by, who=who)
    if since.owner is None:
        return say("{who} went from you to somebody else. That was taken back since.", who=who)
    if since.is_reader:
        return say("{who} went from you to somebody else. It is yours again.", who=who)
    return say("{name} gave {who} to you. {owner} has it now.", name=by, who=who, owner=since.owner.name)


def _said(content: Notice) -> str:
    """What a notice says."""
    who, by = words.who(content.name, content.company), content.by_name
    match content.tone:
        case Tone.NUDGE if not content.is_idle:
            return say("{name} asks how {who} is going.", name=by, who=who)
        case Tone.NUDGE:
            return say("{name} asks how {who} is going: nothing has happened there for a while.", name=by, who=who)
        case Tone.ASKED:
            return say("{name} would like to take over {who}. Hand it over?", name=by, who=who)
        case Tone.TAKEN_OVER:
            return say("{name} took over {who} from you. Its history and next step went along.", name=by, who=who)
        case Tone.GIVEN:
            return say("{name} handed {who} over to you. It is in your list now.", name=by, who=who)
        case Tone.ASSIGNED:
            return say(
                "{name} gave {who} to you, with its history and next step. It is in your list now.", name=by, who=who
            )
        case Tone.ASSIGNED_MANY:
            whose = say_n("{count} prospect of {name}", "{count} prospects of {name}", content.count, name=content.name)
            return say(
                "{name} gave {who} to you, with history and next steps. See them with /followup.", name=by, who=whose
            )
        case Tone.ASSIGNED_AWAY:
            to = content.to_name
            return say("{name} gave {who} to {to}. Its history and next step went along.", name=by, who=who, to=to)
        case Tone.REFUSED:
            return say("{name} keeps {who}.", name=by, who=who)


def _elements(content: Notice, delivery_id: int) -> list[Block]:
    """What can be done about it."""
    who = words.who(content.name, content.company)
    match content.tone:
        case Tone.REFUSED | Tone.ASSIGNED_MANY:
            return []
        case Tone.ASKED:
            yes, no = say("Hand over {who}", who=who), say("Keep {who}", who=who)
            return [
                button(say("Yes, hand over"), ids.HAND_OVER_YES, delivery_id, style="primary", spoken=yes),
                button(say("No, I keep it"), ids.HAND_OVER_NO, delivery_id, spoken=no),
            ]
        case tone:
            style, spoken = "primary" if tone in WANTS_A_LOOK else None, say("Open {who}", who=who)
            return [button(say("Open the card"), ids.SHOW, content.prospect_id, style=style, spoken=spoken)]
