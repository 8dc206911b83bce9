"""The ways a form can be completed: its buttons, and what its components draw themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.forms.fields.shown import Button, style_of, validates
from engine.forms.tree import FormComponent
from engine.forms.wording import setting


@dataclass(frozen=True, slots=True)
class Outcome:
    """`validates` is false for a button that keeps what was typed without checking it."""

    name: str
    label: str = ""
    label_en: str = ""
    style: str = ""
    validates: bool = True


def outcomes_of(components: Iterable[FormComponent]) -> list[Outcome]:
    """Return the outcomes of exactly these components, in their order, each once."""
    found: dict[str, Outcome] = {}
    for component in components:
        for outcome in _offered_by(component):
            found.setdefault(outcome.name, outcome)
    return list(found.values())


def outcome_of(button: FormComponent) -> Outcome:
    return Outcome(
        name=str(setting(button.definition, "outcome") or ""),
        label=str(button.definition.get("label") or ""),
        label_en=str(setting(button.definition, "label.en") or ""),
        style=style_of(button.definition),
        validates=validates(button.definition),
    )


def _offered_by(component: FormComponent) -> list[Outcome]:
    if isinstance(component.type, Button):
        outcome = outcome_of(component)
        return [outcome] if outcome.name else []
    return [Outcome(name) for name in sorted(component.type.outcomes)]
