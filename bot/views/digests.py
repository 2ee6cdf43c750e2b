"""The daily digest as one message: rows with buttons, results in place, a footer with the way out."""

from bot.services.digests import RowNow, View
from bot.services.rows import Section
from bot.storage.tables import ChangeKind
from bot.views import answers, cards, deeds, hints, ids, leave, leavers, words
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
from cadences.model import Purpose

NAMES_SHOWN = 5
ALL_CLEAR = "All clear: nothing is due today."
NOTHING_DUE = "Nothing is due."
NOTHING_NEW = "Nothing new is due today."
ADD_SOMEBODY = "add Dana Li, Acme, call thu 10am"


def digest(view: View) -> Message:
    """The digest as it stands now; above its first page what else there is to say."""
    shown = _welcoming(view)
    return joined(leavers.line(view.left), shown) if view.left and not view.page else shown


def _welcoming(view: View) -> Message:
    if view.back is None or view.page:
        return _list(view)
    said, blocks = leave.welcome(view.back, view.died, view.delivery_id, view.local_on)
    return joined(Message(escape(said), blocks), _list(view))


def _list(view: View) -> Message:
    if not view.rows:
        return _only_ignored(view) if view.ignored else _all_clear(view)
    count = len(view.rows)
    title = f"{words.several(count, 'follow-up')} today"
    blocks = [header(f"{title} · {words.day(view.local_on)}"), context(load(view))]
    blocks += _rows(view)
    blocks += _ignored(view)
    blocks += _pages(view)
    blocks += [divider(), *_footer(view)]
    tired = f" {ignored(view)}" if view.ignored and not view.page else ""
    return message(f"{title}. {load(view)}. {_told(view)}{tired}", blocks)


def _all_clear(view: View) -> Message:
    return message(ALL_CLEAR, [section(f"*{ALL_CLEAR}* 🎉"), *_footer(view)])


def _only_ignored(view: View) -> Message:
    """Nothing new, but something is still waiting for an answer: all is not clear."""
    return message(f"{NOTHING_NEW} {ignored(view)}", [section(f"*{NOTHING_NEW}*"), *_ignored(view), *_footer(view)])


def my_day(view: View, news: Message | None = None) -> Message:
    """What ``/followup`` alone answers: the same rows, for one's own eyes; ``news`` is what was just done in it."""
    day = digest(view) if view.rows or view.ignored or view.left else _nothing_due()
    if news is None:
        return day
    first, *more = news.blocks
    return joined(Message(news.text, [{**first, "block_id": ids.LIST_NEWS}, *more]), day)


def _nothing_due() -> Message:
    hint = f"Add somebody you just met: {ids.COMMAND} {ADD_SOMEBODY}"
    shown = f"Add somebody you just met: `{ids.COMMAND} {ADD_SOMEBODY}`"
    return message(f"{NOTHING_DUE} {hint}", [section(f"*{NOTHING_DUE}* 🎉"), context(shown)])


def load(view: View) -> str:
    """``4 of 9 done``; before the first, what the day holds."""
    count = len(view.rows)
    if view.done == 0:
        kinds = [(section, sum(item.row.section is section for item in view.rows)) for section in Section]
        return " · ".join(f"{number} {words.SECTION_NAMES[section].lower()}" for section, number in kinds if number)
    return f"{view.done} of {count} done" + (" – all clear 🎉" if view.done == count else "")


def row_blocks(number: int, item: RowNow, view: View) -> list[Block]:
    """One row: what to do and why with its buttons, or what became of it with Undo."""
    row, member = item.row, view.member
    name, company = short(row.name), short(row.company)
    who = words.who(name, company)
    if item.is_done:
        said = deeds.result(item, member, view.now)
        undo = button("Undo", ids.UNDO, item.change.id, spoken=f"Undo: {said} {who}") if item.change else None
        asks = item.step is not None and item.change is not None and _asks_way(item)
        way = cards.which_way(item.step.id, who) if asks and item.step else []
        return [section(f"{number}. ✓ {words.title(name, company)} – {escape(said)}", undo), *way]
    value = words.money(row.value_minor, row.currency)
    lines = [
        f"{number}. {words.title(name, company, value)}",
        " · ".join(filter(None, [words.plan(row), words.last(row.last_channel, row.last_at, member, view.now)])),
        f"_{escape(words.why(row, member))}_",
        escape(" · ".join(hints.lines(row.hints, member, view.now))),
    ]
    promised_at = row.due_at if row.promised else None
    listed = view.delivery_id is None
    bar = cards.step_buttons(row.step_id, row.channel, who, member, view.now, promised_at=promised_at, listed=listed)
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
            blocks.append(context(f"*{words.SECTION_NAMES[shown_section]}*"))
        blocks += row_blocks(item.number, item, view)
    return blocks


def _ignored(view: View) -> list[Block]:
    """What was shown for days and not touched: one line, and the question what shall become of it."""
    if not view.ignored or view.page:
        return []
    count = len(view.ignored)
    buttons = []
    if view.delivery_id is not None:
        named = f"{count} that were ignored"
        buttons = [
            button(
                f"Re-plan {count}", ids.IGNORED_REPLAN, view.delivery_id, spoken=f"Spread the {named} over the days"
            ),
            button(f"Park {count}", ids.IGNORED_PARK, view.delivery_id, spoken=f"Park the {named} for 90 days"),
            button(f"Drop {count}", ids.IGNORED_DROP, view.delivery_id, spoken=f"Close the {named} as lost"),
        ]
    return [context(f"💤 {escape(ignored(view))}"), *([actions(buttons)] if buttons else [])]


def ignored(view: View) -> str:
    """`3 were shown three days and not touched: Dana Li at Acme, …. Re-plan, park or drop them?`"""
    names = [words.who(short(each.name), short(each.company)) for each in view.ignored]
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    one = len(names) == 1
    were = "1 was shown" if one else f"{len(names)} were shown"
    return (
        f"{were} three days and not touched: {', '.join(names[:NAMES_SHOWN])}{more}. "
        f"Re-plan, park or drop {'it' if one else 'them'}?"
    )


def _pages(view: View) -> list[Block]:
    """Each button carries the page it turns to: pressed twice it turns once."""
    buttons = []
    if view.page:
        buttons.append(button("Back", ids.PAGE_BACK, view.page - 1, spoken="Show the rows before these"))
    if view.more:
        buttons.append(button(f"Show {view.more} more", ids.PAGE_NEXT, view.page + 1))
    return [actions(buttons)] if buttons else []


def _footer(view: View) -> list[Block]:
    member = view.member
    work = button("Work the list", ids.FOCUS, style="primary", spoken="Work the list, one card at a time")
    buttons = [
        *([work] if view.done < len(view.rows) else []),
        button("Settings", ids.SETTINGS, spoken="Settings: digest time and days"),
        button("Pause digests", ids.PAUSE, spoken="Pause the daily digest"),
    ]
    when = f"{words.clock(member.digest_time)} {member.zone}, {words.weekdays(answers.digest_days(member))}"
    often = member.rhythm.value.capitalize()
    return [actions(buttons), context(f"{often} at {escape(when)} · `/followup pause 2d` · `/followup help`")]


def _told(view: View) -> str:
    """The rows of this page in plain words, for notifications and screen readers."""
    told = []
    for item in view.shown:
        row, number = item.row, item.number
        who = words.who(short(row.name), short(row.company))
        if item.is_done:
            told.append(f"{number}. {who}: {deeds.result(item, view.member, view.now)}")
            continue
        value = words.money(row.value_minor, row.currency)
        name = words.CHANNEL_NAMES[row.channel]
        line = f"{number}. {who}{', ' + value if value else ''}: {name}. {words.why(row, view.member)}"
        told.append("; ".join([line, *hints.warning(row.hints, view.member, view.now)]))
    return listed(told) + (f" And {view.more} more." if view.more else "")
