"""What every edge is handed: the database, the voice, the clock, and work that may finish after the answer."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

import structlog

from bot.clock import Clock
from bot.gateway import Gateway
from bot.storage.engine import Database

log = structlog.get_logger(__name__)

FORM_SECONDS = 2.0
"""Slack waits three for our answer, and a trigger lives no longer."""


class Background:
    """Work that follows an answer, such as redrawing a message: it never delays the answer and is never dropped."""

    def __init__(self) -> None:
        """Nothing under way."""
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Begin; a failure is logged, for the change itself is committed already."""
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until nothing is under way any more."""
        while self._tasks:
            await asyncio.gather(*self._tasks)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the app is in its workspace, as Slack says."""

    workspace_id: str
    workspace_name: str
    bot_user_id: str
    bot_name: str
    bot_id: str


@dataclass(frozen=True, slots=True)
class House:
    """The running app of one workspace."""

    db: Database
    gateway: Gateway
    clock: Clock
    identity: Identity
    form_seconds: float = FORM_SECONDS
    """How long Slack may take to open a form."""
    background: Background = field(default_factory=Background)
    drawing: WeakValueDictionary[int, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    """One lock per message being redrawn: of two clicks, the later state is drawn last."""
    warned: set[str] = field(default_factory=set)
    """What was said in the log once and need not be said again."""


async def _logged(work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except Exception:
        log.exception("follow_up_failed")
