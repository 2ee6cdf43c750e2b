"""Records what the app posts in its stories: ``python -m tests.archive.record 2026-11``, by the month of the release.

Run before a release. What earlier releases posted stays as it is: their messages are still on people's screens.
"""

import sys
from pathlib import Path

import pytest

from tests.archive.shapes import JSON, key_of, shape_of
from tests.support.app import Story
from tests.views.leaving import messages_said, views_said

HERE = Path(__file__).parent
STORIES = Path(__file__).parents[1] / "stories"
QUIETLY = (
    "-q",
    f"--ignore={STORIES / 'test_archive.py'}",
    "-p",
    "no:cacheprovider",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
"""The warning is that the stories' own tools are imported here already."""
SURFACES = ("message", "home", "modal")


class Recorder:
    """Looks at each story when it ends."""

    def __init__(self) -> None:
        self.shapes: dict[str, JSON] = {}

    def listen(self) -> None:
        """Be told of every story before it is checked."""
        check = Story.check

        def heard(story: Story) -> None:
            for posted in (*messages_said(story.sandbox, story.overheard), *views_said(story.sandbox)):
                shape = shape_of(posted)
                if shape is not None:
                    self.shapes.setdefault(key_of(shape), shape)
            check(story)

        setattr(Story, "check", heard)  # noqa: B010 - mypy takes no assignment to a method


def main(arguments: list[str]) -> int:
    """Run the stories (or those named) and write down what they posted; the tests' own exit code."""
    release, *only = arguments
    recorder = Recorder()
    recorder.listen()
    code = pytest.main([*QUIETLY, "-k", "not postgresql", *(only or [str(STORIES)])])
    (HERE / release).mkdir(exist_ok=True)
    for surface in SURFACES:
        found = sorted(key for key, shape in recorder.shapes.items() if shape["type"] == surface)
        lines = ",\n".join(found)
        (HERE / release / f"{surface}s.json").write_text(f"[\n{lines}\n]\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
