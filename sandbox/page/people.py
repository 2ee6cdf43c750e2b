"""How a person looks on the page: initials, a colour of their own, their local time."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sandbox.model import Person
from sandbox.page.words import clock_time, zone_of

# Deep enough for white initials at 4.5:1 in both schemes, and apart from each other.
COLOURS: Final = (
    "#3b5bdb",
    "#0b7285",
    "#2b7a3e",
    "#a61e4d",
    "#862e9c",
    "#b0480b",
    "#5f3dc4",
    "#1c6aa8",
    "#845a08",
    "#c2255c",
)


@dataclass(frozen=True, slots=True)
class Face:
    """A person or app as an avatar and a name."""

    id: str
    name: str
    initials: str
    colour: str
    is_app: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """One person of the "act as" list."""

    id: str
    name: str
    initials: str
    colour: str
    zone: str
    place: str
    time: str
    url: str
    is_me: bool
    is_app: bool = False


def face(person: Person, app_user: str) -> Face:
    """The face of whoever wrote a message or stands in a list."""
    name = person.real_name or person.name
    return Face(person.id, name, initials(name), colour(person.id), person.id == app_user)


def cast(person: Person, now: datetime, url: str, *, is_me: bool) -> Cast:
    """A person to act as, with where they are and what time it is there."""
    name, zone = person.real_name or person.name, zone_of(person.tz)
    local = now.astimezone(zone)
    return Cast(
        person.id, name, initials(name), colour(person.id), zone.key, place(person), clock_time(local), url, is_me
    )


def place(person: Person) -> str:
    """Where they are, and what they may do when it is more or less than usual."""
    city = zone_of(person.tz).key.rpartition("/")[2].replace("_", " ")
    roles = (
        (person.is_owner, "owner"),
        (person.is_admin and not person.is_owner, "admin"),
        (person.is_restricted, "guest"),
        (person.is_stranger, "from outside"),
        (person.deleted, "deactivated"),
    )
    return " · ".join([city, *(role for holds, role in roles if holds)])


def initials(name: str) -> str:
    """One or two letters that stand for the name."""
    parts = [part for part in name.replace("_", " ").replace(".", " ").split() if part[0].isalnum()]
    if not parts:
        return "?"
    letters = parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")
    return letters.upper()


def colour(ident: str) -> str:
    """The same colour for the same id, always."""
    return COLOURS[zlib.crc32(ident.encode()) % len(COLOURS)]
