"""A bundle read as far as it can be read: every part, and the faults of what could not be."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn import Fault
from engine.bpmn.checks.reading import Models, read_models
from engine.forms import Form, FormFaults
from engine.i18n import gettext as _
from engine.releases.bundle import Bundle
from engine.releases.checks.house import House
from engine.sms.texts import Texts, TextsUnusable

SETTINGS = "workflows/release.toml"
TEXTS = "workflows/sms.toml"
LARGEST_TOML = 200_000


@dataclass(slots=True)
class Reading:
    """What the rules look at. A part that is None could not be read, and its faults say why."""

    bundle: Bundle
    house: House
    models: Models
    forms: dict[str, Form | None] = field(default_factory=dict)
    texts: Texts | None = None
    settings: Mapping[str, Any] | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """A set with settings and diagrams is a release; orphans can be told only in one."""
        return SETTINGS in self.bundle.files and bool(self.models.diagrams)

    @property
    def usable_forms(self) -> Iterator[tuple[str, Form]]:
        return ((name, form) for name, form in self.forms.items() if form)


Rule = Callable[[Reading], Iterator[Fault]]


def read(bundle: Bundle, house: House) -> Reading:
    found = Reading(bundle, house, read_models(bundle.models))
    for name, content in bundle.forms.items():
        found.forms[name] = _form(found, name, content)
    if TEXTS in bundle.files:
        found.texts = _texts(found, bundle.files[TEXTS])
    if SETTINGS in bundle.files:
        found.settings = _settings(found, bundle.files[SETTINGS])
    return found


def form_file(name: str) -> str:
    return f"forms/{name}.form"


def _form(found: Reading, name: str, content: bytes) -> Form | None:
    try:
        form = Form.parse(content, found.house.types)
    except FormFaults as wrong:
        found.faults += [_of_form(name, problem) for problem in wrong.problems]
        return None
    except RecursionError:
        text, mend = _("嵌套太深，读不下去"), _("请拆成几张表单")
        found.faults.append(Fault(form_file(name), "", text, mend=mend))
        return None
    found.faults += [_of_form(name, problem) for problem in form.warnings]
    return form


def _of_form(name: str, problem: Any) -> Fault:
    mend = _("请在表单设计器里改正这一处") if problem.component else _("请上传由设计器保存的表单")
    return Fault(form_file(name), problem.component, problem.text, problem.severity, mend)


def _texts(found: Reading, content: bytes) -> Texts | None:
    if _toml(found, TEXTS, content) is None:
        return None
    try:
        return Texts.parse(content)
    except TextsUnusable as wrong:
        mend = _("请在文件里改正这一条")
        found.faults += [Fault(TEXTS, key, text, mend=mend) for key, text in wrong.problems]
        return None


def _settings(found: Reading, content: bytes) -> Mapping[str, Any] | None:
    return _toml(found, SETTINGS, content)


def _toml(found: Reading, file: str, content: bytes) -> Mapping[str, Any] | None:
    try:
        return _parsed(content)
    except (ValueError, RecursionError) as cause:
        why = str(cause) if isinstance(cause, ValueError) else _("嵌套太深，读不下去")
        text = _("不是可用的 TOML 文件：%(why)s", why=why)
        found.faults.append(Fault(file, "", text, mend=_("请按 TOML 的写法改正")))
        return None


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_TOML:
        raise ValueError(_("文件超过 %(n)s KB", n=LARGEST_TOML // 1000))
    return tomllib.loads(content.decode())
