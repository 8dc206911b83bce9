"""What a generated process consists of, as its drawer knows it and no engine has told."""

from dataclasses import dataclass, field
from itertools import count, pairwise

from tests.bpmn.drawing import model

LANES = ("candidate", "registrar")

TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
  namespace="https://bishen.example/dmn">
  <decision id="fee" name="fee"><decisionTable id="t" hitPolicy="FIRST">
    <input id="i">
      <inputExpression id="e" typeRef="number"><text>1 + 1</text></inputExpression>
    </input>
    <output id="o" name="amount" typeRef="number"/>
    <rule id="r"><inputEntry id="x"><text>2</text></inputEntry>
      <outputEntry id="y"><text>0.50</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>"""


@dataclass(frozen=True)
class Branches:
    """A fork and its join: what stands in each branch, and the last element of each."""

    fork: str
    join: str
    inside: tuple[frozenset[str], ...]
    last: tuple[str | None, ...]


@dataclass
class Plan:
    """The models of one generated process, and what is known of their elements."""

    numbers: count = field(default_factory=count)
    models: dict[str, bytes] = field(default_factory=lambda: {"fee.dmn": TABLE})
    features: dict[str, str] = field(default_factory=dict)
    """What each element exercises, by its id; this is what gets counted."""
    joins: dict[str, Branches] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)
    """The elements on the way of an event that leaves its activity running."""
    terminates: set[str] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    """Called processes that are whole, so that a second call of them makes no circle."""


class Sheet:
    """The elements and flows of one scope while it is drawn."""

    def __init__(self, plan: Plan, dice, lanes=None) -> None:
        self.plan, self.dice = plan, dice
        self.elements: list[str] = []
        self.flows: list[str] = []
        self.names: list[str] = []
        self.lanes: dict[str, str] = {} if lanes is None else lanes
        self.forks = 0
        """How many forks of this scope are around: a branch that went to an end of its own would
        let its join wait for ever."""

    def name(self, kind: str, feature: str | None = None) -> str:
        """Return a new id; `feature` is what is counted when a token has been there."""
        name = f"{kind}_{next(self.plan.numbers)}"
        self.names.append(name)
        if feature:
            self.plan.features[name] = feature
        return name

    def add(self, *drawn: str) -> None:
        self.elements += drawn

    def flow(self, source: str, target: str, condition: str = "") -> None:
        self.flows.append(f"{source} > {target}{condition}")

    def chain(self, *names: str) -> None:
        for source, target in pairwise(names):
            self.flow(source, target)

    def task(self, name: str) -> None:
        self.plan.tasks.append(name)
        lane = self.dice.choice(LANES)
        self.lanes[lane] = f"{self.lanes.get(lane, '')} {name}"

    def message(self) -> str:
        name = f"news_{next(self.plan.numbers)}"
        self.plan.messages.append(name)
        return name

    def inner(self) -> "Sheet":
        """Return the sheet of an embedded subprocess: it shares the lanes of its process."""
        return Sheet(self.plan, self.dice, self.lanes)

    def as_process(self, name: str) -> bytes:
        """Return the whole file; a file names all messages, as an editor would keep them."""
        errors = b'<bpmn:error id="no_luck" errorCode="1"/><bpmn:process'
        drawn = model(
            name,
            *self.elements,
            flows="\n".join(self.flows),
            lanes={lane: nodes.strip() for lane, nodes in self.lanes.items()},
            messages=self.plan.messages,
        )
        return drawn.replace(b"<bpmn:process", errors, 1)
