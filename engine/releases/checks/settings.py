"""`release.toml`: it names processes and tasks that exist, and every name in it is read."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.bpmn import Fault
from engine.bpmn.faults import WARNING
from engine.i18n import gettext as _
from engine.releases.checks.bundle_reading import SETTINGS, Reading
from engine.releases.checks.form_names import settings_read

LASTS = ("_hours", "_minutes", "_days")


def faults(found: Reading) -> Iterator[Fault]:
    if found.settings is None:
        return
    yield from _processes(found, found.settings)
    yield from _durations(found.settings)
    yield from _stages(found, found.settings.get("stages", []))
    yield from _before_verification(found, found.settings.get("before_verification", []))
    yield from _offered(found, found.settings.get("offered", {}))
    yield from _waiting(found, found.settings.get("waiting", {}))
    yield from _unread(found, found.settings)


def _processes(found: Reading, settings: Mapping[str, Any]) -> Iterator[Fault]:
    if "main_process" not in settings:
        yield _fault("main_process", _("没有写明主流程"), _("请写上 main_process"))
    for name, value in settings.items():
        if name.endswith("_process") and value not in found.models.processes:
            yield _fault(name, _("没有流程 %(process)s", process=value), _("请改正编号"))


def _durations(settings: Mapping[str, Any]) -> Iterator[Fault]:
    for name, value in settings.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if name.endswith(LASTS) and not (is_number and value > 0):
            yield _fault(name, _("应当是大于零的数"), _("例如 hold_hours = 72"))


def _stages(found: Reading, stages: Any) -> Iterator[Fault]:
    if not isinstance(stages, list) or not all(isinstance(stage, dict) for stage in stages):
        yield _fault("stages", _("步骤条应当写成多张 [[stages]] 表"), _("请对照样例改写"))
        return
    tasks = _user_tasks(found)
    seen: set[str] = set()
    for place, stage in enumerate(stages, 1):
        name = stage.get("name")
        if not isinstance(name, str) or not name.strip():
            yield _fault("stages", _("第 %(n)s 步没有名称", n=place), _("请写上 name"))
        elif not stage.get("name_en"):
            yield _fault(
                "stages", _("“%(name)s”没有英文名称", name=name), _("请写上 name_en"), WARNING
            )
        elements = stage.get("elements")
        if not isinstance(elements, list):
            yield _fault("stages", _("第 %(n)s 步没有任务", n=place), _("请写上 elements"))
            continue
        for element in elements:
            if element not in tasks:
                yield _no_task("stages", element)
            elif element in seen:
                text = _("任务 %(task)s 属于两步", task=element)
                yield _fault("stages", text, _("请从其中一步删去"))
            seen.add(str(element))


def _before_verification(found: Reading, elements: Any) -> Iterator[Fault]:
    tasks = _user_tasks(found)
    for element in elements if isinstance(elements, list) else [elements]:
        if element not in tasks:
            yield _no_task("before_verification", element)


def _offered(found: Reading, sentences: Any) -> Iterator[Fault]:
    """Hold the sentences about offered messages to the events that offer them."""
    offering = {node.id for node in found.models.nodes if node.properties.get("offer")}
    for element in sentences if isinstance(sentences, dict) else ():
        if element not in offering:
            text = _("没有向人提供操作的消息事件 %(event)s", event=element)
            yield _fault("offered", text, _("请改正编号，或删去"))
    yield from _sentences("offered", sentences)


def _waiting(found: Reading, sentences: Any) -> Iterator[Fault]:
    """Hold what is said while staff have a step to the user tasks there are."""
    tasks = _user_tasks(found)
    for element in sentences if isinstance(sentences, dict) else ():
        if element not in tasks:
            yield _no_task("waiting", element)
    yield from _sentences("waiting", sentences)


def _sentences(section: str, sentences: Any) -> Iterator[Fault]:
    """Ask for both languages of every sentence of a section."""
    for element, said in sentences.items() if isinstance(sentences, dict) else ():
        if not isinstance(said, dict) or not isinstance(said.get("zh"), str):
            text = _("%(element)s 没有中文说明", element=element)
            yield _fault(section, text, _("请写上 zh"))
        elif not said.get("en"):
            text = _("%(element)s 没有英文说明", element=element)
            yield _fault(section, text, _("请写上 en"), WARNING)


def _unread(found: Reading, settings: Mapping[str, Any]) -> Iterator[Fault]:
    expectations = found.house.expectations
    if expectations is None:
        return
    read = {*expectations.settings, *settings_read(found)}
    for name in settings:
        if name not in read:
            text = _("没有谁读取设置 %(name)s，改动它不起作用", name=name)
            yield _fault(name, text, _("请改正名称，或删去"), WARNING)


def _user_tasks(found: Reading) -> set[str]:
    return {node.id for node in found.models.nodes if node.kind == "userTask"}


def _no_task(element: str, task: Any) -> Fault:
    return _fault(element, _("没有用户任务 %(task)s", task=task), _("请改正编号，或删去"))


def _fault(element: str, text: str, mend: str, severity: str = "error") -> Fault:
    return Fault(SETTINGS, element, text, severity, mend)
