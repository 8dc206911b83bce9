"""From DMN's XML to a decision; everything that this product does not carry out is refused by name.

Only what the wanted decision requires is read: the rest of a file may hold what is not supported.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.dmn.boxed import KINDS, Boxes
from engine.dmn.cells import Cells
from engine.dmn.decision import Decision
from engine.dmn.faults import DmnFault, DmnFaults
from engine.dmn.knowledge import Knowledge
from engine.dmn.types import Types, reference_of
from engine.dmn.xml import child, children, id_of, root_of, tag
from engine.feel.values.functions import Function
from engine.i18n import gettext as _

DEEPEST = 30
"""Decisions, or functions, that require one another in a row."""

_BESIDE = frozenset(
    {
        *("description", "extensionElements", "itemDefinition", "inputData", "DMNDI"),
        *("decision", "businessKnowledgeModel", "knowledgeSource", "textAnnotation"),
        *("association", "group", "elementCollection", "performanceIndicator", "organizationUnit"),
    }
)
_BESIDE_LOGIC = KINDS | frozenset(
    {
        *("description", "question", "allowedAnswers", "extensionElements", "variable"),
        *("informationRequirement", "knowledgeRequirement", "authorityRequirement"),
        *("encapsulatedLogic", "supportedObjective", "impactedPerformanceIndicator"),
        *("decisionMaker", "decisionOwner", "usingProcess", "usingTask"),
    }
)


def read_decision(xml: bytes, wanted: str = "") -> Decision:
    """Return the decision with this id or name, or the one that no other requires; raise every
    fault that was found on the way."""
    reader = _Reader(root_of(xml))
    element = reader.chosen(wanted)
    decision = reader.decision(element, ())
    reader.raise_faults()
    return decision


class _Reader:
    def __init__(self, root: Any) -> None:
        self._root = root
        self._problems: list[DmnFault] = []
        self._elements = {each.get("id"): each for each in root if tag(each) and each.get("id")}
        self._decisions: dict[str, Decision] = {}
        self._functions: dict[str, tuple[Mapping[str, Function], frozenset[str]]] = {}
        types = Types(root)
        self._types = types
        self._boxes = Boxes(self._fault, Cells(self._fault, _declared_names(root)), types)

    def raise_faults(self) -> None:
        if self._problems:
            raise DmnFaults(self._problems)

    def chosen(self, wanted: str) -> Any:
        """Return the wanted decision's element."""
        decisions = children(self._root, "decision")
        if wanted:
            found = [each for each in decisions if wanted in (each.get("id"), each.get("name"))]
        else:
            self._refuse_others(self._root, _BESIDE)
            needed = set(self._required_ids(decisions))
            found = [each for each in decisions if each.get("id") not in needed]
            for extra in found[1:]:
                self._fault(extra, _("一个文件只能有一个决策"))
        if not found:
            self._fault(self._root, _("文件里没有决策"))
            raise DmnFaults(self._problems)
        return found[0]

    def decision(self, element: Any, path: tuple[str, ...]) -> Decision:
        """Read a decision and, before it, those it requires; `path` are those that require it."""
        found_id = element.get("id", "")
        if found_id in self._decisions:
            return self._decisions[found_id]
        self._check_path(element, path)
        self._refuse_others(element, _BESIDE_LOGIC)
        inside = (*path, found_id)
        required = tuple(
            self.decision(each, inside)
            for each in self._required(element, "informationRequirement", "requiredDecision")
        )
        knowledge, reads = self._knowledge_of(element, ())
        logic = self._boxes.inside(element)
        if logic is None:
            self._fault(element, _("决策里没有决策表或表达式"))
            raise DmnFaults(self._problems)
        name = element.get("name") or found_id
        kind = self._types.named(reference_of(child(element, "variable")))
        made = Decision(found_id, name, logic, kind, required, knowledge, reads)
        self._decisions[found_id] = made
        return made

    def _knowledge_of(
        self, element: Any, path: tuple[str, ...]
    ) -> tuple[Mapping[str, Function], frozenset[str]]:
        """Return the functions an element may call, and what those read besides their arguments."""
        functions: dict[str, Function] = {}
        reads: frozenset[str] = frozenset()
        for each in self._required(element, "knowledgeRequirement", "requiredKnowledge"):
            found, names = self._function(each, path)
            functions |= found
            reads |= names
        return functions, reads

    def _function(
        self, element: Any, path: tuple[str, ...]
    ) -> tuple[Mapping[str, Function], frozenset[str]]:
        found_id = element.get("id", "")
        if found_id in self._functions:
            return self._functions[found_id]
        self._check_path(element, path)
        self._refuse_others(element, _BESIDE_LOGIC)
        known, reads = self._knowledge_of(element, (*path, found_id))
        logic = child(element, "encapsulatedLogic")
        definition = None if logic is None else self._boxes.definition(logic)
        if definition is None:
            self._fault(element, _("这里没有表达式"))
            raise DmnFaults(self._problems)
        name = element.get("name", "")
        # The function sees itself, so it may call itself; the budget ends what does not end.
        sight: dict[str, Any] = dict(known)
        kind = self._types.named(reference_of(child(element, "variable")))
        kind = None if kind and kind.name == "function" else kind
        sight[name] = Knowledge(definition.parameters, definition.body.value, sight, kind)
        found = {name: sight[name]}, (reads | definition.reads()) - sight.keys()
        self._functions[found_id] = found
        return found

    def _required(self, element: Any, requirement: str, kind: str) -> Iterator[Any]:
        """Yield the elements that an element requires; what stands in another file is refused."""
        wanted = "decision" if kind == "requiredDecision" else "businessKnowledgeModel"
        for each in children(element, requirement):
            for reference in children(each, kind):
                href = reference.get("href", "")
                found = self._elements.get(href.removeprefix("#"))
                if found is None:
                    self._fault(element, _("找不到所依赖的“%(href)s”", href=href))
                elif tag(found) != wanted:
                    self._fault(found, _("不支持的元素“%(name)s”", name=tag(found)))
                else:
                    yield found

    def _required_ids(self, decisions: list[Any]) -> Iterator[str]:
        for decision in decisions:
            for requirement in children(decision, "informationRequirement"):
                for each in children(requirement, "requiredDecision"):
                    yield each.get("href", "").removeprefix("#")

    def _check_path(self, element: Any, path: tuple[str, ...]) -> None:
        if element.get("id", "") in path or len(path) > DEEPEST:
            self._fault(element, _("决策或函数互相依赖成圈，或依赖得太深"))
            raise DmnFaults(self._problems)

    def _refuse_others(self, element: Any, known: frozenset[str]) -> None:
        for each in element:
            if tag(each) and tag(each) not in known:
                self._fault(each, _("不支持的元素“%(name)s”", name=tag(each)))

    def _fault(self, element: Any, text: str) -> None:
        self._problems.append(DmnFault(id_of(element), text))


def _declared_names(root: Any) -> set[str]:
    """Return the names that the file itself gives to anything an expression may read or call."""
    naming = {
        *("inputData", "decision", "businessKnowledgeModel", "variable", "formalParameter"),
        *("itemComponent", "column", "output", "parameter"),
    }
    return {name for each in root.iter() if tag(each) in naming and (name := each.get("name"))}
