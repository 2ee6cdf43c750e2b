"""What goes into a column comes out again, on both databases, and a naive moment never gets in."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, Table, Time, insert, select
from sqlalchemy.exc import StatementError

from bot.storage.engine import Database
from bot.storage.tables import Role, metadata
from bot.storage.types import BigInt, Json, UtcDateTime, Weekdays, Words, from_json, to_json

BORDERS = Table(
    "borders",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("moment_at", UtcDateTime),
    Column("days", Weekdays),
    Column("role", Words(Role)),
    Column("number", BigInt),
    Column("facts", Json),
    Column("local_on", Date),
    Column("wall_time", Time),
)
TOKYO = timezone(timedelta(hours=9))
VALUES = [
    ("moment_at", datetime(2026, 11, 20, 14, 0, 5, 123456, tzinfo=UTC)),
    ("moment_at", datetime(1970, 1, 1, tzinfo=UTC)),
    ("moment_at", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("moment_at", None),
    ("days", frozenset({0, 1, 2, 3, 4})),
    ("days", frozenset({6})),
    ("days", None),
    ("role", Role.MANAGER),
    ("role", None),
    ("number", 10**15),
    ("facts", {"name": "Søren 👩‍💻 עברית", "none": None, "list": [1, "two"]}),
    ("facts", None),
    ("local_on", date(2028, 2, 29)),
    ("wall_time", time(8, 45)),
]


def kept(db: Database, column: str, value: Any) -> Any:
    """The value after a way through the database."""
    with db.begin() as tx:
        BORDERS.create(tx, checkfirst=True)
        number = tx.execute(insert(BORDERS).values({column: value}).returning(BORDERS.c.id)).scalar_one()
    with db.read() as tx:
        return tx.execute(select(BORDERS.c[column]).where(BORDERS.c.id == number)).scalar_one()


def test_what_is_stored_comes_back_as_it_was(bare_db: Database) -> None:
    for column, value in VALUES:
        back = kept(bare_db, column, value)
        assert back == value, column
        assert type(back) is type(value), column


def test_a_moment_in_another_zone_comes_back_as_the_same_moment_in_utc(bare_db: Database) -> None:
    back = kept(bare_db, "moment_at", datetime(2026, 11, 20, 23, 0, tzinfo=TOKYO))
    assert back == datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
    assert back.utcoffset() == timedelta(0)


def test_a_naive_moment_is_refused_and_nothing_is_stored(bare_db: Database) -> None:
    kept(bare_db, "moment_at", None)
    with pytest.raises(StatementError, match="naive datetime"), bare_db.begin() as tx:
        tx.execute(insert(BORDERS).values(moment_at=datetime(2026, 11, 20, 14, 0)))  # noqa: DTZ001
    with bare_db.read() as tx:
        assert len(tx.execute(select(BORDERS)).all()) == 1


def test_a_naive_moment_is_refused_in_a_question_too(bare_db: Database) -> None:
    kept(bare_db, "moment_at", None)
    with pytest.raises(StatementError, match="naive datetime"), bare_db.read() as tx:
        tx.execute(select(BORDERS).where(BORDERS.c.moment_at <= datetime(2026, 11, 20, 14, 0)))  # noqa: DTZ001


def test_a_word_the_enum_does_not_have_is_refused(bare_db: Database) -> None:
    with pytest.raises(StatementError, match="'emperor' is not a valid Role"):
        kept(bare_db, "role", "emperor")


@pytest.mark.parametrize(("column", "value"), [pair for pair in VALUES if pair[0] not in {"facts", "number"}])
def test_an_image_of_a_value_leads_back_to_it(column: str, value: Any) -> None:
    assert from_json(BORDERS.c[column].type, to_json(value)) == value


def test_every_moment_is_kept_by_the_type_that_refuses_naive_ones() -> None:
    moments = [column for table in metadata.sorted_tables for column in table.c if column.name.endswith("_at")]
    assert len(moments) > 20
    assert [str(column) for column in moments if not isinstance(column.type, UtcDateTime)] == []


def test_dates_and_wall_times_are_named_by_their_kind() -> None:
    columns = [column for table in metadata.sorted_tables for column in table.c]
    # `digest_on` and `is_on` are switches, the only exceptions.
    dates = {column.name for column in columns if isinstance(column.type, Date)}
    assert all(name.endswith("_on") for name in dates)
    assert all(column.name.endswith("_time") for column in columns if isinstance(column.type, Time))
