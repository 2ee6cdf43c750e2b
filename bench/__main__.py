"""``make bench``: a table of what a person waits for, and one each of planning, of lists, of searches, of silences."""

import asyncio
import os
import platform
from collections.abc import Sequence

import click

from bench import answers, due, finding, plans, silences
from bench.places import POSTGRESQL, Place, places
from bench.plans import Goal
from bench.timing import Timing, duration, ratio, table

ROUNDS = 500
SIZES = (10_000, 100_000)
LARGE = 1_000_000
GOAL_OF_PLAIN = 10
GOAL = f"An add on SQLite: faster than Bolt's default no-op, and at most {GOAL_OF_PLAIN} times the other."


@click.command()
@click.option("--rounds", default=ROUNDS, show_default=True, help="How often each thing is measured.")
@click.option("--large", is_flag=True, help=f"Also with {LARGE:,} prospects; filling takes minutes.")
@click.option(
    "--only", type=click.Choice(["answers", "plans", "due", "find", "silence"]), help="Only one of the tables."
)
def main(rounds: int, *, large: bool, only: str | None) -> None:
    """Measure on this machine, on each database there is."""
    click.echo(f"Python {platform.python_version()}, {os.cpu_count()} cores, {rounds} rounds each\n")
    if only in {None, "answers"}:
        with places() as here:
            _say_what_is_left_out(here)
            click.echo(_answers(asyncio.run(answers.measure(here, rounds))) + "\n")
    if only in {None, "plans"}:
        click.echo(_plans(plans.measure(rounds)) + "\n")
    if only in {None, "due"}:
        with places() as here:
            sizes = [*SIZES, LARGE] if large else SIZES
            timings = [timing for place in here for size in sizes for timing in _due_at(place, size, rounds)]
            click.echo(_listed("one rep's list", timings) + "\n")
    if only in {None, "find"}:
        with places() as here:
            timings = [timing for place in here for timing in finding.measure(place.url, place.kind, rounds)]
            click.echo(_listed(f"search, {finding.PROSPECTS:,} prospects, {finding.NOTES:,} notes", timings) + "\n")
    if only in {None, "silence"}:
        with places() as here:
            timings = [timing for place in here for timing in silences.measure(place.url, place.kind, rounds)]
            name = f"who answered, {silences.PROSPECTS:,} prospects, {silences.TOUCHES:,} touches"
            click.echo(_listed(name, timings))


def _due_at(place: Place, size: int, rounds: int) -> list[Timing]:
    return due.measure(place.url, place.kind, size, rounds)


def _say_what_is_left_out(here: Sequence[Place]) -> None:
    if all(place.kind != POSTGRESQL for place in here):
        click.echo("PostgreSQL is left out: no server binaries (Debian: postgresql)\n")


def _answers(timings: Sequence[Timing]) -> str:
    default, plain = timings[0], timings[1]
    rows = [
        [timing.name, duration(timing.p50), duration(timing.p99), ratio(timing, default), ratio(timing, plain)]
        for timing in timings
    ]
    added = timings[2]
    met = added.p50 < default.p50 and added.p50 <= GOAL_OF_PLAIN * plain.p50
    head = ["what a person waits for", "p50", "p99", "of Bolt's no-op", "of the other no-op"]
    return f"{table(head, rows)}\n\n{GOAL} {'Met.' if met else 'MISSED.'}"


def _plans(goals: Sequence[Goal]) -> str:
    rows = [
        [
            goal.timing.name,
            duration(goal.timing.p50),
            duration(goal.timing.p99),
            f"{goal.timing.p50 / goal.seconds:.2f} ×",
            "met" if goal.met else "MISSED",
        ]
        for goal in goals
    ]
    return table(["planning", "p50", "p99", "of the goal", ""], rows)


def _listed(name: str, timings: Sequence[Timing]) -> str:
    rows = [[timing.name, duration(timing.p50), duration(timing.p99)] for timing in timings]
    return table([name, "p50", "p99"], rows)


if __name__ == "__main__":
    main()
