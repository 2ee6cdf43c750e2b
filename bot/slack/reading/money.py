"""Amounts as salespeople type them: `$12k`, `12.000 €`, `EUR 1.2m`; exact, in minor units, never a float."""

import re
from decimal import Decimal

from bot.services.amounts import MINOR_DIGITS, Money

LARGEST = Decimal(10) ** 12
SMALLEST_BARE, LARGEST_BARE = 100, 10**7
YEARS = range(1900, 2101)
"""A bare number in here is a year until a currency or a suffix says otherwise."""
TAIL_WORDS = 5

SYMBOLS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₽": "RUB",
    "₫": "VND", "₴": "UAH", "₱": "PHP", "₦": "NGN", "zł": "PLN", "Kč": "CZK",
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "R$": "BRL",
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "bucks": "USD", "pound": "GBP", "pounds": "GBP",
    "quid": "GBP", "yen": "JPY", "franken": "CHF", "francs": "CHF", "rupees": "INR",
}  # fmt: skip
SHARED = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "TWD"),
    "dollars": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD"),
    "£": ("GBP", "EGP", "GIP"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}
"""Signs that several currencies use: the member's own currency wins when it is one of them."""
_CODES = (
    "AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HRK HUF IDR ILS INR ISK JOD JPY KES KRW "
    "KWD MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD UYU VND ZAR"
)
CODES = frozenset(_CODES.split())
SUFFIXES = {
    "k": 10**3, "tsd": 10**3, "thousand": 10**3, "grand": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6,
    "mil": 10**6, "million": 10**6, "millions": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9,
}  # fmt: skip

_NAMES = sorted({*SYMBOLS, *SHARED, *CODES, *(code.lower() for code in CODES)}, key=len, reverse=True)
_CURRENCY = "|".join(re.escape(name) for name in _NAMES)
_AMOUNT = re.compile(
    r"(?:(?:(?P<label>budget|deal(?: size)?|value|worth|amount|[Ww]ert)|about|approx\.?|ca\.?|~)[: ]*)?"
    rf"(?P<before>{_CURRENCY})? ?"
    r"(?P<number>[0-9]{1,16}(?:[.,'’ ][0-9]{1,16}){0,6})"
    rf" ?(?P<suffix>{'|'.join(sorted(SUFFIXES, key=len, reverse=True))}|[KM]|Mio|Tsd)?\.?"
    rf" ?(?P<after>{_CURRENCY})?"
    r"(?: ?(?:arr|ARR|acv|ACV|tcv|TCV|p\.a\.|/ ?ye?a?r|per year|a year))?"
)
_MONEYLIKE = re.compile(r"[-~]?(?:US|CA?|AU?|R)?[$€£¥₹₩] ?-?[0-9]|-?[0-9][0-9.,']*[km]? ?[€£$](?:\W|$)")


def read(text: str, default_currency: str, *, bare: bool = False) -> Money | None:
    """The amount that the whole text is; `bare` also takes a plain number such as `12000` and a capital `12M`.

    So does a word in front that can mean nothing else: `value 12000.50`.
    """
    found = _AMOUNT.fullmatch(" ".join(text.split()))
    if not found or not _agree(found["before"], found["after"]):
        return None
    number = _number(found["number"], scaled=found["suffix"] is not None)
    if number is None:
        return None
    marked = found["after"] or found["before"]
    if not marked and not (bare or found["label"]) and not _speaks_for_itself(found):
        return None
    if not marked and not found["suffix"] and not _plausible(number):
        return None
    currency = _currency(marked, default_currency)
    scale = SUFFIXES.get((found["suffix"] or "").lower(), 1)
    return _money(number * scale, currency, assumed=marked is None) if currency else None


def read_tail(text: str, default_currency: str, *, bare: bool = False) -> tuple[str, Money, str] | None:
    """The words before an amount, the amount at the text's tail, and its words; None where no amount ends it."""
    words = text.split()
    for length in range(min(TAIL_WORDS, len(words)), 0, -1):
        tail = " ".join(words[-length:])
        if money := read(tail, default_currency, bare=bare):
            return " ".join(words[:-length]), money, tail
    return None


def looks_like_money(text: str) -> bool:
    """True when a currency sign stands at a number, whether or not the amount can be read."""
    return _MONEYLIKE.match(text) is not None


def _agree(before: str | None, after: str | None) -> bool:
    """`$12k CAD` says it twice, `$12k EUR` contradicts itself."""
    return not before or not after or after.upper() in (*SHARED.get(before, ()), SYMBOLS.get(before))


def _speaks_for_itself(found: re.Match[str]) -> bool:
    """Without a currency a suffix says it (but a capital M is more likely a name: 3M), or grouped thousands do."""
    if found["suffix"]:
        return found["suffix"] != "M"
    return re.fullmatch(r"[0-9]{1,3}([.,'’ ])[0-9]{3}(?:\1[0-9]{3})*", found["number"]) is not None


def _plausible(number: Decimal) -> bool:
    return SMALLEST_BARE <= number < LARGEST_BARE and number not in YEARS


def _number(text: str, *, scaled: bool) -> Decimal | None:
    """The number whichever way it groups thousands; None where the grouping makes no sense."""
    marks = [character for character in text if not character.isdigit()]
    if not marks:
        return Decimal(text)
    last = marks[-1]
    head, _, tail = text.rpartition(last)
    grouped = len(tail) == 3 and (len(set(marks)) == 1) and not head.startswith("0")
    if last in ".," and not (grouped and (len(marks) > 1 or not scaled)):
        if last in head:
            return None
        whole = _ungrouped(head)
        return Decimal(f"{whole}.{tail}") if whole is not None else None
    whole = _ungrouped(text)
    return Decimal(whole) if whole is not None else None


def _ungrouped(text: str) -> str | None:
    groups = re.split(r"[.,'’ ]", text)
    right = len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    return "".join(groups) if right and len({mark for mark in text if not mark.isdigit()}) <= 1 else None


def _currency(marked: str | None, default: str) -> str | None:
    if marked is None:
        return default
    if default in SHARED.get(marked, ()):
        return default
    return SYMBOLS.get(marked) or (marked.upper() if marked.upper() in CODES else None)


def _money(amount: Decimal, currency: str, *, assumed: bool) -> Money | None:
    minor = amount.scaleb(MINOR_DIGITS.get(currency, 2))
    exact = minor == minor.to_integral_value()
    return Money(int(minor), currency, assumed) if exact and 0 <= amount <= LARGEST else None
