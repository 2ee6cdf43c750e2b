"""Amounts of money: exact, in the currency's smallest unit."""

from dataclasses import dataclass, field
from decimal import Decimal

from language import amounts

MINOR_DIGITS = {"CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "VND": 0, "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3}
"""Digits after the point where it isn't two (ISO 4217)."""
CURRENCY_OF = {
    "US": "USD", "GB": "GBP", "DE": "EUR", "AT": "EUR", "FR": "EUR", "ES": "EUR", "IT": "EUR", "NL": "EUR", "PT": "EUR",
    "IE": "EUR", "BE": "EUR", "FI": "EUR", "CH": "CHF", "JP": "JPY", "BR": "BRL", "CA": "CAD", "AU": "AUD", "IN": "INR",
}  # fmt: skip
UNMISTAKABLE = "EUR"
"""The one whose sign no other currency uses."""
CURRENCY = "USD"
"""Where nothing says another one."""


def home_currency(locale: str) -> str:
    """What an amount without a currency is in to somebody with this locale: ``EUR`` for ``de-DE``."""
    return CURRENCY_OF.get(locale.replace("_", "-").partition("-")[2].upper(), CURRENCY)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's smallest unit."""

    amount_minor: int
    currency: str
    assumed: bool = field(default=False, compare=False)
    """Nobody named the currency: it is the one of who typed the amount, unless a deal has one already."""

    def text(self) -> str:
        """`$12,000`, `CHF 5,000`, `€12.50`; in German `12.000 €`: as its reader writes it."""
        digits = MINOR_DIGITS.get(self.currency, 2)
        return amounts.money(self._amount, self.currency, digits)

    def typed(self, locale: str) -> str:
        """As its reader would type it, and as it is read again from somebody with this locale.

        The sign stands only where it can't mean another currency: ``$`` is the dollar of whoever types it.
        """
        plain = self.currency in {home_currency(locale), UNMISTAKABLE}
        return amounts.typed(self._amount, self.currency, plain=plain)

    def counted_in(self, currency: str) -> "Money | None":
        """The same number in another currency; None where that has no coins so small: a yen has no cents."""
        minor = self._amount.scaleb(MINOR_DIGITS.get(currency, 2))
        return Money(int(minor), currency) if minor == minor.to_integral_value() else None

    @property
    def _amount(self) -> Decimal:
        return Decimal(self.amount_minor).scaleb(-MINOR_DIGITS.get(self.currency, 2))
