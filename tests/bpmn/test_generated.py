"""Cases saved, pruned and moved to freshly parsed models after every step behave as in memory."""

from collections import Counter

import pytest

from engine.bpmn import ServiceSignature
from engine.bpmn.check import check
from tests.bpmn.generated.blocks import random_plan
from tests.bpmn.generated.features import FEATURES
from tests.bpmn.generated.plans import LANES
from tests.bpmn.generated.walks import walk

IN_EVERY_RUN = 78
NIGHTLY, PARTS = 2_000, 8
SHARE = NIGHTLY // PARTS


def walk_through(seeds, record_property):
    """Walk through the processes of these seeds; tell what was used, and leave nothing out."""
    used, ended = Counter(), 0
    for seed in seeds:
        found = walk(seed)
        used += found.used
        ended += found.is_finished
    record_property("elements used", dict(used))
    record_property("elements used in processes", len(seeds))
    assert sorted(FEATURES - used.keys()) == []
    assert ended > len(seeds) * 0.95


def test_a_saved_case_behaves_as_one_in_memory(record_property):
    walk_through(range(IN_EVERY_RUN), record_property)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(PARTS))
def test_two_thousand_saved_cases_behave_as_in_memory(part, record_property):
    first = IN_EVERY_RUN + part * SHARE
    walk_through(range(first, first + SHARE), record_property)


def test_check_finds_no_error_in_generated_processes():
    for seed in range(IN_EVERY_RUN):
        plan = random_plan(seed)
        found = check(
            plan.models,
            services=dict.fromkeys(plan.services, ServiceSignature(takes_any=True)),
            forms=dict.fromkeys(plan.tasks, ("left", "right")),
            roles=LANES,
        )
        assert [fault for fault in found if fault.severity == "error"] == [], f"seed {seed}"
