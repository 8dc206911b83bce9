"""One running process: what is open, what it waits for, and the commands that move it on.

A command that raises leaves the object unusable: drop it and resume from the bytes of before.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.util import BpmnEvent

from engine.bpmn import looking
from engine.bpmn.budget import Budget
from engine.bpmn.errors import ElementFailed, ProcessStopped, TaskNotOpen, TokenStuck
from engine.bpmn.specs.engine import CaseEngine, Services
from engine.bpmn.specs.events import begin_at
from engine.bpmn.specs.joins import data_so_far
from engine.bpmn.specs.library import update
from engine.bpmn.specs.messages import Message
from engine.bpmn.specs.workflow import CaseWorkflow
from engine.bpmn.state import codec
from engine.bpmn.state.pruning import prune
from engine.bpmn.state.values import fresh
from engine.bpmn.steps import OpenTask, Step, Waiting

Clock = Callable[[], datetime]

BETWEEN_PRUNINGS = 50


class Process:
    """A process between commands always stands still: only people, times and messages move it."""

    def __init__(self, services: Services, clock: Clock, decisions: Mapping[str, Any]) -> None:
        self._clock = clock
        self._reading: datetime | None = None
        self._history: list[Step] = []
        self._details: dict[Any, Mapping[str, Any]] = {}
        self._engine = CaseEngine(services, lambda: self.now, decisions, self._keep_detail)
        self._workflow: Any = None
        self._is_usable = True

    @classmethod
    def start(
        cls,
        spec: Any,
        specs: Mapping[str, Any],
        variables: Mapping[str, Any],
        decisions: Mapping[str, Any],
        *,
        services: Services,
        clock: Clock,
        at: str | None = None,
    ) -> "Process":
        process = cls(services, clock, decisions)
        with process._command() as budget:
            process._workflow = CaseWorkflow(spec, specs, script_engine=process._engine)
            begin_at(process._workflow.task_tree, at)
            process._workflow.task_tree.data = fresh(dict(variables))
            process._settle(budget)
        return process

    @classmethod
    def resume(
        cls,
        state: bytes,
        specs: Mapping[str, Any],
        decisions: Mapping[str, Any],
        *,
        services: Services,
        clock: Clock,
    ) -> "Process":
        process = cls(services, clock, decisions)
        process._workflow = codec.load(state, dict(specs), process._engine)
        return process

    @property
    def now(self) -> datetime:
        """The moment of this step: the clock, or the due time of a timer that is caught up."""
        return self._reading or self._clock()

    @property
    def process_id(self) -> str:
        return str(self._workflow.spec.name)

    @property
    def is_finished(self) -> bool:
        return bool(self._workflow.completed)

    @property
    def ended_through(self) -> str | None:
        """The end event by which the process ended, None while it runs."""
        return self._workflow.ended_through if self.is_finished else None

    @property
    def variables(self) -> dict[str, Any]:
        """The data at the top level: that of the end, or of all the branches taken together."""
        if self.is_finished:
            return fresh(self._workflow.data)  # type: ignore[no-any-return]
        return data_so_far(looking.tasks_of(self._workflow))

    def open_tasks(self) -> list[OpenTask]:
        return [looking.open_task(task) for task in looking.open_for_people(self._workflow)]

    def waiting(self) -> list[Waiting]:
        return [
            found for task in looking.catching(self._workflow) for found in looking.waiting(task)
        ]

    def take_history(self) -> list[Step]:
        """Return what was done since the last call, in order."""
        taken, self._history = self._history, []
        return taken

    def state(self) -> bytes:
        if not self._is_usable:
            raise ProcessStopped("a command failed; this process has no state worth keeping")
        return codec.dump(self._workflow)

    def complete(self, task_id: str, variables: Mapping[str, Any]) -> None:
        """Store the variables under the task's element and run until someone else is needed.

        Fire due timers first: the time may have taken the task away.
        """
        task = self._open(task_id)
        with self._command() as budget:
            element = task.task_spec.name
            task.data = {**task.data, element: fresh(dict(variables))}
            self._keep_detail(task, {"outcome": variables.get("outcome"), **_others(variables)})
            self._run(task, budget)
            self._settle(budget)

    def catch_message(self, name: str, payload: Mapping[str, Any] | None = None) -> int:
        """Hand a message to whoever waits for it, outermost first; return how many did."""
        event = BpmnEvent(Message("", name), dict(payload or {}))
        caught = 0
        with self._command() as budget:
            for task in looking.catching(self._workflow):
                if looking.still_waits(task) and task.task_spec.event_definition.catches(
                    task, event
                ):
                    caught += 1
                    task.task_spec.event_definition.catch(task, event)
                    self._wake(task)
                    self._settle(budget)
        return caught

    def fire_timers(self, until: datetime | None = None) -> int:
        """Fire what is due, the oldest first, each at its own due time; return how many fired.

        `until` is an earlier moment than now: what is due after it stays as it is.
        """
        until = until or self._clock()
        fired = 0
        with self._command() as budget:
            while (due := looking.first_due(self._workflow)) and due[0] <= until:
                self._reading, task = due
                budget.spend(task.task_spec.name)
                self._wake(task)
                self._settle(Budget())
                fired += 1
        return fired

    @contextmanager
    def _command(self) -> Iterator[Budget]:
        if not self._is_usable:
            raise ProcessStopped("a command failed; resume from the state of before")
        self._is_usable = False
        yield Budget()
        self._reading = None
        self._is_usable = True

    def _open(self, task_id: str) -> Any:
        for task in looking.open_for_people(self._workflow):
            if str(task.id) == task_id:
                return task
        raise TaskNotOpen(task_id)

    def _wake(self, task: Any) -> None:
        with _naming(task):
            update(task)

    def _settle(self, budget: Budget) -> None:
        """Run until nothing is left that the machine can do."""
        while (task := looking.next_for_machine(self._workflow)) is not None:
            self._run(task, budget)
            if budget.spent % BETWEEN_PRUNINGS == 0:
                prune(self._workflow)
        self._workflow.get_events()
        prune(self._workflow)
        self._check_for_stuck_tokens()

    def _run(self, task: Any, budget: Budget) -> None:
        budget.spend(task.task_spec.name)
        path, at = looking.path_of(task), self.now
        with _naming(task):
            task.run()
        detail = self._details.pop(task.id, {})
        step = looking.step(task, path, at, detail)
        if step is not None:
            self._history.append(step)

    def _keep_detail(self, task: Any, detail: Mapping[str, Any]) -> None:
        self._details[task.id] = detail

    def _check_for_stuck_tokens(self) -> None:
        if self.is_finished or any(looking.open_for_people(self._workflow)):
            return
        if not any(looking.catching(self._workflow)):
            raise TokenStuck(looking.elements_at_work(self._workflow))


def _others(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a replay must put in again besides the outcome."""
    values = {key: value for key, value in variables.items() if key != "outcome"}
    return {"values": fresh(values)} if values else {}


@contextmanager
def _naming(task: Any) -> Iterator[None]:
    """Let every failure name the element it happened at."""
    try:
        yield
    except ProcessStopped:
        raise
    except Exception as cause:
        raise ElementFailed(task.task_spec.name, cause) from cause
