"""Questions about the tree of tasks: who is still at work, where did two tokens part."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.specs.library import children_of
from engine.bpmn.state.values import differing

Data = dict[str, Any]

AT_WORK = TaskState.READY | TaskState.WAITING | TaskState.STARTED
PREDICTED = TaskState.MAYBE | TaskState.LIKELY | TaskState.FUTURE
UNFINISHED = AT_WORK | PREDICTED


def branch(task: Any) -> Iterator[Any]:
    """Yield a task and everything below it, in the order of the diagram's flows."""
    tasks = task.workflow.tasks
    stack = [task.id]
    while stack:
        found = tasks[stack.pop()]
        yield found
        stack.extend(reversed(children_of(found)))


def lineage(task: Any) -> Iterator[Any]:
    """Yield the parent, its parent, and so on up to the root."""
    parent = task.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def parting(first: Any, second: Any) -> Any:
    """Return the task at which the ways of two tasks part."""
    seen = {task.id for task in lineage(first)}
    return next(task for task in lineage(second) if task.id in seen)


def depth(task: Any) -> int:
    return sum(1 for _ in lineage(task))


def merged(base: Mapping[str, Any], earlier: Data, later: Data) -> Data:
    """Bring two branches together: each brings what it changed; the later one wins a tie."""
    return {**later, **differing(base, earlier), **differing(base, later)}


def brought_together(arrived: Iterable[Any]) -> Data:
    """Merge the data of tasks given in the order they arrived, the closest relatives first."""
    tokens = [(task, dict(task.data)) for task in arrived]
    while len(tokens) > 1:
        i, j, fork = _closest(tokens)
        (_, earlier), (_, later) = tokens[i], tokens[j]
        tokens[j] = (_Stand(fork), merged(fork.data, earlier, later))
        del tokens[i]
    return tokens[0][1]


class _Stand:
    """Stands for several merged tokens: its way up begins at their fork itself."""

    def __init__(self, fork: Any) -> None:
        self.parent = fork


def _closest(tokens: list[tuple[Any, Data]]) -> tuple[int, int, Any]:
    pairs = [
        (depth(fork := parting(tokens[i][0], tokens[j][0])), i, j, fork)
        for j in range(len(tokens))
        for i in range(j)
    ]
    _, i, j, fork = max(pairs, key=lambda pair: pair[0])
    return i, j, fork
