"""A member's week as a message: the numbers, one thing to try, and the way out."""

from bot.services.recap import Week
from bot.views import ids, words
from bot.views.blocks import Block, Message, actions, button, context, divider, escape, header, message, section, short
from cadences.habits import Hint, Point
from language import dates, mark, say, say_n

OPEN_SHOWN = 5
TIPS = {
    Hint.PROMISES: mark(
        "In four weeks {count} of {of} promises were late: promise a day later, or move it before its day."
    ),
    Hint.SNOOZES: mark(
        "In four weeks {count} of {of} answers were a snooze: what is put off again and again may need another "
        "channel, or to be parked."
    ),
    Hint.FIRST_TOUCH: mark(
        "In four weeks {count} of {of} new prospects waited for a first touch beyond the next working day: "
        "that is when they remember you best."
    ),
    Hint.ONE_CHANNEL: mark(
        "In four weeks {count} of {of} touches went over one channel ({channel}): "
        "try another one with whoever is silent."
    ),
    Hint.STEADY: mark("Nothing stands out in your last four weeks: keep going."),
}


def told(week: Week) -> Message:
    """The recap that comes by itself, with its own switch."""
    title = say("Your week, {first} to {last}", first=dates.day(week.first_on), last=dates.day(week.last_on))
    switches = [
        button(say("No weekly recap"), ids.RECAP_OFF, spoken=say("Switch the weekly recap off")),
        button(say("Pause digests"), ids.PAUSE, spoken=say("Pause digests and everything beside them")),
    ]
    return _drawn(week, title, switches)


def so_far(week: Week) -> Message:
    """The same when it is asked for: the week up to now."""
    return _drawn(week, say("Your week so far, since {first}", first=dates.day(week.first_on)), [])


def _drawn(week: Week, title: str, switches: list[Block]) -> Message:
    lines, tip = _lines(week), _tip(week.point)
    settings = button(say("Settings"), ids.SETTINGS, spoken=say("Settings: digest, second nudge and recap"))
    blocks = [
        header(title),
        section("\n".join(f"• {escape(line)}" for line in lines)),
        section(f"💡 {escape(tip)}"),
        divider(),
        actions([settings, *switches]),
        context(say("At any time: {command}", command=f"`{ids.COMMAND} recap`")),
    ]
    return message(" ".join([f"{title}.", *lines, tip]), blocks)


def _lines(week: Week) -> list[str]:
    return [line for line in (_touches(week), _answers(week), _wins(week), _promises(week), _open(week)) if line]


def _touches(week: Week) -> str:
    if not week.touches:
        return say("No touches.")
    each = [say("{channel} {count}", channel=words.channel(channel), count=count) for channel, count in week.channels]
    return say_n("{count} touch: {each}.", "{count} touches: {each}.", week.touches, each=", ".join(each))


def _answers(week: Week) -> str:
    replies = say_n("{count} reply", "{count} replies", week.replies)
    booked = say_n("{count} meeting booked", "{count} meetings booked", week.booked)
    met = say_n("{count} meeting held", "{count} meetings held", week.met)
    return say("{replies}, {booked}, {met}.", replies=replies, booked=booked, met=met)


def _wins(week: Week) -> str:
    if not week.amounts:
        return say_n("{count} deal won.", "{count} deals won.", week.wins)
    amounts = ", ".join(words.money(value_minor, currency) for currency, value_minor in week.amounts)
    return say_n("{count} deal won: {amounts}.", "{count} deals won: {amounts}.", week.wins, amounts=amounts)


def _promises(week: Week) -> str:
    if not week.promises:
        return say("No promise was due.")
    return say("Promises: {kept} of {count} kept in time.", kept=week.kept, count=week.promises)


def _open(week: Week) -> str:
    if not week.open:
        return ""
    names = ", ".join(words.who(short(each.name), short(each.company)) for each in week.open[:OPEN_SHOWN])
    more = len(week.open) - OPEN_SHOWN
    if more > 0:
        return say("Promised and still open: {names} and {count} more.", names=names, count=more)
    return say("Promised and still open: {names}.", names=names)


def _tip(point: Point) -> str:
    """One thing to try, or why there is none."""
    if point.hint is Hint.NOT_ENOUGH:
        return say_n(
            "Not enough data yet for a tip: {count} touch in four weeks, and it takes {least}.",
            "Not enough data yet for a tip: {count} touches in four weeks, and it takes {least}.",
            point.count,
            least=point.of,
        )
    channel = words.channel(point.channel) if point.channel else ""
    return say(TIPS[point.hint], count=point.count, of=point.of, channel=channel)
