"""What every invariant is checked on: one snapshot of the data, read in batches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, text
from sqlalchemy.orm import Session

from engine.files import FileStore
from engine.releases import Library

BATCH = 200


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold, and at which row. `text` names no person."""

    invariant: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Survey:
    """One reading of everything, at one moment. Rows come in batches, so memory stays flat."""

    session: Session
    files: FileStore
    library: Library
    now: datetime

    def hold_still(self) -> None:
        """See one snapshot to the end. PostgreSQL has to be asked, and given the time."""
        if self.session.get_bind().dialect.name != "postgresql":
            return
        self.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            self.session.execute(text(f"SET LOCAL {limit} = 0"))

    def rows(self, statement: Executable) -> Iterator[Any]:
        """Yield rows of several columns."""
        return iter(self.session.execute(statement, execution_options={"yield_per": BATCH}))

    def each(self, statement: Executable) -> Iterator[Any]:
        """Yield the one thing that each row holds."""
        return iter(self.session.scalars(statement, execution_options={"yield_per": BATCH}))


Finding = tuple[str, str]
"""Where, and what is broken there."""
Rule = Callable[[Survey], Iterator[Finding]]
