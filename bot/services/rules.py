"""The table of rules: for whom which cadence is suggested. Managers make it, everybody can read it."""

from dataclasses import dataclass
from datetime import datetime

from bot.services import changes, definitions
from bot.services.actor import Actor
from bot.services.amounts import MINOR_DIGITS, Money
from bot.services.cards import Done
from bot.services.errors import Gone, InvalidInput, NotAllowed
from bot.services.suggestions import USUAL_DIGITS, hundredths, specific
from bot.storage import cadences
from bot.storage.cadences import NO_CADENCE
from bot.storage.engine import Database
from bot.storage.records import CadenceRule
from bot.storage.tables import ChangeKind
from language import say

WORD_LENGTH = 200
MADE, REMOVED = "made a rule for", "removed a rule for"


@dataclass(frozen=True, slots=True)
class Conditions:
    """For whom a cadence is suggested; what is None does not matter. Amounts count whatever their currency is."""

    value_from: Money | None = None
    value_below: Money | None = None
    industry: str | None = None
    source: str | None = None


def add(db: Database, actor: Actor, words: str, wanted: Conditions, now: datetime) -> tuple[Done, CadenceRule]:
    """Suggest a cadence to whoever fits. NotAllowed for who does not manage; InvalidInput for a rule for everybody."""
    _refuse_others(actor, say("make a rule"))
    if wanted == Conditions():
        why = say("a rule says for whom: a value, an industry or a source")
        raise InvalidInput("rule", why, "cadence rules")
    found = definitions.named(db, actor, words)
    if found.owner_id is not None or found.retired_at is not None:
        why = say("{cadence} is not the team’s, so it is suggested to nobody", cadence=found.cadence.key)
        raise InvalidInput("cadence", why)
    with changes.writing(db, actor, ChangeKind.CADENCE, now) as recorder:
        rule = recorder.insert(
            CadenceRule,
            member_id=actor.member.id,
            cadence=found.cadence.key,
            value_from_minor=hundredths(wanted.value_from),
            value_below_minor=hundredths(wanted.value_below),
            industry=_word(wanted.industry),
            source=_word(wanted.source),
            created_at=now,
        )
        return Done(recorder.close(None, deed=MADE, cadence=found.cadence.key)), rule


def remove(db: Database, actor: Actor, rule_id: int, now: datetime) -> Done:
    """Take a rule away. Gone when it is no longer there."""
    _refuse_others(actor, say("remove a rule"))
    with changes.writing(db, actor, ChangeKind.CADENCE, now) as recorder:
        rule = cadences.rule(recorder.tx, actor.workspace_id, rule_id)
        if rule is None:
            raise Gone
        recorder.update(rule, cadence=NO_CADENCE)
        return Done(recorder.close(None, deed=REMOVED, cadence=rule.cadence))


def listed(db: Database, actor: Actor) -> list[CadenceRule]:
    """Every rule in the order in which they are looked at: the most specific first, then the newest."""
    with db.read() as tx:
        return sorted(cadences.rules(tx, actor.workspace_id), key=specific, reverse=True)


def band_of(rule: CadenceRule, currency: str) -> tuple[Money | None, Money | None]:
    """The amounts of a rule, as they read in a currency."""
    return _to_money(rule.value_from_minor, currency), _to_money(rule.value_below_minor, currency)


def _refuse_others(actor: Actor, what: str) -> None:
    if not actor.member.may_manage:
        raise NotAllowed(what, say("a manager"))


def _word(text: str | None) -> str | None:
    return " ".join(text.split())[:WORD_LENGTH] or None if text else None


def _to_money(hundredths: int | None, currency: str) -> Money | None:
    if hundredths is None:
        return None
    digits = MINOR_DIGITS.get(currency, USUAL_DIGITS)
    if digits <= USUAL_DIGITS:
        return Money(hundredths // 10 ** (USUAL_DIGITS - digits), currency)
    return Money(hundredths * 10, currency)
