"""Column types that keep the house's promises at the border of the database."""

from dataclasses import is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import JSON, Date, DateTime, Dialect, Integer, String, Time
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import BigInteger, TypeDecorator, TypeEngine

W = TypeVar("W", bound=StrEnum)

BigInt = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both databases; SQLite only counts up by itself in a column spelled INTEGER."""

Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. Goes in aware, comes out aware and in UTC; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone, so it is given the UTC wall time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime can't be stored: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database's zone (SQLite: none, which is UTC) to aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Weekdays(TypeDecorator[frozenset[int]]):
    """A set of weekdays, Monday is 0, kept as sorted digits (``01234``)."""

    impl = String(7)
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> str | None:
        """Digits in order."""
        return None if value is None else _digits(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[int] | None:
        """Back to a set."""
        return None if value is None else frozenset(int(digit) for digit in value)


class Words(TypeDecorator[W], Generic[W]):
    """One of an enum's values, kept as its text; no CHECK, so that a new word needs no migration."""

    impl = String(24)
    cache_ok = True

    def __init__(self, kind: type[W]) -> None:
        """``kind`` is the enum the words come from."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: W | str | None, dialect: Dialect) -> str | None:
        """The word; one the enum doesn't have is refused with ValueError."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> W | None:
        """Back to the enum."""
        return None if value is None else self.kind(value)


class Kept(TypeDecorator[Any]):
    """A small frozen value kept whole as JSON, checked on its way out; NULL is the value that was given as empty."""

    impl = Json
    cache_ok = True

    def __init__(self, kind: Any, empty: Any) -> None:
        """``kind`` is what comes out, ``empty`` what NULL stands for."""
        super().__init__()
        self.kind = kind
        self.empty = empty

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """JSONB where there is one."""
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else self.impl_instance)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """To JSON; the empty value is NULL."""
        return None if value is None or value == self.empty else to_jsonable_python(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Back to the value."""
        return self.empty if value is None else _adapter(self.kind).validate_python(value)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(value: Any) -> Any:
    """A column's Python value as JSON can hold it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return _digits(value)
    if isinstance(value, tuple) or is_dataclass(value):
        return to_jsonable_python(value)
    return str(value) if isinstance(value, StrEnum) else value


def from_json(kind: TypeEngine[Any], value: Any) -> Any:
    """The Python value that :func:`to_json` was given, for a column of this type."""
    if value is None:
        return None
    match kind:
        case UtcDateTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case Time():
            return time.fromisoformat(value)
        case Weekdays():
            return frozenset(int(digit) for digit in value)
        case Words():
            return kind.kind(value)
        case Kept():
            return _adapter(kind.kind).validate_python(value)
    return value


def _digits(days: frozenset[int]) -> str:
    return "".join(str(day) for day in sorted(days))
