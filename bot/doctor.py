"""Looks the installation over and says what is wrong, with the fix."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.gateway import Gateway
from bot.services import checkup
from bot.storage import migrations
from bot.storage.engine import Database

NEEDED_SCOPES = frozenset({"chat:write", "commands", "dnd:read", "im:write", "users:read"})
CLOCK_SKEW = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, or not and what to do about it."""

    name: str
    ok: bool
    words: str


async def examine(db: Database, gateway: Gateway, now: datetime) -> list[Finding]:
    """Everything that can be looked at, the database first."""
    findings = [await db.run(_database)]
    if findings[0].ok:
        findings += await db.run(_outbox, now)
    findings += await _slack(gateway, now)
    return findings


def _database(db: Database) -> Finding:
    current = migrations.is_current(db)
    return Finding("database", current, "at its newest version" if current else "not migrated: run `followup migrate`")


def _outbox(db: Database, now: datetime) -> list[Finding]:
    report = checkup.outbox(db, now)
    last = "none yet" if report.last_sent_at is None else report.last_sent_at.isoformat(timespec="minutes")
    queue, steps = f"{report.waiting} waiting", "every open prospect has one"
    if report.stuck:
        queue = f"{report.stuck} waiting too long: is a worker running?"
    if report.forgotten:
        steps = f"prospects {report.forgotten} have none: please report this as a bug"
    findings = [
        Finding("last message", True, last),
        Finding("outbox", not report.stuck, queue),
        Finding("next steps", not report.forgotten, steps),
    ]
    findings += [Finding("not sent", False, line) for line in report.failed]
    findings += [Finding("skipped", True, line) for line in report.skipped]
    return findings


async def _slack(gateway: Gateway, now: datetime) -> list[Finding]:
    answer = await gateway.look("auth.test")
    if answer is None:
        return [Finding("token", False, "Slack refuses SLACK_BOT_TOKEN or can't be reached: copy it again")]
    missing = NEEDED_SCOPES - answer.scopes
    findings = [
        Finding("token", True, f"accepted for {answer.team}"),
        Finding(
            "scopes",
            not missing,
            "all there" if not missing else f"missing {', '.join(sorted(missing))}: reinstall from manifest.yml",
        ),
        Finding(
            "crash safety",
            True,
            "im:history granted: a crash at the worst moment is settled by looking"
            if "im:history" in answer.scopes
            else "without im:history a message whose answer was lost is withheld, never repeated",
        ),
    ]
    return findings if answer.date is None else [*findings, _clock(abs(answer.date - now))]


def _clock(skew: timedelta) -> Finding:
    if skew <= CLOCK_SKEW:
        return Finding("clock", True, "agrees with Slack's")
    return Finding("clock", False, f"is off by {skew}: set it, or Slack's requests are refused")
