"""One walk over a form: every component is hidden or bound, in the order people see them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.forms.fields.files import FilePicker
from engine.forms.fields.lists import fewest_rows, most_rows
from engine.forms.formulas import settle
from engine.forms.nested import ABSENT, copied, drop, find, put
from engine.forms.passes import Frame, Pass, Place, Question, Values
from engine.forms.posting import count_of_rows
from engine.forms.tree import FormComponent, in_form
from engine.forms.types import POSTED, FieldError, Submitted
from engine.forms.wording import is_required, label_of, missing
from engine.i18n import gettext as _


class Walker:
    """One pass; it sees what the pass before found, and replaces it as it goes."""

    def __init__(
        self,
        question: Question,
        found: Pass,
        rows_before: Mapping[str, list[Values]],
        frozen: set[Place] | None = None,
    ) -> None:
        self._question = question
        self._rows_before = rows_before
        self._frozen = frozen
        self._domain = [c.name for c in in_form(question.components) if c.is_domain]
        self.found = found

    def walk(self) -> None:
        frame = Frame(self.found.values, self.found.entered)
        self._visit_all(self._question.components, frame)

    def scope_of(self, frame: Frame) -> dict[str, Any]:
        """Return what a formula standing in this frame may read."""
        outer = _scope(self._question.context, self.found.values, self._domain)
        if frame.row is None:
            return outer
        own = {"this": frame.values, "parent": self.found.values, "i": frame.row + 1}
        return {**outer, **frame.values, **own}

    def _visit_all(self, components: Sequence[FormComponent], frame: Frame) -> None:
        for component in in_form(components):
            if component.type.takes_value and find(frame.values, component.name) is ABSENT:
                put(frame.values, component.name, None)
        hidden: list[FormComponent] = []
        for component in components:
            self._visit(component, frame, hidden)
        for component in hidden:
            self._forget(component, frame)

    def _visit(self, component: FormComponent, frame: Frame, hidden: list[FormComponent]) -> None:
        if self._is_hidden(component, frame):
            hidden.extend(in_form([component]))
            self._hide(component, frame)
        elif component.type.holds == "group":
            for child in component.children:
                self._visit(child, frame, hidden)
        elif component.type.holds == "rows":
            self._bind_rows(component, frame)
        elif component.type.takes_value:
            self._bind(component, frame)

    def _is_hidden(self, component: FormComponent, frame: Frame) -> bool:
        if self._frozen is not None:
            return (frame.prefix, component.number) in self._frozen
        condition = component.definition.get("conditional")
        hide = condition.get("hide") if isinstance(condition, Mapping) else None
        return bool(hide) and settle(hide, self.scope_of(frame)) is True

    def _hide(self, component: FormComponent, frame: Frame) -> None:
        """Note the component and all inside it; what comes later already sees it empty."""
        for inner in in_form([component]):
            self.found.hidden.add((frame.prefix, inner.number))
            if inner.type.takes_value:
                self.found.hidden_names.append(f"{frame.prefix}{inner.name}")
                put(frame.values, inner.name, None)

    def _forget(self, component: FormComponent, frame: Frame) -> None:
        if component.type.takes_value:
            drop(frame.values, component.name)

    def _bind(self, component: FormComponent, frame: Frame) -> None:
        name = f"{frame.prefix}{component.name}"
        posted = self._question.submitted.of(name)
        context = {**self.scope_of(frame), "__name__": name}
        if component.is_domain:
            context[component.key] = self._question.context.get(component.key)
        put(frame.values, component.name, self._value(component, posted, context))
        if not is_locked(component, context):
            put(frame.entered, component.name, component.type.entered(component.definition, posted))

    def _value(
        self, component: FormComponent, posted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        if is_locked(component, context):
            return self._locked_value(component, context)
        given = find(self._question.given, component.name)
        if given is not ABSENT and _has_no_text(component, given):
            return given
        try:
            return component.type.bind(component.definition, posted, context)
        except FieldError as error:
            for part, sentence in error.errors.items():
                name = f"{context['__name__']}.{part}" if part else context["__name__"]
                self.found.errors[name] = sentence
            return None

    def _locked_value(self, component: FormComponent, context: Mapping[str, Any]) -> Any:
        """Return what a read-only field holds; a post can't say anything about it."""
        places = (context.get("__stored__", {}), self._question.context, self._question.given)
        for place in places:
            found = find(place, component.name)
            if found is not ABSENT:
                return found
        return settle(component.definition.get("defaultValue"), context)

    def _bind_rows(self, component: FormComponent, frame: Frame) -> None:
        name, submitted = f"{frame.prefix}{component.name}", self._question.submitted
        count = min(count_of_rows(name, submitted), most_rows(component.definition))
        before = self._rows_before.get(name, [])
        entered: list[Values] = []
        rows = [copied(before[at]) if at < len(before) else {} for at in range(count)]
        self.found.rows[name] = rows
        for at, row in enumerate(rows):
            entered.append({})
            prefix = f"{name}.{at}."
            errors = dict(self.found.errors)
            self._visit_all(component.children, Frame(row, entered[at], prefix, at))
            if self._is_blank(prefix):
                self.found.errors = errors
        filled = [row for at, row in enumerate(rows) if not self._is_blank(f"{name}.{at}.")]
        put(frame.values, component.name, filled)
        put(frame.entered, component.name, entered)
        self._check_count(component, name, len(filled), frame)

    def _is_blank(self, prefix: str) -> bool:
        kept = self._question.context.get("__kept__", {})
        posted = self._question.submitted.under(prefix.removesuffix("."))
        return posted.is_blank and not any(name.startswith(prefix) for name in kept)

    def _check_count(self, component: FormComponent, name: str, filled: int, frame: Frame) -> None:
        definition, context = component.definition, self.scope_of(frame)
        label = label_of(definition, context)
        fewest = max(fewest_rows(definition), int(is_required(definition, context)))
        most = most_rows(definition)
        if filled < fewest:
            usual = _("%(label)s至少填写 %(n)s 行。", label=label, n=fewest)
            self.found.errors[name] = missing(definition, context, usual).errors[""]
        elif count_of_rows(name, self._question.submitted) > most:
            self.found.errors[name] = _("%(label)s最多填写 %(n)s 行。", label=label, n=most)


def is_locked(component: FormComponent, context: Mapping[str, Any]) -> bool:
    """Say whether a field is only to be read, so that nothing posted can change it."""
    definition = component.definition
    return any(settle(definition.get(name), context) is True for name in ("readonly", "disabled"))


def _scope(context: Mapping[str, Any], values: Values, domain: Iterable[str]) -> dict[str, Any]:
    """Return what formulas may read: the answers over the facts.

    A domain component without an answer yet leaves its facts in sight.
    """
    blank = {name for name in domain if values.get(name) is None}
    return {**context, **{name: value for name, value in values.items() if name not in blank}}


def _has_no_text(component: FormComponent, given: Any) -> bool:
    if isinstance(component.type, FilePicker):
        return True
    was_typed = isinstance(given, Mapping) and given.keys() == {POSTED}
    return component.is_domain and not was_typed
