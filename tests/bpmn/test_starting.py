"""A process begins at one of its start events, and a send task does what its service does."""

import pytest

from engine.bpmn import Definition
from tests.bpmn.drawing import end, model, sending, start, user, xor
from tests.bpmn.world import MORNING

TWO_WAYS_IN = {
    "office.bpmn": model(
        "office",
        start("by_post"),
        user("open_letter"),
        start("at_counter"),
        user("greet"),
        xor("meet"),
        sending("confirm"),
        end(),
        flows="""
        by_post > open_letter
        at_counter > greet
        open_letter > meet
        greet > meet
        meet > confirm
        confirm > done
        """,
    )
}


def begun(at=None):
    calls = []

    def serve(name, params, element):
        calls.append((name, element))
        return {"sent": True}

    surroundings = {"services": serve, "clock": lambda: MORNING}
    definition = Definition.parse(TWO_WAYS_IN)
    process = definition.start("office", at=at, **surroundings)
    return process, lambda: definition.resume(process.state(), **surroundings), calls


@pytest.mark.parametrize(
    ("at", "first", "task"),
    [(None, "by_post", "open_letter"), ("at_counter", "at_counter", "greet")],
)
def test_a_process_begins_at_the_named_start_alone(at, first, task):
    process, resumed, calls = begun(at)
    assert [step.element for step in process.take_history()] == [first]
    process = resumed()
    assert [found.element for found in process.open_tasks()] == [task]
    process.complete(process.open_tasks()[0].id, {"outcome": "next"})
    assert process.ended_through == "done"
    assert process.variables["confirm"] == {"sent": True}
    assert calls == [("test.confirm", "confirm")]


def test_a_start_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        begun("by_phone")
