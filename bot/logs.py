"""One line per event, as key=value or JSON, with tokens, e-mail addresses and phone numbers taken out."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

TOKEN = re.compile(r"\b(?:xox[a-z]|xapp)-[\w-]+|\bv0=[0-9a-f]{16,}", re.IGNORECASE)
# Bounded, as a text of 40,000 characters would else keep the process busy for half a minute.
RESPONSE_URL = re.compile(r"https?://\S{0,300}/(?:commands|actions|response)/\S+")
EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
PHONE = re.compile(r"(?<![\w.:-])\+\d[\d ()-]{6,}\d")

HIDDEN = ((RESPONSE_URL, "[response url]"), (TOKEN, "[secret]"), (EMAIL, "[email]"), (PHONE, "[phone]"))


def configure(level: str) -> None:
    """Send all logs, the libraries' too, through one cleaning formatter to standard error."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            clean,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # Bolt and the SDK print whole payloads at this level: names, notes, e-mail addresses.
    for chatty in ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "alembic", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def clean(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """The event without secrets and personal data, however deep they hide in its texts."""
    return {name: scrub(value) if isinstance(value, str) else _plain(value) for name, value in event.items()}


def scrub(text: str) -> str:
    """The text with tokens, response addresses, e-mail addresses and phone numbers replaced."""
    for pattern, shown in HIDDEN:
        text = pattern.sub(shown, text)
    return text


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else scrub(str(value))
