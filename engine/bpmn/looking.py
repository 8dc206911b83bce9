"""What stands where in a running workflow; nothing here changes it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent as OnTheEdge
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.specs.events import FirstOf
from engine.bpmn.specs.messages import Message
from engine.bpmn.specs.scopes import CallActivity, Scope
from engine.bpmn.specs.tasks import BusinessRuleTask, ServiceTask
from engine.bpmn.specs.timers import Timer
from engine.bpmn.specs.tree import AT_WORK, branch
from engine.bpmn.state.values import fresh
from engine.bpmn.steps import OpenTask, Step, Waiting

KINDS: tuple[tuple[type, str], ...] = (
    (ServiceTask, "service"),
    (BusinessRuleTask, "decision"),
    (CallActivity, "call"),
    (Scope, "subprocess"),
)
KINDS_BY_NAME = {
    "UserTask": "user",
    "ExclusiveGateway": "gateway",
    "ParallelGateway": "gateway",
    "EventGateway": "gateway",
    "StartEvent": "start",
    "EndEvent": "end",
    "ReceiveTask": "message",
}


def tasks_of(scope: Any) -> Iterator[Any]:
    """Yield the tasks of one scope in the order of the diagram."""
    return branch(scope.task_tree)


def scopes(workflow: Any) -> list[Any]:
    """Return the running scopes, the outermost first."""
    inner = [scope for scope in workflow.subprocesses.values() if not scope.completed]
    return [workflow, *sorted(inner, key=lambda scope: scope.depth)]


def open_for_people(workflow: Any) -> Iterator[Any]:
    for scope in scopes(workflow):
        for task in tasks_of(scope):
            if task.has_state(TaskState.READY) and task.task_spec.manual:
                yield task


def next_for_machine(workflow: Any) -> Any:
    """Return the first task that needs nobody: an event that is due when its activity begins, then
    the innermost scope first."""
    ready = [(scope, _ready_in(scope)) for scope in scopes(workflow)]
    edges = [task for _, tasks in ready for task in tasks if isinstance(task.task_spec, OnTheEdge)]
    if edges:
        return min(edges, key=_due_or_now)
    for scope, tasks in reversed(ready):
        if len(tasks) > 1:
            return next(task for task in tasks_of(scope) if _is_for_machine(task))
        if tasks:
            return tasks[0]
    return None


def catching(workflow: Any) -> list[Any]:
    """Return the tasks that wait for a time or a message, the outermost first."""
    return [
        task
        for scope in scopes(workflow)
        for task in tasks_of(scope)
        if still_waits(task) and waiting(task)
    ]


def still_waits(task: Any) -> bool:
    return isinstance(task.task_spec, CatchingEvent) and task.has_state(TaskState.WAITING)


def first_due(workflow: Any) -> tuple[datetime, Any] | None:
    """Return the timer that is due first, with its time."""
    timers = [
        (item.due_at(task), task)
        for task in catching(workflow)
        for item in _definitions(task)
        if isinstance(item, Timer)
    ]
    return min(timers, key=lambda pair: pair[0]) if timers else None


def elements_at_work(workflow: Any) -> tuple[str, ...]:
    return tuple(
        task.task_spec.name
        for scope in scopes(workflow)
        for task in tasks_of(scope)
        if task.has_state(AT_WORK)
    )


def path_of(task: Any) -> tuple[str, ...]:
    """Return the calls and subprocesses around a task, the outermost first."""
    path: list[str] = []
    scope = task.workflow
    while scope.parent_task_id is not None:
        around = scope.top_workflow.get_task_from_id(scope.parent_task_id)
        path.append(around.task_spec.name)
        scope = around.workflow
    return tuple(reversed(path))


def open_task(task: Any) -> OpenTask:
    spec = task.task_spec
    properties = properties_of(spec)
    return OpenTask(
        id=str(task.id),
        element=spec.name,
        name=spec.bpmn_name or spec.name,
        name_en=properties.get("name.en"),
        lane=spec.lane,
        path=path_of(task),
        data=fresh(task.data),
        properties=properties,
    )


def waiting(task: Any) -> list[Waiting]:
    """Return what a task waits for; an event-based gateway waits for several things."""
    return [
        _waiting(task, item) for item in _definitions(task) if isinstance(item, Timer | Message)
    ]


def step(task: Any, path: tuple[str, ...], at: datetime, detail: Mapping[str, Any]) -> Step | None:
    """Return the history line of a task that has run; the library's own tasks have none."""
    kind = _kind(task.task_spec)
    if kind is None:
        return None
    name = task.task_spec.bpmn_name or task.task_spec.name
    return Step(task.task_spec.name, kind, name, at, path, {**detail, **_more(task, kind)})


def properties_of(spec: Any) -> dict[str, str]:
    extensions = getattr(spec, "extensions", None) or {}
    return dict(extensions.get("properties", {}))


def _ready_in(scope: Any) -> list[Any]:
    return [task for task in scope.tasks.values() if _is_for_machine(task)]


def _due_or_now(event: Any) -> datetime:
    """A message or an error has come at this moment; a date may have been over for long."""
    definition = event.task_spec.event_definition
    if isinstance(definition, Timer):
        return definition.due_at(event)
    return event.workflow.script_engine.now()  # type: ignore[no-any-return]


def _is_for_machine(task: Any) -> bool:
    return bool(task.has_state(TaskState.READY) and not task.task_spec.manual)


def _definitions(task: Any) -> list[Any]:
    definition = task.task_spec.event_definition
    return definition.event_definitions if isinstance(definition, FirstOf) else [definition]


def _waiting(task: Any, item: Any) -> Waiting:
    spec = task.task_spec
    if isinstance(spec, EventBasedGateway):
        spec = next(output for output in spec.outputs if output.name == item.element)
    properties = properties_of(spec)
    is_timer = isinstance(item, Timer)
    return Waiting(
        kind="timer" if is_timer else "message",
        element=spec.name,
        task_id=str(task.id),
        name=spec.bpmn_name or spec.name,
        name_en=properties.get("name.en"),
        message=None if is_timer else item.name,
        due_at=item.due_at(task) if is_timer else None,
        path=path_of(task),
        properties=properties,
    )


def _kind(spec: Any) -> str | None:
    for known, kind in KINDS:
        if isinstance(spec, known):
            return kind
    if isinstance(spec, CatchingEvent) and isinstance(spec.event_definition, Timer):
        return "timer"
    if isinstance(spec, CatchingEvent) and isinstance(spec.event_definition, Message):
        return "message"
    name = type(spec).__name__
    return KINDS_BY_NAME.get(name, "event" if getattr(spec, "bpmn_id", None) else None)


def _more(task: Any, kind: str) -> dict[str, Any]:
    if kind in {"call", "subprocess"}:
        return {"outcome": task.data[task.task_spec.name].get("outcome")}
    if kind == "message":
        event = task.task_spec.event_definition
        return {"message": event.name, "payload": fresh(task.data.get(task.task_spec.name, {}))}
    if kind == "gateway":
        return {"taken": [child.task_spec.name for child in task.children]}
    return {}
