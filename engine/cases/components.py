"""A component with rows of its own: what it shows, what it accepts, what it does in the command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.orm import Session

from engine.files import FileStore
from engine.forms import FieldType, Form, Submitted
from engine.people import Person

Decide = Callable[[str, Mapping[str, Any]], Any]
"""Evaluates a decision table of the case's release on values by input name."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where a page stands: enough to read what a component shows, nothing to write with."""

    session: Session
    case_id: UUID
    owner_id: UUID
    work_item_id: UUID
    element: str
    person: Person
    now: datetime
    settings: Mapping[str, Any]
    decide: Decide
    forms: Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class Work:
    """One command under way: the session is its transaction, everything in it commits together."""

    session: Session
    case_id: UUID
    owner_id: UUID
    work_item_id: UUID
    element: str
    person: Person
    now: datetime
    settings: Mapping[str, Any]
    decide: Decide
    forms: Mapping[str, Form]
    outcome: str | None = None


class Component(FieldType):
    """A component type of the domain. The order of calls is: `facts`, `bind` (with the facts in
    `context[key]`), `prepare` before the lock, then `store` or `act` under it."""

    actions: ClassVar[frozenset[str]] = frozenset()
    """Names of what can be done while the work item stays open."""
    outcomes: ClassVar[frozenset[str]] = frozenset()
    """Outcomes whose buttons the component draws itself."""
    is_answer: ClassVar[bool] = False
    """The value is part of the answer, as that of a plain field; `store` is not called."""

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        """Read what the template draws and what `bind` needs to know."""
        return {}

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        return None

    def bind_action(self, action: str, submitted: Submitted, facts: Mapping[str, Any]) -> Any:
        """Return what the action needs from the post, or raise `FieldError`."""
        raise NotImplementedError(action)

    def takes_up(self, action: str, name: str) -> bool:
        """Tell whether an action uses up what was posted under this name below the component; the
        rest of the form stays as a draft."""
        return True

    def prepare(self, value: Any, kit: "Kit") -> Any:
        """Do what is slow before the lock is taken: decode images, write files."""
        return value

    def store(self, work: Work, value: Any) -> str | None:
        """Keep what was posted when the work item is completed, and return the sentence to show,
        if there is one to say. `Refused` stops the command."""
        return None

    def act(self, work: Work, action: str, value: Any) -> str | None:
        """Carry out an action; return the sentence to show, if there is one to say."""
        raise NotImplementedError(action)


@dataclass(frozen=True, slots=True)
class Kit:
    """What `prepare` may use."""

    files: FileStore
    now: datetime
