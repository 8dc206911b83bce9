"""What a template draws: the tree of visible components with their texts, values and errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.forms.fields.options import Option
from engine.forms.prose import plain


@dataclass(frozen=True, slots=True)
class View:
    """One component, ready to draw: every text is in the reader's language.

    `value` is the text as typed, or the typed value; `said` is what people read for it. `rows`
    holds a list of views for each row of a dynamic list, or a list of texts for each row of a
    table. `action` is what the component's own button says, if it has one. `facts` and `posted` are
    for domain components: what they know, and the texts of a post that was not accepted. `error_of`
    is the posted name of the field whose error a text says.
    """

    type: str
    name: str
    id: str
    label: str = ""
    hint: str = ""
    value: Any = None
    said: str = ""
    error: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[Option] = ()
    required: bool = False
    readonly: bool = False
    updates: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)
    style: str = ""
    action: str = ""
    prefix: str = ""
    suffix: str = ""
    children: Sequence["View"] = ()
    rows: Sequence[Any] = ()
    columns: Sequence[str] = ()
    definition: Mapping[str, Any] = field(default_factory=dict)
    facts: Any = None
    posted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    first_input: str = ""
    error_of: str = ""

    @property
    def properties(self) -> Mapping[str, Any]:
        found = self.definition.get("properties")
        return found if isinstance(found, Mapping) else {}

    @property
    def anchor(self) -> str:
        """Return the id of the first thing to mend here."""
        if self.type == "dynamiclist":
            inside = self.rows[0][0].anchor if self.rows and self.rows[0] else f"{self.id}-add"
            return str(inside)
        return self.id_of(self.first_input)

    def name_of(self, part: str) -> str:
        """Return the name to post one part of this component under."""
        return f"{self.name}.{part}" if part else self.name

    def id_of(self, part: str) -> str:
        return f"{self.id}-{part.replace('.', '-')}" if part else self.id

    def text(self, part: str = "") -> str:
        """Return the first text that was posted for a part, `""` when there is none."""
        found = self.posted.get(part)
        return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """A line of the error summary; `anchor` is `""` when there is nothing to lead to."""

    text: str
    anchor: str


def id_of(name: str) -> str:
    """Return the id of the component posted under a name."""
    return f"field-{name.replace('.', '-')}"


def error_links(views: Iterable[View], errors: Mapping[str, str]) -> list[ErrorLink]:
    """Return the error summary: every sentence with the id of what it is about."""
    anchors: dict[str, str] = {}
    for view in flat(views):
        if view.name:
            anchors[view.name] = view.anchor
            anchors.update({view.name_of(part): view.id_of(part) for part in view.errors})
    return [ErrorLink(text, anchors.get(name, "")) for name, text in errors.items()]


def refusals_in(views: Iterable[View]) -> dict[str, str]:
    """Return what the visible texts with a property `error` say, by the field each belongs to."""
    return {view.error_of: plain(view.value) for view in flat(views) if view.error_of}


def flat(views: Iterable[View]) -> Iterable[View]:
    """Yield every view, those inside groups and rows too."""
    for view in views:
        yield view
        yield from flat(view.children)
        if view.type == "dynamiclist":
            for row in view.rows:
                yield from flat(row)
