"""What somebody is like to deal with, in words, and the buttons that reach them."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from bot.services.cards import Card
from bot.services.warmth import Warmth
from bot.storage.records import Prospect
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, escape, message, section
from cadences.preference import Suggestion
from cadences.urgency import Urgency
from cadences.words import named
from language import dates, say, say_n


def facts(card: Card, now: datetime) -> list[str]:
    """``hot (set by hand)``, ``prefers email``, ``best 14:00 on their clock``: what is known of them."""
    prospect, warmth = card.prospect, card.warmth(now)
    said = [warmth_words(warmth)] if warmth is not None else []
    if prospect.preferred_channel is not None:
        said.append(say("prefers {channel}", channel=words.channel(prospect.preferred_channel)))
    if prospect.best_time is not None:
        said.append(say("best {time} on their clock", time=dates.clock(prospect.best_time)))
    return [*said, prospect.profile_url] if prospect.profile_url else said


def warmth_words(warmth: Warmth) -> str:
    """How warm: what somebody set is, what only its score says looks so."""
    temperature = named(warmth.temperature)
    if warmth.by_hand:
        return say("{temperature} (set by hand)", temperature=temperature)
    return say("looks {temperature}", temperature=temperature)


def why(card: Card, now: datetime) -> Message:
    """How much a prospect presses and why: its temperature, then its points, line by line."""
    who, warmth = words.who(card.prospect.name, card.prospect.company), card.warmth(now)
    lines = [warmth_words(warmth)] if warmth is not None else []
    if warmth is None or warmth.points is None:
        lines.append(say("nothing is planned, so nothing presses"))
    else:
        lines += _points(warmth.points)
    open_it = button(say("Open"), ids.SHOW, card.prospect.id, spoken=say("Open {who}", who=who))
    shown = "\n".join([f"*{escape(who)}*", *(f"• {escape(line)}" for line in lines)])
    return message(f"{who}: {'; '.join(lines)}", [section(shown, open_it)])


def _points(points: Urgency) -> list[str]:
    said = {
        say("promised: {points}", points=points.promised): points.promised,
        say("overdue: {points}", points=points.overdue): points.overdue,
        say("value: {points}", points=points.value): points.value,
        say("close date: {points}", points=points.close): points.close,
    }
    total = say_n("{count} point in all", "{count} points in all", points.score)
    return [*(line for line, number in said.items() if number), total]


def ways(prospect: Prospect) -> list[Block]:
    """A row of buttons that open the mail program, the dialler and their page, as far as these are known."""
    who = words.who(prospect.name, prospect.company)
    found = []
    if prospect.email:
        spoken = say("Write an email to {who}", who=who)
        found.append(link(say("Write an email"), "mail", f"mailto:{quote(prospect.email, safe='@+')}", spoken))
    if prospect.phone:
        found.append(link(say("Call"), "phone", dialled(prospect.phone), say("Call {who}", who=who)))
    if prospect.profile_url:
        spoken = say("Open the profile page of {who}", who=who)
        found.append(link(say("Profile page"), "page", prospect.profile_url, spoken))
    return _row(found)


def preference(suggested: Suggestion, prospect: Prospect, *, mine: bool) -> list[Block]:
    """On which channel they answer, and a button that makes it the preferred one."""
    if not mine:
        return []
    who, channel = words.who(prospect.name, prospect.company), words.channel(suggested.best.channel)
    prefer = button(
        say("Prefer {channel}", channel=channel),
        f"{ids.PREFER}{suggested.best.channel.value}",
        prospect.id,
        spoken=say("Set {channel} as the preferred channel of {who}", channel=channel, who=who),
    )
    return [section(escape(preference_words(suggested)), prefer)]


def preference_words(suggested: Suggestion) -> str:
    """``Answered 3 of 3 (call), 0 of 4 (email). Set call as preferred?``"""
    counts = ", ".join(
        say(
            "{answered} of {made} ({channel})",
            answered=each.answered,
            made=each.made,
            channel=words.channel(each.channel),
        )
        for each in (suggested.best, *suggested.others)
    )
    best = words.channel(suggested.best.channel)
    return say("Answered: {counts}. Set {channel} as preferred?", counts=counts, channel=best)


def dialled(phone: str) -> str:
    """A number as a dialler takes it."""
    return f"tel:{quote(phone.replace(' ', ''), safe='+')}"


def link(label: str, kind: str, url: str, spoken: str) -> Block:
    """A button that opens an address."""
    return button(label, f"{ids.LINK}{kind}", spoken=spoken) | {"url": url}


def _row(buttons: Sequence[Block]) -> list[Block]:
    return [actions(buttons)] if buttons else []
