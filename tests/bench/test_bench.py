"""Every subject of `make bench` runs, at sizes that take no time; nobody looks at the numbers."""

import pytest

from bench import crowd, declaration, flatness, idle, linear, models, over_http, queue
from bench.__main__ import subjects
from bench.contenders import ENGINE, FACADE, commands, run
from bench.report import Line, table
from bench.timing import machine, taking_turns

TINY = {
    "linear": lambda: linear.measure(2, postgresql=False),
    "flatness": lambda: flatness.measure(2, 2),
    "http": lambda: over_http.measure(2),
    "declaration": declaration.measure,
    "queue": lambda: queue.measure(51, 60, 1),
    "idle": lambda: idle.measure(3, 0.1),
    "crowd": lambda: crowd.measure(1, 1, postgresql=False),
}


def test_every_subject_is_tried_here_but_the_peers_which_are_below():
    assert set(subjects()) == set(TINY) | {"peers"}


@pytest.mark.parametrize("measure", TINY.values(), ids=TINY)
def test_a_subject_says_what_it_found(measure):
    lines = list(measure())
    assert lines
    assert all(line.value >= 0 for line in lines)
    assert {line.subject for line in lines} == {lines[0].subject}


def test_of_62_people_60_get_a_seat():
    sold = [line.value for line in crowd.measure(62, 1, postgresql=False)][:2]
    assert sold == [0, 60]


@pytest.mark.parametrize(("contender", "model"), [(FACADE, "loop"), (ENGINE, "linear")])
def test_our_own_contenders_run_to_the_end(contender, model):
    found = run(commands()[contender], model, 2, 30)
    assert (len(found.laps), found.stopped) == (2, "")
    assert found.bytes > 0


def test_the_diagram_is_the_same_for_all_but_for_one_condition():
    for draw in (models.linear, models.loop):
        drawn = {draw(language).count("sequenceFlow") for language in models.CONDITIONS}
        assert len(drawn) == 1


def test_the_contenders_take_turns():
    calls: list[str] = []
    taking_turns({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 2, warm=0)
    assert calls == ["a", "b", "b", "a"]


@pytest.mark.parametrize(
    ("value", "most", "least", "verdict"),
    [
        (1.6, 1.6, None, "met"),
        (1.61, 1.6, None, "missed"),
        (8, None, 8, "met"),
        (7, None, 8, "missed"),
    ],
)
def test_a_line_says_whether_its_target_is_met(value, most, least, verdict):
    line = Line("subject", "what", value, most=most, least=least)
    assert line.verdict == verdict
    assert verdict in table([line])


def test_the_machine_is_described():
    assert all(machine()[key] for key in ("processor", "cores", "memory", "python"))
