"""Whatever people, jobs and the clock do to a case, the façade keeps its promises."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cases.guards import GUARDS
from tests.cases.machine import CaseMachine

SHORT = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=150, stateful_step_count=60, derandomize=False)
UNSHRUNK = settings(SHORT, max_examples=400, phases=[Phase.generate])


def run(template, how):
    run_state_machine_as_test(type("Machine", (CaseMachine,), {"template": template}), settings=how)


def test_the_facade_keeps_its_promises(sqlite_template):
    run(sqlite_template, SHORT)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ["sqlite_template", "postgres_template"])
def test_the_facade_keeps_its_promises_for_long(request, kind):
    run(request.getfixturevalue(kind), LONG)


@pytest.mark.nightly
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_a_guard_a_promise_is_broken(sqlite_template, monkeypatch, guard):
    guard.remove(monkeypatch)
    with pytest.raises(Exception) as broken:  # noqa: PT011 -- whichever promise breaks first
        run(sqlite_template, UNSHRUNK)
    assert not isinstance(broken.value, NameError | SyntaxError)
