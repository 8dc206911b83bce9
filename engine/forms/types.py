"""What a form hears from a browser, and what a component type must be able to do with it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file, whole in memory; the web layer has already limited its size."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Submitted:
    """One post: every value as the list of texts that came, every file likewise."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the first text under a name, `""` when there is none."""
        found = self.values.get(name)
        return found[0] if found else ""

    def under(self, prefix: str) -> "Submitted":
        """Return what was posted below `prefix.` with the prefix taken off."""
        start = f"{prefix}."
        return Submitted(
            {k.removeprefix(start): v for k, v in self.values.items() if k.startswith(start)},
            {k.removeprefix(start): v for k, v in self.files.items() if k.startswith(start)},
        )


class FieldError(Exception):
    """What was posted in one component is wrong. `errors` holds a sentence for each posted name;
    the name `""` is the component itself."""

    def __init__(self, errors: Mapping[str, str] | str) -> None:
        self.errors: dict[str, str] = {"": errors} if isinstance(errors, str) else dict(errors)
        super().__init__("；".join(self.errors.values()))


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a form document, for `bishen check`: where it is and what to do about it."""

    component: str
    text: str
    severity: str = "error"


class FieldType(ABC):
    """One type of form component. Pure: what it needs to know comes in `context`."""

    type: ClassVar[str]
    takes_value: ClassVar[bool] = True
    """False for what is only shown."""

    def check(self, definition: Mapping[str, Any]) -> Sequence[Problem]:
        """Name what is wrong with this component's definition, before anyone sees it."""
        return ()

    @abstractmethod
    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        """Return the typed value of `submitted` (names below this component's key, prefix taken
        off; the plain value under `""`), or raise `FieldError`."""
