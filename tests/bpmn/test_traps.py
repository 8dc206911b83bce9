"""Every trap of the library and of the process model, and what becomes of a diagram that has it.

It is refused or warned of at its element, with what to do; or it is no trap here, because our own
classes stand in for the library's, and a test runs it."""

import re
from pathlib import Path

import pytest

from tests.bpmn.drawing import (
    boundary,
    catch,
    end,
    message,
    model,
    parallel,
    service,
    start,
    sub,
    terminate,
    xor,
)
from tests.bpmn.samples import ALL
from tests.bpmn.test_check import BROKEN
from tests.bpmn.traps import (
    ASK,
    HARMLESS,
    HOUR,
    REFUSED,
    WARNED,
    broken,
    one,
    serving,
    texts_at,
    told,
)
from tests.bpmn.world import World

HERE = Path(__file__).parent


@pytest.mark.parametrize("trap", REFUSED)
def test_a_trap_is_refused_where_it_is_with_what_to_do(trap):
    element_id, models = REFUSED[trap]
    found = [fault for fault in told(models) if fault.severity == "error"]
    there = [fault for fault in found if fault.element == element_id]
    assert there, found
    assert all(fault.file in models and fault.mend for fault in there)


@pytest.mark.parametrize("case", BROKEN)
def test_every_fault_says_what_to_do(case):
    assert all(fault.mend for fault in told(broken(case)[1]))


@pytest.mark.parametrize("trap", WARNED)
def test_a_trap_is_warned_of_where_it_is_with_what_to_do(trap):
    element_id, models = WARNED[trap]
    found = told(models)
    assert [fault for fault in found if fault.severity == "error"] == []
    there = [fault for fault in found if fault.element == element_id]
    assert there, found
    assert all(fault.file == "sample.bpmn" and fault.mend for fault in there)


@pytest.mark.parametrize("trap", HARMLESS)
def test_a_trap_that_is_none_here_is_run_by_a_test(trap):
    file, name = HARMLESS[trap].split("::")
    source = (HERE / file).read_text(encoding="utf-8")
    assert re.search(rf"^ *def {name}\(", source, re.MULTILINE)


@pytest.mark.parametrize("saves", [False, True])
def test_lists_of_two_branches_stay_as_they_were(saves):
    world = World(ALL["both"], "both", saves=saves)
    world.complete("look_left", "stop", found=[1, 1, 2], of=[{"id": 1}])
    world.complete("look_right", "stop", found=[3], of=[])
    assert world.process.is_finished
    assert world.process.variables["look_left"]["found"] == [1, 1, 2]
    assert world.process.variables["look_left"]["of"] == [{"id": 1}]
    assert world.process.variables["look_right"]["found"] == [3]


class TestNoTrap:
    def test_a_person_whom_the_main_way_asks_as_well(self):
        models = one(
            ASK,
            boundary("late", "ask", HOUR, interrupting=False),
            service("look", "test.any"),
            end("told"),
            flows="begin > ask\nask > done\nlate > look\nlook > told",
        )
        assert told(models) == []

    @pytest.mark.parametrize("ending", [end("never"), terminate("never")])
    def test_a_circle_that_something_else_ends(self, ending):
        """A branch may go round until the other one ends the process."""
        flows = "begin > fork\nfork > again\nagain > ask\nask > again\nfork > wait\nwait > never"
        drawn = (parallel("fork"), xor("again"), ASK, catch("wait", HOUR), ending)
        content = model("sample", start(), *drawn, flows=flows, lanes={"candidate": "ask"})
        ends = {"从这里走不到任何结束事件"} & texts_at("ask", {"sample.bpmn": content})
        assert bool(ends) == ("terminate" not in ending)

    def test_a_circle_that_an_event_on_the_edge_ends(self):
        flows = """
            b2 > again
            again > ask
            ask > look
            look > again
            """
        inner = sub(
            "inner",
            start("b2"),
            xor("again"),
            ASK,
            service("look", "test.any"),
            end("d2"),
            flows=flows,
        )
        models = one(
            inner,
            boundary("closed", "inner", message("w")),
            end("gone"),
            flows="begin > inner\ninner > done\nclosed > gone",
            lanes={"candidate": "inner"},
        )
        assert "从这里走不到任何结束事件" not in texts_at("ask", models)

    def test_lanes_inside_a_subprocess_that_is_in_none(self):
        inner = sub("inner", start("b2"), ASK, end("d2"), flows="b2 > ask\nask > d2")
        assert told(one(inner, flows="begin > inner\ninner > done")) == []

    def test_a_result_under_the_name_of_its_task(self):
        assert told(serving(resultVariable="look")) == []
