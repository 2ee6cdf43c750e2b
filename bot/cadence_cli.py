"""``followup cadence check`` and ``preview``: cadence files, looked at before anybody is put on one."""

import sys
from datetime import date
from operator import itemgetter
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from bot.slack.reading.weekdays import read_days
from bot.views import cadences as words
from cadences import calendar, library, public_holidays
from cadences.decisions import Facts, Reach
from cadences.definition import DefinitionError, load
from cadences.lint import lint
from cadences.model import Cadence, Step
from cadences.preview import Dated, Preview, preview
from cadences.work_calendar import DEFAULT_STEP_TIME, DayRules, WorkCalendar
from cadences.yaml_source import MAX_CHARS
from language.dates import weekdays

READ_AT_MOST = MAX_CHARS + 1
"""One character more than a cadence may have: its reader then says that it is too large."""
YEARS = range(2000, 2100)
"""A cadence may run for sixty years; the calendar ends in 9999."""


@click.group()
def cadence() -> None:
    """Check cadence files, and see what they come to in dates."""


@cadence.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
def check(files: tuple[str, ...]) -> None:
    """Read cadence files: errors with file, line, step and field end in 1, warnings are only said."""
    verdicts = [_checked(file) for file in files]
    sys.exit(0 if all(verdicts) else 1)


@cadence.command(name="preview")
@click.argument("source", metavar="FILE|KEY")
@click.option("--start", "typed", required=True, metavar="DATE", help="The day it starts, e.g. 2026-11-23.")
@click.option("--zone", default="UTC", show_default=True, help="The time zone, e.g. Europe/Berlin.")
@click.option("--days", default="mon-fri", show_default=True, help="The workdays, e.g. sun-thu or mon,wed.")
@click.option("--holidays", metavar="PLACE", help="Whose public holidays are free, e.g. DE or DE-BY.")
@click.option("--renewal", metavar="DATE", help="When the contract is renewed.")
def show(source: str, typed: str, zone: str, days: str, holidays: str | None, renewal: str | None) -> None:
    """The dated list of a cadence file, or of a built-in one by its key, if nobody answers."""
    cal = WorkCalendar(_zone(zone), _days(days), rules=_rules(holidays))
    facts = Facts(Reach(renewal_on=_date(renewal, "--renewal") if renewal else None))
    starts_at = calendar.resolve(_date(typed, "--start"), DEFAULT_STEP_TIME, cal.zone)
    cadence = library.get(source) or _loaded(source)
    if cadence is None:
        if not Path(source).exists():
            click.echo(f"Built in are: {', '.join(library.KEYS)}", err=True)
        sys.exit(1)
    for line in table(preview(cadence, starts_at, cal, facts)):
        click.echo(line)


def table(found: Preview) -> list[str]:
    """The preview as lines of text: each step with its date and what moved it, or with what is missing."""
    cadence, cal = found.cadence, found.cal
    starts = calendar.local(found.starts_at, cal.zone)
    when = f"{words.told_day(starts.date())} {starts:%H:%M} {cal.zone.key}"
    lines = [f"{cadence.key}: {cadence.name}", f"Starts {when}, for {weekdays(cal.workdays)}"]
    rows = [(dated.planned.number or 0, _row(found, step, dated)) for step, dated in found.rows]
    rows += [(each.number, [f"{each.number:>2}  skipped: {each.missing}"]) for each in found.skipped]
    for _, row in sorted(rows, key=itemgetter(0)):
        lines += row
    return [*lines, f"Then: {words.dated_end(found)}"]


def _row(found: Preview, step: Step, dated: Dated) -> list[str]:
    what = f"{words.moment(found, dated):<22}  {step.channel:<8}  {step.purpose:<16}  ±{step.window}"
    return [f"{dated.planned.number:>2}  {what}", *(f"    {why}" for why in words.shifts(dated))]


def _checked(file: str) -> bool:
    """Say what is wrong with a file or worth a thought; False when it can't be used."""
    found = _loaded(file)
    if found is None:
        return False
    warnings = lint(found)
    for warning in warnings:
        click.echo(f"{file}: warning: {warning}")
    if not warnings:
        click.echo(f"{file}: ok, {found.name}, {len(found.steps)} steps")
    return True


def _loaded(file: str) -> Cadence | None:
    """The cadence in a file, or None after its errors were said."""
    try:
        with Path(file).open(encoding="utf-8-sig") as opened:
            return load(opened.read(READ_AT_MOST), file)
    except OSError as error:
        click.echo(f"{file}: can't be read: {error.strerror}", err=True)
    except UnicodeDecodeError:
        click.echo(f"{file}: is not a text in UTF-8", err=True)
    except DefinitionError as error:
        click.echo("\n".join(error.messages), err=True)
    return None


def _date(typed: str, option: str) -> date:
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        raise click.BadParameter(f"{typed!r} is not a date: write 2026-11-23", param_hint=option) from None
    if on.year not in YEARS:
        raise click.BadParameter(f"{typed!r} is not in this century", param_hint=option)
    return on


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.BadParameter(f"{name!r} is no time zone: write Europe/Berlin", param_hint="--zone") from None


def _rules(typed: str | None) -> tuple[DayRules, ...]:
    """The public holidays of a place as people write it."""
    if typed is None:
        return ()
    try:
        return (DayRules(*public_holidays.read(typed)),)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--holidays") from None


def _days(typed: str) -> frozenset[int]:
    days = read_days(typed)
    if not days:
        raise click.BadParameter(f"{typed!r} are no days: write mon-fri or mon,wed,fri", param_hint="--days")
    return days
