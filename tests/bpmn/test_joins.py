"""Joins: each round waits for every branch, and every branch keeps what it changed."""

from itertools import permutations, product

import pytest

from tests.bpmn.drawing import (
    boundary,
    end,
    model,
    parallel,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.bpmn.samples import BOTH_LOOK
from tests.bpmn.world import World

saved_or_live = pytest.mark.parametrize("saves", [False, True], ids=["live", "saved"])


@saved_or_live
@pytest.mark.parametrize(
    "orders", list(product(permutations(["look_left", "look_right"]), repeat=3))
)
def test_both_look_again_in_any_order(orders, saves):
    """The library's own join fires early from the second round, if the order changes."""
    world = World(BOTH_LOOK, "both", saves=saves)
    for number, (first, second) in enumerate(orders):
        world.complete(first, "again", round=number)
        assert world.open() == [second]
        world.complete(second, "again", round=number)
        assert world.open() == ["look_left", "look_right"]
        for name in (first, second):
            assert world.task("look_left").data[name]["round"] == number
    assert world.called().count("prepare") == 4


THREE = {
    "three.bpmn": model(
        "three",
        start(),
        xor("again"),
        parallel("fork"),
        user("a"),
        user("b"),
        user("c"),
        parallel("join"),
        user("decide"),
        xor("enough"),
        end(),
        flows="""
        begin > again
        again > fork
        fork > a
        fork > b
        fork > c
        a > join
        b > join
        c > join
        join > decide
        decide > enough
        enough > done if decide.outcome = "stop"
        enough > again else
        """,
    )
}


@saved_or_live
@pytest.mark.parametrize("orders", list(product(permutations("abc"), repeat=2)))
def test_three_branches_twice_in_any_order(orders, saves):
    world = World(THREE, "three", saves=saves)
    for number, order in enumerate(orders):
        for done, name in enumerate(order):
            assert world.open() == sorted(order[done:])
            world.complete(name, str(number))
        data = world.task("decide").data
        assert {data[name]["outcome"] for name in order} == {str(number)}
        world.complete("decide", "again")


CHANGE = {
    "c.bpmn": model(
        "change",
        start(),
        service("note"),
        parallel("fork"),
        user("left"),
        user("right"),
        parallel("join"),
        end(),
        flows="""
        begin > note
        note > fork
        fork > left
        fork > right
        left > join
        right > join
        join > done
        """,
    )
}


@saved_or_live
@pytest.mark.parametrize("order", [("left", "right"), ("right", "left")])
def test_a_change_is_not_undone_by_the_branch_that_did_not_make_it(order, saves):
    world = World(CHANGE, "change", {"left": {"outcome": "old"}}, saves=saves)
    for name in order:
        world.complete(name, "new")
    assert world.process.variables["left"] == {"outcome": "new"}
    assert world.process.variables["right"] == {"outcome": "new"}


INNER = {
    "inner.bpmn": model(
        "nested_joins",
        start(),
        parallel("fork"),
        user("before"),
        parallel("inner_fork"),
        user("one"),
        user("two"),
        parallel("inner_join"),
        user("other"),
        parallel("join"),
        end(),
        flows="""
        begin > fork
        fork > before
        before > inner_fork
        inner_fork > one
        inner_fork > two
        one > inner_join
        two > inner_join
        inner_join > join
        fork > other
        other > join
        join > done
        """,
    )
}


@saved_or_live
@pytest.mark.parametrize("order", list(permutations(["one", "two", "other"])))
def test_a_join_inside_a_branch_of_a_join(order, saves):
    world = World(INNER, "nested_joins", saves=saves)
    world.complete("before", "x")
    for name in order:
        world.complete(name, name)
    assert world.process.is_finished
    data = world.process.variables
    assert {name: data[name]["outcome"] for name in order} == {name: name for name in order}
    assert data["before"] == {"outcome": "x"}


WITHOUT_JOIN = {
    "w.bpmn": model(
        "ends",
        start(),
        service("seed"),
        parallel("fork"),
        user("left"),
        parallel("left_fork"),
        user("upper"),
        user("lower"),
        user("right"),
        end("left_end"),
        end("lower_end"),
        end("right_end"),
        flows="""
        begin > seed
        seed > fork
        fork > left
        left > left_fork
        left_fork > upper
        left_fork > lower
        upper > left_end
        lower > lower_end
        fork > right
        right > right_end
        """,
    )
}


@saved_or_live
@pytest.mark.parametrize("order", list(permutations(["upper", "lower", "right"])))
def test_the_end_brings_together_what_every_path_changed(order, saves):
    world = World(WITHOUT_JOIN, "ends", {"upper": {"outcome": "old"}}, saves=saves)
    world.complete("left", "x")
    for name in order:
        world.complete(name, name)
    data = world.process.variables
    assert {name: data[name]["outcome"] for name in order} == {name: name for name in order}
    assert data["left"] == {"outcome": "x"}
    assert world.process.ended_through == f"{order[-1].replace('upper', 'left')}_end"


TWICE = {
    "t.bpmn": model(
        "twice",
        start(),
        parallel("fork"),
        xor("again"),
        user("note"),
        xor("which"),
        parallel("inner_fork"),
        user("low"),
        user("right"),
        end("note_end"),
        end("low_end"),
        end("right_end"),
        flows="""
        begin > fork
        fork > again
        fork > right
        again > note
        note > which
        which > inner_fork if note.outcome = "split"
        which > note_end else
        inner_fork > again
        inner_fork > low
        low > low_end
        right > right_end
        """,
    )
}


@saved_or_live
@pytest.mark.parametrize("order", list(permutations(["note", "low", "right"])))
def test_a_value_that_a_path_only_inherited_does_not_win_over_a_newer_one(order, saves):
    world = World(TWICE, "twice", saves=saves)
    world.complete("note", "split")
    for name in order:
        world.complete(name, "newer")
    assert world.process.variables["note"] == {"outcome": "newer"}


REMINDED = {
    "r.bpmn": model(
        "reminded",
        start(),
        xor("again"),
        user("review"),
        boundary("nudge", "review", timer("timeDuration", "PT1H"), interrupting=False),
        service("remind"),
        end("reminded_end"),
        xor("enough"),
        end(),
        flows="""
        begin > again
        again > review
        nudge > remind
        remind > reminded_end
        review > enough
        enough > done if review.outcome = "stop"
        enough > again else
        """,
    )
}


@saved_or_live
def test_a_reminder_never_brings_an_old_value_back(saves):
    """The library merges the reminder's old copy of the data into the result."""
    world = World(REMINDED, "reminded", saves=saves)
    world.complete("review", "again", found=[1], refused={"blur": True})
    world.advance(hours=1)
    world.complete("review", "stop", found=[3, 4])
    assert world.process.variables["review"] == {"outcome": "stop", "found": [3, 4]}
    assert world.process.variables["remind"] == {"done": True}
    assert world.process.ended_through == "done"


@saved_or_live
def test_a_fork_may_send_a_token_straight_into_the_join(saves):
    models = {
        "s.bpmn": model(
            "straight",
            start(),
            parallel("fork"),
            user("work"),
            parallel("join"),
            end(),
            flows="begin > fork\nfork > work\nfork > join\nwork > join\njoin > done",
        )
    }
    world = World(models, "straight", saves=saves)
    assert world.open() == ["work"]
    world.complete("work", "x")
    assert world.process.is_finished


@saved_or_live
def test_an_interrupted_subprocess_takes_its_waiting_join_along(saves):
    models = {
        "i.bpmn": model(
            "interrupted",
            start(),
            xor("again"),
            sub(
                "inner",
                start("inner_begin"),
                parallel("fork"),
                user("one"),
                user("two"),
                parallel("join"),
                end("inner_end"),
                flows="""
                inner_begin > fork
                fork > one
                fork > two
                one > join
                two > join
                join > inner_end
                """,
            ),
            boundary("expired", "inner", timer("timeDuration", "PT1H")),
            end(),
            flows="begin > again\nagain > inner\ninner > done\nexpired > again",
        )
    }
    world = World(models, "interrupted", saves=saves)
    world.complete("one", "x")
    world.advance(hours=1)
    assert world.open() == ["one", "two"]
    world.complete("two", "x")
    assert world.open() == ["one"]
    world.complete("one", "x")
    assert world.process.is_finished
