"""The page's addresses: what it shows, what happened, and what a person does on it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.model import JSON, Event
from sandbox.page.deeds import DEEDS, Unreadable
from sandbox.page.guard import refusal
from sandbox.page.guide import Tip
from sandbox.page.places import HOME
from sandbox.page.render import draw
from sandbox.page.screen import screen
from sandbox.page.unread import ReadMarks
from sandbox.page.visit import Visit, visit
from sandbox.people import Sandbox
from sandbox.refusal import NotRendered, Refusal

STATIC: Final = Path(__file__).parent / "static"
BEAT_SECONDS: Final = 15.0
HOME_PATIENCE: Final = 0.8
RETRY_MILLISECONDS: Final = 1_000
UNREADABLE: Final = "The page sent something unreadable."
NOT_RENDERED: Final = "That is not on the screen any more. The page was refreshed."
HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: https: http://127.0.0.1:* http://localhost:*; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}

Answer = Callable[[Request], Awaitable[Response]]


def routes(sandbox: Sandbox, guide: Sequence[Tip] = ()) -> list[BaseRoute]:
    """Everything the page needs, to be mounted at the root of the sandbox's server; ``guide``: what to try."""
    marks = ReadMarks()
    acts = [Route(path, _guarded(_act(sandbox, deed), writes=True), methods=["POST"]) for path, deed in DEEDS.items()]
    return [
        Route("/", _guarded(_page(sandbox, marks, guide))),
        Route("/parts", _guarded(_parts(sandbox, marks, guide))),
        Route("/events", _guarded(_events(sandbox))),
        *acts,
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _guarded(answer: Answer, *, writes: bool = False) -> Answer:
    """Answers only what the page itself (or no page at all) asks."""

    async def guarded(request: Request) -> Response:
        refused = refusal(request.headers, writes=writes)
        if refused:
            return PlainTextResponse(refused, status_code=403)
        try:
            response = await answer(request)
        except Refusal as nothing:
            response = PlainTextResponse(f"Nothing to show: {nothing.code}", status_code=404)
        response.headers.update(HEADERS)
        return response

    return guarded


def _page(sandbox: Sandbox, marks: ReadMarks, guide: Sequence[Tip]) -> Answer:
    underway: set[asyncio.Task[object]] = set()

    async def page(request: Request) -> Response:
        """The whole page; arriving at the app's Home tells the app, as a visit in Slack does."""
        marks.begin(sandbox.workspace)
        here = visit(sandbox.workspace, request.query_params)
        if here.tab == HOME:
            await _open_home(sandbox, here, underway)
        return HTMLResponse(_draw("page.html", sandbox, marks, here, guide))

    return page


async def _open_home(sandbox: Sandbox, here: Visit, underway: set[asyncio.Task[object]]) -> None:
    """Tells the app of the visit; a slow app's Home appears later, the page does not wait for it."""
    visiting: asyncio.Task[object] = asyncio.create_task(sandbox.open_home(here.me))
    underway.add(visiting)
    visiting.add_done_callback(underway.discard)
    await asyncio.wait({visiting}, timeout=HOME_PATIENCE)


def _parts(sandbox: Sandbox, marks: ReadMarks, guide: Sequence[Tip]) -> Answer:
    async def parts(request: Request) -> Response:
        """What the script lays over the page after something happened."""
        marks.begin(sandbox.workspace)
        here = visit(sandbox.workspace, request.query_params)
        return HTMLResponse(_draw("parts.html", sandbox, marks, here, guide))

    return parts


def _draw(template: str, sandbox: Sandbox, marks: ReadMarks, here: Visit, guide: Sequence[Tip]) -> str:
    if here.tab != HOME:
        marks.read(sandbox.workspace, here.me.id, here.here.id)
    return draw(template, screen=screen(sandbox.workspace, marks, here.me, here.here, here.tab), guide=guide)


def _events(sandbox: Sandbox) -> Answer:
    async def events(request: Request) -> Response:
        """Tells one person's page, by server-sent events, that something on it may read differently."""
        person = request.query_params.get("as", "")
        return StreamingResponse(_stream(sandbox, person), media_type="text/event-stream")

    return events


async def _stream(sandbox: Sandbox, person: str) -> AsyncIterator[str]:
    with sandbox.workspace.subscribe() as queue:
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), BEAT_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if event.person in (None, person):
                yield f"data: {_told(event)}\n\n"


def _told(event: Event) -> str:
    return json.dumps({"kind": event.kind, "channel": event.channel, "ref": event.ref})


def _act(sandbox: Sandbox, deed: Callable[..., Awaitable[JSON]]) -> Answer:
    async def act(request: Request) -> Response:
        """Does what a person did on the page; answers when the app has answered."""
        try:
            asked = await _asked(request)
            answer = await deed(sandbox, visit(sandbox.workspace, asked), asked, **request.path_params)
        except NotRendered:
            answer = {"ok": False, "notice": NOT_RENDERED}
        except Refusal as refused:
            answer = {"ok": False, "notice": f"Slack refused: {refused.code}"}
        except Unreadable:
            return JSONResponse({"ok": False, "notice": UNREADABLE}, status_code=400)
        return JSONResponse(answer)

    return act


async def _asked(request: Request) -> dict[str, Any]:
    try:
        asked: Any = await request.json()
    except ValueError as error:
        raise Unreadable("not JSON") from error
    if not isinstance(asked, dict):
        raise Unreadable("not an object")
    return asked
