"""The queue of staff: one line, however many roles somebody has, the oldest first."""

from dataclasses import replace

import pytest

from engine.cases import queries
from engine.people import Role
from tests.bpmn import drawing as draw
from tests.cases.world import form

TWO_DESKS = draw.model(
    "request",
    draw.start(),
    draw.parallel("part"),
    draw.user("decide"),
    draw.user("inspect"),
    draw.parallel("meet"),
    draw.end(),
    flows="""
    begin > part
    part > decide
    part > inspect
    decide > meet
    inspect > meet
    meet > done
    """,
    lanes={
        "candidate": "begin part meet done",
        "certificate_reviewer": "decide",
        "onsite_reviewer": "inspect",
    },
)
BOTH = frozenset({Role.CERTIFICATE_REVIEWER, Role.ONSITE_REVIEWER})


@pytest.fixture
def world(make_world, clock):
    """Three cases, a minute apart, each of which waits at two desks."""
    world = make_world(
        models={"workflows/request.bpmn": TWO_DESKS},
        forms={f"forms/{name}.form": form(name, "next") for name in ("decide", "inspect")},
    )
    for number in range(3):
        world.start(scope=str(number))
        clock.advance(minutes=1)
    return world


def queue(world, person, limit=50):
    with world.database.read() as session:
        return queries.queue_of(session, person, limit)


def test_whoever_has_two_roles_sees_both_lines_as_one_the_oldest_first(world):
    items = queue(world, replace(world.reviewer, roles=BOTH))
    assert sorted(item.element for item in items) == ["decide"] * 3 + ["inspect"] * 3
    assert [(i.opened_at, i.id) for i in items] == sorted((i.opened_at, i.id) for i in items)


def test_a_page_of_the_queue_holds_the_oldest_of_all_lines(world):
    person = replace(world.reviewer, roles=BOTH)
    assert [i.id for i in queue(world, person, 3)] == [i.id for i in queue(world, person)][:3]


def test_whoever_has_one_role_sees_its_line_only(world):
    assert {item.element for item in queue(world, world.reviewer)} == {"decide"}


def test_whoever_has_no_role_sees_nothing(world):
    assert queue(world, world.candidate) == []


def test_the_next_to_claim_is_the_oldest_that_nobody_holds(world):
    person = replace(world.reviewer, roles=BOTH)
    first, second, *_ = queue(world, person)
    world.claim(replace(world.colleague, roles=BOTH), first)
    with world.database.write() as session:
        taken = world.cases.claim_next(session, person)
    assert taken == second.id
