"""`followup cadence check` and `preview`, run as people run them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from cadences import library

BUILT_IN = Path(library.__file__).parent
GOOD = """\
key: sample
name: Sample
steps:
  - after: 24h
    channel: email
    type: value
    purpose: share value
  - after: 4d
    channel: call
    type: reminder
    purpose: close the loop
end:
  action: stop
"""


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["cadence", *args])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A cadence file without a fault."""
    path = tmp_path / "sample.yml"
    path.write_text(GOOD)
    return path


def test_a_file_without_a_fault_is_ok(file: Path) -> None:
    done = run("check", str(file))
    assert (done.exit_code, done.output) == (0, f"{file}: ok, Sample, 2 steps\n")


def test_every_built_in_passes(file: Path) -> None:
    done = run("check", *(str(BUILT_IN / f"{key}.yml") for key in library.KEYS))
    assert done.exit_code == 0
    assert done.stderr == ""


def test_an_error_names_file_line_step_and_field_and_ends_in_one(file: Path) -> None:
    file.write_text(GOOD.replace("channel: call", "channel: fax"))
    done = run("check", str(file))
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{file}, line 9: step 2: unknown channel 'fax' (use one of call, email")


def test_a_warning_is_said_and_ends_in_nought(file: Path) -> None:
    file.write_text(GOOD.replace("after: 4d", "after: 1d"))
    done = run("check", str(file))
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{file}: warning: step 2: 1d after the step before can be 1 business day")


def test_one_bad_file_among_good_ones_is_enough_and_all_are_read(file: Path) -> None:
    bad = file.with_name("bad.yml")
    bad.write_text("key: 1 2")
    done = run("check", str(bad), str(file))
    assert done.exit_code == 1
    assert f"{file}: ok" in done.stdout
    assert f"{bad}, line 1:" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "is not a text in UTF-8"),
        (b"key: a\0b", "the character U+0000 is not allowed"),
        (b"x" * 200_000, "larger than 150,000 characters"),
        (b"\xc3\xa9" * 1_500_000, "larger than 150,000 characters"),
        (b"", "the cadence must be a block of fields"),
    ],
)
def test_what_is_no_cadence_file_is_refused_in_words(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    done = run("check", str(file))
    assert (done.exit_code, said in done.stderr) == (1, True), done.stderr
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_mark_that_windows_puts_in_front_is_no_fault(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8-sig")
    assert run("check", str(file)).exit_code == 0


@pytest.mark.parametrize("name", ["missing.yml", "."])
def test_what_can_not_be_read_is_said(tmp_path: Path, name: str) -> None:
    done = run("check", str(tmp_path / name))
    assert done.exit_code == 1
    assert "can't be read" in done.stderr


def test_check_wants_a_file() -> None:
    assert run("check").exit_code == 2


def test_a_preview_lists_each_date_and_says_each_weekend(file: Path) -> None:
    done = run("preview", str(file), "--start", "2026-11-24", "--zone", "Europe/Berlin")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "sample: Sample",
        "Starts Tue 24 Nov 2026 09:00 Europe/Berlin, for Mon–Fri",
        " 1  Wed 25 Nov 2026 09:00   email     share value       ±1bd",
        " 2  Mon 30 Nov 2026 09:00   call      close the loop    ±1bd",
        "    moved: Sun 29 Nov is a day off",
        "Then: it is parked, until Mon 1 Mar 2027 (moved: Sun 28 Feb is a day off)",
    ]


def test_a_built_in_cadence_is_previewed_by_its_key() -> None:
    done = run("preview", "persistent", "--start", "2026-11-23")
    assert done.exit_code == 0
    assert len(done.output.splitlines()) >= 11


def test_other_workdays_give_other_dates(file: Path) -> None:
    done = run("preview", str(file), "--start", "2026-11-24", "--days", "sun-thu")
    assert " 2  Sun 29 Nov 2026 09:00" in done.output


def test_a_public_holiday_is_left_out() -> None:
    args = ["preview", "nudge", "--start", "2026-12-22"]
    assert "Fri 25 Dec 2026" in run(*args).output
    done = run(*args, "--holidays", "DE-BY")
    assert done.exit_code == 0, done.output
    assert "Fri 25 Dec 2026" not in "".join(line for line in done.output.splitlines() if line.startswith(" 1"))
    assert " 1  Mon 28 Dec 2026 09:00" in done.output


def test_a_step_that_can_not_be_made_is_skipped_in_words_and_in_its_place(file: Path) -> None:
    file.write_text(GOOD.replace("after: 24h", "before_renewal: 60d"))
    done = run("preview", str(file), "--start", "2026-11-24")
    assert done.exit_code == 0, done.output
    assert [line[:24] for line in done.output.splitlines()[2:4]] == [
        " 1  skipped: no renewal ",
        " 2  Mon 30 Nov 2026 09:0",
    ]
    done = run("preview", str(file), "--start", "2026-11-24", "--renewal", "2027-03-31")
    assert " 1  Sat 30 Jan 2027" not in done.output
    assert " 1  Mon 1 Feb 2027 09:00" in done.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--start", "2026-11-24", "--holidays", "Atlantis"], "Invalid value for --holidays"),
        (["--start", "2026-11-24", "--renewal", "soon"], "Invalid value for --renewal"),
        (["--start", "24 Nov"], "is not a date"),
        (["--start", "9999-12-31"], "is not in this century"),
        (["--start", "0001-01-01"], "is not in this century"),
        (["--start", "2026-11-24", "--zone", "Mars/Base"], "is no time zone"),
        (["--start", "2026-11-24", "--zone", "../etc"], "is no time zone"),
        (["--start", "2026-11-24", "--zone", "America"], "is no time zone"),
        (["--start", "2026-11-24", "--days", "never"], "are no days"),
        ([], "Missing option '--start'"),
    ],
)
def test_a_wrong_option_is_named(args: list[str], said: str) -> None:
    done = run("preview", "nudge", *args)
    assert (done.exit_code, said in done.output) == (2, True), done.output


def test_what_is_neither_a_file_nor_a_key_is_answered_with_the_keys() -> None:
    done = run("preview", "persistant", "--start", "2026-11-24")
    assert done.exit_code == 1
    assert "Built in are: post-meeting, nudge" in done.stderr


def test_a_file_with_a_fault_is_not_previewed(file: Path) -> None:
    file.write_text(GOOD.replace("action: stop", "action: hope"))
    done = run("preview", str(file), "--start", "2026-11-24")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "end: unknown action 'hope'" in done.stderr
