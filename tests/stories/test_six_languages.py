"""A line typed in one's own language, through the real app; the commands stay English."""

import pytest

from tests.support.app import Story, labels, read

TYPED = {
    "de-DE": ("Anruf Mo 10:00", "Mo., 23. Nov. 2026 10:00"),
    "fr-FR": ("appel lun 10h", "lun. 23 nov. 2026 10:00"),
    "es-ES": ("llamar lun a las 10", "lun, 23 de noviembre de 2026 10:00"),
    "pt-BR": ("ligar seg 10h", "seg., 23 de novembro de 2026 10:00"),
    "nl-NL": ("bellen ma om 10 uur", "ma 23 nov 2026 10:00"),
}


@pytest.mark.parametrize("locale", TYPED)
async def test_a_short_weekday_is_read_in_the_language_of_who_types_it(story: Story, locale: str) -> None:
    typed, shown = TYPED[locale]
    story.ana.locale = locale
    told = await story.told(story.ana, f"add Pia Muster, Delta, {typed}")
    assert shown in read(told)


async def test_a_day_that_may_be_a_month_is_asked_and_the_answer_is_kept(story: Story) -> None:
    story.ana.locale = "fr-FR"
    asked = await story.told(story.ana, "add Pia Muster, Delta, appel mar 15")
    first, second, *_ = [label for label in labels(asked) if "15" in label]
    assert "déc" in first
    assert story.prospects() == []
    await story.clicks(story.ana, asked, label=second)
    assert "mars 2027" in read(await story.told(story.ana, "show pia"))


async def test_a_step_that_cannot_be_read_is_said(story: Story) -> None:
    told = await story.told(story.ana, "add Pia Muster, Delta, appel cette semaine")
    assert "“appel cette semaine”: I can't find one date there" in read(told)
