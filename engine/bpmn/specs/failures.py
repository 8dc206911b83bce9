"""Error events: an error leaves the activity it happened in, and no other one.

The library offers an error to every boundary event that waits for its code, wherever it is
attached.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.specs.library import update


class Failure(EventDefinition):
    """An error by its code; without a code, a boundary event takes any."""

    def __init__(self, element: str, code: str | None, **kwargs: Any) -> None:
        super().__init__(element, **kwargs)
        self.element = element
        self.code = code

    def throw(self, my_task: Any) -> None:
        """Give the error to the nearest activity around that has an event for it, and end it."""
        for activity in _activities_around(my_task):
            for event in activity.parent.children:
                if self._is_for(event):
                    event.internal_data["event_fired"] = True
                    update(event)
                    activity.cancel()
                    return

    def _is_for(self, event: Any) -> bool:
        definition = getattr(event.task_spec, "event_definition", None)
        return (
            isinstance(definition, Failure)
            and event.has_state(TaskState.WAITING)
            and definition.code in {None, self.code}
        )


def _activities_around(my_task: Any) -> list[Any]:
    """Return the activities that hold a task, the innermost first."""
    found = []
    scope = my_task.workflow
    while scope.parent_task_id is not None:
        found.append(scope.top_workflow.get_task_from_id(scope.parent_task_id))
        scope = found[-1].workflow
    return found
