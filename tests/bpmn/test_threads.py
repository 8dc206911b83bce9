"""Several threads over one parsed model change nothing for each other."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.bpmn import Definition
from tests.bpmn.generated.blocks import random_plan
from tests.bpmn.generated.walks import walk_sharing

THREADS, CASES = 4, 8


@pytest.fixture
def _hurried_threads():
    """Let the interpreter change threads a thousand times as often as it would."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1_000)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_hurried_threads")
@pytest.mark.parametrize("seed", [3, 12, 25, 49, 63, 75])
def test_cases_in_several_threads_do_what_they_do_alone(seed):
    plan = random_plan(seed)
    alone = [walk_sharing(plan, Definition.parse(plan.models), number) for number in range(CASES)]
    shared = Definition.parse(plan.models)
    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(lambda number: walk_sharing(plan, shared, number), range(CASES)))
    assert together == alone
