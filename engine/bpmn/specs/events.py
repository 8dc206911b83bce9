"""Boundary and end events, and the gateway at which the first of several events decides."""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent as LibraryBoundaryEvent
from SpiffWorkflow.bpmn.specs.defaults import EndEvent as LibraryEndEvent
from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition

from engine.bpmn.specs.library import follow, keep_one_way, listen_again
from engine.bpmn.specs.messages import Message
from engine.bpmn.specs.timers import DUE, Timer
from engine.bpmn.specs.tree import AT_WORK
from engine.bpmn.state.values import fresh

CHOSEN = "chosen"


def begin_at(root: Any, element: str | None) -> None:
    """Let a new scope begin at one of its start events, the first that is drawn without a name."""
    starts = {spec.name: spec for spec in root.task_spec.outputs}
    name = next(iter(starts)) if element is None else element
    if name not in starts:
        raise KeyError(name)
    keep_one_way(root, starts[name])


class EndEvent(LibraryEndEvent):
    """A terminate end event ends its scope at once: its name is the outcome."""

    def _on_complete_hook(self, my_task: Any) -> None:
        if isinstance(self.event_definition, TerminateEventDefinition):
            my_task.workflow.ended_through = self.name
        super()._on_complete_hook(my_task)


class BoundaryEvent(LibraryBoundaryEvent):
    """An event that leaves its activity running needs no join with it, and listens again."""

    def _on_complete_hook(self, my_task: Any) -> None:
        super()._on_complete_hook(my_task)
        if self.cancel_activity:
            return
        for child in my_task.children:
            if isinstance(child.task_spec, BoundaryEventJoin):
                child.cancel()
        if isinstance(self.event_definition, Message) and _activity_is_open(my_task):
            listen_again(my_task)


def _activity_is_open(event: Any) -> bool:
    return any(
        child.has_state(AT_WORK) and not isinstance(child.task_spec, LibraryBoundaryEvent)
        for child in event.parent.children
    )


class FirstOf(MultipleEventDefinition):
    """The events after a gateway; whichever comes first is remembered, the others are void."""

    def has_fired(self, my_task: Any) -> bool:
        if CHOSEN not in my_task.internal_data:
            timers = [item for item in self.event_definitions if isinstance(item, Timer)]
            fired = [timer for timer in timers if timer.has_fired(my_task)]
            if fired:
                first = min(fired, key=lambda timer: timer.due_at(my_task))
                my_task.internal_data[CHOSEN] = first.element
        return CHOSEN in my_task.internal_data

    def catches(self, my_task: Any, event: Any = None) -> bool:
        return any(item.catches(my_task, event) for item in self.event_definitions)

    def catch(self, my_task: Any, event: Any = None) -> None:
        for item in self.event_definitions:
            if CHOSEN not in my_task.internal_data and item.catches(my_task, event):
                item.catch(my_task, event)
                my_task.internal_data[CHOSEN] = item.element

    def reset(self, my_task: Any) -> None:
        for name in (CHOSEN, DUE, "event_fired"):
            my_task.internal_data.pop(name, None)


class EventGateway(EventBasedGateway):
    """Goes on along the one event that came first."""

    def _run_hook(self, my_task: Any) -> bool:
        chosen = my_task.internal_data[CHOSEN]
        for item in self.event_definition.event_definitions:
            if item.element == chosen and not isinstance(item, Timer):
                item.update_task_data(my_task)
                detail = {"message": item.name, "payload": fresh(my_task.data[chosen])}
                my_task.workflow.script_engine.record(my_task, detail)
        self.event_definition.reset(my_task)
        taken = next(spec for spec in self.outputs if spec.name == chosen)
        follow(my_task, taken)
        return True
