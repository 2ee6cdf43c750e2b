"""Says it to Slack: with the right token, once, and with an honest answer about whether it was said."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

TIMEOUT_SECONDS = 10
NO_CONNECTION_SECONDS = 30
DELIVERY_EVENT = "followup_delivery"
"""The type of the metadata that a delivery's message carries; its payload is the delivery's number and nothing else."""
UNKNOWN_ERRORS = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
HISTORY_LOOK = 50
READING = frozenset({"chat.getPermalink", "conversations.history", "dnd.info", "users.info"})
"""Slack's reading methods take no JSON."""

Blocks = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """Slack took it; the message stands at ``ts`` in ``channel``."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack answered that it did not do it: certainly not said."""

    error: str


@dataclass(frozen=True, slots=True)
class Later:
    """Slack asks to wait: certainly not said."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer, or one that doesn't tell: it may have been said."""

    error: str


@dataclass(frozen=True, slots=True)
class Look:
    """What Slack says of our token: its team and scopes, and Slack's own time."""

    team: str
    scopes: frozenset[str]
    date: datetime | None


Answer = Said | Refused | Later | Unknown


class Gateway:
    """The app's voice in one workspace. ``open`` and ``close`` belong to the event loop it is used in."""

    def __init__(self, token: str, api_url: str) -> None:
        """``api_url`` ends with a slash and points everything at one Slack."""
        self._token = token
        self._api_url = api_url
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None

    async def open(self) -> None:
        """Open the one HTTP session; without it each call would open a connection of its own."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))
        self._client = AsyncWebClient(
            token=self._token,
            base_url=self._api_url,
            timeout=TIMEOUT_SECONDS,
            session=self._session,
            # The default handler posts again when an answer is lost: a digest twice.
            retry_handlers=[],
        )

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()

    @property
    def client(self) -> AsyncWebClient:
        """The SDK's client. RuntimeError before ``open``."""
        if self._client is None:
            raise RuntimeError("the gateway is not open")
        return self._client

    async def call(self, method: str, **arguments: Any) -> dict[str, Any] | Refused | Later | Unknown:
        """Any Web API method: its answer, or why there is none."""
        given = {name: value for name, value in arguments.items() if value is not None}
        try:
            if method in READING:
                response = await self.client.api_call(method, http_verb="GET", params=given)
            else:
                response = await self.client.api_call(method, json=given)
        except SlackApiError as error:
            return _classified(error)
        except aiohttp.ClientConnectorError:
            return Later(NO_CONNECTION_SECONDS)  # nobody was reached, so nothing was said
        except (TimeoutError, aiohttp.ClientError) as error:
            return Unknown(type(error).__name__)
        return dict(response.data) if isinstance(response.data, dict) else Unknown("no JSON")

    async def look(self, method: str) -> Look | None:
        """Ask who we are, with what Slack says of our scopes and of the time; None when it doesn't answer."""
        try:
            response = await self.client.api_call(method)
        except (SlackApiError, TimeoutError, aiohttp.ClientError):
            return None
        headers = {name.lower(): value for name, value in response.headers.items()}
        scopes = frozenset(
            scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",") if scope.strip()
        )
        said = headers.get("date")
        team = response.data.get("team", "") if isinstance(response.data, dict) else ""
        return Look(str(team), scopes, parsedate_to_datetime(str(said)) if said else None)

    async def post(
        self,
        channel: str,
        text: str,
        blocks: Blocks | None = None,
        *,
        thread_ts: str | None = None,
        delivery_id: int | None = None,
    ) -> Answer:
        """Post a message; with ``delivery_id`` it can be found again should the answer be lost."""
        metadata = None
        if delivery_id is not None:
            metadata = {"event_type": DELIVERY_EVENT, "event_payload": {"delivery": str(delivery_id)}}
        answer = await self.call(
            "chat.postMessage",
            channel=channel,
            text=text,
            blocks=blocks,
            thread_ts=thread_ts,
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
        )
        return Said(answer["channel"], answer["ts"]) if isinstance(answer, dict) else answer

    async def update(self, channel: str, ts: str, text: str, blocks: Blocks) -> Answer:
        """Redraw a message of ours in place."""
        answer = await self.call("chat.update", channel=channel, ts=ts, text=text, blocks=blocks)
        return Said(channel, ts) if isinstance(answer, dict) else answer

    async def direct_channel(self, member_id: str) -> str | Refused | Later | Unknown:
        """The conversation with a member; opening it again answers with the same one."""
        answer = await self.call("conversations.open", users=member_id)
        return str(answer["channel"]["id"]) if isinstance(answer, dict) else answer

    async def find_delivery(self, channel: str, delivery_id: int, since_ts: str) -> Answer | None:
        """Look for a delivery's message in our own direct messages (needs im:history); None: it was never said."""
        answer = await self.call(
            "conversations.history",
            channel=channel,
            oldest=since_ts,
            include_all_metadata=True,
            limit=HISTORY_LOOK,
        )
        if not isinstance(answer, dict):
            return answer
        for message in answer.get("messages", []):
            payload = message.get("metadata", {}).get("event_payload", {})
            if payload.get("delivery") == str(delivery_id):
                return Said(channel, message["ts"])
        return None

    async def respond(self, response_url: str, body: dict[str, Any]) -> bool:
        """Answer an interaction at its response address, which lives 30 minutes; False when it takes nothing now."""
        webhook = AsyncWebhookClient(response_url, timeout=TIMEOUT_SECONDS, session=self._session, retry_handlers=[])
        try:
            answer = await webhook.send_dict(body)
        except (TimeoutError, aiohttp.ClientError):
            return True  # it may have been said; twice would be worse
        return answer.status_code != 404


def _classified(error: SlackApiError) -> Refused | Later | Unknown:
    response = error.response
    status = getattr(response, "status_code", 0)
    if status == 429:
        return Later(int(response.headers.get("Retry-After", "1")))
    data = getattr(response, "data", None)
    code = data.get("error", "") if isinstance(data, dict) else ""
    if status >= 500 or not code or code in UNKNOWN_ERRORS:
        return Unknown(code or f"HTTP {status}")
    return Refused(code)
