"""The templates, and the few functions they call."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Undefined
from markupsafe import Markup

from sandbox.page import blocks
from sandbox.page.emoji import with_emoji
from sandbox.page.markdown import markdown
from sandbox.page.mrkdwn import safe_url
from sandbox.page.rich_text import cell, rich_text
from sandbox.page.words import Words

HERE = Path(__file__).parent


def draw(template: str, **what: Any) -> str:
    """One template as text."""
    return _environment().get_template(template).render(**what)


@cache
def _environment() -> Environment:
    # autoescape for every template, whatever it is called: all that is drawn may be user text.
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {
        "told": _told,
        "rich_text": rich_text,
        "cell": cell,
        "markdown": markdown,
        "safe_url": safe_url,
        "emoji": with_emoji,
    }
    made.globals |= {
        "choices": blocks.choices,
        "columns": blocks.columns,
        "dispatches_on": blocks.dispatches_on,
        "dom_id": blocks.dom_id,
        "picked": blocks.picked,
        "typed": blocks.typed,
        "INPUT_TYPES": blocks.INPUT_TYPES,
        "INPUT_MODES": blocks.INPUT_MODES,
    }
    return made


def _told(text: blocks.Piece | str | Undefined | None, words: Words) -> Markup:
    """A text object that a block may leave out."""
    return Markup("") if isinstance(text, Undefined) else blocks.told(text, words)
