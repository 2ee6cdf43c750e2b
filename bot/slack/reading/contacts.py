"""E-mail addresses and telephone numbers in what was typed, checked by the libraries that know them."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
_FREE_MAIL = (
    "gmail googlemail outlook hotmail live msn yahoo ymail icloud me mac aol gmx web t-online proton protonmail pm "
    "mail fastmail zoho yandex qq 163 126 free orange libero hey posteo freenet btinternet comcast"
)
FREE_MAIL = frozenset(_FREE_MAIL.split())
FEWEST_DIGITS, MOST_LOCAL_DIGITS = 6, 9

_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_BEFORE_ADDRESS = re.compile(r"(?:(?:^|\s)e-?mail:?)?\s*<?$", re.IGNORECASE)
_PHONE_LABEL = re.compile(r"^(?:phone|tel|mobile|cell|ph|m)\b\W*?(?=[+(0-9])", re.IGNORECASE)
_PHONE_BEHIND = re.compile(
    r"(?P<words>\S.*?)\s+(?P<phone>(?:(?:phone|tel|mobile|cell|ph)\b\W*?(?=[+(0-9])|\+|00)[0-9 ()./x-]{6,30})",
    re.IGNORECASE,
)
"""Behind other words only what says that it is one: a name or a company may end in figures."""
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{5,20}(?: ?(?:x|ext\.?) ?[0-9]{1,6})?", re.IGNORECASE)
_GROUPED_AMOUNT = re.compile(r"[0-9]{1,3}(?:([. ])[0-9]{3})(?:\1[0-9]{3})*")
_GROUPED_PHONE = re.compile(r"[0-9)][ ()/-]+[0-9]")


def find_email(segment: str) -> tuple[str, str | None, str] | None:
    """The words of the first address, the address itself or None where it is incomplete, and what stands around it."""
    found = _ADDRESS.search(segment)
    if not found:
        return None
    before = _BEFORE_ADDRESS.sub("", segment[: found.start()]).strip()
    after = segment[found.end() :].lstrip(">").strip()
    return found[0], _valid_email(found[0].strip("()[]\"'.:")), f"{before} {after}".strip()


def read_phone(segment: str, region: str | None) -> str | None:
    """The number in E.164 when the whole segment is one that can exist; the region serves numbers without a +."""
    said = _PHONE_LABEL.sub("", segment)
    if not _looks_dialled(said):
        return None
    try:
        number = phonenumbers.parse(f"+{said[2:]}" if said.startswith("00") else said, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{text};ext={number.extension}" if number.extension else text


def split_phone(segment: str, region: str | None) -> tuple[str, str, str] | None:
    """What stands in front of a number that ends the segment, the number in E.164, and its words."""
    found = _PHONE_BEHIND.fullmatch(segment)
    number = read_phone(found["phone"], region) if found else None
    return (found["words"], number, found["phone"]) if found and number else None


def looks_like_phone(segment: str) -> bool:
    """True when it can hardly be anything but a telephone number, though it may be a wrong one."""
    said = _PHONE_LABEL.sub("", segment)
    marked = said != segment or said.startswith(("+", "00")) or _GROUPED_PHONE.search(said) is not None
    return _looks_dialled(said) and (marked or sum(map(str.isdigit, said)) > MOST_LOCAL_DIGITS)


def company_of(address: str) -> str:
    """`dana@acme.co.uk` is at Acme; empty for a private mailbox."""
    labels = address.rpartition("@")[2].split(".")
    second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    label = labels[-3] if second_level else labels[-2]
    return "" if label in FREE_MAIL else label.replace("-", " ").title()


def _looks_dialled(said: str) -> bool:
    digits = sum(map(str.isdigit, said))
    return digits >= FEWEST_DIGITS and _PHONE.fullmatch(said) is not None and not _GROUPED_AMOUNT.fullmatch(said)


def _valid_email(words: str) -> str | None:
    try:
        return validate_email(words, check_deliverability=False).normalized
    except EmailNotValidError:
        return None
