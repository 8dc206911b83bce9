"""What the information page said, section by section, in the words of the case's own form."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.forms import Form, View
from engine.forms.formulas import formulas_of
from engine.forms.nested import ABSENT, find
from engine.forms.tree import FormComponent

INFORMATION = "fill_information"
HIDES = "conditional.hide"


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its posted name, its label, and its value as people read it. `rows` holds the
    rows of a list, each as pairs of label and text."""

    name: str
    label: str
    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[Line, ...]


def sections_of(form: Form, answer: Mapping[str, Any], context: Mapping[str, Any]) -> list[Section]:
    """Return the groups of the form with what was answered; what a condition hides is left out."""
    files = {name: value for name, value in answer.items() if _is_file(value)}
    views = fields_of(form).view({**context, **answer, "__kept__": files}, answer, {})
    found = (
        Section(view.label if view.type == "group" else "", tuple(_lines([view], answer)))
        for view in views
    )
    return [section for section in found if section.lines]


def lines_by_name(sections: Iterable[Section]) -> dict[str, Line]:
    return {line.name: line for section in sections for line in section.lines}


def fields_of(form: Form, wanted: Collection[str] | None = None) -> Form:
    """Return a form of the fields that a person fills in, or of the wanted ones among them."""
    components = _kept(form.components, wanted)
    return Form.parse({"type": "default", "id": form.id, "components": components})


def with_dependants(form: Form, names: Iterable[str]) -> dict[str, str]:
    """Return every name with the one it was opened for: itself, or the field that decides whether
    it is shown."""
    found = {name: name for name in names}
    for component, conditions in _fields(form.components):
        deciding = next((found[name] for name in conditions if name in found), None)
        if deciding is not None:
            found.setdefault(component.name, deciding)
    return found


def _kept(
    components: Sequence[FormComponent], wanted: Collection[str] | None
) -> list[Mapping[str, Any]]:
    kept: list[Mapping[str, Any]] = []
    for component in components:
        if component.type.holds == "group":
            inside = _kept(component.children, wanted)
            if inside:
                kept.append({**component.definition, "components": inside})
        elif _is_filled_in(component) and (wanted is None or component.name in wanted):
            kept.append(component.definition)
    return kept


def _fields(
    components: Iterable[FormComponent], outer: frozenset[str] = frozenset()
) -> Iterator[tuple[FormComponent, frozenset[str]]]:
    """Yield each field with the names that decide whether it is shown."""
    for component in components:
        conditions = outer | _conditions(component)
        if component.type.holds == "group":
            yield from _fields(component.children, conditions)
        elif _is_filled_in(component):
            yield component, conditions


def _conditions(component: FormComponent) -> frozenset[str]:
    names: frozenset[str] = frozenset()
    for place, text in formulas_of(component.definition):
        if place == HIDES:
            names |= feel.parse(text).names()
    return names


def _is_filled_in(component: FormComponent) -> bool:
    if component.is_domain or component.definition.get("readonly") is True:
        return False
    posts = component.type.takes_value and component.type.parts != frozenset()
    return posts or component.type.holds == "rows"


def _is_file(value: Any) -> bool:
    return isinstance(value, Mapping) and "file_id" in value


def _lines(views: Iterable[View], answer: Mapping[str, Any]) -> Iterator[Line]:
    for view in views:
        if view.type == "group":
            yield from _lines(view.children, answer)
        elif view.type == "dynamiclist":
            rows = _rows(view)
            text = "；".join(" ".join(said for _label, said in row) for row in rows)
            yield Line(view.name, view.label, text, rows)
        else:
            value = find(answer, view.name)
            file_id = str(value["file_id"]) if value is not ABSENT and _is_file(value) else None
            yield Line(view.name, view.label, view.said, file_id=file_id)


def _rows(view: View) -> tuple[tuple[tuple[str, str], ...], ...]:
    rows = (tuple((cell.label, cell.said) for cell in row if cell.said) for row in view.rows)
    return tuple(row for row in rows if row)
