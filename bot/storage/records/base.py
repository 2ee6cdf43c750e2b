"""From rows to records and back."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Result, Row

R = TypeVar("R")
JOINED = {"joined": True}
"""Marks a field that is read from another table and no column of its own."""


def record(kind: Callable[..., R], row: Row[Any] | Sequence[Any]) -> R:
    """The row of a ``select(table)`` as its record."""
    return kind(*row)


def one(kind: Callable[..., R], result: Result[Any]) -> R | None:
    """The only row as its record, or None."""
    row = result.one_or_none()
    return None if row is None else kind(*row)


def columns_of(kind: type[Any]) -> tuple[str, ...]:
    """The record's field names, which are its table's column names."""
    return tuple(item.name for item in fields(kind) if not item.metadata)


def values_of(row: Any) -> dict[str, Any]:
    """The record's values by column name."""
    return {name: getattr(row, name) for name in columns_of(type(row))}
