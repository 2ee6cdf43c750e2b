"""The daily digest as one message: rows with buttons, results in place, a footer with the way out."""

from collections import Counter

from bot.services.digests import RowNow, View
from bot.services.ignored import Ignored
from bot.services.rows import Section
from bot.storage.tables import ChangeKind, Rhythm
from bot.views import deeds, hints, ids, leave, leavers, settings, words
from bot.views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    divider,
    escape,
    header,
    joined,
    listed,
    message,
    section,
    short,
)
from bot.views.step_buttons import step_buttons, which_way
from cadences.model import Purpose
from language import dates, mark, places, say, say_n

NAMES_SHOWN = 5
ALL_CLEAR = mark("All clear: nothing is due today.")
NOTHING_DUE = mark("Nothing is due.")
NOTHING_NEW = mark("Nothing new is due today.")
TYPED_IGNORED = mark("`/followup replan ignored` · `park ignored` · `drop ignored` answer it, with one undo")
ADD_SOMEBODY = "add Dana Li, Acme, call thu 10am"
LOADS = {
    Section.PROMISED: mark("{count} promised"),
    Section.OVERDUE: mark("{count} overdue"),
    Section.TODAY: mark("{count} due today"),
    Section.STALLED: mark("{count} stalled"),
}
RHYTHMS = {
    Rhythm.DAILY: mark("Daily at {time} {zone}, {days}"),
    Rhythm.WEEKLY: mark("Weekly at {time} {zone}, {days}"),
}


def digest(view: View) -> Message:
    """The digest as it stands now; above its first page what else there is to say."""
    shown = _welcoming(view)
    if not view.left or view.page:
        return shown
    line = leavers.line(view.left)
    if view.rows or view.ignored or view.back:
        return joined(line, shown)
    return Message(line.text, [*line.blocks, *_footer(view)])  # all is not clear where somebody's have nobody


def _welcoming(view: View) -> Message:
    if view.back is None or view.page:
        return _list(view)
    said, blocks = leave.welcome(view.back, view.died, view.delivery_id, view.local_on)
    return joined(Message(escape(said), blocks), _list(view))


def _list(view: View) -> Message:
    if not view.rows:
        return _only_ignored(view) if view.ignored else _all_clear(view)
    count = view.count
    title = say_n("{count} follow-up today", "{count} follow-ups today", count)
    blocks = [header(f"{title} · {words.day(view.local_on)}"), context(load(view))]
    blocks += _rows(view)
    blocks += _ignored(view)
    blocks += _pages(view)
    blocks += [context(escape(behind(view)))] if _is_at_its_end(view) else []
    blocks += [divider(), *_footer(view)]
    tired = f" {ignored(view)}" if view.ignored and not view.page else ""
    return message(f"{title}. {load(view)}. {told(view)}{tired}", blocks)


def _all_clear(view: View) -> Message:
    said = say(ALL_CLEAR)
    return message(said, [section(f"*{said}* 🎉"), *_footer(view)])


def _only_ignored(view: View) -> Message:
    """Nothing new, but something is still waiting for an answer: all is not clear."""
    said = say(NOTHING_NEW)
    return message(f"{said} {ignored(view)}", [section(f"*{said}*"), *_ignored(view), *_footer(view)])


def my_day(view: View, news: Message | None = None) -> Message:
    """What ``/followup`` alone answers: the same rows, for one's own eyes; ``news`` is what was just done in it."""
    day = digest(view) if view.rows or view.ignored or view.left else _nothing_due()
    if news is None:
        return day
    first, *more = news.blocks
    return joined(Message(news.text, [{**first, "block_id": ids.LIST_NEWS}, *more]), day)


def _nothing_due() -> Message:
    said, line = say(NOTHING_DUE), f"{ids.COMMAND} {ADD_SOMEBODY}"
    hint = say("Add somebody you just met: {command}", command=line)
    shown = say("Add somebody you just met: {command}", command=f"`{line}`")
    return message(f"{said} {hint}", [section(f"*{said}* 🎉"), context(shown)])


def load(view: View) -> str:
    """``4 of 9 done``; before the first, what the day holds."""
    count = view.count
    if view.done == 0:
        rows = Counter(item.row.section for item in view.rows)
        kinds = [(section, rows[section] + view.beyond.get(section, 0)) for section in Section]
        return " · ".join(say(LOADS[section], count=number) for section, number in kinds if number)
    if view.done == count:
        return say("{done} of {count} done – all clear 🎉", done=view.done, count=count)
    return say("{done} of {count} done", done=view.done, count=count)


def row_blocks(number: int, item: RowNow, view: View) -> list[Block]:
    """One row: what to do and why with its buttons, or what became of it with Undo."""
    row, member = item.row, view.member
    name, company = short(row.name), short(row.company)
    who = words.who(name, company)
    if item.is_done:
        said = deeds.result(item, member, view.now)
        spoken = say("Undo: {deed} {who}", deed=said, who=who)
        undo = button(say("Undo"), ids.UNDO, item.change.id, spoken=spoken) if item.change else None
        asks = item.step is not None and item.change is not None and _asks_way(item)
        way = which_way(item.step.id, who) if asks and item.step else []
        return [section(f"{number}. ✓ {words.title(name, company)} – {escape(said)}", undo), *way]
    value = words.money(row.value_minor, row.currency)
    last = words.last(row.last_channel, row.last_at, member, view.now, row.last_via)
    lines = [
        f"{number}. {words.title(name, company, value)}",
        " · ".join(filter(None, [words.plan(row), last])),
        f"_{escape(words.why(row, member))}_",
        escape(" · ".join(hints.lines(row.hints, member, view.now))),
    ]
    their_on = row.their_on or (member.local(row.due_at).date() if row.promised else None)
    listed = view.delivery_id is None
    bar = step_buttons(row.step_id, row.channel, who, member, view.now, their_on=their_on, listed=listed)
    return [section("\n".join(filter(None, lines))), bar]


def _asks_way(item: RowNow) -> bool:
    """True for a reply of which nobody said yet which way it went."""
    change, step = item.change, item.step
    return (
        change is not None
        and change.kind is ChangeKind.LOGGED
        and bool(change.facts.get("was_reply"))
        and "way" not in change.facts
        and step is not None
        and step.number is None
        and step.purpose is Purpose.ANSWER_OBJECTION
    )


def _rows(view: View) -> list[Block]:
    blocks: list[Block] = []
    shown_section: Section | None = None
    for item in view.shown:
        if item.row.section is not shown_section:
            shown_section = item.row.section
            blocks.append(context(f"*{say(words.SECTION_NAMES[shown_section])}*"))
        blocks += row_blocks(item.number, item, view)
    return blocks


def _ignored(view: View) -> list[Block]:
    """What was shown for days and not touched: one line, and the question what shall become of it."""
    if not view.ignored or view.page:
        return []
    said = context(f"💤 {escape(ignored(view))}")
    if view.delivery_id is None:
        return [said, context(say(TYPED_IGNORED))]
    count, number = len(view.ignored), view.delivery_id
    spread = say_n(
        "Spread the one that was ignored over the days", "Spread the {count} that were ignored over the days", count
    )
    park = say_n("Park the one that was ignored for 90 days", "Park the {count} that were ignored for 90 days", count)
    lose = say_n("Close the one that was ignored as lost", "Close the {count} that were ignored as lost", count)
    buttons = [
        button(say("Re-plan {count}", count=count), ids.IGNORED_REPLAN, number, spoken=spread),
        button(say("Park {count}", count=count), ids.IGNORED_PARK, number, spoken=park),
        button(say("Drop {count}", count=count), ids.IGNORED_DROP, number, spoken=lose),
    ]
    return [said, actions(buttons)]


def ignored(view: View) -> str:
    """`3 were in your list three days and not touched: Dana Li at Acme, …. Re-plan, park or drop them?`"""
    everybody = [_who(each) for each in view.ignored]
    names, more = ", ".join(everybody[:NAMES_SHOWN]), len(everybody) - NAMES_SHOWN
    if more > 0:
        names = say("{names} and {count} more", names=names, count=more)
    return say_n(
        "{count} was in your list three days and not touched: {names}. Re-plan, park or drop it?",
        "{count} were in your list three days and not touched: {names}. Re-plan, park or drop them?",
        len(everybody),
        names=names,
    )


def _who(each: Ignored) -> str:
    who = words.who(short(each.name), short(each.company))
    return say("{who} (promised)", who=who) if each.promised else who


def _pages(view: View) -> list[Block]:
    """Each button carries the page it turns to: pressed twice it turns once."""
    buttons = []
    if view.page:
        buttons.append(button(say("Back"), ids.PAGE_BACK, view.page - 1, spoken=say("Show the rows before these")))
    if view.more:
        buttons.append(button(say("Show {count} more", count=view.more), ids.PAGE_NEXT, view.page + 1))
    return [actions(buttons)] if buttons else []


def _is_at_its_end(view: View) -> bool:
    """True where the last row of a day stands that holds more than its rows."""
    return view.behind > 0 and not view.more


def behind(view: View) -> str:
    """What comes when the rows are done; a digest stays as long as it is, and the list does not."""
    if view.delivery_id is not None:
        return say_n(
            "{count} more waits behind these: {command} lists it.",
            "{count} more wait behind these: {command} lists them.",
            view.behind,
            command=f"`{ids.COMMAND}`",
        )
    return say_n(
        "{count} more waits behind these: it moves up as you get done.",
        "{count} more wait behind these: they move up as you get done.",
        view.behind,
    )


def _footer(view: View) -> list[Block]:
    member = view.member
    spoken = say("Work the list, one card at a time")
    work = button(say("Work the list"), ids.FOCUS, style="primary", spoken=spoken)
    buttons = [
        *([work] if view.done < len(view.rows) else []),
        button(say("Settings"), ids.SETTINGS, spoken=say("Settings: digest time and days")),
        button(say("Pause digests"), ids.PAUSE),
    ]
    time, days = dates.clock(member.digest_time), dates.weekdays(settings.digest_days(member))
    when = say(RHYTHMS[member.rhythm], time=time, zone=places.zone(member.zone), days=days)
    return [actions(buttons), context(f"{escape(when)} · `/followup pause 2d` · `/followup help`")]


def told(view: View) -> str:
    """The rows of this page in plain words, for notifications and screen readers."""
    lines = []
    for item in view.shown:
        row, number = item.row, item.number
        who = words.who(short(row.name), short(row.company))
        if item.is_done:
            lines.append(f"{number}. {who}: {deeds.result(item, view.member, view.now)}")
            continue
        value = words.money(row.value_minor, row.currency)
        name = words.channel(row.channel)
        line = f"{number}. {who}{', ' + value if value else ''}: {name}. {words.why(row, view.member)}"
        lines.append("; ".join([line, *hints.warning(row.hints, view.member, view.now)]))
    if _is_at_its_end(view):
        return f"{listed(lines)} {behind(view)}"
    if not view.more:
        return listed(lines)
    more = say("And {count} more.", count=view.more + view.behind)
    return f"{listed(lines)} {more}"
