"""Amounts of money: exact, in the currency's smallest unit."""

from dataclasses import dataclass
from decimal import Decimal

from language import speaking
from language.amounts import money

MINOR_DIGITS = {"CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "VND": 0, "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3}
"""Digits after the point where it isn't two (ISO 4217)."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's smallest unit."""

    amount_minor: int
    currency: str

    def text(self) -> str:
        """`$12,000`, `CHF 5,000`, `€12.50`; in German `12.000 €`: as its reader writes it."""
        digits = MINOR_DIGITS.get(self.currency, 2)
        return money(Decimal(self.amount_minor).scaleb(-digits), self.currency, digits)

    def typed(self) -> str:
        """As it can be typed and is read again, whoever types it."""
        with speaking(None):
            return self.text()
