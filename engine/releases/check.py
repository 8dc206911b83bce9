"""Everything that can be wrong with a bundle, found before anyone runs it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine import bpmn
from engine.bpmn import ServiceSignature
from engine.bpmn.check import check as check_models
from engine.forms import FieldType, Form, FormFaults
from engine.i18n import gettext as _
from engine.releases.bundle import Bundle
from engine.sms.texts import Texts, TextsUnusable


@dataclass(frozen=True, slots=True)
class House:
    """What a bundle may refer to: services by name, component types, roles."""

    services: Mapping[str, ServiceSignature]
    types: Mapping[str, FieldType]
    roles: Collection[str]


def check(bundle: Bundle, house: House) -> list[bpmn.Fault]:
    """Return every fault, in the order of the files."""
    forms = dict(_forms(bundle, house))
    outcomes = {
        name: frozenset(o.name for o in form.outcomes)
        for name, form in forms.items()
        if isinstance(form, Form)
    }
    faults = [fault for found in forms.values() if not isinstance(found, Form) for fault in found]
    for name, form in forms.items():
        if isinstance(form, Form):
            faults += _warnings(name, form)
    known = {name: outcomes.get(name, frozenset()) for name in forms}
    faults += check_models(bundle.models, services=house.services, forms=known, roles=house.roles)
    faults += _texts(bundle)
    faults += _orphans(bundle, forms)
    return sorted(faults, key=lambda fault: (fault.file, fault.element, fault.text))


def _forms(bundle: Bundle, house: House) -> Iterator[tuple[str, Form | list[bpmn.Fault]]]:
    for name, content in bundle.forms.items():
        try:
            yield name, Form.parse(content, house.types)
        except FormFaults as wrong:
            file = f"forms/{name}.form"
            yield name, [bpmn.Fault(file, p.component, p.text, p.severity) for p in wrong.problems]


def _warnings(name: str, form: Form) -> list[bpmn.Fault]:
    file = f"forms/{name}.form"
    return [bpmn.Fault(file, p.component, p.text, p.severity) for p in form.warnings]


def _texts(bundle: Bundle) -> list[bpmn.Fault]:
    file = "workflows/sms.toml"
    if not bundle.texts:
        return []
    try:
        texts = Texts.parse(bundle.texts)
    except TextsUnusable as wrong:
        return [bpmn.Fault(file, key, text) for key, text in wrong.problems]
    return [
        bpmn.Fault(file, key, _("这条短信没有英文"), "warning")
        for key, text in texts.by_key.items()
        if not text.en
    ]


def _orphans(bundle: Bundle, forms: Mapping[str, object]) -> list[bpmn.Fault]:
    """Name forms that no user task opens; only a whole bundle can have orphans."""
    if not any(path.endswith(".bpmn") for path in bundle.files):
        return []
    try:
        used = {task.form for task in bpmn.Definition.parse(bundle.models).user_tasks()}
    except bpmn.ModelFaults:
        return []
    return [
        bpmn.Fault(f"forms/{name}.form", name, _("没有任务使用这张表单"), "warning")
        for name in forms
        if name not in used
    ]
