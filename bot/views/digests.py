"""The daily digest as one message: rows with buttons, results in place, a footer with the way out."""

from bot.services.digests import RowNow, Section, View
from bot.views import cards, ids, words
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

ALL_CLEAR = "All clear: nothing is due today."
NOTHING_DUE = "Nothing is due."
ADD_SOMEBODY = "add Dana Li, Acme, call thu 10am"


def digest(view: View) -> Message:
    """The digest as it stands now."""
    if not view.rows:
        return message(ALL_CLEAR, [section(f"*{ALL_CLEAR}* 🎉"), *_footer(view)])
    count = len(view.rows)
    title = f"{words.several(count, 'follow-up')} today"
    blocks = [header(f"{title} · {words.day(view.local_on)}"), context(load(view))]
    blocks += _rows(view)
    blocks += _pages(view)
    blocks += [divider(), *_footer(view)]
    return message(f"{title}. {load(view)}. {_told(view)}", blocks)


def my_day(view: View, news: Message | None = None) -> Message:
    """What ``/followup`` alone answers: the same rows, for one's own eyes; ``news`` is what was just done in it."""
    day = digest(view) if view.rows else _nothing_due()
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
        said = words.result(item, member, view.now)
        undo = button("Undo", ids.UNDO, item.change.id, spoken=f"Undo: {said} {who}") if item.change else None
        return [section(f"{number}. ✓ {words.title(name, company)} – {escape(said)}", undo)]
    value = words.money(row.value_minor, row.currency)
    lines = [
        f"{number}. {words.title(name, company, value)}",
        " · ".join(filter(None, [words.plan(row), words.last(row.last_channel, row.last_at, member, view.now)])),
        f"_{escape(words.why(row, member))}_",
    ]
    promised_at = row.due_at if row.promised else None
    listed = view.delivery_id is None
    bar = cards.step_buttons(row.step_id, row.channel, who, member, view.now, promised_at=promised_at, listed=listed)
    return [section("\n".join(lines)), bar]


def _rows(view: View) -> list[Block]:
    blocks: list[Block] = []
    shown_section: Section | None = None
    for number, item in enumerate(view.shown, start=_first(view)):
        if item.row.section is not shown_section:
            shown_section = item.row.section
            blocks.append(context(f"*{words.SECTION_NAMES[shown_section]}*"))
        blocks += row_blocks(number, item, view)
    return blocks


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
    buttons = [
        button("Settings", ids.SETTINGS, spoken="Settings: digest time and days"),
        button("Pause digests", ids.PAUSE, spoken="Pause the daily digest"),
    ]
    when = f"{words.clock(member.digest_time)} {member.zone}, {words.weekdays(member.workdays)}"
    return [actions(buttons), context(f"Daily at {escape(when)} · `/followup pause 2d` · `/followup help`")]


def _told(view: View) -> str:
    """The rows of this page in plain words, for notifications and screen readers."""
    told = []
    for number, item in enumerate(view.shown, start=_first(view)):
        row = item.row
        who = words.who(short(row.name), short(row.company))
        if item.is_done:
            told.append(f"{number}. {who}: {words.result(item, view.member, view.now)}")
            continue
        value = words.money(row.value_minor, row.currency)
        name = words.CHANNEL_NAMES[row.channel]
        told.append(f"{number}. {who}{', ' + value if value else ''}: {name}. {words.why(row, view.member)}")
    return listed(told) + (f" And {view.more} more." if view.more else "")


def _first(view: View) -> int:
    """The number of the first row of this page."""
    return view.rows.index(view.shown[0]) + 1 if view.shown else 1
