"""A salesperson whose Slack speaks German reads nothing in English, wherever she looks."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.views import ids
from tests.support.app import Story
from tests.views.leaving import messages_said, views_said
from tests.views.payloads import words_in

MONDAY, TUESDAY = datetime(2026, 11, 23, 7, 45, tzinfo=UTC), datetime(2026, 11, 24, 7, 45, tzinfo=UTC)
"""08:45 in Berlin."""
TYPED = re.compile(r"`[^`]*`|„[^“]*“|/followup[^;·\n]*")
"""What is typed is typed in English, in every language; and so it is quoted."""
ENGLISH = frozenset({
    "the", "and", "are", "your", "you", "with", "next", "since", "nothing", "undo", "today", "they", "have", "from",
    "which", "there", "them", "their", "this", "that", "what", "when", "were", "has", "been", "day", "days",
    "touch", "email", "lost", "due", "overdue", "stage", "company", "owner", "step", "until",
    "another", "after", "before", "each", "other", "anybody", "change", "changed", "more", "mark",
    "add", "log",
})  # fmt: skip
"""Words that say something in English and nothing in German."""
LINES = (
    "settings", "help", "add Dana Li, Acme, dana@acme.com, $12k, call mon 10am -- demo lief gut", "show dana", "dana",
    "add Eva Beispiel, Beta, eva@beta.example, 8k, email mon", "add Finn Muster, Gamma, call mon", "note eva mag Tee",
    "log eva email -- Unterlagen geschickt", "hook dana cares about SSO", "draft dana", "snooze finn fri", "find ac",
    "find stage:new value:>5k", "why dana", "cadence list", "cadence show nudge", "cadence preview nudge for finn",
    "cadence start finn persistent", "cadence stop finn", "skip dana no news", "met Gerd Beispiel @ Delta -- will SSO",
    "calendar", "holidays DE-BY", "dayoff 24 dec", "away 1-4 mar", "back", "stalled", "recap", "history", "undo",
    "resource add \"SSO in zwei Wochen\" https://example.com/sso", "resource", "views", "edit dana hot, prefers email",
    "ooo finn until 3 dec", "park finn until march", "merge finn into eva", "undo", "lost gerd pricing", "reopen gerd",
    "won eva 9k", "undo", "replied eva", "stop gerd", "samples", "undo", "bananas", "log", "snooze nobody fri",
    "add", "1 called no answer; 2 snooze fri", "cadence new", "team", "assign dana @ben", "settings days mon-thu",
)  # fmt: skip


async def test_all_day_long_nothing_is_said_in_english(story: Story) -> None:
    """Ana types every kind of line, works her digest by buttons and forms, and looks through App Home."""
    story.expected_refusals = {"expired_trigger_id", "not_in_channel"}
    story.ana.locale = "de-DE"
    for line in LINES:
        await story.types(story.ana, line)
        if line.startswith("merge"):
            await story.submits(story.ana)
    await story.told(story.ana, "add Hanna Muster, Epsilon, call mon")
    await story.told(story.ana, "add Ida Muster, Zeta, email mon")
    await story.moves_to(MONDAY)
    digest = story.digest(story.ana)
    await story.clicks(story.ana, digest, ids.LOG, row="Hanna Muster")
    await story.clicks(story.ana, story.form(story.ana), label="Mailbox")
    await story.clicks(story.ana, digest, ids.LOST, row="Ida Muster")
    await story.submits(story.ana, reason="pricing")
    await story.moves_to(TUESDAY)
    home = await story.sandbox.open_home(story.ana)
    assert home is not None
    for tab in ("Stockt", "Verschoben", "Meine Kadenzen", "Meine Woche", "Einstellungen", "Heute"):
        await story.clicks(story.ana, home, label=tab)
    assert not (found := sorted(set(english(story)))), "\n".join(found)


def english(story: Story) -> Iterator[str]:
    """Each text with an English word that nobody typed."""
    for said in (*messages_said(story.sandbox, story.overheard), *views_said(story.sandbox)):
        for text in (said.get("text", ""), *words_in(said.get("title", {})), *words_in(said["blocks"])):
            found = ENGLISH & set(re.findall(r"[a-z]+", TYPED.sub("", text).lower()))
            if found:
                yield f"{sorted(found)}: {text}"
