"""Services and decisions: named, known, and given the parameters they ask for."""

from collections.abc import Iterator, Mapping

from engine.bpmn.checks.reading import Models, at
from engine.bpmn.faults import ERROR, Fault
from engine.bpmn.model import CALLERS
from engine.bpmn.naming import ServiceUse, decision_of, service_uses
from engine.bpmn.services import ServiceSignature
from engine.i18n import gettext as _


def naming(models: Models) -> Iterator[Fault]:
    """Yield tasks that name nothing to do, or a decision that is not there."""
    for node in models.nodes:
        if node.kind in CALLERS:
            named = service_uses([node])
            if not named or not named[0].service:
                yield at(node, _("服务任务没有写明服务"), _("请选择服务"))
            if node.xml.get("messageRef") is not None:
                text = _("发送任务的消息不会自动发出")
                yield at(node, text, _("请删去消息，由服务发送"))
        elif node.kind == "businessRuleTask":
            decision = decision_of(node)
            if not decision:
                yield at(node, _("规则任务没有写明决策表"), _("请选择决策表"))
            elif decision not in models.decisions:
                text = _("没有决策表 %(id)s", id=decision)
                yield at(node, text, _("请改正编号，或加上这张表"))


def faults(models: Models, services: Mapping[str, ServiceSignature]) -> Iterator[Fault]:
    """Yield calls that no service of the product would understand."""
    for use in service_uses(models.nodes):
        if use.service in services:
            yield from _parameters(use, services[use.service])
        elif use.service:
            yield _fault(use, _("没有服务 %(name)s", name=use.service), _("请从服务清单中选择"))


def _parameters(use: ServiceUse, signature: ServiceSignature) -> Iterator[Fault]:
    names = [name for name, _text in use.parameters]
    for name in sorted(set(names)):
        if names.count(name) > 1:
            yield _fault(use, _("参数 %(name)s 写了两次", name=name), _("请删去一个"))
    for name in sorted(signature.required - set(names)):
        yield _fault(use, _("缺少参数 %(name)s", name=name), _("请补上这个参数"))
    if not signature.takes_any:
        for name in sorted(set(names) - signature.required - signature.optional):
            yield _fault(use, _("服务没有参数 %(name)s", name=name), _("请删去这个参数"))
    for name, text in use.parameters:
        if not text.strip():
            yield _fault(use, _("参数 %(name)s 是空的", name=name), _("请填写表达式"))


def _fault(use: ServiceUse, text: str, mend: str) -> Fault:
    return Fault(use.file, use.element, text, ERROR, mend)
