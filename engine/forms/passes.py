"""What one walk over a form starts from, and what it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.forms.tree import FormComponent
from engine.forms.types import Submitted

Values = dict[str, Any]
Place = tuple[str, int]
"""A component in the form (`""`) or in one row (`resume.0.`): its prefix and its number."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The form itself, or one row of a list: where names start and where values go."""

    values: Values
    entered: Values
    prefix: str = ""
    row: int | None = None


@dataclass(slots=True)
class Pass:
    """What one walk over the form found."""

    values: Values
    entered: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    hidden: set[Place] = field(default_factory=set)
    hidden_names: list[str] = field(default_factory=list)
    rows: dict[str, list[Values]] = field(default_factory=dict)
    """The rows of every list as posted, blank ones too."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be bound. With `given`, values without a textual form are taken from there."""

    components: Sequence[FormComponent]
    context: Mapping[str, Any]
    submitted: Submitted
    given: Mapping[str, Any] = field(default_factory=dict)
