"""Decision tables that the product asks by name, and tables that nobody asks."""

from collections.abc import Iterator

from engine.bpmn import Fault
from engine.bpmn.faults import ERROR, WARNING
from engine.bpmn.naming import decision_uses
from engine.dmn import Decision
from engine.i18n import gettext as _
from engine.releases.checks.bundle_reading import SETTINGS, Reading
from engine.releases.checks.house import AskedTable


def faults(found: Reading) -> Iterator[Fault]:
    expectations = found.house.expectations
    if expectations is None:
        return
    for name, asked in expectations.tables.items():
        table = found.models.decisions.get(name)
        if table is not None:
            yield from _of_asked(found.models.decision_files[name], table, asked)
        elif found.is_whole:
            text = _("缺少决策表 %(id)s，系统要用它", id=name)
            yield Fault(SETTINGS, name, text, ERROR, _("请补上这张表"))
    if found.is_whole:
        used = {use.name for use in decision_uses(found.models.nodes)} | set(expectations.tables)
        for name in found.models.decisions.keys() - used:
            file = found.models.decision_files[name]
            yield Fault(file, name, _("没有谁使用这张决策表"), WARNING, _("请删去，或在流程里用上"))


def _of_asked(file: str, table: Decision, asked: AskedTable) -> Iterator[Fault]:
    columns = {column.label for column in table.inputs}
    for name in sorted(table.names() - set(asked.inputs) - columns):
        mend = _("可用的有：%(names)s", names="、".join(sorted(asked.inputs)))
        text = _("决策表读取 %(name)s，但系统不提供它", name=name)
        yield Fault(file, table.id, text, ERROR, mend)
    for name in sorted(set(asked.outputs) - {output.name for output in table.outputs}):
        text = _("缺少输出 %(name)s，系统要读取它", name=name)
        yield Fault(file, table.id, text, ERROR, _("请补上这一列"))
