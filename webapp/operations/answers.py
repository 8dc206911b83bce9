"""What people wrote into forms, in words: shown only on the page whose reason was recorded."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from engine.cases.case_board import CaseBoard
from engine.cases.operating import Shown
from engine.forms import Form
from engine.forms.tree import walk
from engine.forms.wording import label_of
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.releases import OpenRelease

Line = tuple[str, str]
"""A label, and what stands beside it."""


def lines_of_answers(
    board: CaseBoard, release: OpenRelease, shown: Shown
) -> dict[UUID, list[Line]]:
    forms = {item.element: item.form for item in board.items}
    return {
        said.id: list(
            _lines(release.forms.get(forms.get(said.element, "")), shown.answers[said.id])
        )
        for said in board.said
        if said.id in shown.answers
    }


def _lines(form: Form | None, values: Mapping[str, Any]) -> Iterator[Line]:
    definitions = {c.name: c.definition for c in walk(form.components) if c.name} if form else {}
    for name, value in values.items():
        definition = definitions.get(name, {})
        label = label_of(definition, {}) if definition else ""
        yield label or name, _text(value, _options(definition))


def _options(definition: Mapping[str, Any]) -> Mapping[str, str]:
    listed = definition.get("values")
    if not isinstance(listed, list):
        return {}
    return {
        str(o["value"]): chosen(str(o.get("label", "")), o.get("label.en"))
        for o in listed
        if isinstance(o, Mapping) and "value" in o
    }


def _text(value: Any, options: Mapping[str, str]) -> str:
    """One line of text for whatever an answer holds."""
    if value is None or value == "":
        return "—"
    if isinstance(value, Mapping):
        if "file_id" in value:
            return str(value.get("name") or value["file_id"])
        return _("；").join(f"{key} {_text(each, {})}" for key, each in value.items())
    if isinstance(value, list):
        return _("、").join(_text(each, options) for each in value) or "—"
    return options.get(str(value), str(value))
