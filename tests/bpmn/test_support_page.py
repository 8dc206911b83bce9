"""`docs/bpmn-support.md` speaks of every element of the standard, and what it says is so."""

import re
from pathlib import Path

import pytest

from engine.bpmn.check import check
from engine.bpmn.model import NODES
from tests.bpmn.drawing import catch, element, end, message, model, start, user

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs/bpmn-support.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?P<names>`\w+`[^|]*) \| (?P<said>runs|refused|kept|warned) \| (?P<third>[^|]*) \|"
    r" (?P<fourth>[^|]*) \|$",
    re.MULTILINE,
)
ROWS = [row.groupdict() for row in ROW.finditer(PAGE)]
TEST = re.compile(r"`(\w+\.py)::(?:(\w+)::)?(\w+)`")

NAMES = """
adHocSubProcess assignment association auditing boundaryEvent businessRuleTask callActivity
callChoreography callConversation cancelEventDefinition category categoryValue choreography
choreographyTask collaboration compensateEventDefinition complexBehaviorDefinition complexGateway
conditionalEventDefinition conversation conversationAssociation conversationLink correlationKey
correlationProperty correlationPropertyBinding correlationPropertyRetrievalExpression
correlationSubscription dataAssociation dataInput dataInputAssociation dataObject
dataObjectReference dataOutput dataOutputAssociation dataState dataStore dataStoreReference
definitions documentation endEvent endPoint error errorEventDefinition escalation
escalationEventDefinition eventBasedGateway exclusiveGateway expression extension extensionElements
formalExpression globalBusinessRuleTask globalChoreographyTask globalConversation globalManualTask
globalScriptTask globalTask globalUserTask group humanPerformer implicitThrowEvent import
inclusiveGateway inputSet interface intermediateCatchEvent intermediateThrowEvent ioBinding
ioSpecification itemDefinition lane laneSet linkEventDefinition manualTask message
messageEventDefinition messageFlow messageFlowAssociation monitoring
multiInstanceLoopCharacteristics operation outputSet parallelGateway participant
participantAssociation participantMultiplicity partnerEntity partnerRole performer potentialOwner
process property receiveTask relationship rendering resource resourceAssignmentExpression
resourceParameter resourceParameterBinding resourceRole script scriptTask sendTask sequenceFlow
serviceTask signal signalEventDefinition standardLoopCharacteristics startEvent subChoreography
subConversation subProcess task terminateEventDefinition text textAnnotation timerEventDefinition
transaction userTask
"""
STANDARD = NAMES.split()
"""The elements of the schema of BPMN 2.0 that can stand in a file; abstract ones cannot."""


def names(row):
    return re.findall(r"`(\w+)`", row["names"])


def tried(*verdicts):
    return [
        pytest.param(name, row["third"], id=f"{name} in {row['third']}")
        for row in ROWS
        if row["said"] in verdicts
        for name in names(row)
        if name != "text"
    ]


def test_every_element_of_the_standard_is_told_of_once():
    told = [name for row in ROWS for name in names(row)]
    assert sorted(told) == sorted(STANDARD)


@pytest.mark.parametrize("row", [row for row in ROWS if row["said"] == "runs"], ids=names)
def test_what_runs_is_shown_by_a_test_that_exists(row):
    (file, group, name) = TEST.fullmatch(row["fourth"]).groups()
    source = (HERE / file).read_text(encoding="utf-8")
    assert f"def {name}(" in source
    assert group is None or f"class {group}:" in source


@pytest.mark.parametrize(("name", "where"), tried("refused"))
def test_what_is_refused_is_refused_by_name(name, where):
    (fault,) = {fault.element for fault in errors(name, where)}
    assert fault in {"it", "ask", "sample"}


@pytest.mark.parametrize(("name", "where"), tried("kept"))
def test_what_is_kept_is_no_fault(name, where):
    assert faults(name, where) == []


@pytest.mark.parametrize(("name", "where"), tried("warned"))
def test_what_is_warned_of_is_a_warning(name, where):
    assert {fault.severity for fault in faults(name, where)} == {"warning"}


@pytest.mark.parametrize("where", ["a process", "a task", "an event", "a file"])
def test_without_the_element_nothing_is_wrong(where):
    assert faults("documentation", where) == []


def errors(name, where):
    return [fault for fault in faults(name, where) if fault.severity == "error"]


def faults(name, where):
    return check(
        {"sample.bpmn": PLACES[where](name)},
        services={},
        forms={"ask": {"next"}},
        roles={"candidate"},
    )


def _it(name):
    return f'<bpmn:{name} id="it" name="它"/>'


def _sample(*drawn, flows, inside=""):
    task = user("ask", inside, **{"name.en": "Ask"}).replace("<bpmn:userTask", NAMED, 1)
    options = {"lanes": {"candidate": "ask"}, "messages": ["news"]}
    return model("sample", start(), task, *drawn, end(), flows=flows, **options)


NAMED = '<bpmn:userTask name="问"'
LINE = "begin > ask\nask > done"
BETWEEN = "begin > ask\nask > it\nit > done"


def _in_a_process(name):
    return _sample(_it(name), flows=BETWEEN if name in NODES else LINE)


def _in_a_task(name):
    return _sample(flows=LINE, inside=_it(name))


def _in_an_event(name):
    definition = f"<bpmn:{name}/>" if name.endswith("Definition") else message("news")
    return _sample(catch("it", definition, **{"name.en": "It"}), flows=BETWEEN)


def _in_a_message_event(name):
    opened = message("news").replace("/>", ' id="it">')
    definition = f"{opened}<bpmn:{name}/></bpmn:messageEventDefinition>"
    return _sample(catch("wait", definition), flows=BETWEEN.replace("it", "wait"))


def _in_a_category(name):
    drawn = element("category", "around", _it(name)).encode()
    return _sample(flows=LINE).replace(b"<bpmn:process", drawn + b"<bpmn:process", 1)


def _in_a_file(name):
    return _sample(flows=LINE).replace(b"<bpmn:process", _it(name).encode() + b"<bpmn:process", 1)


def _in_a_collaboration(name):
    drawn = element("collaboration", "around", _it(name)).encode()
    return _sample(flows=LINE).replace(b"<bpmn:process", drawn + b"<bpmn:process", 1)


def _in_a_data_object(name):
    return _sample(element("dataObject", "paper", _it(name)), flows=LINE)


PLACES = {
    "a process": _in_a_process,
    "a task": _in_a_task,
    "an event": _in_an_event,
    "a message event": _in_a_message_event,
    "a file": _in_a_file,
    "a collaboration": _in_a_collaboration,
    "a category": _in_a_category,
    "a data object": _in_a_data_object,
}
