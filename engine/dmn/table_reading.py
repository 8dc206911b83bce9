"""From DMN's XML to a decision table, every cell parsed."""

from collections.abc import Callable
from typing import Any

from engine.dmn.asking import DecisionTable
from engine.dmn.cells import Cells
from engine.dmn.policies import Policy
from engine.dmn.table import Aggregation, HitPolicy, Input, Output, Rule
from engine.dmn.xml import children, id_of
from engine.i18n import gettext as _

RULES = 2_000
COLUMNS = 50

_POLICIES = {policy.name.replace("_", " "): policy for policy in HitPolicy}
_SUMS_UP = HitPolicy.COLLECT
_NEEDS_PRIORITIES = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


class TableReader:
    """Reads tables; what is wrong goes to `fault`, and reading goes on."""

    def __init__(self, fault: Callable[[Any, str], None], cells: Cells) -> None:
        self._fault = fault
        self._cells = cells

    def table(self, table: Any) -> DecisionTable:
        """Read a table; the only output column may go without a name."""
        cells = self._cells
        policy, aggregation = self._policy(table)
        inputs = tuple(cells.input(each) for each in children(table, "input"))
        outputs = tuple(self._outputs(table, cells))
        rules = self._rules(table, inputs, outputs, cells)
        self._check(table, policy, aggregation, outputs)
        self._fault_unless(rules, table, _("决策表没有规则"))
        return DecisionTable(Policy(policy, aggregation, outputs), inputs, outputs, rules)

    def _policy(self, table: Any) -> tuple[HitPolicy, Aggregation | None]:
        name = table.get("hitPolicy", "UNIQUE")
        if name not in _POLICIES:
            self._fault(table, _("不认识的命中策略“%(name)s”", name=name))
        aggregation = table.get("aggregation")
        if aggregation is not None and aggregation not in set(Aggregation):
            self._fault(table, _("不认识的汇总方式“%(name)s”", name=aggregation))
            aggregation = None
        return _POLICIES.get(name, HitPolicy.UNIQUE), aggregation and Aggregation(aggregation)

    def _outputs(self, table: Any, cells: Cells) -> list[Output]:
        found = children(table, "output")
        self._fault_unless(found, table, _("决策表没有输出列"))
        fallback = id_of(table.getparent()) if len(found) == 1 else ""
        outputs = [cells.output(each, fallback) for each in found]
        names = [each.name for each in outputs]
        for element, output in zip(found, outputs, strict=True):
            if not output.name or names.count(output.name) > 1:
                self._fault(element, _("每个输出列要有不重复的名称"))
        return outputs

    def _rules(
        self, table: Any, inputs: tuple[Input, ...], outputs: tuple[Output, ...], cells: Cells
    ) -> tuple[Rule, ...]:
        found = children(table, "rule")
        if len(found) > RULES or len(inputs) + len(outputs) > COLUMNS:
            limits = {"rules": RULES, "columns": COLUMNS}
            self._fault(table, _("决策表超过 %(rules)s 条规则或 %(columns)s 列", **limits))
            return ()
        return tuple(
            rule for each in found if (rule := cells.rule(each, len(inputs), len(outputs)))
        )

    def _check(
        self,
        table: Any,
        policy: HitPolicy,
        aggregation: Aggregation | None,
        outputs: tuple[Output, ...],
    ) -> None:
        """Check what the hit policy asks of the outputs."""
        if aggregation and policy is not _SUMS_UP:
            self._fault(table, _("只有命中策略 COLLECT 可以汇总"))
        if aggregation and len(outputs) > 1:
            self._fault(table, _("汇总只能用于一个输出列"))
        if policy in _NEEDS_PRIORITIES and not any(each.values for each in outputs):
            self._fault(table, _("命中策略 PRIORITY 和 OUTPUT ORDER 要求输出列写明允许的值"))
        if table.get("preferredOrientation", "Rule-as-Row") == "CrossTable":
            self._fault(table, _("不支持交叉表"))

    def _fault_unless(self, found: Any, element: Any, text: str) -> None:
        if not found:
            self._fault(element, text)
