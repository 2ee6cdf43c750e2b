"""Which cadence, and which channel, is suggested for a prospect: never more than an offer."""

import re

from sqlalchemy import Connection

from bot.services import definitions
from bot.services.amounts import MINOR_DIGITS, Money
from bot.storage import cadences, steps, timeline
from bot.storage.records import CadenceRule, Prospect
from cadences.preference import Suggestion, suggestion, tallies

USUAL_DIGITS = 2
LOOKED_BACK = 50
"""Touches of one person."""


def for_prospect(tx: Connection, prospect: Prospect) -> str | None:
    """The key of the cadence that the rules suggest: of those that fit the most specific, then the newest."""
    if not prospect.stage.is_open or prospect.do_not_contact_at is not None:
        return None
    fitting = [rule for rule in cadences.rules(tx, prospect.workspace_id) if fits(rule, prospect)]
    for rule in sorted(fitting, key=specific, reverse=True):
        if definitions.latest(tx, prospect.workspace_id, rule.cadence) is not None:
            running = steps.enrollment_of(tx, prospect.workspace_id, prospect.id)
            return None if running is not None and running.cadence == rule.cadence else rule.cadence
    return None


def channel_for(tx: Connection, prospect: Prospect) -> Suggestion | None:
    """The channel they answer on; None for who has a preference, and where nobody is to be reached."""
    if prospect.preferred_channel is not None or not prospect.stage.is_open or prospect.do_not_contact_at is not None:
        return None
    made = timeline.touches_of(tx, prospect.workspace_id, prospect.id, LOOKED_BACK)
    return suggestion(tallies((each.channel, each.outcome) for each in reversed(made) if each.via is None))


def fits(rule: CadenceRule, prospect: Prospect) -> bool:
    """True when every condition of a rule holds; a prospect without an amount is in no band."""
    value = _value(prospect)
    if rule.value_from_minor is not None and (value is None or value < rule.value_from_minor):
        return False
    if rule.value_below_minor is not None and (value is None or value >= rule.value_below_minor):
        return False
    return _is(rule.industry, prospect.industry) and _is(rule.source, prospect.source)


def specific(rule: CadenceRule) -> int:
    """How many conditions a rule has; sorting keeps the newer of two alike in front."""
    return sum(each is not None for each in (rule.value_from_minor, rule.value_below_minor, rule.industry, rule.source))


def _is(wanted: str | None, given: str | None) -> bool:
    """True where it does not matter, or where the words stand in what was said: `referral by Ben` is a referral."""
    return wanted is None or f" {_plain(wanted)} " in f" {_plain(given or '')} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _value(prospect: Prospect) -> int | None:
    """The prospect's value with two digits after the point, as rules keep it."""
    if prospect.value_minor is None or prospect.currency is None:
        return None
    return hundredths(Money(prospect.value_minor, prospect.currency))


def hundredths(money: Money | None) -> int | None:
    """An amount with two digits after the point whatever its currency has: so rules keep them and are compared."""
    if money is None:
        return None
    digits = MINOR_DIGITS.get(money.currency, USUAL_DIGITS)
    return money.amount_minor * 10 ** (USUAL_DIGITS - digits) if digits <= USUAL_DIGITS else money.amount_minor // 10
