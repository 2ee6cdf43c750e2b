"""Settings from the environment: each one named, checked, and explained in words when it is wrong."""

from enum import StrEnum

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import ArgumentError

from bot.storage.engine import normalised

SLACK_API_URL = "https://slack.com/api/"
DATABASE_URL = "sqlite:///followup.sqlite3"
PORT = 3000


class Mode(StrEnum):
    """How Slack reaches the app."""

    SOCKET = "socket mode"
    HTTP = "http"


class SettingsError(Exception):
    """Settings that can't work; ``problems`` says each in one line."""

    def __init__(self, problems: list[str]) -> None:
        """``problems``: one readable line each, without any secret."""
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """What the environment says."""

    model_config = SettingsConfigDict(
        case_sensitive=False,
        populate_by_name=True,
        extra="ignore",
        # The library's error text would print the bot token.
        hide_input_in_errors=True,
    )

    bot_token: SecretStr = Field(SecretStr(""), alias="SLACK_BOT_TOKEN")
    app_token: SecretStr = Field(SecretStr(""), alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr = Field(SecretStr(""), alias="SLACK_SIGNING_SECRET")
    api_url: str = Field(SLACK_API_URL, alias="SLACK_API_URL")
    database_url: str = Field(DATABASE_URL, alias="DATABASE_URL")
    port: int = Field(PORT, alias="PORT", ge=1, le=65535)
    # A server is to be reached from outside; FOLLOWUP_HOST narrows it.
    host: str = Field("0.0.0.0", alias="FOLLOWUP_HOST")  # noqa: S104  # nosec B104
    heartbeat_seconds: int = Field(20, alias="FOLLOWUP_HEARTBEAT_SECONDS", ge=1, le=300)
    log_level: str = Field("info", alias="FOLLOWUP_LOG_LEVEL", pattern="(?i)^(debug|info|warning|error)$")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        try:
            normalised(value)
        except (ArgumentError, ValueError):  # SQLAlchemy's own text may repeat the password
            raise ValueError("must look like sqlite:///followup.sqlite3 or postgresql://user@host/name") from None
        return value

    @field_validator("api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError(f"must be an address such as {SLACK_API_URL}")
        return value if value.endswith("/") else value + "/"

    @property
    def mode(self) -> Mode:
        """Socket Mode as soon as there is an app-level token."""
        return Mode.SOCKET if self.app_token.get_secret_value() else Mode.HTTP


def load() -> Settings:
    """Settings for commands that only need the database. SettingsError names each that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError([_line(item["loc"], item["msg"]) for item in error.errors()]) from None


def load_for_slack(*, listens: bool) -> Settings:
    """Settings for commands that talk to Slack; ``listens``: also hear it. SettingsError names each that is wrong."""
    settings = load()
    problems = _token_problems(settings)
    if listens and settings.mode is Mode.HTTP and not settings.signing_secret.get_secret_value():
        problems.append(
            "SLACK_SIGNING_SECRET is missing: set it (Basic Information → App Credentials) to be reached over HTTP, "
            "or set SLACK_APP_TOKEN (xapp-…) to use Socket Mode"
        )
    if problems:
        raise SettingsError(problems)
    return settings


def _token_problems(settings: Settings) -> list[str]:
    problems = []
    bot_token, app_token = settings.bot_token.get_secret_value(), settings.app_token.get_secret_value()
    if not bot_token:
        problems.append("SLACK_BOT_TOKEN is missing: it is shown under OAuth & Permissions once the app is installed")
    elif not bot_token.startswith("xoxb-"):
        problems.append("SLACK_BOT_TOKEN must be a bot token: it starts with xoxb-")
    if app_token and not app_token.startswith("xapp-"):
        problems.append("SLACK_APP_TOKEN must be an app-level token: it starts with xapp-")
    return problems


def _line(where: tuple[int | str, ...], what: str) -> str:
    return f"{'.'.join(str(part) for part in where)}: {what.removeprefix('Value error, ')}"
