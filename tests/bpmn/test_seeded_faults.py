"""Take one guard away at a time: the walks through generated processes have to notice."""

from unittest.mock import patch

import pytest
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.specs import joins
from engine.bpmn.specs.joins import ParallelGateway
from engine.bpmn.specs.tree import UNFINISHED
from engine.bpmn.state import pruning
from tests.bpmn.generated.walks import walk

TRIED = 60
"""A guard without which so many processes run alike would guard nothing."""


def first_difference():
    """Return what the first walk that fails says, None if all of them agree."""
    for seed in range(TRIED):
        try:
            walk(seed)
        except Exception as found:  # noqa: BLE001 -- any failure is what is looked for
            return f"{type(found).__name__}: {found}"
    return None


def tokens_of_all_rounds(spec, but):
    """Without the guard for joins on a cycle: a join that also counts tokens of rounds before."""
    return [
        task
        for task in but.workflow.tasks.values()
        if task.task_spec is spec
        and task is not but
        and task.internal_data.get(joins.ARRIVED)
        and not task.has_state(TaskState.COMPLETED)
    ]


def splicing_joins(scope):
    """A pruning that takes the tokens which wait at a join for finished ones."""
    return {
        key
        for key in KEPT(scope)
        if not isinstance(scope.tasks[key].task_spec, ParallelGateway)
        or not scope.tasks[key].has_state(TaskState.WAITING)
    }


def leaving_nested_scopes(workflow):
    """A pruning that drops finished scopes and leaves those nested in them."""
    alive = {
        task.id
        for scope in (workflow, *workflow.subprocesses.values())
        for task in scope.tasks.values()
        if task.has_state(UNFINISHED)
    }
    for key in [key for key in workflow.subprocesses if key not in alive]:
        if workflow.subprocesses[key].depth == 1:
            del workflow.subprocesses[key]


KEPT = pruning._kept

FAULTS = {
    "no guard for joins on a cycle": (joins, "_waiting", tokens_of_all_rounds),
    "splicing join instances": (pruning, "_kept", splicing_joins),
    "a nested finished subprocess left behind": (
        pruning,
        "_drop_finished_scopes",
        leaving_nested_scopes,
    ),
}


@pytest.mark.nightly
@pytest.mark.parametrize("fault", FAULTS)
def test_the_walks_notice(fault):
    module, name, broken = FAULTS[fault]
    with patch.object(module, name, broken):
        found = first_difference()
    print(f"{fault}: {found}")  # noqa: T201 -- told with -rP
    assert found is not None


@pytest.mark.nightly
def test_without_a_fault_they_notice_nothing():
    assert first_difference() is None
