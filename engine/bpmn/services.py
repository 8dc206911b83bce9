"""What a service task's function is given: the case, one reading of the clock, one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from inspect import Parameter, signature
from typing import Any, Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """The surroundings of one call of a service, inside the command's transaction.

    `session` is the SQLAlchemy session of the command (this package must not import it).
    `settings` are those of the case's release. `secrets` holds, by element and field, what a form
    marked secret; it lives only as long as the command. `decide` evaluates a decision table of the
    case's release. What a service adds to `notes` is told to whoever gave the command.
    """

    case_id: UUID
    owner_id: UUID
    element: str
    now: datetime
    session: Any
    settings: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    decide: Callable[[str, Mapping[str, Any]], Any] = field(default=lambda name, inputs: None)
    notes: set[str] = field(default_factory=set)


ServiceFunction = Callable[..., Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ServiceSignature:
    """The names of the parameters a service takes, for checking diagrams against it."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    takes_any: bool = False
    """True for a service that takes any further values by name."""

    @classmethod
    def of(cls, function: ServiceFunction) -> Self:
        """Read the keyword parameters of a service; the context comes first and is not one."""
        parameters = list(signature(function).parameters.values())[1:]
        named = [item for item in parameters if item.kind is not Parameter.VAR_KEYWORD]
        return cls(
            frozenset(item.name for item in named if item.default is Parameter.empty),
            frozenset(item.name for item in named if item.default is not Parameter.empty),
            len(named) != len(parameters),
        )
