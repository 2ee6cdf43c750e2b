"""Who is very likely somebody we know already: the same address, the same number, or nearly the same names."""

from rapidfuzz import fuzz
from sqlalchemy import Connection

from bot.storage import prospects
from bot.storage.records import Prospect

ONE_MAILBOX = frozenset({"gmail.com", "googlemail.com"})
"""Providers that are known to ignore dots and what follows a plus; elsewhere these may be different people."""
NAMES_ALIKE = 88
"""Similarity (0 to 100) of two names at one company, and of two companies: one wrong letter in eight."""


def mailbox(email: str) -> str:
    """The form that two spellings of one mailbox share."""
    local, at, host = email.casefold().strip().rpartition("@")
    if host not in ONE_MAILBOX:
        return f"{local}{at}{host}"
    return f"{local.partition('+')[0].replace('.', '')}@gmail.com"


def twin_of(
    tx: Connection, workspace_id: str, email: str | None, phone: str | None, name_key: str, company_key: str | None
) -> Prospect | None:
    """The likeliest double of a person: by e-mail, else by phone, else by name and company with typos forgiven."""
    found = prospects.alike(tx, workspace_id, email, phone, name_key, company_key)
    if found is not None and email is not None and found.email == email:
        return found
    return _same_mailbox(tx, workspace_id, email) or found or _nearly_the_same(tx, workspace_id, name_key, company_key)


def _same_mailbox(tx: Connection, workspace_id: str, email: str | None) -> Prospect | None:
    if email is None or email.rpartition("@")[2] not in ONE_MAILBOX:
        return None
    wanted = mailbox(email)
    known = prospects.addresses(tx, workspace_id, wanted[:1], ONE_MAILBOX)
    number = next((number for number, address in known if mailbox(address) == wanted), None)
    return prospects.standing(tx, workspace_id, number) if number is not None else None


def _nearly_the_same(tx: Connection, workspace_id: str, name_key: str, company_key: str | None) -> Prospect | None:
    """Two people without a company who are called nearly the same are two people."""
    if not name_key or not company_key:
        return None
    near = [
        (fuzz.ratio(name, name_key), number)
        for number, name, company in prospects.keys_from(tx, workspace_id, name_key[0])
        if _alike(name, name_key) and _alike(company, company_key)
    ]
    return prospects.standing(tx, workspace_id, max(near)[1]) if near else None


def _alike(one: str, other: str) -> bool:
    """A number is no typo of another: “Sample 1” and “Sample 2” are two."""
    return _digits(one) == _digits(other) and fuzz.ratio(one, other) >= NAMES_ALIKE


def _digits(key: str) -> str:
    return "".join(char for char in key if char.isdigit())
