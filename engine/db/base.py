"""The base of every table: named constraints, ids known before the first flush, times in UTC."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, MetaData, types
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(types.TypeDecorator[datetime]):
    """An aware instant; a naive one is refused on the way in, UTC comes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """A row knows its id from the moment it is made, so that sealed columns can be bound to it."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: UtcTime,
        dict[str, Any]: types.JSON,
        list[str]: types.JSON,
        list[Any]: types.JSON,
    }

    def __init__(self, **values: Any) -> None:
        names = self.__mapper__.primary_key
        if len(names) == 1 and names[0].name == "id" and names[0].type.python_type is UUID:
            self.id = values.pop("id", None) or uuid4()
        _set_all(self, values)


def _set_all(row: Base, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if not hasattr(type(row), name):
            raise TypeError(f"{type(row).__name__} has no column {name!r}")
        setattr(row, name, value)
