"""The words for kinds of change."""

import pytest

from bot.storage.tables import ChangeKind
from bot.views import change_kinds


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_has_a_word(kind: ChangeKind) -> None:
    assert change_kinds.word(kind)
