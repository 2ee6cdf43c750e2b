"""What happened, typed in one's own language, through the real app; the commands stay English."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage.tables import touches
from cadences.model import Channel, LostReason, Outcome, Stage
from tests.support.app import Story, read

ROWS = {
    "de-DE": "1 angerufen, niemand erreicht; 2 verschieben Mo; 3 gewonnen 12k",
    "fr-FR": "1 appelé, pas de réponse; 2 reporter à lundi; 3 gagné 12k",
    "es-ES": "1 llamado, sin respuesta; 2 aplazar al lunes; 3 ganado 12k",
    "pt-BR": "1 liguei, não atendeu; 2 adiar para segunda; 3 ganho 12k",
    "nl-NL": "1 gebeld, geen gehoor; 2 uitstellen tot maandag; 3 gewonnen 12k",
}
LOST = {
    "de-DE": "lost sam zu teuer",
    "fr-FR": "lost sam trop cher",
    "es-ES": "lost sam por el precio",
    "pt-BR": "lost sam, muito caro",
    "nl-NL": "lost sam te duur",
}
NAMES = ("Dana Li", "Sam Sample", "Pia Probe")


def touches_of(story: Story) -> list[tuple[str, str]]:
    """Channel and outcome of every touch that is kept."""
    with story.db.read() as tx:
        rows = tx.execute(select(touches.c.channel, touches.c.outcome).order_by(touches.c.id))
        return [(channel, outcome) for channel, outcome in rows]


async def digest_of_three(story: Story) -> None:
    """Thursday's adds stand in Friday's digest at 08:45."""
    for number, name in enumerate(NAMES):
        await story.told(story.ana, f"add {name}, {name.split()[0]} Ltd, $5k, call tomorrow {9 + number}am")
    await story.moves_to(story.now + timedelta(hours=18))


@pytest.mark.parametrize("locale", ROWS)
async def test_three_rows_are_answered_in_ones_own_language(both: Story, locale: str) -> None:
    story = both
    story.ana.locale = locale
    await digest_of_three(story)
    told = await story.told(story.ana, ROWS[locale])
    assert (Channel.CALL, Outcome.NO_ANSWER) in touches_of(story)
    won = story.prospect("Pia Probe")
    assert (won.stage, won.value_minor) == (Stage.WON, 12_000_00)
    assert "23" in told.text


@pytest.mark.parametrize("locale", LOST)
async def test_the_reason_of_a_loss_is_read_in_ones_own_language(story: Story, locale: str) -> None:
    story.ana.locale = locale
    await story.told(story.ana, "add Sam Sample, Sam Ltd")
    await story.told(story.ana, LOST[locale])
    lost = story.prospect("Sam Sample")
    assert (lost.stage, lost.lost_reason) == (Stage.LOST, LostReason.PRICING)


async def test_what_may_mean_two_things_is_asked_and_nothing_is_changed(story: Story) -> None:
    await story.told(story.ana, "add Sam Sample, Sam Ltd")
    for line in ("log sam a répondu", "log sam hat angerufen", "log sam Anruf, nicht gesprochen"):
        told = await story.told(story.ana, line)
        assert "I can’t tell what came of it" in told.text
        assert f"“{line.removeprefix('log sam ').removeprefix('Anruf, ')}”" in told.text
    assert touches_of(story) == []
    await story.told(story.ana, "log sam appel, a répondu")
    assert touches_of(story) == [(Channel.CALL, Outcome.CONNECTED)]


async def test_a_row_that_may_mean_two_things_is_named_with_its_words(story: Story) -> None:
    await digest_of_three(story)
    told = await story.told(story.ana, "1 a répondu; 2 gewonnen 12k")
    assert "1: “a répondu”: I can’t tell what came of it" in told.text
    assert story.prospect("Sam Sample").stage is Stage.NEW


async def test_a_detail_without_its_colon_is_read_back_as_it_was_typed(story: Story) -> None:
    await story.told(story.ana, "add Sam Sample, Sam Ltd")
    told = read(await story.told(story.ana, "edit sam industry software"))
    assert "industry software" in told
    assert story.prospect("Sam Sample").industry == "software"
