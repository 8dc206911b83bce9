"""State: exact values, a flat price, and a polite refusal of what does not fit."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn import Definition, NotStorable, StateDoesNotFit, StateUnreadable
from engine.bpmn.state import codec
from engine.bpmn.state.values import decode, encode, fresh, identical
from engine.feel import YearsMonths
from tests.bpmn.drawing import end, model, start, user
from tests.bpmn.samples import BOTH_LOOK, LONG_BRANCH, LOOP, NESTED
from tests.bpmn.world import MORNING, World

EXACT = [
    None,
    True,
    0,
    1,
    -1,
    2**70,
    1.5,
    -0.0,
    "",
    "𠮷 · {{x}}",
    Decimal("1.10"),
    Decimal("-0E+5"),
    Decimal("0.1000000000000000000000000000000001"),
    date(1, 1, 1),
    time(23, 59, 59, 999999),
    time(8, 0, tzinfo=timezone(timedelta(hours=8))),
    datetime(2026, 3, 1, 9, 0),  # noqa: DTZ001 -- a moment without a zone is a value too
    datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
    datetime(2026, 3, 1, 9, 0, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai")),
    datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris")),
    timedelta(days=-3, seconds=5, microseconds=7),
    YearsMonths(-14),
    {"$decimal": "not one"},
    {"$": {"$$": [{"$date": 1, "x": 2}]}},
    [[], {}, [None]],
]


@pytest.mark.parametrize("value", EXACT, ids=str)
def test_every_value_comes_back_exactly(value):
    world = World(LOOP, "loop")
    world.complete("ask", "again", value=value)
    world.restart()
    assert identical(world.task("ask").data["ask"]["value"], value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(json_values)
def test_any_json_with_decimals_comes_back_exactly(value):
    import orjson  # noqa: PLC0415 -- only this test looks at the wire

    kept = fresh(value)
    assert identical(decode(orjson.loads(orjson.dumps(encode(kept)))), kept)


@pytest.mark.parametrize(
    "value",
    [object(), {1: 2}, {"a": {3}}, float("nan"), float("inf"), b"x", "\ud800", {"\udfff": 1}],
)
def test_what_is_no_value_is_refused(value):
    with pytest.raises(NotStorable):
        fresh({"value": value})


def test_a_value_nested_without_end_is_refused():
    endless: list = []
    endless.append(endless)
    with pytest.raises(NotStorable):
        fresh(endless)


def test_an_id_is_kept_as_text():
    number = uuid4()
    assert fresh({"id": number}) == {"id": str(number)}


def test_the_same_process_has_the_same_bytes():
    world = World(NESTED, "outer")
    before = world.process.state()
    world.restart()
    assert world.process.state() == before


def test_a_task_keeps_its_id_through_a_restart():
    world = World(LOOP, "loop")
    task = world.task("ask").id
    world.restart()
    assert world.task("ask").id == task


def rows(world):
    saved = codec.read(world.process.state())
    return len(saved["rows"]) + sum(len(rows) for *_, rows in saved["scopes"])


class TestFlatness:
    def test_round_2000_of_a_loop_costs_what_the_second_did(self):
        world = World(LOOP, "loop")
        world.complete("ask", "again")
        size, tasks = len(world.process.state()), rows(world)
        for _round in range(2_000):
            world.complete("ask", "again")
        assert rows(world) == tasks
        assert abs(len(world.process.state()) - size) < 20
        assert len(world.process._workflow.tasks) < 12

    def test_a_reminder_in_every_round_leaves_nothing_behind(self):
        world = World(LONG_BRANCH, "long")
        for _round in range(3):
            world.advance(hours=1)
            world.complete("ask", "again")
        tasks = rows(world)
        for _round in range(60):
            world.advance(hours=1)
            world.complete("ask", "again")
        assert rows(world) == tasks
        assert world.called().count("send_nudge") == 63

    def test_rounds_of_a_parallel_review_leave_nothing_behind(self):
        world = World(BOTH_LOOK, "both", saves=True)
        sizes = set()
        for number in range(40):
            order = ["look_left", "look_right"]
            for element in order if number % 2 else reversed(order):
                world.complete(element, "again")
            sizes.add(rows(world))
        assert len(sizes) == 1

    def test_rounds_through_a_call_leave_nothing_behind(self):
        answers = {"test.reserve": {"held_until": MORNING + timedelta(days=900)}}
        world = World(NESTED, "outer", answers=answers, saves=True)
        sizes = set()
        for _round in range(40):
            world.complete("apply")
            world.complete("fill")
            world.complete("pay", "change")
            sizes.add(rows(world))
        assert len(sizes) == 1


class TestFit:
    def test_unknown_bytes_are_unreadable(self):
        for state in (b"", b"\x02abc", b"\x01abc"):
            with pytest.raises(StateUnreadable):
                Definition.parse(LOOP).resume(state, services=None, clock=None)

    def test_models_without_the_process_do_not_fit(self):
        state = World(LOOP, "loop").process.state()
        with pytest.raises(StateDoesNotFit) as refused:
            Definition.parse(NESTED).resume(state, services=None, clock=None)
        assert refused.value.elements == ("loop",)

    def test_models_without_the_open_element_do_not_fit(self):
        state = World(LOOP, "loop").process.state()
        changed = {"l.bpmn": LOOP["loop.bpmn"].replace(b'"ask"', b'"inquire"')}
        with pytest.raises(StateDoesNotFit) as refused:
            Definition.parse(changed).resume(state, services=None, clock=None)
        assert refused.value.elements == ("ask",)

    def test_a_step_added_behind_the_open_one_is_met(self):
        def line(*names):
            steps = ["begin", *names, "done"]
            flows = "\n".join(f"{a} > {b}" for a, b in pairwise(steps))
            return {"l.bpmn": model("line", start(), *map(user, names), end(), flows=flows)}

        world = World(line("first", "last"), "line")
        world.models = line("first", "added", "last")
        world.restart()
        world.complete("first")
        assert world.open() == ["added"]


class TestLooking:
    @pytest.mark.parametrize(("models", "name"), [(LOOP, "loop"), (NESTED, "outer")])
    def test_what_a_token_knows_is_read_without_waking_the_process(self, models, name):
        answers = {"test.reserve": {"held_until": MORNING + timedelta(days=900)}}
        world = World(models, name, {"given": Decimal("1.10")}, answers=answers)
        world.complete(world.open()[0], "again", value=date(2026, 3, 1))
        state = world.process.state()
        for task in world.process.open_tasks():
            assert identical(codec.known_to(state, task.id), task.data)

    def test_a_token_that_is_gone_knows_nothing(self):
        world = World(LOOP, "loop")
        gone = world.task("ask").id
        world.complete("ask", "again")
        assert codec.known_to(world.process.state(), gone) is None
