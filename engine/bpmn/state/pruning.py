"""Forget what no token will ask about again, so that a step costs the same in round 2,000.

Kept are the root, everything unfinished, every fork below which two tokens stand, the split of an
activity whose boundary events still wait, reminders on their way, and what a waiting event would
read its data from. Nothing else is ever consulted: our joins remember what they need.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent

from engine.bpmn.specs.joins import is_live
from engine.bpmn.specs.library import adopt, children_of
from engine.bpmn.specs.tree import PREDICTED, UNFINISHED, branch


def prune(workflow: Any) -> None:
    """Drop finished tasks and finished subprocesses that can no longer matter."""
    _drop_finished_scopes(workflow)
    for scope in (workflow, *workflow.subprocesses.values()):
        _prune_tree(scope)


def _drop_finished_scopes(workflow: Any) -> None:
    """Dropping one scope may orphan those nested in it, so look again until nothing goes."""
    scopes = workflow.subprocesses
    while True:
        alive = {
            task.id
            for scope in (workflow, *scopes.values())
            for task in scope.tasks.values()
            if task.has_state(UNFINISHED)
        }
        gone = [key for key in scopes if key not in alive]
        if not gone:
            return
        for key in gone:
            del scopes[key]


def _prune_tree(scope: Any) -> None:
    keep = _kept(scope)
    if len(keep) == len(scope.tasks):
        return
    ended: list[Any] = []
    for task in [task for task in scope.tasks.values() if task.id in keep]:
        heirs = _heirs(task, keep)
        own = [heir for heir in heirs if _may_hang_below(task, scope.tasks[heir])]
        ended += [heir for heir in heirs if heir not in own]
        adopt(task, own)
    adopt(scope.task_tree, [*children_of(scope.task_tree), *ended])
    for key in [key for key in scope.tasks if key not in keep]:
        del scope.tasks[key]


def _may_hang_below(parent: Any, task: Any) -> bool:
    """An activity's join takes every child of the split that is no event for the activity; a path
    that has come to the end of the process can wait there below the root."""
    is_split = isinstance(parent.task_spec, BoundaryEventSplit)
    return not is_split or task.task_spec in parent.task_spec.outputs


def _heirs(task: Any, keep: set[Any]) -> list[Any]:
    """Return the nearest kept descendants, in the order of the tree."""
    tasks = task.workflow.tasks
    heirs: list[Any] = []
    stack = list(reversed(children_of(task)))
    while stack:
        key = stack.pop()
        if key in keep:
            heirs.append(key)
        else:
            stack.extend(reversed(children_of(tasks[key])))
    return heirs


def _kept(scope: Any) -> set[Any]:
    keep = {scope.task_tree.id}
    if scope.last_task is not None and scope.completed:
        keep.add(scope.last_task.id)
    living = _living_children(scope)
    for task in scope.tasks.values():
        if task.has_state(UNFINISHED):
            keep.add(task.id)
            if _asks_its_parent(task) and task.parent is not None:
                keep.add(task.parent.id)
        elif living.get(task.id, 0) > 1 or _is_needed(task, living):
            keep.add(task.id)
            if isinstance(task.task_spec, BoundaryEventSplit):
                keep |= _first_of_each_way(task, living)
    return keep


def _first_of_each_way(split: Any, living: dict[Any, int]) -> set[Any]:
    """Two tokens met again must know what they knew when they parted, so none of them may leave
    its place below the split."""
    return {child.id for child in split.children if living[child.id] or is_live(child)}


def _asks_its_parent(task: Any) -> bool:
    """A waiting event copies its parent's data once more when it fires; an event's own join must
    hang below its event."""
    return not task.has_state(PREDICTED) and isinstance(
        task.task_spec, CatchingEvent | BoundaryEventJoin
    )


def _is_needed(task: Any, living: dict[Any, int]) -> bool:
    if isinstance(task.task_spec, BoundaryEventSplit):
        return any(
            child.has_state(UNFINISHED) and not isinstance(child.task_spec, BoundaryEvent)
            for child in task.children
        )
    is_reminder = isinstance(task.task_spec, BoundaryEvent) and not task.task_spec.cancel_activity
    return is_reminder and living.get(task.id, 0) > 0


def _living_children(scope: Any) -> dict[Any, int]:
    """Count, for every task, the children below which a token stands."""
    counts: dict[Any, int] = {}
    alive: dict[Any, bool] = {}
    for task in reversed(list(branch(scope.task_tree))):
        below = sum(1 for child in children_of(task) if alive[child])
        counts[task.id] = below
        alive[task.id] = below > 0 or is_live(task)
    return counts
