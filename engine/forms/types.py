"""What a form hears from a browser, and what a component type must be able to do with it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from engine.forms.spelling import as_text

POSTED = "posted"
"""The one key of what `FieldType.entered` keeps for a component that posts several names."""
LONGEST = 20_000
"""No text that came with a post is kept longer than this."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file, whole in memory; the web layer has already limited its size."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)


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

    def of(self, name: str) -> "Submitted":
        """Return what was posted for one component: below its name, and under it as `""`."""
        below = self.under(name)
        return Submitted(
            {"": self.values[name], **below.values} if name in self.values else below.values,
            {"": self.files[name], **below.files} if name in self.files else below.files,
        )

    @property
    def is_blank(self) -> bool:
        """True when nothing was typed, ticked or chosen."""
        typed = any(text.strip() for texts in self.values.values() for text in texts)
        return not typed and not any(f.filename for files in self.files.values() for f in files)


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
    """One type of form component. Pure: what it needs to know comes in `context`.

    Beside the facts of the form, `context` holds `__now__` (an aware datetime), `__kept__` (stored
    files by posted name), `__outcome__` (the pressed outcome, or None) and `__name__` (the posted
    name of this component).
    """

    type: ClassVar[str]
    takes_value: ClassVar[bool] = True
    """False for what is only shown."""
    parts: ClassVar[frozenset[str] | None] = None
    """The names a browser may post below the key (`""` is the key itself); None: all of them."""
    outcomes: ClassVar[frozenset[str]] = frozenset()
    """Outcomes whose buttons the component draws itself."""
    holds: ClassVar[Literal["", "group", "rows"]] = ""
    """Whether other components stand inside: in the form itself, or once in every row."""
    first_input: ClassVar[str] = ""
    """The part that an error about the whole component leads to."""

    def check(self, definition: Mapping[str, Any]) -> Sequence[Problem]:
        """Name what is wrong with this component's definition, before anyone sees it."""
        return ()

    @abstractmethod
    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        """Return the typed value of `submitted` (names below this component's key, prefix taken
        off; the plain value under `""`), or raise `FieldError`."""

    def entered(self, definition: Mapping[str, Any], submitted: Submitted) -> Any:
        """Return what was typed as plain JSON, for a draft and for showing it again."""
        cut = {name: [text[:LONGEST] for text in texts] for name, texts in submitted.values.items()}
        return {POSTED: cut}

    def posted(self, definition: Mapping[str, Any], value: Any) -> Mapping[str, Sequence[str]]:
        """Return what a browser would post for a value that was typed or bound before."""
        is_typed = isinstance(value, Mapping) and value.keys() == {POSTED}
        return dict(value[POSTED]) if is_typed else {}

    def show(
        self, definition: Mapping[str, Any], value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return what the view of this component holds beside its texts."""
        return {"value": value}

    def said(self, definition: Mapping[str, Any], value: Any, context: Mapping[str, Any]) -> str:
        """Return what people read for a value, where it is only shown."""
        return as_text(value)
