"""Who somebody is: job titles, company names, and the ways to join a person to one."""

import re

from bot.slack.reading.segments import INCORPORATED
from bot.slack.reading.steps import TOLD, is_doing

COMPANY_WORDS = 6

_ONE_WORD_TITLES = (
    "c[efiortmpsd]o|chro|ciso|founder|co-?founder|owner|president|partner|manager|director|consultant|buyer|engineer|"
    "developer|architect|analyst|procurement|inhaber(?:in)?|geschäftsführer(?:in)?|einkäufer(?:in)?"
)
_OF_SOMETHING = "head|director|chief|manager|president|chair|vp|leiter(?:in)?"
_BEFORE_A_FIELD = "director|vp|svp|evp|avp|vice president|leiter(?:in)?"
_CLOSING_TITLES = (
    "manager|director|officer|engineer|lead|buyer|analyst|consultant|architect|executive|vp|cto|ceo|coordinator|"
    "administrator|specialist|president|developer|leiter(?:in)?"
)
_TITLE = re.compile(
    rf"(?:{_ONE_WORD_TITLES}|(?:founder|ceo|cto|owner) (?:&|and) \S+|(?:managing|general|senior) partner|"
    rf"(?:{_OF_SOMETHING}) (?:of|for|der) \S.*|(?:{_BEFORE_A_FIELD}) \S.*|(?:\S+ ){{1,4}}(?:{_CLOSING_TITLES}))",
    re.IGNORECASE,
)
_COMPANY_FORM = re.compile(rf"(?:^|[\s,])(?:{INCORPORATED})\.?$", re.IGNORECASE)
_AT_COMPANY = re.compile(
    r"(?P<left>.*\S)(?:\s+(?:from|at|von|bei)\s+|\s+@\s*)(?P<company>\S.*)", re.IGNORECASE | re.DOTALL
)
_IN_BRACKETS = re.compile(r"(?P<left>[^()]*\S)\s*\((?P<inside>[^()]+)\)")
_LINK = re.compile(r"https?://|www\.|linkedin\.com/", re.IGNORECASE)
_SENTENCE_WORDS = (
    "want need interested looking waiting talked spoke met will would should very not good great well budget decision "
    "decides decide has have are because but prefers prefer who when what about our their they she he we i you using "
    "uses"
)
_SENTENCE = TOLD | frozenset(_SENTENCE_WORDS.split())


def is_title(text: str) -> bool:
    """True for a job title; a company's form behind it makes it a company."""
    return _TITLE.fullmatch(text) is not None and not _COMPANY_FORM.search(text)


def is_link(text: str) -> bool:
    """True for the address of a page, which is neither a person nor a company."""
    return _LINK.match(text) is not None


def may_be_company(text: str) -> bool:
    """False for what reads as a sentence: `demo went well`, `wants SSO before March`."""
    words = text.split()
    sentence = len(words) > 1 and not _SENTENCE.isdisjoint(words)
    return len(words) <= COMPANY_WORDS and not sentence and not is_doing(text) and not is_link(text)


def split_at_company(text: str) -> tuple[str, str] | None:
    """`Dana @ Acme`, `CTO at Acme`: who, and where."""
    found = _AT_COMPANY.fullmatch(text)
    return (found["left"], found["company"]) if found else None


def split_brackets(text: str) -> tuple[str, str] | None:
    """`Dana Li (CTO, Acme)`: who, and what the brackets say."""
    found = _IN_BRACKETS.fullmatch(text)
    return (found["left"], found["inside"]) if found else None
