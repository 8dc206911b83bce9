"""What the library calls a script engine: FEEL for expressions, our callables for the rest."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine

from engine import feel
from engine.bpmn.errors import ElementFailed

Services = Callable[[str, Mapping[str, Any], str], Mapping[str, Any]]


class ScriptsRefused(Exception):
    """Models may compute values; they may not run programs."""


class FeelEnvironment(BasePythonScriptEngineEnvironment):
    """The door that every expression of the library goes through."""

    def evaluate(
        self, expression: str, context: Mapping[str, Any], external_context: Any = None
    ) -> Any:
        return feel.evaluate(expression, context)

    def execute(
        self, script: str, context: Mapping[str, Any], external_context: Any = None
    ) -> NoReturn:
        raise ScriptsRefused(script)

    def call_service(self, context: Mapping[str, Any], **kwargs: Any) -> NoReturn:
        raise ScriptsRefused("services are called by their own task")


class CaseEngine(PythonScriptEngine):
    """One process's surroundings: its reading of the clock, its services, its decisions."""

    def __init__(
        self,
        services: Services,
        now: Callable[[], datetime],
        decisions: Mapping[str, Any],
        record: Callable[[Any, Mapping[str, Any]], None],
    ) -> None:
        super().__init__(FeelEnvironment())
        self.services = services
        self.now = now
        self.decisions = decisions
        self.record = record

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        try:
            return self.environment.evaluate(expression, self.context_of(task))
        except Exception as cause:
            raise ElementFailed(task.task_spec.name, cause) from cause

    def execute(self, task: Any, script: str, external_context: Any = None) -> NoReturn:
        raise ElementFailed(task.task_spec.name, ScriptsRefused(script))

    def context_of(self, task: Any) -> dict[str, Any]:
        return {**task.data, "__now__": self.now()}
