"""Adding and removing rows of a list in what was typed, before anything is checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.forms.fields.lists import most_rows, rows_at_first
from engine.forms.nested import ABSENT, copied, find, put
from engine.forms.tree import FormComponent, in_form


def row_added(
    components: Sequence[FormComponent], entered: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """Return what was typed with one more row in the list of that name, if there is room."""
    found: dict[str, Any] = copied(entered)
    component = _list_named(components, name)
    if component is None:
        return found
    rows = find(found, name)
    if rows is ABSENT:
        rows = [{} for _row in range(rows_at_first(component.definition))]
    if len(rows) < most_rows(component.definition):
        put(found, name, [*rows, {}])
    return found


def row_removed(
    components: Sequence[FormComponent], entered: Mapping[str, Any], place: str
) -> dict[str, Any]:
    """Return what was typed without one row; `place` is `<list name>.<index>`."""
    found: dict[str, Any] = copied(entered)
    name, _dot, number = place.rpartition(".")
    rows = find(found, name) if _list_named(components, name) else ABSENT
    if isinstance(rows, list) and number.isascii() and number.isdecimal():
        put(found, name, [row for at, row in enumerate(rows) if at != int(number)])
    return found


def _list_named(components: Sequence[FormComponent], name: str) -> FormComponent | None:
    lists = (c for c in in_form(components) if c.type.holds == "rows")
    return next((c for c in lists if c.name == name), None)
