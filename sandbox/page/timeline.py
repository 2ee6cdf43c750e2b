"""A conversation as one person reads it: days, messages, threads, and who wrote each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from markupsafe import Markup

from sandbox.model import Blocks, Message
from sandbox.page.blocks import Scene, dom_id
from sandbox.page.mrkdwn import mrkdwn
from sandbox.page.people import Face
from sandbox.page.words import Words, clock_time, day_name

JOINED_WITHIN: Final = timedelta(minutes=5)
FACES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Post:
    """One message, ready to be drawn."""

    ts: str
    channel: str
    dom_id: str
    who: Face
    at: datetime
    time: str
    iso: str
    moment: str
    text: Markup
    blocks: Blocks
    scene: Scene
    edited: bool
    only_you: bool
    joined: bool = False
    replies: tuple["Post", ...] = ()
    repliers: tuple[Face, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """The messages of one local date."""

    key: str
    name: str
    messages: tuple[Post, ...]


Sees = Callable[[Message], Scene]
Faces = Callable[[str], Face]


def days(messages: Sequence[Message], words: Words, sees: Sees, faces: Faces) -> tuple[Day, ...]:
    """All messages, oldest first, by local date; replies stand below what they answer."""
    posts = threaded([post(message, words, sees(message), faces(message.user)) for message in messages], messages)
    today = words.now.astimezone(words.zone).date()
    return tuple(
        Day(f"{date:%Y-%m-%d}", day_name(date, today), joined(of_day))
        for date, of_day in groupby(posts, lambda each: each.at.date())
    )


def post(message: Message, words: Words, scene: Scene, who: Face) -> Post:
    """One message in the reader's zone."""
    at = moment(message.ts).astimezone(words.zone)
    return Post(
        ts=message.ts,
        channel=message.channel,
        dom_id=dom_id("m", message.channel, message.ts),
        who=who,
        at=at,
        time=clock_time(at),
        iso=at.isoformat(timespec="seconds"),
        moment=f"{at:%A} {at.day} {at:%B} {at.year}, {at:%H:%M:%S}",
        text=mrkdwn(message.text, words),
        blocks=keyed(message.blocks),
        scene=scene,
        edited=bool(message.edited),
        only_you=message.is_ephemeral,
    )


def threaded(posts: Sequence[Post], messages: Sequence[Message]) -> list[Post]:
    """Replies under their parents; a reply whose parent is not in sight stands by itself."""
    parents = {message.ts for message in messages if message.thread_ts in (None, message.ts)}
    answers: dict[str, list[Post]] = {}
    for each, message in zip(posts, messages, strict=True):
        if message.thread_ts and message.thread_ts != message.ts and message.thread_ts in parents:
            answers.setdefault(message.thread_ts, []).append(each)
    replied = {each.ts for under in answers.values() for each in under}
    return [_with_replies(each, answers.get(each.ts, ())) for each in posts if each.ts not in replied]


def joined(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Marks what follows closely on a message of the same author: it is drawn without avatar and name."""
    out: list[Post] = []
    for each in posts:
        last = out[-1] if out else None
        follows = last is not None and last.who.id == each.who.id and last.only_you == each.only_you
        close = last is not None and each.at - last.at < JOINED_WITHIN and not last.replies
        out.append(replace(each, joined=follows and close))
    return tuple(out)


def keyed(blocks: Blocks) -> Blocks:
    """The blocks with an id on each, so that an update finds the one it changes."""
    return [{**block, "block_id": block.get("block_id") or f"block-{index}"} for index, block in enumerate(blocks)]


def moment(ts: str) -> datetime:
    """When a message was written, from its ts."""
    return datetime.fromtimestamp(float(ts), UTC)


def _with_replies(parent: Post, under: Sequence[Post]) -> Post:
    faces = {each.who.id: each.who for each in under}
    return replace(parent, replies=joined(under), repliers=tuple(faces.values())[:FACES_SHOWN])
