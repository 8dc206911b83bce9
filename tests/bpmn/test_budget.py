"""A command is stopped by its steps, and by its time when each step is slow."""

import pytest

from engine.bpmn.budget import Budget
from engine.bpmn.errors import BudgetSpent


def test_the_step_beyond_the_last_is_refused():
    budget = Budget(steps=2)
    budget.spend("work")
    budget.spend("work")
    with pytest.raises(BudgetSpent):
        budget.spend("work")


def test_a_step_after_the_time_is_refused_although_steps_are_left():
    with pytest.raises(BudgetSpent):
        Budget(seconds=-1).spend("work")
