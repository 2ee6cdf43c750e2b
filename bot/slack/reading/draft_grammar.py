"""Typed lines about what to say next: drafts, hooks, and the library of what is worth sending."""

import re

from bot.slack.commands import AddResource, Command, DeleteResource, Draft, Hook, HookUsed, Resource
from bot.slack.reading.line import NO_WHO, Line, clean
from language import mark, say

NO_HOOK = mark("A hook needs a name and what they care about.")
NO_RESOURCE = mark("A resource needs a title and a link.")
_ADD = re.compile(r"(?:add|new)\b\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_DELETE = re.compile(r"(?:delete|remove)\b\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_SEARCH = re.compile(r"(?:list|find|search|show)\b\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_USED = re.compile(r"(?P<who>[^\s,:].*?)[ ,:]+used(?:[.!]*|:\s*(?P<words>\S.*))", re.IGNORECASE | re.DOTALL)
"""`acme used to work at a bank` is a hook."""
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_FIELD = re.compile(r"\b(industry|objection)\b:?\s*", re.IGNORECASE)
QUOTES = "\"'“”„«»‘’ ,:"


def read_hook(line: Line) -> Command:
    """`acme cares about SSO`; `acme used` and `acme used: SSO` once it was brought up."""
    if found := _USED.fullmatch(line.rest):
        return HookUsed(clean(found["who"]), (found["words"] or "").strip())
    return Hook(line.rest) if len(line.rest.split()) > 1 else line.unreadable(line.rest, NO_HOOK, clean(line.rest))


def read_draft(line: Line) -> Command:
    """`acme`."""
    who = re.sub(r"^for\s+", "", clean(line.rest), flags=re.IGNORECASE)
    return Draft(who) if who else line.unreadable("", NO_WHO)


def read_resource(line: Line) -> Command:
    """`add "SSO in two weeks" https://… industry software objection security`, `delete sso`, `sso`, or nothing."""
    if found := _ADD.fullmatch(line.rest):
        return _read_add(line, found["rest"])
    if found := _DELETE.fullmatch(line.rest):
        words = found["rest"].strip(QUOTES)
        return Resource(DeleteResource(words)) if words else line.unreadable(line.rest, say("Which resource?"))
    found = _SEARCH.fullmatch(line.rest)
    return Resource(query=(found["rest"] if found else line.rest).strip(QUOTES))


def _read_add(line: Line, rest: str) -> Command:
    link = _URL.search(rest)
    title = rest[: link.start()].strip(QUOTES) if link else ""
    if link is None or not title:
        return line.unreadable(rest, NO_RESOURCE)
    given = _fields(rest[link.end() :])
    return Resource(AddResource(title, link[0].rstrip(",;"), given.get("industry"), given.get("objection")))


def _fields(text: str) -> dict[str, str]:
    """`industry software objection security` by name; a name without words behind it is left out."""
    parts = _FIELD.split(text)
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {name.lower(): value for name, words in pairs if (value := words.strip(QUOTES))}
