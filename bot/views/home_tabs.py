"""What stands in each tab of App Home."""

from itertools import groupby
from typing import assert_never

from bot.services.digests import View
from bot.services.facts import their_date
from bot.services.home import PAGE_ROWS, Day, Home, Tab
from bot.services.stalling import Stalled
from bot.storage.records import Prospect, StepRow
from bot.views import digests, found, ids, settings, team, words
from bot.views.blocks import Block, Message, actions, button, context, escape, section, short
from bot.views.step_buttons import step_buttons
from cadences.calendar import is_workday
from cadences.model import Stage
from cadences.stalled import Label
from cadences.words import named
from language import mark, places, say, say_n

SETTINGS_BESIDE = mark("Also typed: `/followup settings cap 20` · `calendar` · `away 1–14 aug` · `undo`")


def content(shown: Home, changed: Message | None = None) -> list[Block]:
    """The chosen tab, filled; ``changed``: the settings as they were just changed, with the Undo."""
    match shown.choice.tab:
        case Tab.TODAY:
            return _today(shown, shown.today) if shown.today else _everybodys_day(shown)
        case Tab.STALLED:
            return _stalled(shown)
        case Tab.SNOOZED:
            return _snoozed(shown)
        case Tab.CADENCES:
            return _cadences(shown)
        case Tab.WEEK:
            return _week(shown)
        case Tab.VIEW:
            return _view(shown)
        case Tab.SETTINGS:
            mine = changed or settings.shown(shown.viewer, shown.now)
            return [*_elsewhere(shown), *mine.blocks, context(say(SETTINGS_BESIDE))]
        case _:
            assert_never(shown.choice.tab)


def _elsewhere(shown: Home) -> list[Block]:
    """Who has the digest off is not asked by a message."""
    if shown.elsewhere is None:
        return []
    there, here = places.zone(shown.elsewhere), places.zone(shown.viewer.zone)
    text = say(
        "Slack says you are in {zone} now; your days are counted in {home}. To change it: {command}",
        zone=there,
        home=here,
        command=f"`{ids.COMMAND} settings zone {shown.elsewhere}`",
    )
    return [section(text)]


def _today(shown: Home, day: View) -> list[Block]:
    blocks = [_titled(shown, say("Today"), digests.load(day) or say("nothing due"))]
    first = shown.choice.page * PAGE_ROWS
    for item in day.rows[first : first + PAGE_ROWS]:
        blocks += digests.row_blocks(item.number, item, day)
    if day.behind and shown.choice.page == shown.pages - 1:
        blocks.append(context(escape(digests.behind(day))))
    if day.ignored:
        blocks.append(context(escape(digests.ignored(day))))
        blocks += [context(say(digests.TYPED_IGNORED))] if shown.is_own else []
    return blocks


def _everybodys_day(shown: Home) -> list[Block]:
    """What the whole team has to do today, with the buttons of each row."""
    count = say_n("{count} follow-up", "{count} follow-ups", shown.count) if shown.count else say("nothing due")
    blocks = [_titled(shown, say("Today"), count)]
    for prospect, step in shown.listed:
        blocks += _row(shown, prospect, step, _due(shown, step))
    return blocks


def _stalled(shown: Home) -> list[Block]:
    count = say_n("{count} deal", "{count} deals", shown.count) if shown.count else say("none")
    limits = say("Nothing happened for longer than, in business days: {limits}", limits=team.limits())
    blocks = [_titled(shown, say("Stalled"), count), context(limits)]
    for deal in shown.stalled:
        blocks += _stalled_row(shown, deal)
    return blocks


def _stalled_row(shown: Home, deal: Stalled) -> list[Block]:
    since = words.day(shown.owner.local(deal.prospect.active_at).date(), shown.owner.local(shown.now).date())
    idle = say("idle for {days} since {day}", days=words.business_days(deal.verdict.idle_days), day=since)
    labels = [say(team.LABEL_WORDS[label]) for label in sorted(deal.verdict.labels) if label is not Label.IDLE]
    return _row(shown, deal.prospect, deal.step, " · ".join([named(deal.prospect.stage), idle, *labels]))


def _snoozed(shown: Home) -> list[Block]:
    count = _prospects(shown.count) if shown.count else say("nobody")
    blocks = [_titled(shown, say("Snoozed, parked or away"), count)]
    for prospect, step in shown.listed:
        blocks += _row(shown, prospect, step, _put_off(shown, prospect, step))
    return blocks


def _put_off(shown: Home, prospect: Prospect, step: StepRow) -> str:
    following = _due(shown, step)
    if prospect.stage is Stage.PARKED:
        day = words.due(step, shown.owner, shown.now)
        return say("parked until {day}; next: {channel}", day=day, channel=words.channel(step.channel))
    if step.paused_until_on is not None:
        return say("out of office; next: {step}", step=following)
    return say_n("snoozed once; next: {step}", "snoozed {count} times; next: {step}", step.snoozes, step=following)


def _cadences(shown: Home) -> list[Block]:
    counts = shown.on_cadence or {}
    total = _prospects(shown.count) if counts else say("nobody is on a cadence")
    blocks = [_titled(shown, say("My cadences") if shown.is_own else say("Cadences"), total)]
    for key, rows in groupby(shown.listed, key=lambda row: row[1].cadence or ""):
        blocks.append(section(f"*{escape(key)}* · {_prospects(counts.get(key, 0))}"))
        word = ids.cadence_word(key)
        dated = say("Preview the cadence {name} with dates", name=key)
        preview = button(say("Preview"), ids.CADENCE_PREVIEW, word, spoken=dated)
        change = say("Edit the cadence {name}, or a copy of it", name=key)
        edit = button(say("Edit"), ids.CADENCE_EDIT, word, spoken=change)
        blocks.append(actions([preview, edit]))
        blocks += [_on_cadence(shown, prospect, step) for prospect, step in rows]
    return blocks


def _on_cadence(shown: Home, prospect: Prospect, step: StepRow) -> Block:
    place = words.position(step.number, step.of, step.cadence)
    line = " · ".join(filter(None, [place, words.next_step(step, shown.owner, shown.now)]))
    return section(f"{_title(prospect)}\n{escape(line)}{_held(shown, prospect)}", _open(prospect))


def _view(shown: Home) -> list[Block]:
    """What a saved view found, or why it can't say."""
    result = shown.found
    if result is None:
        return [section(escape(say("This view is kept no more.")))]
    if result.page is None:
        return [section(f"*{escape(result.name)}*\n{escape(result.problem)}")]
    if not result.page.found:
        nobody = say("Nobody matches {filters}.", filters=result.understood)
        return [section(f"*{escape(result.name)}*\n{escape(nobody)}")]
    title = found.headline(result.page, result.understood)
    return [section(f"*{escape(result.name)}*\n{escape(title)}"), *found.rows(result.page, shown.viewer, shown.now)]


def _week(shown: Home) -> list[Block]:
    done, planned = sum(day.done for day in shown.week), sum(day.planned for day in shown.week)
    total = say("{done} done, {planned} planned", done=done, planned=planned)
    today = shown.owner.local(shown.now).date()
    # A free day without anything on it is not worth a line.
    days = [d for d in shown.week if d.done or d.planned or is_workday(d.on, shown.owner.calendar)]
    lines = [_day_line(day, is_today=day.on == today) for day in days]
    return [
        _titled(shown, say("My week") if shown.is_own else say("Week"), total),
        section("\n".join(lines)),
        context(say("Done: touches made. Planned: next steps due on that day and still open.")),
    ]


def _day_line(day: Day, *, is_today: bool) -> str:
    on = words.day(day.on)
    if is_today:
        return say("*{day}: {done} done, {planned} planned (today)*", day=on, done=day.done, planned=day.planned)
    return say("{day}: {done} done, {planned} planned", day=on, done=day.done, planned=day.planned)


def _row(shown: Home, prospect: Prospect, step: StepRow, line: str) -> list[Block]:
    """Who, how it stands, and the buttons of the step that is next."""
    who = words.who(short(prospect.name), short(prospect.company))
    their_on = their_date(prospect, step, shown.owner, shown.owner.local(shown.now).date())
    bar = step_buttons(step.id, step.channel, who, shown.owner, shown.now, their_on=their_on)
    return [section(f"{_title(prospect)}\n{escape(line)}{_held(shown, prospect)}"), bar]


def _held(shown: Home, prospect: Prospect) -> str:
    """Whose it is, where the list is everybody's."""
    owner = shown.owners.get(prospect.owner_id)
    whose = say("{name}’s", name=owner) if owner is not None else ""
    return f" · {escape(whose)}" if whose else ""


def _due(shown: Home, step: StepRow) -> str:
    return words.next_step(step, shown.owner, shown.now)


def _title(prospect: Prospect) -> str:
    value = words.money(prospect.value_minor, prospect.currency)
    return words.title(short(prospect.name), short(prospect.company), value)


def _open(prospect: Prospect) -> Block:
    spoken = say("Open {who}", who=words.who(prospect.name, prospect.company))
    return button(say("Open"), ids.SHOW, prospect.id, spoken=spoken)


def _prospects(count: int) -> str:
    return say_n("{count} prospect", "{count} prospects", count)


def _titled(shown: Home, title: str, total: str) -> Block:
    """What the tab lists, whose where it is not her own, and how much of it."""
    whose = "" if shown.is_own else say("{name}’s", name=shown.owner.name)
    if shown.is_everybodys:
        whose = say("everybody’s")
    return section(" · ".join(escape(part) for part in (f"*{title}*", whose, total) if part))
