"""The Web API over HTTP: token, scope, rate limit, method, and whatever fault is queued up."""

import asyncio
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from sandbox import answers
from sandbox.faults import (
    DeliveredTwice,
    DroppedAfterSuccess,
    ErrorCode,
    Fault,
    RateLimited,
    RefusedConnection,
    ServerError,
    Slow,
)
from sandbox.methods import chat, conversations, team, views
from sandbox.methods.call import APP, Arguments, Call, Method, TooFast
from sandbox.model import JSON
from sandbox.outcomes import ApiCall
from sandbox.people import Sandbox
from sandbox.refusal import Refusal

METHODS: Mapping[str, Method] = {**chat.METHODS, **conversations.METHODS, **team.METHODS, **views.METHODS}
GONE = frozenset({"used_url", "expired_url", "invalid_url"})
"""What a response_url answers with 404; everything else it refuses is a 400."""

NOT_FOR_BROWSERS = PlainTextResponse("The sandbox's API is for the app, not for web pages.", HTTPStatus.FORBIDDEN)
"""Its tokens are no secret: a web page somewhere could use them on whoever runs the demo."""


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """What slack.com, hooks.slack.com and the Socket Mode host serve."""

    async def api(request: Request) -> Response:
        return NOT_FOR_BROWSERS if _from_a_browser(request) else await _serve(sandbox, request)

    async def hook(request: Request) -> Response:
        if _from_a_browser(request):
            return NOT_FOR_BROWSERS
        try:
            answers.use(sandbox.workspace, request.path_params["key"], await request.body())
        except Refusal as refusal:
            status = HTTPStatus.NOT_FOUND if refusal.code in GONE else HTTPStatus.BAD_REQUEST
            return JSONResponse(refusal.answer(), status)
        return PlainTextResponse("ok")

    async def link(websocket: WebSocket) -> None:
        await sandbox.socket.serve(websocket)

    return [
        Route("/api/{method}", api, methods=["GET", "POST"]),
        Route("/hooks/{kind}/{key:path}", hook, methods=["POST"]),
        WebSocketRoute("/link/", link),
    ]


def _from_a_browser(request: Request) -> bool:
    """Browsers say where a request comes from; API clients don't."""
    return "origin" in request.headers or "sec-fetch-site" in request.headers


async def _serve(sandbox: Sandbox, request: Request) -> Response:
    """One API call, with the fault that befalls it."""
    method, args = request.path_params["method"], await _arguments(request)
    token = _token(request, args)
    fault = sandbox.faults.take(method)
    if isinstance(fault, RefusedConnection):
        return await _hang_up(request)
    response = _spoilt(sandbox, method, args, fault) or _done(sandbox, method, args, token)
    if isinstance(fault, Slow):
        await fault.wait()
    if isinstance(fault, DroppedAfterSuccess):
        return await _hang_up(request)
    return response


def _spoilt(sandbox: Sandbox, method: str, args: JSON, fault: Fault | None) -> Response | None:
    """The answer of a fault that keeps the call from being done."""
    match fault:
        case RateLimited(retry_after):
            return _too_fast(sandbox, method, args, retry_after)
        case ErrorCode(code):
            answer = Refusal(code).answer()
            sandbox.calls.append(ApiCall(method, args, answer, HTTPStatus.OK))
            return JSONResponse(answer)
        case ServerError(status):
            sandbox.calls.append(ApiCall(method, args, {}, status))
            return PlainTextResponse("upstream error", status)
        case Slow() | DroppedAfterSuccess() | RefusedConnection() | DeliveredTwice() | None:
            return None


def _done(sandbox: Sandbox, name: str, args: JSON, token: str) -> Response:
    """Does the call and keeps it."""
    method = METHODS.get(name)
    try:
        answer = {"ok": True, **_checked_and_called(sandbox, name, method, args, token)}
    except Refusal as refusal:
        answer = refusal.answer()
    except TooFast as too_fast:
        return _too_fast(sandbox, name, args, too_fast.retry_after)
    sandbox.calls.append(ApiCall(name, args, answer, HTTPStatus.OK))
    return JSONResponse(answer, headers=_scope_headers(sandbox, method, token))


def _checked_and_called(sandbox: Sandbox, name: str, method: Method | None, args: JSON, token: str) -> JSON:
    if method is None:
        raise Refusal("unknown_method", req_method=name)
    if method.token is not None:
        _check_token(sandbox, method.token, token)
    late = sandbox.pace.call(name, method.tier)
    if late is not None:
        raise TooFast(late)
    call = Call(sandbox.workspace, Arguments(args), sandbox.pace, sandbox.socket)
    if method.scopes:
        call.need_scope(*method.scopes)
    return method.handler(call)


def _check_token(sandbox: Sandbox, kind: str, token: str) -> None:
    """The token must be one of this app's, still good, and of the kind the method takes."""
    app = sandbox.workspace.app
    if not token:
        raise Refusal("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise Refusal("invalid_auth")
    if token != (app.app_token if kind == APP else app.bot_token):
        raise Refusal("not_allowed_token_type")
    if app.inactive:
        raise Refusal("account_inactive")
    if app.revoked and kind != APP:
        raise Refusal("token_revoked")


def _scope_headers(sandbox: Sandbox, method: Method | None, token: str) -> dict[str, str]:
    app = sandbox.workspace.app
    if method is None or token not in (app.bot_token, app.app_token):
        return {}
    held = app.scopes if token == app.bot_token else app.app_scopes
    return {"x-oauth-scopes": ",".join(sorted(held)), "x-accepted-oauth-scopes": ",".join(method.scopes)}


def _too_fast(sandbox: Sandbox, method: str, args: JSON, retry_after: int) -> Response:
    answer = {"ok": False, "error": "ratelimited"}
    sandbox.calls.append(ApiCall(method, args, answer, HTTPStatus.TOO_MANY_REQUESTS))
    return JSONResponse(answer, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(retry_after)})


async def _arguments(request: Request) -> JSON:
    """The arguments of a call: query string, then a form or, where something is written, JSON."""
    given: JSON = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        method = METHODS.get(request.path_params["method"])
        return given if method and method.reads else {**given, **_object(body)}
    return {**given, **dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))}


def _object(body: bytes) -> JSON:
    try:
        value: Any = json.loads(body or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _token(request: Request, args: JSON) -> str:
    """The token of a call; it is not kept among the arguments."""
    given = args.pop("token", "")
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" else str(given)


async def _hang_up(request: Request) -> Response:
    """Closes the connection without an answer, which uvicorn has no public way to do."""
    transport: asyncio.Transport = request.receive.__self__.transport  # type: ignore[attr-defined]
    transport.abort()
    while (await request.receive())["type"] != "http.disconnect":
        continue
    return Response()
