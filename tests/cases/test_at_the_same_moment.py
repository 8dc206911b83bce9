"""Two people, two steps of one case, one moment: the second starts from what the first has left."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import text

from tests.bpmn import drawing as draw
from tests.cases.world import form

BOTH = draw.model(
    "request",
    draw.start(),
    draw.parallel("part"),
    draw.user("left"),
    draw.user("right"),
    draw.parallel("meet"),
    draw.user("after"),
    draw.end(),
    flows="""
    begin > part
    part > left
    part > right
    left > meet
    right > meet
    meet > after
    after > done
    """,
    lanes={"candidate": "begin part left right meet after done"},
)
BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
def world(make_world):
    return make_world(
        models={"workflows/request.bpmn": BOTH},
        forms={f"forms/{name}.form": form(name, "next") for name in ("left", "right", "after")},
    )


def wait_until_blocked(database) -> None:
    """On SQLite the queue is for the file itself, so whoever comes second has read nothing yet."""
    pause = Event()
    while not database.is_sqlite:
        with database.read() as session:
            if session.scalar(text(BLOCKED)):
                return
        pause.wait(0.01)


def test_two_steps_completed_at_the_same_moment_are_both_kept(world):
    case_id = world.start()
    items = world.open(case_id)
    first = world.prepare(world.candidate, items["left"], "next")
    with ThreadPoolExecutor(1) as pool:
        with world.database.write() as session:
            world.cases.complete(session, first)
            session.flush()
            second = pool.submit(world.post, world.candidate, items["right"], "next")
            wait_until_blocked(world.database)
        second.result()
    assert list(world.open(case_id)) == ["after"]
