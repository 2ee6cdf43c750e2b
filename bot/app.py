"""Wiring: settings in, a running app out. It knows everyone and is known by no one but the command line."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock, system_clock
from bot.config import Settings
from bot.gateway import Gateway, Later, Refused, Unknown
from bot.house import FORM_SECONDS, House, Identity
from bot.services import members
from bot.slack.listeners import register
from bot.storage import migrations
from bot.storage.engine import Database

NAME = "followup-coach"


class NotStarted(Exception):
    """The app can't run, for a reason its operator can act on."""


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock = system_clock, *, form_seconds: float = FORM_SECONDS
) -> AsyncIterator[House]:
    """The house, open: database at its newest version, voice checked with Slack. NotStarted when Slack says no."""
    db = Database(settings.database_url)
    gateway = Gateway(settings.bot_token.get_secret_value(), settings.api_url)
    await gateway.open()
    try:
        await db.run(_prepare)
        house = House(db, gateway, clock, await _identity(gateway), form_seconds)
        identity = house.identity
        await db.run(
            members.ensure_workspace, identity.workspace_id, identity.workspace_name, identity.bot_user_id, clock()
        )
        yield house
        await house.background.settled()
    finally:
        await gateway.close()
        db.close()


def bolt_app(house: House, settings: Settings) -> AsyncApp:
    """The Bolt app: the answer leaves when the listener is done, which is after the commit."""

    async def authorize() -> AuthorizeResult:
        # One workspace, one token, known since the start: nothing to ask Slack for. Whoever comes from another
        # workspace is refused in words by bot.slack.actor.
        identity = house.identity
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.workspace_id,
            bot_token=settings.bot_token.get_secret_value(),
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
        )

    app = AsyncApp(
        name=NAME,  # without one Bolt reads the whole call stack to find one
        signing_secret=settings.signing_secret.get_secret_value() or "unused-in-socket-mode",
        authorize=authorize,
        process_before_response=True,
        client=AsyncWebClient(base_url=settings.api_url),
    )
    register(app, house)
    return app


def _prepare(db: Database) -> None:
    if not migrations.is_current(db):
        migrations.upgrade(db)


async def _identity(gateway: Gateway) -> Identity:
    answer = await gateway.call("auth.test")
    if isinstance(answer, Later | Refused | Unknown):
        reason = answer.error if isinstance(answer, Refused | Unknown) else "rate limited"
        raise NotStarted(f"Slack did not accept SLACK_BOT_TOKEN ({reason}): copy it again from OAuth & Permissions")
    return Identity(
        workspace_id=answer["team_id"],
        workspace_name=answer.get("team", ""),
        bot_user_id=answer["user_id"],
        bot_name=answer.get("user", "followup"),
        bot_id=answer.get("bot_id", ""),
    )
