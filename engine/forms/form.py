"""A form: parsed from its document, bound to a post, shown as views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.forms import check, document, posting, rows
from engine.forms.binding import bind
from engine.forms.document import FormFaults
from engine.forms.fields import GENERIC_TYPES
from engine.forms.formulas import FormExpression, formulas_of
from engine.forms.nested import ABSENT, drop, find
from engine.forms.outcomes import Outcome, outcomes_of
from engine.forms.passes import Question
from engine.forms.tree import FormComponent, TreeBuilder, in_form, walk
from engine.forms.types import FieldType, Problem, Submitted, Upload
from engine.forms.view import View
from engine.forms.viewing import views_of
from engine.forms.wording import is_set
from engine.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Bound:
    """What a post said. `entered` is the same as plain JSON, wrong texts included: for drafts and
    for showing the page again. Secrets stand in `secrets` and nowhere else."""

    values: dict[str, Any]
    entered: dict[str, Any]
    errors: dict[str, str]
    hidden: list[str]
    unknown: list[str]
    routed: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_valid(self) -> bool:
        return not self.errors


@dataclass(frozen=True, slots=True)
class Form:
    id: str
    components: tuple[FormComponent, ...]
    outcomes: list[Outcome]
    warnings: list[Problem]

    @classmethod
    def parse(
        cls, source: bytes | Mapping[str, Any], types: Mapping[str, FieldType] = GENERIC_TYPES
    ) -> "Form":
        """Return the form, or raise `FormFaults` with everything that is wrong with it."""
        found = document.read(source)
        builder = TreeBuilder(types)
        components = builder.build(found["components"])
        problems = [
            *document.problems_of(found),
            *builder.problems,
            *check.problems_of(components),
        ]
        if any(problem.severity == "error" for problem in problems):
            raise FormFaults(problems)
        return cls(found["id"], components, outcomes_of(walk(components)), problems)

    def expressions(self) -> list[FormExpression]:
        """Return every FEEL expression of the form, for checks of the names they read."""
        return [
            FormExpression(component.title, place, text)
            for component in walk(self.components)
            for place, text in formulas_of(component.definition)
        ]

    def bind(
        self,
        context: Mapping[str, Any],
        submitted: Submitted | posting.Posted,
        files: Mapping[str, Upload | Sequence[Upload]] | None = None,
        *,
        outcome: str | None = None,
    ) -> Bound:
        """Return typed values and errors by posted name; what is hidden or unknown is dropped."""
        post = posting.submitted_from(submitted, files)
        post = posting.renumbered(self.components, post)
        question = Question(self.components, {**context, "__outcome__": outcome}, post)
        found = bind(question)
        offered = {o.name: o for o in outcomes_of(self._visible(found.hidden))}
        errors = found.errors
        if outcome is not None and outcome not in offered:
            errors = {"outcome": _("请用页面上的按钮继续。")}
        elif outcome is not None and not offered[outcome].validates:
            errors = {}
        bound = Bound(
            values=found.values,
            entered=found.entered,
            errors=errors,
            hidden=found.hidden_names,
            unknown=posting.unknown_names(self.components, post),
        )
        self._set_apart(bound)
        return bound

    def view(
        self,
        context: Mapping[str, Any],
        values: Mapping[str, Any] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> list[View]:
        """Return the visible components to draw. `values` are typed values or `Bound.entered`."""
        return views_of(self.components, context, values or {}, errors or {})

    def row_added(self, entered: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Return what was typed with one more row in a list (the button `_add`)."""
        return rows.row_added(self.components, entered, name)

    def row_removed(self, entered: Mapping[str, Any], place: str) -> dict[str, Any]:
        """Return what was typed without one row (the button `_remove`, `<list>.<index>`)."""
        return rows.row_removed(self.components, entered, place)

    def _visible(self, hidden: set[tuple[str, int]]) -> list[FormComponent]:
        return [c for c in in_form(self.components) if ("", c.number) not in hidden]

    def _set_apart(self, bound: Bound) -> None:
        """Copy out what routes the case, take out what must be kept nowhere."""
        for component in in_form(self.components):
            value = find(bound.values, component.name) if component.name else ABSENT
            if is_set(component.definition, "route"):
                bound.routed[component.key] = None if value is ABSENT else value
            if is_set(component.definition, "secret"):
                if value is not ABSENT:
                    bound.secrets[component.key] = value
                drop(bound.values, component.name)
                drop(bound.entered, component.name)
