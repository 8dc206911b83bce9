"""Every trap of the library and of the process model, and what becomes of a diagram that has it.

A diagram is refused or warned of at its element, with what to do; or the trap is none here, because
our own classes stand in for the library's, and a test runs it."""

from pathlib import Path

import pytest

from engine.bpmn import ServiceSignature
from engine.bpmn.check import check
from tests.bpmn.drawing import (
    boundary,
    catch,
    element,
    end,
    failing,
    model,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.bpmn.test_check import BROKEN, FORMS, LINE, SERVICES
from tests.bpmn.test_hostile import DOCUMENTS

HERE = Path(__file__).parent
ASK = user("ask", **{"name.en": "Ask"}).replace("<bpmn:userTask", '<bpmn:userTask name="问"', 1)
KNOWN = {**SERVICES, "test.any": ServiceSignature(takes_any=True)}
ROLES = {"candidate", "registrar"}


def one(*drawn, flows, lanes="ask", **options):
    options.setdefault("messages", ["w"])
    lanes = lanes if isinstance(lanes, dict) else {"candidate": lanes}
    return {
        "sample.bpmn": model("sample", start(), *drawn, end(), flows=flows, lanes=lanes, **options)
    }


def broken(case):
    """Return a diagram that `test_check.py` knows already."""
    name, drawn, flows = BROKEN[case]
    asked = " ".join(each for each in ("ask", "tell", "fill") if f'id="{each}"' in "".join(drawn))
    return name, one(*drawn, flows=flows, lanes=asked)


PYTHON = "__import__('os').system('id')"
NEVER_ENDS = """
    begin > again
    again > ask
    ask > which
    which > again else
    which > tell if ask.outcome = "next"
    tell > again
    """
ENDLESS = one(xor("again"), ASK, xor("which"), user("tell"), flows=NEVER_ENDS, lanes="ask tell")
THROWING = sub("inner", start("b2"), failing("failed", "error_e"), flows="b2 > failed")
ERROR = b'<bpmn:error id="error_e" errorCode="e"/><bpmn:process'
SPINNING = one(
    ASK,
    xor("again"),
    THROWING,
    boundary("caught", "inner", '<bpmn:errorEventDefinition errorRef="error_e"/>'),
    flows="begin > ask\nask > again\nagain > inner\ninner > done\ncaught > again",
)
SPINNING = {file: each.replace(b"<bpmn:process", ERROR, 1) for file, each in SPINNING.items()}
LATE = one(
    service("plan", "test.any"),
    xor("again"),
    ASK,
    boundary("late", "ask", timer("timeDate", "plan.until")),
    flows="begin > plan\nplan > again\nagain > ask\nask > done\nlate > again",
)
INNER_LANE = one(
    sub("inner", start("b2"), ASK, end("d2"), flows="b2 > ask\nask > d2"),
    flows="begin > inner\ninner > done",
    lanes={"registrar": "inner", "candidate": "ask"},
)


def operator(inside="", **attributes):
    texts = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return (
        "<bpmn:extensionElements>"
        f'<spiffworkflow:serviceTaskOperator id="test.plain"{texts}>{inside}'
        "</spiffworkflow:serviceTaskOperator></bpmn:extensionElements>"
    )


def serving(**attributes):
    return one(
        ASK, element("serviceTask", "look", operator(**attributes)), flows=LINE.format("look")
    )


def twice():
    def process(name):
        inner = sub("inner", start(f"{name}_b"), end(f"{name}_d"), flows=f"{name}_b > {name}_d")
        drawn = (start(f"{name}_s"), inner, end(f"{name}_e"))
        return model(name, *drawn, flows=f"{name}_s > inner\ninner > {name}_e")

    return {"a.bpmn": process("first"), "b.bpmn": process("second")}


REFUSED = {
    # What the library does not implement, and passes over or half reads.
    "a complex gateway": broken("complex gateway"),
    "an inclusive join fires early, ignores branches, lets old values win": broken(
        "inclusive gateway"
    ),
    "a link is a plain event to the library": broken("link"),
    "compensation is a plain event to the library": broken("compensation"),
    "a signal reaches one process only": broken("signal"),
    "a conditional event in a loop spoils the tree": broken("conditional"),
    "a task with two ways out": broken("several ways out"),
    "a condition on a way out of a task is not evaluated": broken("condition after a task"),
    "a task that loops back on a task without a gateway": broken("several ways in"),
    "a receive task without a message passes straight through": broken("message of a receive task"),
    "an element that no way leads to is ignored": broken("not reached"),
    "a way that ends nowhere": broken("way that ends nowhere"),
    "an ad-hoc subprocess": broken("ad-hoc"),
    "a transaction": broken("transaction"),
    "an event subprocess goes on beside its process, for every case": broken("event subprocess"),
    "a multi-instance is stuck after a restart": broken("multi-instance"),
    "a standard loop is stuck after a restart": broken("standard loop"),
    "a choice without a way raises when it runs": broken("no default"),
    "a service task that calls nothing": broken("service task without a service"),
    "retries of a service are read and never done": (
        "look",
        serving(inside='<spiffworkflow:retry retries="3"/>'),
    ),
    "a result under another name": ("look", serving(resultVariable="found")),
    "a task without a type waits for nobody in particular": broken("task without a type"),
    "a cycle timer": broken("cycle timer"),
    "a time in the zone of the server": broken("naive date"),
    "a time in the zone of the server, in FEEL": broken("naive FEEL date"),
    # What would run as a program.
    "a script task": broken("script task"),
    "Python in a condition": (
        "flow_sample_2",
        one(
            ASK,
            xor("which"),
            end("other"),
            flows=f"begin > ask\nask > which\nwhich > done if {PYTHON}\nwhich > other else",
        ),
    ),
    "Python in a duration": (
        "wait",
        one(ASK, catch("wait", timer("timeDuration", PYTHON)), flows=LINE.format("wait")),
    ),
    "Python in a parameter": (
        "look",
        one(ASK, service("look", "test.any", a=PYTHON), flows=LINE.format("look")),
    ),
    "Python in a due time": ("ask", one(user("ask", due=PYTHON), flows="begin > ask\nask > done")),
    # What hangs or hurts the parser.
    "a data reference that leads nowhere hangs the parser": broken("data association"),
    "a message that is not there raises in the library's own report": broken("dangling message"),
    "a DOCTYPE": ("", {"sample.bpmn": DOCUMENTS["doctype"]}),
    "an external entity": ("", {"sample.bpmn": DOCUMENTS["external entity"]}),
    "a file that is too large": ("", {"sample.bpmn": DOCUMENTS["too large"]}),
    "nested too deep": ("s10", {"sample.bpmn": DOCUMENTS["deeply nested"]}),
    "one subprocess id in two diagrams": ("inner", twice()),
    "an id of the library's own": broken("reserved id"),
    "an ending of the library's own": broken("reserved ending"),
    # What would wait or turn for ever.
    "a circle of services alone": broken("circle of services"),
    "a circle of an error that is caught and thrown again": ("again", SPINNING),
    "a circle without a way out": broken("circle without a way out"),
    "tasks from which no end can be reached": ("ask", ENDLESS),
    "a date that is over interrupts every later round": ("late", LATE),
    "a join of a choice never fires": broken("join of a choice"),
    "a join on a circle with a way in from outside": broken(
        "join on a circle with a way from outside"
    ),
    "a process that calls itself never returns": broken("call of itself"),
    # What lies in a lane.
    "a subprocess in a lane takes its tasks out of theirs": ("ask", INNER_LANE),
}


def told(models, forms=FORMS):
    return check(models, services=KNOWN, forms=forms, roles=ROLES)


@pytest.mark.parametrize("trap", REFUSED)
def test_a_trap_is_refused_where_it_is_with_what_to_do(trap):
    element_id, models = REFUSED[trap]
    found = [fault for fault in told(models) if fault.severity == "error"]
    there = [fault for fault in found if fault.element == element_id]
    assert there, found
    assert all(fault.file in models and fault.mend for fault in there)


@pytest.mark.parametrize("case", BROKEN)
def test_every_fault_says_what_to_do(case):
    assert all(fault.mend for fault in told(broken(case)[1]))
