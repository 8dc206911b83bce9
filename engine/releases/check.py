"""Everything that can be wrong with a bundle, found before anyone runs it. Pure; never raises."""

from collections.abc import Iterable

from engine.bpmn import Fault
from engine.bpmn.check import check as check_models
from engine.bpmn.faults import ERROR
from engine.i18n import gettext as _
from engine.releases.bundle import Bundle
from engine.releases.checks import fields, form_names, settings, tables, texts, use
from engine.releases.checks.bundle_reading import Reading, Rule, read
from engine.releases.checks.house import AskedTable, Expectations, House

__all__ = ["AskedTable", "BundleRefused", "Expectations", "House", "check", "require_sound"]

BETWEEN_FILES: tuple[Rule, ...] = (
    settings.faults,
    texts.faults,
    tables.faults,
    fields.faults,
    form_names.faults,
    use.faults,
)


class BundleRefused(ValueError):
    """The bundle has errors, so no case may run on it; `faults` names them all."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        places = (f"{fault.file} {fault.element}: {fault.text}" for fault in self.faults)
        super().__init__("; ".join(places))


def check(bundle: Bundle, house: House) -> list[Fault]:
    """Return every fault, in the order of the files."""
    found = read(bundle, house)
    faults = [*found.faults, *_of_models(found)]
    if not found.models.are_too_large:
        faults += [fault for rule in BETWEEN_FILES for fault in _tried(rule, found)]
    return sorted(dict.fromkeys(faults), key=lambda f: (f.file, f.element, f.text))


def require_sound(bundle: Bundle, house: House) -> None:
    """Refuse a bundle that no case should run on."""
    errors = [fault for fault in check(bundle, house) if fault.severity == ERROR]
    if errors:
        raise BundleRefused(errors)


class _Unreadable(frozenset[str]):
    """The outcomes of a form that could not be read: any may be among them."""

    def __contains__(self, outcome: object) -> bool:
        return True


def _of_models(found: Reading) -> list[Fault]:
    outcomes = {
        name: frozenset(outcome.name for outcome in form.outcomes) if form else _Unreadable()
        for name, form in found.forms.items()
    }
    return check_models(
        found.bundle.models,
        services=found.house.services,
        forms=outcomes,
        roles=found.house.roles,
    )


def _tried(rule: Rule, found: Reading) -> list[Fault]:
    try:
        return list(rule(found))
    except RecursionError:
        return [Fault("", "", _("嵌套太深，读不下去"), ERROR, _("请拆成几个流程"))]
