"""One row a task, each with only what differs from its parent; predictions are made anew."""

from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.errors import StateDoesNotFit
from engine.bpmn.specs.library import on_completion, predict, task_from
from engine.bpmn.specs.tree import AT_WORK, PREDICTED, branch
from engine.bpmn.specs.workflow import CaseWorkflow, SubWorkflow
from engine.bpmn.state.values import decode, differing, encode, fresh

Row = list[Any]


def rows_of(scope: Any) -> list[Row]:
    """Return `[id, parent's row, element, state, changed data, removed keys, notes]` for each."""
    places: dict[Any, int] = {}
    rows: list[Row] = []
    for task in branch(scope.task_tree):
        if task.has_state(PREDICTED):
            continue
        places[task.id] = len(rows)
        rows.append(_row(task, places))
    return rows


def restore(scope: Any, rows: list[Row], events: Any) -> None:
    """Put the tasks of saved rows into an empty scope."""
    _check_names(scope, rows)
    order: list[Any] = []
    for row in rows:
        task = _task(scope, row, order)
        order.append(task)
        if task.has_state(TaskState.WAITING) and isinstance(task.task_spec, CatchingEvent):
            events.add_task(task)
    scope.task_tree = order[0]


def foresee(scope: Any) -> None:
    """Let every unfinished task say again what may follow it."""
    for task in list(scope.tasks.values()):
        if task.has_state(AT_WORK):
            predict(task)


def inner_scope(top: CaseWorkflow, key: str, spec: Any, parent: Any) -> SubWorkflow:
    """Return an empty scope that continues below an activity which has started."""
    inner = SubWorkflow.__new__(SubWorkflow)
    inner.parent_task_id = key
    inner.top_workflow = top
    inner.correlations = {}
    inner.depth = parent.workflow.depth + 1
    BpmnBaseWorkflow.__init__(inner, spec, deserializing=True)
    on_completion(inner, parent)
    top.subprocesses[key] = inner
    return inner


def data_of(rows: list[Row], key: str) -> dict[str, Any] | None:
    """Return the data of one saved task, None if it is not among these rows."""
    place = next((number for number, row in enumerate(rows) if row[0] == key), None)
    way: list[Row] = []
    while place is not None:
        way.append(rows[place])
        place = rows[place][1]
    known: dict[str, Any] | None = None
    for *_, changed, removed, _notes in reversed(way):
        known = _changed(known or {}, changed, removed)
    return known


def _row(task: Any, places: dict[Any, int]) -> Row:
    parent = task.parent
    data, removed = task.data, []
    if parent is not None:
        removed = [key for key in parent.data if key not in task.data]
        data = differing(parent.data, task.data)
    place = None if parent is None else places[parent.id]
    notes = encode(task.internal_data) or 0
    return [str(task.id), place, task.task_spec.name, task.state, encode(data), removed, notes]


def _check_names(scope: Any, rows: list[Row]) -> None:
    unknown = {row[2] for row in rows} - set(scope.spec.task_specs)
    if unknown:
        raise StateDoesNotFit(tuple(sorted(unknown)))


def _task(scope: Any, row: Row, order: list[Any]) -> Any:
    key, place, name, state, changed, removed, notes = row
    parent = None if place is None else order[place]
    task = task_from(scope, key, scope.spec.task_specs[name], state, parent)
    task.internal_data = decode(notes or {})
    task.data = _data(parent, changed, removed)
    return task


def _data(parent: Any, changed: Any, removed: list[str]) -> dict[str, Any]:
    return _changed({} if parent is None else fresh(parent.data), changed, removed)


def _changed(inherited: dict[str, Any], changed: Any, removed: list[str]) -> dict[str, Any]:
    kept = {key: value for key, value in inherited.items() if key not in removed}
    return {**kept, **decode(changed)}


def scopes_below(workflow: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the running scopes, outer ones before those nested in them."""
    yield from sorted(workflow.subprocesses.items(), key=lambda item: item[1].depth)
