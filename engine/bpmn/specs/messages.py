"""Messages by name; what a message brings is stored under the id of the event that caught it."""

from typing import Any

from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition

from engine.bpmn.state.values import fresh

PAYLOAD = "payload"


class Message(MessageEventDefinition):
    """Waits for one message name; it never throws, and correlation is the caller's business."""

    def __init__(self, element: str, name: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.element = element

    def catch(self, my_task: Any, event: Any = None) -> None:
        my_task.internal_data[PAYLOAD] = fresh(dict(event.payload or {}))
        my_task.internal_data["event_fired"] = True

    def update_task(self, my_task: Any) -> None:
        """There is nothing to correlate."""

    def update_task_data(self, my_task: Any) -> None:
        payload = my_task.internal_data.pop(PAYLOAD, {})
        my_task.data = {**my_task.data, self.element: payload}

    def reset(self, my_task: Any) -> None:
        my_task.internal_data.pop("event_fired", None)
