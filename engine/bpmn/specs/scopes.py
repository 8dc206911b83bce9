"""Call activities that keep their inner data to themselves, subprocesses that report their end."""

from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.state.values import fresh


class Scope(SubWorkflowTask, BpmnSpecMixin):
    """An activity with a flow of its own; it starts from a copy of the outer data."""

    def _on_subworkflow_completed(self, subworkflow: Any, my_task: Any) -> None:
        """A scope that its own error has ended reports to an activity that is no longer there."""
        if not my_task.has_state(TaskState.CANCELLED):
            super()._on_subworkflow_completed(subworkflow, my_task)

    def copy_data(self, my_task: Any, subworkflow: Any) -> None:
        subworkflow.task_tree.data = fresh(my_task.data)


class CallActivity(Scope):
    """Returns `{outcome: <end event>}` and its declared outputs under its id, nothing else."""

    def __init__(self, wf_spec: Any, bpmn_id: str, outputs: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.declared_outputs = outputs

    def update_data(self, my_task: Any, subworkflow: Any) -> None:
        inner = subworkflow.last_task.data
        result = {name.rpartition(".")[2]: _at(inner, name) for name in self.declared_outputs}
        outcome = {"outcome": subworkflow.ended_through}
        my_task.data = {**my_task.data, self.name: fresh({**result, **outcome})}


class Subprocess(Scope):
    """Shares its data with the scope around it and adds `{outcome: <end event>}` under its id."""

    def update_data(self, my_task: Any, subworkflow: Any) -> None:
        outcome = {"outcome": subworkflow.ended_through}
        my_task.data = {**fresh(subworkflow.last_task.data), self.name: outcome}


def _at(data: Any, path: str) -> Any:
    for name in path.split("."):
        data = data.get(name) if isinstance(data, dict) else None
    return data
