"""The set of models under check, read as far as it can be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn.documents import NotAModel, read
from engine.bpmn.faults import ERROR, Fault
from engine.bpmn.model import Diagram, Node, Scope, diagram
from engine.dmn import Decision, DmnFaults
from engine.i18n import gettext as _


@dataclass(slots=True)
class Models:
    """What could be read, and the faults of what could not."""

    diagrams: list[Diagram] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)
    decision_files: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    are_too_large: bool = False

    @property
    def scopes(self) -> Iterator[Scope]:
        return (scope for found in self.diagrams for scope in found.scopes)

    @property
    def nodes(self) -> Iterator[Node]:
        return (node for scope in self.scopes for node in scope.nodes)

    @property
    def processes(self) -> dict[str, Scope]:
        return {scope.id: scope for found in self.diagrams for scope in found.processes}


def read_models(models: Mapping[str, bytes]) -> Models:
    """Read every `.bpmn` and `.dmn` file; other files are not ours."""
    found = Models()
    for file, content in sorted(models.items()):
        if file.endswith(".bpmn"):
            _read_diagram(found, file, content)
        elif file.endswith(".dmn"):
            _read_decision(found, file, content)
    return found


def at(node: Node | Scope, text: str, mend: str = "", severity: str = ERROR) -> Fault:
    """Return a fault of an element."""
    return Fault(node.file, node.id, text, severity, mend)


def _read_diagram(found: Models, file: str, content: bytes) -> None:
    try:
        found.diagrams.append(diagram(file, read(content)))
    except NotAModel as cause:
        text = _("不是可用的流程文件：%(why)s", why=cause)
        found.faults.append(Fault(file, "", text, ERROR, _("请上传由设计器保存的 BPMN 文件")))


def _read_decision(found: Models, file: str, content: bytes) -> None:
    try:
        table = Decision.parse(content)
    except DmnFaults as cause:
        mend = _("请改正决策表")
        found.faults += [
            Fault(file, each.element, each.text, ERROR, mend) for each in cause.problems
        ]
        return
    if table.id in found.decisions:
        other = found.decision_files[table.id]
        text = _("决策表编号 %(id)s 重复，另一处在 %(file)s", id=table.id, file=other)
        found.faults.append(Fault(file, table.id, text, ERROR, _("请改用不同的编号")))
    found.decisions[table.id] = table
    found.decision_files[table.id] = file
