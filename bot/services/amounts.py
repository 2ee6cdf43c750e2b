"""Amounts of money: exact, in the currency's smallest unit."""

from dataclasses import dataclass
from decimal import Decimal

MINOR_DIGITS = {"CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "VND": 0, "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3}
"""Digits after the point where it isn't two (ISO 4217)."""
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's smallest unit."""

    amount_minor: int
    currency: str

    def text(self) -> str:
        """`$12,000`, `CHF 5,000`, `€12.50`: the sign where everybody knows it, the code elsewhere."""
        digits = MINOR_DIGITS.get(self.currency, 2)
        amount = Decimal(self.amount_minor).scaleb(-digits)
        shown = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.{digits}f}"
        sign = SIGNS.get(self.currency)
        return f"{sign}{shown}" if sign else f"{self.currency} {shown}"
