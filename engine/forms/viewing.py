"""Builds the views of a form from what was typed, what is known and what was wrong."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine import feel
from engine.forms.binding import bind
from engine.forms.fields.lists import rows_at_first
from engine.forms.formulas import formulas_of, settle
from engine.forms.nested import ABSENT, copied, find, put
from engine.forms.passes import Frame, Pass, Question
from engine.forms.posting import posted_for
from engine.forms.tree import FormComponent, in_form, walk
from engine.forms.types import POSTED
from engine.forms.view import View, id_of
from engine.forms.walker import Walker, is_locked
from engine.forms.wording import is_required, is_set, label_of, spoken

DECIDING = frozenset(
    {
        "conditional.hide",
        "valuesExpression",
        "valuesKey",
        "expression",
        "readonly",
        "disabled",
        "validate.required",
    }
)


def views_of(
    components: Sequence[FormComponent],
    context: Mapping[str, Any],
    values: Mapping[str, Any],
    errors: Mapping[str, str],
) -> list[View]:
    """Return the visible components with their values; defaults stand where nothing is known."""
    given = _with_defaults(components, context, values)
    question = Question(components, context, posted_for(components, given), given)
    return _Builder(question, bind(question), errors).build(components)


def deciding_names(components: Iterable[FormComponent]) -> frozenset[str]:
    """Return the first steps of all names on which it depends what the page offers."""
    found: set[str] = set()
    for component in walk(components):
        for place, text in formulas_of(component.definition):
            if place in DECIDING:
                found |= {name.partition(".")[0] for name in feel.parse(text).names()}
    return frozenset(found)


class _Builder:
    def __init__(self, question: Question, found: Pass, errors: Mapping[str, str]) -> None:
        self._question = question
        self._found = found
        self._errors = errors
        self._walker = Walker(question, found, found.rows)
        self._deciding = deciding_names(question.components)

    def build(self, components: Sequence[FormComponent]) -> list[View]:
        frame = Frame(self._found.values, dict(self._question.given))
        return self._views(components, frame)

    def _views(self, components: Sequence[FormComponent], frame: Frame) -> list[View]:
        visible = (c for c in components if (frame.prefix, c.number) not in self._found.hidden)
        return [self._view(component, frame) for component in visible]

    def _view(self, component: FormComponent, frame: Frame) -> View:
        definition = component.definition
        name = f"{frame.prefix}{component.name}"
        context = {**self._walker.scope_of(frame), "__name__": name}
        locked = is_locked(component, context)
        value = _shown_value(component, frame, locked)
        was_posted = _was_posted(component, value)
        own: dict[str, Any] = {
            "label": label_of(definition, context) if _has_label(definition) else "",
            "hint": spoken(definition, "description", context),
            "said": component.type.said(definition, value, context),
            "required": is_required(definition, context),
            "children": self._children(component, frame),
            **component.type.show(definition, None if was_posted else value, context),
        }
        if component.type.holds == "rows":
            own |= {"rows": self._rows(component, name, value), "value": None}
        return View(
            type=str(definition.get("type")),
            name=name,
            id=id_of(name or str(definition.get("id") or component.number)),
            error=self._errors.get(name) if component.name else None,
            errors=self._errors_below(component, name),
            readonly=locked,
            updates=self._updates(component),
            definition=definition,
            facts=self._question.context.get(component.key) if component.is_domain else None,
            posted=value[POSTED] if was_posted else {},
            first_input=component.type.first_input,
            **own,
        )

    def _children(self, component: FormComponent, frame: Frame) -> list[View]:
        is_group = component.type.holds == "group"
        return self._views(component.children, frame) if is_group else []

    def _rows(self, component: FormComponent, name: str, entered: Any) -> list[list[View]]:
        values = self._found.rows.get(name, [])
        return [
            self._views(component.children, Frame(row, entered[at], f"{name}.{at}.", at))
            for at, row in enumerate(values)
        ]

    def _errors_below(self, component: FormComponent, name: str) -> dict[str, str]:
        if not component.name or component.type.holds:
            return {}
        start = f"{name}."
        return {
            posted.removeprefix(start): text
            for posted, text in self._errors.items()
            if posted.startswith(start)
        }

    def _updates(self, component: FormComponent) -> bool:
        """Say whether the page must be drawn anew when this value changes."""
        posts = component.type.takes_value and component.type.parts != frozenset()
        return posts and component.name.partition(".")[0] in self._deciding


def _with_defaults(
    components: Sequence[FormComponent], context: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    found: dict[str, Any] = copied(values)
    for component in in_form(components):
        known = find(found, component.name) if component.name else None
        if component.type.holds == "rows":
            if known is ABSENT:
                known = [{} for _row in range(rows_at_first(component.definition))]
            rows = [
                _with_defaults(component.children, {**context, **found}, r) for r in known or ()
            ]
            put(found, component.name, rows)
        elif known is ABSENT and component.type.takes_value:
            default = component.definition.get("defaultValue")
            if default is not None:
                put(found, component.name, settle(default, {**context, **found}))
    return found


def _shown_value(component: FormComponent, frame: Frame, locked: bool) -> Any:
    """Return what was typed, or for a locked field what it holds."""
    if not component.name or is_set(component.definition, "secret"):
        return None
    found = find(frame.values if locked else frame.entered, component.name)
    return None if found is ABSENT else found


def _was_posted(component: FormComponent, value: Any) -> bool:
    return component.is_domain and isinstance(value, Mapping) and value.keys() == {POSTED}


def _has_label(definition: Mapping[str, Any]) -> bool:
    return bool(definition.get("label") or definition.get("dateLabel"))
