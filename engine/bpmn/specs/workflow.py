"""The library's workflow, told to leave timers to us and to remember where it ended."""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.specs.joins import EndJoin
from engine.bpmn.specs.library import update


class _JoinsOnly:
    """After a task completes only joins can have changed; timers are fired by the process."""

    ended_through: str | None = None
    tasks: dict[Any, Any]

    def update_waiting_tasks(self) -> None:
        for task in list(self.tasks.values()):
            if task.has_state(TaskState.WAITING) and isinstance(
                task.task_spec, EndJoin | BoundaryEventJoin
            ):
                update(task)


class SubWorkflow(_JoinsOnly, BpmnSubWorkflow):
    """One running call activity or embedded subprocess."""


class CaseWorkflow(_JoinsOnly, BpmnWorkflow):
    """One running process."""

    def create_subprocess(self, my_task: Any, spec_name: str) -> SubWorkflow:
        inner = SubWorkflow(
            self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self
        )
        self.subprocesses[my_task.id] = inner
        return inner
