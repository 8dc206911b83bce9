"""From DMN's XML to a table; everything that this product does not carry out is refused by name."""

from dataclasses import dataclass, field
from typing import Any

from engine.dmn.cells import Cells
from engine.dmn.faults import DmnFault, DmnFaults
from engine.dmn.table import Aggregation, HitPolicy, Input, Output, Rule, Table
from engine.dmn.xml import child, children, id_of, root_of, tag
from engine.i18n import gettext as _

RULES = 2_000
COLUMNS = 50

_BESIDE = frozenset({"description", "extensionElements", "itemDefinition", "inputData", "DMNDI"})
_BESIDE_TABLE = frozenset(
    {
        *("description", "question", "allowedAnswers", "extensionElements", "variable"),
        *("informationRequirement", "authorityRequirement", "decisionTable"),
    }
)
_POLICIES = {policy.name.replace("_", " "): policy for policy in HitPolicy}
_SUMS_UP = HitPolicy.COLLECT
_NEEDS_PRIORITIES = (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)


def read_table(xml: bytes) -> Table:
    """Return the one decision table of a file, or raise every fault that was found."""
    root = root_of(xml)
    return _Reader().table(root)


@dataclass
class _Reader:
    problems: list[DmnFault] = field(default_factory=list)

    def table(self, root: Any) -> Table:
        decision = self._only_decision(root)
        found = self._read(decision, child(decision, "decisionTable"))
        if self.problems:
            raise DmnFaults(self.problems)
        return found

    def _only_decision(self, root: Any) -> Any:
        self._refuse_others(root, _BESIDE | {"decision"})
        decisions = children(root, "decision")
        for extra in decisions[1:]:
            self._fault(extra, _("一个文件只能有一个决策"))
        if not decisions:
            self._fault(root, _("文件里没有决策"))
            raise DmnFaults(self.problems)
        decision = decisions[0]
        self._refuse_others(decision, _BESIDE_TABLE)
        for needed in children(decision, "informationRequirement"):
            if children(needed, "requiredDecision"):
                self._fault(decision, _("不支持一个决策依赖另一个决策"))
        if child(decision, "decisionTable") is None:
            self._fault(decision, _("决策里没有决策表"))
            raise DmnFaults(self.problems)
        return decision

    def _read(self, decision: Any, table: Any) -> Table:
        cells = Cells(self._fault, _declared_names(decision.getparent()))
        policy, aggregation = self._policy(table)
        inputs = tuple(cells.input(each) for each in children(table, "input"))
        outputs = tuple(self._outputs(decision, table, cells))
        rules = self._rules(table, inputs, outputs, cells)
        self._check(table, policy, aggregation, outputs)
        self._fault_unless(rules, table, _("决策表没有规则"))
        name = decision.get("name") or decision.get("id", "")
        return Table(decision.get("id", ""), name, policy, aggregation, inputs, outputs, rules)

    def _policy(self, table: Any) -> tuple[HitPolicy, Aggregation | None]:
        name = table.get("hitPolicy", "UNIQUE")
        if name not in _POLICIES:
            self._fault(table, _("不认识的命中策略“%(name)s”", name=name))
        aggregation = table.get("aggregation")
        if aggregation is not None and aggregation not in set(Aggregation):
            self._fault(table, _("不认识的汇总方式“%(name)s”", name=aggregation))
            aggregation = None
        return _POLICIES.get(name, HitPolicy.UNIQUE), aggregation and Aggregation(aggregation)

    def _outputs(self, decision: Any, table: Any, cells: Cells) -> list[Output]:
        found = children(table, "output")
        self._fault_unless(found, table, _("决策表没有输出列"))
        fallback = decision.get("id", "") if len(found) == 1 else ""
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

    def _refuse_others(self, element: Any, known: frozenset[str]) -> None:
        for each in element:
            if tag(each) and tag(each) not in known:
                self._fault(each, _("不支持的元素“%(name)s”", name=tag(each)))

    def _fault_unless(self, found: Any, element: Any, text: str) -> None:
        if not found:
            self._fault(element, text)

    def _fault(self, element: Any, text: str) -> None:
        self.problems.append(DmnFault(id_of(element), text))


def _declared_names(root: Any) -> set[str]:
    """Return the names of more than one word that the file declares for its inputs."""
    declared = [each for each in root.iter() if tag(each) in ("inputData", "itemComponent")]
    return {name for each in declared if " " in (name := each.get("name", ""))}
