"""How a job's last act reaches a case: a hook that the case engine above this package installs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

Deliver = Callable[[Session, UUID, str, Mapping[str, Any], datetime], None]


class NobodyListens(RuntimeError):
    """No case engine has installed its hook: the process was not put together."""


_installed: list[Deliver] = []


def install(deliver_to_case: Deliver) -> None:
    """Make this the way that messages reach cases in this process."""
    _installed[:] = [deliver_to_case]


def deliver(
    session: Session, case_id: UUID, message: str, payload: Mapping[str, Any], now: datetime
) -> None:
    """Give a BPMN message to a case, in the caller's transaction."""
    if not _installed:
        raise NobodyListens(message)
    _installed[0](session, case_id, message, payload, now)
