"""Joins that count tokens and merge only what each branch changed.

The library's own joins fire early on a second round and let old values win. Here a token that
has arrived is a WAITING task of the join, whatever else is in the tree, so pruning cannot confuse
them.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.specs.library import wait
from engine.bpmn.specs.tree import AT_WORK, Data, branch, brought_together, lineage
from engine.bpmn.state.values import differing, fresh, identical

ARRIVED = "arrived"
VIA = "via"
BEFORE = "before"
OWN = "own"
LEFT = "left"
SIDE = "side"


class ParallelGateway(BpmnSpecMixin):
    """Fires when every incoming flow holds a token; takes the oldest of each, leaves the rest."""

    def _update_hook(self, my_task: Any) -> bool:
        if my_task.has_state(TaskState.WAITING):
            return False
        self._arrive(my_task)
        taken = self._complete_set(my_task)
        if not taken:
            wait(my_task)
            return False
        my_task.data = fresh(brought_together(taken))
        for token in taken:
            if token is not my_task:
                token.cancel()
        return True

    def _arrive(self, my_task: Any) -> None:
        my_task.data = fresh(my_task.parent.data)
        waiting = _waiting(self, my_task)
        my_task.internal_data[VIA] = my_task.parent.task_spec.name
        my_task.internal_data[ARRIVED] = 1 + max(
            (task.internal_data[ARRIVED] for task in waiting), default=0
        )

    def _complete_set(self, my_task: Any) -> list[Any]:
        """Return one token for each incoming flow, in order of arrival; empty if one is missing."""
        tokens = sorted(
            [*_waiting(self, my_task), my_task], key=lambda task: task.internal_data[ARRIVED]
        )
        missing: Counter[str] = Counter(self._inputs)
        taken = []
        for token in tokens:
            if missing[token.internal_data[VIA]] > 0:
                missing[token.internal_data[VIA]] -= 1
                taken.append(token)
        return [] if any(missing.values()) else taken


class EndJoin(BpmnTaskSpec):
    """The process ends when nobody is at work any more; the end brings together what each path
    changed since it left the others. Only the last token to arrive is kept waiting here."""

    def _update_hook(self, my_task: Any) -> bool:
        if not my_task.has_state(TaskState.WAITING):
            self._arrive(my_task)
        if self._somebody_is_at_work(my_task):
            wait(my_task)
            return False
        my_task.data = _with_changes(my_task.data, my_task.internal_data[BEFORE])
        my_task.workflow.ended_through = my_task.internal_data[LEFT]
        return True

    def _arrive(self, my_task: Any) -> None:
        my_task.data = fresh(my_task.parent.data)
        notes = {LEFT: my_task.parent.task_spec.name, SIDE: _is_aside(my_task), BEFORE: {}}
        for earlier in _waiting(self, my_task):
            known = earlier.internal_data
            notes[BEFORE] = _composed(known[BEFORE], known[OWN])
            if notes[SIDE]:
                notes |= {LEFT: known[LEFT], SIDE: known[SIDE]}
            earlier.cancel()
        notes[OWN] = _own_changes(my_task)
        my_task.internal_data.update(notes)

    def _somebody_is_at_work(self, my_task: Any) -> bool:
        return any(
            task.has_state(AT_WORK | TaskState.FUTURE)
            and task is not my_task
            and task.task_spec is not self
            and task.task_spec is not self._wf_spec.task_specs["End"]
            for task in my_task.workflow.tasks.values()
        )


def is_live(task: Any) -> bool:
    """Say whether a token stands here that other tokens may yet meet."""
    return task.has_state(AT_WORK) and not isinstance(task.task_spec, EndJoin | BoundaryEventJoin)


def data_so_far(tasks: Iterable[Any]) -> Data:
    """Return what a running scope knows: every live branch, and what has come to its end."""
    known = list(tasks)
    data = brought_together(task for task in known if is_live(task))
    for task in known:
        if isinstance(task.task_spec, EndJoin) and task.has_state(TaskState.WAITING):
            notes = task.internal_data
            data = _with_changes(data, _composed(notes[BEFORE], notes[OWN]))
    return data


def _waiting(spec: Any, but: Any) -> list[Any]:
    return [
        task
        for task in but.workflow.tasks.values()
        if task.task_spec is spec and task is not but and task.has_state(TaskState.WAITING)
    ]


def _is_aside(my_task: Any) -> bool:
    """Say whether a token came from an event that left its activity running (a reminder)."""
    return any(
        isinstance(task.task_spec, BoundaryEvent) and not task.task_spec.cancel_activity
        for task in lineage(my_task)
    )


def _own_changes(my_task: Any) -> dict[str, list[Any]]:
    """Return `key: [value, value at the fork]` for what changed since others were left behind."""
    fork = _fork(my_task)
    if fork is None:
        return {}
    return {
        key: [value, fork.data[key]] if key in fork.data else [value]
        for key, value in differing(fork.data, my_task.data).items()
    }


def _fork(my_task: Any) -> Any:
    below = my_task
    for task in lineage(my_task):
        others = [child for child in task.children if child is not below]
        if any(is_live(found) for child in others for found in branch(child)):
            return task
        below = task
    return None


def _composed(before: dict[str, list[Any]], own: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Put later changes over earlier ones; a value the later path only inherited gives way."""
    result = dict(before)
    for key, change in own.items():
        earlier = before.get(key)
        if earlier is not None and identical(earlier[1:], change[:1]):
            result[key] = [earlier[0], *change[1:]]
        else:
            result[key] = change
    return result


def _with_changes(data: Data, changes: dict[str, list[Any]]) -> Data:
    result: Data = fresh(data)
    for key, change in changes.items():
        if identical([data[key]] if key in data else [], change[1:]):
            result[key] = change[0]
    return result
