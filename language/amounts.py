"""Amounts of money and numbers as their reader writes them."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal

from language import SOURCE, reader

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
CENTS = ".00"
"""How a locale's pattern asks for two digits after its point."""


def money(amount: Decimal, currency: str, digits: int) -> str:
    """``$12,000``, ``CHF 5,000``, ``€12.50``; ``12.000 €`` in German. Whole amounts go without ``digits``."""
    whole = amount == amount.to_integral_value()
    if reader().language == SOURCE:
        shown = f"{amount:,.{0 if whole else digits}f}"
        sign = SIGNS.get(currency)
        return f"{sign}{shown}" if sign else f"{currency} {shown}"
    pattern = reader().currency_formats["standard"].pattern
    form = pattern.replace(CENTS, "") if whole else pattern.replace(CENTS, "." + "0" * digits)
    return format_currency(amount, currency, form, locale=reader(), currency_digits=False)


def number(value: int) -> str:
    """``12,000``; ``12.000`` in German."""
    return f"{value:,}" if reader().language == SOURCE else format_decimal(value, locale=reader())
