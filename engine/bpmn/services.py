"""What a service task's function is given: the case, one reading of the clock, one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """The surroundings of one call of a service, inside the command's transaction.

    `session` is the SQLAlchemy session of the command (this package must not import it).
    `settings` are those of the case's release. `secrets` holds, by element and field, what a form
    marked secret; it lives only as long as the command. `decide` evaluates a decision table of the
    case's release.
    """

    case_id: UUID
    owner_id: UUID
    element: str
    now: datetime
    session: Any
    settings: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    decide: Callable[[str, Mapping[str, Any]], Any] = field(default=lambda name, inputs: None)


ServiceFunction = Callable[..., Mapping[str, Any]]
