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


def typed(amount: Decimal, currency: str, *, plain: bool) -> str:
    """``$12,000``, ``12.000 €``, ``12.000 USD``: to be typed and read again; ``plain``: its sign says enough.

    Never three digits after the point, which would be thousands.
    """
    cents = 0 if amount == amount.to_integral_value() else 2
    cents = cents if amount == round(amount, cents) else 4
    sign = SIGNS.get(currency) if plain else None
    if reader().language == SOURCE:
        return f"{sign}{amount:,.{cents}f}" if sign else f"{currency} {amount:,.{cents}f}"
    shown = format_decimal(amount, "#,##0." + "0" * cents if cents else "#,##0", locale=reader())
    leads = reader().currency_formats["standard"].pattern.startswith("¤")
    return f"{sign or currency} {shown}" if leads else f"{shown} {sign or currency}"


def number(value: int) -> str:
    """``12,000``; ``12.000`` in German."""
    return f"{value:,}" if reader().language == SOURCE else format_decimal(value, locale=reader())
