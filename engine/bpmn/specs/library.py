"""The one place that touches private names of SpiffWorkflow."""
# ruff: noqa: SLF001 -- the library offers no public names for these

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


def children_of(task: Any) -> list[Any]:
    """Return the ids of a task's children, in order."""
    return task._children  # type: ignore[no-any-return]


def adopt(task: Any, children: list[Any]) -> None:
    """Give a task these children and no others."""
    task._children = children
    for child in children:
        task.workflow.tasks[child]._parent = task.id


def task_from(scope: Any, key: str, spec: Any, state: int, parent: Any) -> Any:
    """Return a saved task, below its parent, without running anything."""
    task = Task.__new__(Task)
    task.id = key
    task.workflow = scope
    task.task_spec = spec
    task._state = state
    task._parent = None if parent is None else parent.id
    task._children = []
    task.triggered = False
    task.thread_id = 0
    task.last_state_change = 0
    scope.tasks[key] = task
    if parent is not None:
        parent._children.append(key)
    return task


def wait(task: Any) -> None:
    task._set_state(TaskState.WAITING)


def update(task: Any) -> None:
    """Ask a waiting task whether its time has come."""
    task.task_spec._update(task)


def predict(task: Any, mask: int = TaskState.NOT_FINISHED_MASK) -> None:
    """Let a task say what may follow it."""
    task.task_spec._predict(task, mask=mask)


def follow(task: Any, spec: Any) -> None:
    """Let one following element come true and drop the others."""
    task._sync_children([spec], TaskState.FUTURE)
    for child in task.children:
        predict(child, TaskState.FUTURE | TaskState.PREDICTED_MASK)


def keep_one_way(task: Any, spec: Any) -> None:
    """Let one of the elements ahead come and take the others away, before anything has run."""
    for child in task.children:
        if child.task_spec is not spec:
            task.workflow._remove_task(child.id)


def listen_again(event: Any) -> None:
    """Put a fresh waiting event beside one that has come."""
    again = event.parent._add_child(event.task_spec, TaskState.WAITING)
    predict(again)
    update(again)


def on_completion(inner: Any, activity: Any) -> None:
    """Tell an activity when the scope below it ends, as at its start."""
    inner.completed_event.connect(activity.task_spec._on_subworkflow_completed, activity)
