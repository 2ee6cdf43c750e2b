"""What stands in each tab of App Home."""

from itertools import groupby
from typing import assert_never

from bot.services.digests import View
from bot.services.home import PAGE_ROWS, Day, Home, Tab
from bot.services.stalling import Stalled
from bot.storage.records import Prospect, StepRow
from bot.views import answers, cards, digests, ids, team, words
from bot.views.blocks import Block, actions, button, context, escape, section, short
from cadences.model import Stage

SETTINGS_BESIDE = (
    "Also typed: `/followup settings cap 20` · `calendar` · `away 1–14 aug` · `settings digest off` · `undo`"
)


def content(shown: Home) -> list[Block]:
    """The chosen tab, filled."""
    match shown.choice.tab:
        case Tab.TODAY:
            return _today(shown, shown.today) if shown.today else []
        case Tab.STALLED:
            return _stalled(shown)
        case Tab.SNOOZED:
            return _snoozed(shown)
        case Tab.CADENCES:
            return _cadences(shown)
        case Tab.WEEK:
            return _week(shown)
        case Tab.SETTINGS:
            return [*answers.settings(shown.viewer, shown.now).blocks, context(SETTINGS_BESIDE)]
        case _:
            assert_never(shown.choice.tab)


def _today(shown: Home, day: View) -> list[Block]:
    blocks = [section(f"*Today*{_whose(shown)} · {digests.load(day) or 'nothing due'}")]
    first = shown.choice.page * PAGE_ROWS
    for item in day.rows[first : first + PAGE_ROWS]:
        blocks += digests.row_blocks(item.number, item, day)
    if day.ignored:
        blocks.append(context(escape(digests.ignored(day))))
    return blocks


def _stalled(shown: Home) -> list[Block]:
    title = f"*Stalled*{_whose(shown)} · {words.several(shown.count, 'deal') if shown.count else 'none'}"
    blocks = [section(title), context(f"Nothing happened for longer than, in business days: {team.LIMITS}")]
    for deal in shown.stalled:
        blocks += _stalled_row(shown, deal)
    return blocks


def _stalled_row(shown: Home, deal: Stalled) -> list[Block]:
    idle = f"idle for {words.several(deal.verdict.idle_days, 'business day')}"
    since = words.day(shown.owner.local(deal.prospect.active_at).date(), shown.owner.local(shown.now).date())
    labels = " · ".join(sorted(label.value for label in deal.verdict.labels))
    line = f"{deal.prospect.stage.value} · {idle} since {since}" + (f" · {labels}" if labels else "")
    return _row(shown, deal.prospect, deal.step, line)


def _snoozed(shown: Home) -> list[Block]:
    count = words.several(shown.count, "prospect") if shown.count else "nobody"
    blocks = [section(f"*Snoozed, parked or away*{_whose(shown)} · {count}")]
    for prospect, step in shown.listed:
        blocks += _row(shown, prospect, step, f"{_put_off(prospect, step)} {_due(shown, step)}")
    return blocks


def _put_off(prospect: Prospect, step: StepRow) -> str:
    if prospect.stage is Stage.PARKED:
        return "parked until"
    if step.paused_until_on is not None:
        return "out of office; next:"
    return f"snoozed {words.several(step.snoozes, 'time')}; next:"


def _cadences(shown: Home) -> list[Block]:
    counts = shown.on_cadence or {}
    total = words.several(shown.count, "prospect") if counts else "nobody is on a cadence"
    title = "My cadences" if shown.is_own else "Cadences"
    blocks = [section(f"*{title}*{_whose(shown)} · {total}")]
    for key, rows in groupby(shown.listed, key=lambda row: row[1].cadence or ""):
        blocks.append(section(f"*{escape(key)}* · {words.several(counts.get(key, 0), 'prospect')}"))
        word = ids.cadence_word(key)
        preview = button("Preview", ids.CADENCE_PREVIEW, word, spoken=f"Preview the cadence {key} with dates")
        edit = button("Edit", ids.CADENCE_EDIT, word, spoken=f"Edit the cadence {key}, or a copy of it")
        blocks.append(actions([preview, edit]))
        blocks += [_on_cadence(shown, prospect, step) for prospect, step in rows]
    return blocks


def _on_cadence(shown: Home, prospect: Prospect, step: StepRow) -> Block:
    place = words.position(step.number, step.of, step.cadence)
    line = " · ".join(filter(None, [place, words.next_step(step, shown.owner, shown.now)]))
    return section(f"{_title(prospect)}\n{escape(line)}", _open(prospect))


def _week(shown: Home) -> list[Block]:
    done, planned = sum(day.done for day in shown.week), sum(day.planned for day in shown.week)
    title = "My week" if shown.is_own else "Week"
    today = shown.owner.local(shown.now).date()
    lines = [_day_line(day, is_today=day.on == today) for day in shown.week]
    return [
        section(f"*{title}*{_whose(shown)} · {done} done, {planned} planned"),
        section("\n".join(lines)),
        context("Done: touches made. Planned: next steps due on that day and still open."),
    ]


def _day_line(day: Day, *, is_today: bool) -> str:
    line = f"{words.day(day.on)}: {day.done} done, {day.planned} planned"
    return f"*{line} (today)*" if is_today else line


def _row(shown: Home, prospect: Prospect, step: StepRow, line: str) -> list[Block]:
    """Who, how it stands, and the buttons of the step that is next."""
    who = words.who(short(prospect.name), short(prospect.company))
    promised_at = step.due_at if step.promised else None
    bar = cards.step_buttons(step.id, step.channel, who, shown.owner, shown.now, promised_at=promised_at)
    return [section(f"{_title(prospect)}\n{escape(line)}"), bar]


def _due(shown: Home, step: StepRow) -> str:
    return words.next_step(step, shown.owner, shown.now)


def _title(prospect: Prospect) -> str:
    value = words.money(prospect.value_minor, prospect.currency)
    return words.title(short(prospect.name), short(prospect.company), value)


def _open(prospect: Prospect) -> Block:
    return button("Open", ids.SHOW, prospect.id, spoken=f"Open {words.who(prospect.name, prospect.company)}")


def _whose(shown: Home) -> str:
    return "" if shown.is_own else f" · {escape(shown.owner.name)}’s"
