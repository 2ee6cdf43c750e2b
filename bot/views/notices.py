"""Direct messages about one prospect: the nudge, the question to an owner, the news of a hand-over."""

from bot.services.handover import Notice, Tone
from bot.views import ids, words
from bot.views.blocks import Message, actions, button, escape, message, section


def notice(content: Notice, delivery_id: int) -> Message:
    """The message, with what can be done about it."""
    who = words.who(content.name, content.company)
    match content.tone:
        case Tone.NUDGE:
            text = f"{content.by_name} asks how {who} is going: nothing has happened there for a while."
            elements = [button("Open the card", ids.SHOW, content.prospect_id, style="primary", spoken=f"Open {who}")]
        case Tone.ASKED:
            text = f"{content.by_name} would like to take over {who}. Hand it over?"
            elements = [
                button("Yes, hand over", ids.HAND_OVER_YES, delivery_id, style="primary", spoken=f"Hand over {who}"),
                button("No, I keep it", ids.HAND_OVER_NO, delivery_id, spoken=f"Keep {who}"),
            ]
        case Tone.TAKEN_OVER:
            text = f"{content.by_name} took over {who} from you. Its history and next step went along."
            elements = [button("Open the card", ids.SHOW, content.prospect_id, spoken=f"Open {who}")]
        case Tone.GIVEN:
            text = f"{content.by_name} handed {who} over to you. It is in your list now."
            elements = [button("Open the card", ids.SHOW, content.prospect_id, spoken=f"Open {who}")]
        case Tone.ASSIGNED:
            text = f"{content.by_name} gave {who} to you, with its history and next step. It is in your list now."
            elements = [button("Open the card", ids.SHOW, content.prospect_id, style="primary", spoken=f"Open {who}")]
        case Tone.ASSIGNED_MANY:
            text = f"{content.by_name} gave {who} to you, with history and next steps. See them with /followup."
            elements = []
        case Tone.ASSIGNED_AWAY:
            text = f"{content.by_name} gave {who} to {content.to_name}. Its history and next step went along."
            elements = [button("Open the card", ids.SHOW, content.prospect_id, spoken=f"Open {who}")]
        case Tone.REFUSED:
            text = f"{content.by_name} keeps {who}."
            elements = []
    blocks = [section(escape(text))]
    if elements:
        blocks.append(actions(elements))
    return message(text, blocks)


def answered(content: Notice, *, yes: bool) -> Message:
    """The question after its answer."""
    who = words.who(content.name, content.company)
    text = f"✓ You handed {who} over to {content.by_name}." if yes else f"✓ You keep {who}; {content.by_name} was told."
    return message(text, [section(escape(text))])


def zone_asked(zone: str, delivery_id: int) -> Message:
    """Slack says that somebody is in another zone now: does the digest follow?"""
    text = f"Slack says you are in {zone} now. Should your daily digest follow you there?"
    elements = [
        button(f"Use {zone}", ids.ZONE_YES, delivery_id, style="primary"),
        button("Leave it as it is", ids.ZONE_NO, delivery_id),
    ]
    return message(text, [section(escape(text)), actions(elements)])


def zone_answered(zone: str, *, yes: bool) -> Message:
    """The question after its answer."""
    text = f"✓ Your digest follows {zone} now." if yes else "✓ Your digest stays where it is."
    return message(text, [section(escape(text))])
