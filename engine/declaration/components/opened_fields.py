"""A few fields of a form, opened inside a component: bound and drawn under the component's key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.forms import Bound, Form, Submitted, View
from engine.forms.nested import ABSENT, find
from engine.forms.view import id_of


@dataclass(frozen=True, slots=True)
class OpenedField:
    """One open field, ready to draw, and why it is open."""

    reason: str
    view: View


@dataclass(frozen=True, slots=True)
class OpenedFields:
    """`form` holds the open fields only, `answer` what they say now, `reasons` why, by name."""

    key: str
    form: Form
    context: Mapping[str, Any]
    answer: Mapping[str, Any]
    reasons: Mapping[str, str]

    def bind(self, submitted: Submitted, kept: Mapping[str, Any]) -> Bound:
        """Return what was posted for the open fields; anything else that came is not looked at."""
        return self.form.bind({**self.context, "__kept__": kept}, submitted)

    def drawn(
        self,
        posted: Mapping[str, Sequence[str]],
        errors: Mapping[str, str],
        kept: Mapping[str, Any] | None,
    ) -> list[OpenedField]:
        """Return the visible fields in the order of the form, with what was typed if there is."""
        context = {**self.context, "__kept__": kept or {}}
        typed: Mapping[str, Any] = self.answer
        if posted:
            typed = self.form.bind(context, Submitted(dict(posted))).entered
        views = self.form.view(context, self._with_spare_rows(typed), errors)
        return [
            OpenedField(self.reasons.get(view.name, ""), self._renamed(view))
            for view in _leaves(views)
        ]

    def _with_spare_rows(self, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        """Let every list end with a blank row: this page has no buttons that add and remove."""
        for name in self.reasons:
            rows = find(typed, name)
            if rows is not ABSENT and isinstance(rows, list) and (not rows or _is_filled(rows[-1])):
                typed = self.form.row_added(typed, name)
        return typed

    def _renamed(self, view: View) -> View:
        """Let a field be posted as a part of the component it stands in."""
        if not view.name:
            return view
        name = f"{self.key}.{view.name}"
        rows = view.rows
        if view.type == "dynamiclist":
            rows = [[self._renamed(cell) for cell in row] for row in view.rows]
        children = [self._renamed(child) for child in view.children]
        return replace(view, name=name, id=id_of(name), rows=rows, children=children)


def _leaves(views: Iterable[View]) -> Iterator[View]:
    for view in views:
        if view.type == "group":
            yield from _leaves(view.children)
        else:
            yield view


def _is_filled(typed: Any) -> bool:
    if isinstance(typed, Mapping):
        return any(_is_filled(inner) for inner in typed.values())
    return typed not in (None, "", False)
