"""The library's parser with our own classes for every element that has a trap in it."""

from typing import Any, NoReturn

from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    EventBasedGatewayParser,
    IntermediateCatchEventParser,
    ReceiveTaskParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import (
    ConditionalGatewayParser,
    GatewayParser,
    SubprocessParser,
)
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask
from SpiffWorkflow.bpmn.specs.defaults import (
    ExclusiveGateway,
    IntermediateCatchEvent,
    ReceiveTask,
    StartEvent,
    UserTask,
)
from SpiffWorkflow.spiff.parser.event_parsers import SpiffEventDefinitionParser
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser, SpiffProcessParser
from SpiffWorkflow.spiff.parser.task_spec import SpiffTaskParser

from engine.bpmn.documents import bpmn, spiff, tag_of
from engine.bpmn.model import NODES, condition_of, lanes_of
from engine.bpmn.specs.events import BoundaryEvent, EndEvent, EventGateway, FirstOf
from engine.bpmn.specs.failures import Failure
from engine.bpmn.specs.joins import EndJoin, ParallelGateway
from engine.bpmn.specs.messages import Message
from engine.bpmn.specs.scopes import CallActivity, Subprocess
from engine.bpmn.specs.tasks import BusinessRuleTask, ServiceTask
from engine.bpmn.specs.timers import DateTimer, DurationTimer, Timer

OPERATOR = f"./{bpmn('extensionElements')}/{spiff('serviceTaskOperator')}"
CALLED_DECISION = f"./{bpmn('extensionElements')}/{spiff('calledDecisionId')}"


class ProcessSpec(BpmnProcessSpec):
    """A process whose end join is ours."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        name = f"{self.name}.EndJoin"
        del self.task_specs[name], self.task_specs["End"]
        self.end = EndJoin(self, name)
        self.end.connect(SimpleBpmnTask(self, "End"))


class _ProcessParser(SpiffProcessParser):
    def _index_process_nodes(self) -> None:
        """The library takes a service's parameter for an element of the same id."""
        super()._index_process_nodes()
        elements = [item for item in self.node.iter() if tag_of(item) in NODES]
        self.nodes_by_id = {item.get("id"): item for item in elements}

    def add_tasks(self) -> None:
        """Follow each start event on its own; which one a process begins at, its starter says."""
        for node in self.node.iterchildren(bpmn("startEvent")):
            self.parse_node(node)

    def create_spec(self) -> ProcessSpec:
        return ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)


class _TaskParser(SpiffTaskParser):
    def create_task(self) -> Any:
        return self.spec_class(self.spec, self.bpmn_id, **self.own(), **self.bpmn_attributes)

    def own(self) -> dict[str, Any]:
        return {}


class _ServiceTaskParser(_TaskParser):
    def own(self) -> dict[str, Any]:
        operator = self._operator()
        return {
            "service": operator.get("id", ""),
            "parameters": {
                parameter.get("id", ""): parameter.get("value", "")
                for parameter in operator.iter(spiff("parameter"))
            },
        }

    def _operator(self) -> Any:
        found = self.node.find(OPERATOR)
        if found is None:
            self.raise_validation_exception("a service task names its service")
        return found


class _BusinessRuleParser(_TaskParser):
    def own(self) -> dict[str, Any]:
        return {"decision": self.get_decision_ref(self.node)}

    @staticmethod
    def get_decision_ref(node: Any) -> str:
        return (node.findtext(CALLED_DECISION) or "").strip()


class _CallActivityParser(_TaskParser):
    def own(self) -> dict[str, Any]:
        properties = self.parse_extensions().get("properties", {})
        return {
            "subworkflow_spec": SubprocessParser.get_call_activity_spec(self),
            "outputs": tuple(properties.get("outputs", "").split()),
        }


class _SubprocessParser(_TaskParser):
    def own(self) -> dict[str, Any]:
        return {"subworkflow_spec": SubprocessParser.get_subprocess_spec(self)}


class _ChoiceParser(ConditionalGatewayParser):
    def parse_condition(self, sequence_flow: Any) -> str | None:
        return condition_of(sequence_flow) or None


class _Events(SpiffEventDefinitionParser):
    """Event definitions of ours for timers and messages."""

    def parse_timer_event(self, event: Any) -> Timer:
        for tag, kind in (("timeDate", DateTimer), ("timeDuration", DurationTimer)):
            text = event.findtext(bpmn(tag))
            if text is not None and text.strip():
                return kind(self.bpmn_id, text)
        return self._refuse("a timer has a date or a duration")

    def parse_message_event(self, message_event: Any) -> Message:
        """Look in the event's own file: another file may use the same id for another message."""
        for message in self.node.getroottree().getroot().iterchildren(bpmn("message")):
            if message.get("id") == message_event.get("messageRef") and message.get("name"):
                return Message(self.bpmn_id, message.get("name"))
        return self._refuse("a message event names a message")

    def parse_error_event(self, error_event: Any) -> Failure:
        for error in self.node.getroottree().getroot().iterchildren(bpmn("error")):
            if error.get("id") == error_event.get("errorRef"):
                return Failure(self.bpmn_id, error.get("errorCode") or error.get("id"))
        return Failure(self.bpmn_id, None)

    def _refuse(self, text: str) -> NoReturn:
        raise ValidationException(text, self.node, self.filename)


class _StartEventParser(_Events, StartEventParser):
    create_task = StartEventParser.create_task


class _EndEventParser(_Events, EndEventParser):
    create_task = EndEventParser.create_task


class _CatchEventParser(_Events, IntermediateCatchEventParser):
    create_task = IntermediateCatchEventParser.create_task


class _BoundaryEventParser(_Events, BoundaryEventParser):
    create_task = BoundaryEventParser.create_task


class _ReceiveTaskParser(_Events, ReceiveTaskParser):
    create_task = ReceiveTaskParser.create_task


class _EventGatewayParser(EventBasedGatewayParser):
    def create_task(self) -> Any:
        return self._create_task(FirstOf())


class Parser(SpiffBpmnParser):
    """Give it roots of strict documents; it reads them and never a file."""

    PROCESS_PARSER_CLASS = _ProcessParser
    OVERRIDE_PARSER_CLASSES = {
        full_tag("task"): (_TaskParser, UserTask),
        full_tag("userTask"): (_TaskParser, UserTask),
        full_tag("manualTask"): (_TaskParser, UserTask),
        full_tag("serviceTask"): (_ServiceTaskParser, ServiceTask),
        full_tag("sendTask"): (_ServiceTaskParser, ServiceTask),
        full_tag("businessRuleTask"): (_BusinessRuleParser, BusinessRuleTask),
        full_tag("callActivity"): (_CallActivityParser, CallActivity),
        full_tag("subProcess"): (_SubprocessParser, Subprocess),
        full_tag("exclusiveGateway"): (_ChoiceParser, ExclusiveGateway),
        full_tag("parallelGateway"): (GatewayParser, ParallelGateway),
        full_tag("eventBasedGateway"): (_EventGatewayParser, EventGateway),
        full_tag("startEvent"): (_StartEventParser, StartEvent),
        full_tag("endEvent"): (_EndEventParser, EndEvent),
        full_tag("boundaryEvent"): (_BoundaryEventParser, BoundaryEvent),
        full_tag("intermediateCatchEvent"): (_CatchEventParser, IntermediateCatchEvent),
        full_tag("receiveTask"): (_ReceiveTaskParser, ReceiveTask),
    }

    def _add_diagram_indexes(self, bpmn: Any) -> None:
        """Lanes by id instead of name; where things are drawn decides nothing."""
        key = self._document_key(bpmn)
        self.document_lanes[key] = lanes_of(bpmn)
        self.document_positions[key] = {}
