"""What somebody is like to deal with, as it is typed: `hot`, `prefers email`, `best 14:00`, and where their page is."""

import datetime as dt
import re

from bot.slack.reading import dates, steps
from cadences.model import Channel, Temperature

MOST_LINK = 500
"""Slack takes 3,000 characters in a button's address; no profile's is near that."""

_PREFERS = re.compile(
    r"(?:(?:prefers?|preferred|preference|channel)(?: channel)?:?|best (?:reached )?(?:by|via)|"
    r"reach (?:\w+ )?(?:by|via))(?: (?:to|an?|by|via))? (?P<said>\S+)",
    re.IGNORECASE,
)
_BEST = re.compile(
    r"best(?: time)?:?(?: (?:at|around|from|is))? (?P<said>\S.*)|(?:best time|best at)[:=] ?(?P<labelled>\S.*)",
    re.IGNORECASE,
)
_WARMTH = re.compile(r"(?:(?:temperature|temp|priority|lead)[:=]? )?(?P<said>hot|warm|cold)(?: lead)?")
"""Small letters only: `Hot` may be a company."""
_PROFILE = re.compile(
    r"(?:(?:profile|linkedin|xing|page)[:=]? ?)?(?P<link>(?:https?://)?(?:[a-z]{2,3}\.)?"
    r"(?:linkedin\.com/(?:in|pub)/|xing\.com/profile/)\S+)",
    re.IGNORECASE,
)
_NAMED_PAGE = re.compile(r"(?:profile|linkedin|page)[:=] ?(?P<link>(?:https?://|www\.)\S+)", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?", re.IGNORECASE)


def read_temperature(segment: str) -> Temperature | None:
    """`hot`, `temp: cold`, `warm lead`."""
    found = _WARMTH.fullmatch(segment)
    return Temperature(found["said"]) if found else None


def read_preference(segment: str) -> Channel | None:
    """`prefers email`, `preferred channel: call`, `best by phone`."""
    found = _PREFERS.fullmatch(segment)
    return read_channel(found["said"]) if found else None


def read_channel(said: str) -> Channel | None:
    """`email`, `calls`, `LinkedIn`; None for a word that is no channel."""
    word = said.casefold().rstrip(".!")
    return steps.CHANNELS.get(word) or steps.CHANNELS.get(word.removesuffix("s"))


def read_best_time(segment: str) -> dt.time | None:
    """`best 14:00`, `best time: 2pm`, `best around 9`: on their wall clock."""
    found = _BEST.fullmatch(segment)
    return dates.read_time(found["said"] or found["labelled"]) if found else None


def read_profile(segment: str) -> str | None:
    """Their page, where the words are one: `linkedin.com/in/dana-li`, `profile: https://…`."""
    found = _PROFILE.fullmatch(segment) or _NAMED_PAGE.fullmatch(segment)
    return web_address(found["link"]) if found else None


def web_address(typed: str) -> str | None:
    """An address that a button can open, with its scheme; None for anything else, such as a script."""
    link = typed if re.match(r"https?://", typed, re.IGNORECASE) else f"https://{typed}"
    return link if len(link) <= MOST_LINK and _WEB.fullmatch(link) else None
