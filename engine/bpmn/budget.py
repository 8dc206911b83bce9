"""How much one command may run: a model that goes in circles is stopped, not waited for."""

from time import thread_time

from engine.bpmn.errors import BudgetSpent

STEPS = 1_000
SECONDS = 10.0
"""Of this thread's own work: a busy machine or a slow database is no fault of the model.

The count of steps is what stops a circle; this stops steps that are slow each."""


class Budget:
    """Counts the steps of one command."""

    def __init__(self, steps: int = STEPS, seconds: float = SECONDS) -> None:
        self._steps = steps
        self._until = thread_time() + seconds
        self.spent = 0

    def spend(self, element: str) -> None:
        self.spent += 1
        if self.spent > self._steps or thread_time() > self._until:
            raise BudgetSpent(element, self.spent)
