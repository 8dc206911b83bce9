"""Tasks the machine does: a service by name, a decision table by id."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin

from engine.bpmn.errors import ElementFailed
from engine.bpmn.state.values import fresh


class ServiceTask(BpmnSpecMixin):
    """Calls one service; its result is stored under the task's own id."""

    def __init__(
        self,
        wf_spec: Any,
        bpmn_id: str,
        service: str,
        parameters: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.service = service
        self.parameters = dict(parameters)

    def _run_hook(self, my_task: Any) -> bool:
        engine = my_task.workflow.script_engine
        params = {name: engine.evaluate(my_task, value) for name, value in self.parameters.items()}
        try:
            result = fresh(dict(engine.services(self.service, params, self.name)))
        except Exception as cause:
            raise ElementFailed(self.name, cause) from cause
        my_task.data = {**my_task.data, self.name: result}
        engine.record(my_task, {"service": self.service, "params": params, "result": result})
        return True


class BusinessRuleTask(BpmnSpecMixin):
    """Asks one decision table; its outputs are stored, by name, under the task's own id."""

    def __init__(self, wf_spec: Any, bpmn_id: str, decision: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.decision = decision

    def _run_hook(self, my_task: Any) -> bool:
        engine = my_task.workflow.script_engine
        try:
            table = engine.decisions[self.decision]
            found = table.evaluate(engine.context_of(my_task))
            result = fresh(_by_output(_output_names(table), found.value))
        except Exception as cause:
            raise ElementFailed(self.name, cause) from cause
        my_task.data = {**my_task.data, self.name: result}
        detail = {
            "decision": self.decision,
            "inputs": dict(found.inputs),
            "matched": list(found.matched),
            "result": result,
        }
        engine.record(my_task, detail)
        return True


def _output_names(table: Any) -> list[str]:
    return [getattr(output, "name", output) for output in table.outputs]


def _by_output(names: list[str], value: Any) -> dict[str, Any]:
    """Give every output its name, whatever the hit policy: a value, none, or a list of each."""
    if len(names) == 1 and not isinstance(value, Mapping):
        return {names[0]: value}
    if isinstance(value, list):
        return {name: [row.get(name) for row in value] for name in names}
    found = value if isinstance(value, Mapping) else {}
    return {name: found.get(name) for name in names}
