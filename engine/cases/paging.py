"""A long list in pages: where one page ends, so that the next costs what the first did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Self, TypeVar
from uuid import UUID

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page: its moment, and its id among those of the same moment."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the position that a link names, None for anything that is none."""
        moment, _, name = text.partition("~")
        try:
            at, found = datetime.fromisoformat(moment), UUID(name)
        except ValueError:
            return None
        return cls(at, found) if at.tzinfo else None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list; `following` is where the next one begins, None on the last."""

    rows: Sequence[Row]
    following: Position | None = None
