"""Nobody carried jobs for two days, then two workers begin at once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.cases import FIRE_TIMERS
from engine.jobs import Handler, Job, JobState, Worker
from tests.bpmn import drawing as draw
from tests.cases.world import form
from tests.conftest import START

LATE = draw.model(
    "request",
    draw.start(),
    draw.user("review"),
    draw.boundary("at_24h", "review", draw.timer("timeDuration", "PT24H"), interrupting=False),
    draw.boundary("at_20h", "review", draw.timer("timeDuration", "PT20H"), interrupting=False),
    draw.boundary("next_week", "review", draw.timer("timeDuration", "P7D"), interrupting=False),
    draw.service("escalate", "test.note"),
    draw.service("remind", "test.note"),
    draw.service("lose_hope", "test.note"),
    draw.end("escalated"),
    draw.end("reminded"),
    draw.end("lost"),
    draw.end("done"),
    flows="""
    begin > review
    review > done
    at_24h > escalate
    escalate > escalated
    at_20h > remind
    remind > reminded
    next_week > lose_hope
    lose_hope > lost
    """,
    lanes={"candidate": "begin review done"},
)


@pytest.fixture
def fired():
    return []


@pytest.fixture
def world(make_world, fired):
    def note(context):
        fired.append((context.case_id, context.element, context.now))
        return {}

    return make_world(
        models={"workflows/request.bpmn": LATE},
        forms={"forms/review.form": form("review", "next")},
        services={"test.note": note},
    )


def worker_of(world):
    def fire(job):
        return lambda session: world.cases.fire_timers(session, job.case_id)

    return Worker(world.database, {FIRE_TIMERS: Handler(fire)}, world.clock)


def run_both(world):
    threads = [threading.Thread(target=worker_of(world).run_due) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_timers_fire_once_each_at_its_own_time_the_oldest_first(world, fired):
    first = world.start()
    world.clock.advance(hours=1)
    second = world.start(world.other)
    world.clock.advance(days=2)
    run_both(world)
    for case_id, begun in ((first, START), (second, START + timedelta(hours=1))):
        assert [(element, at) for case, element, at in fired if case == case_id] == [
            ("remind", begun + timedelta(hours=20)),
            ("escalate", begun + timedelta(hours=24)),
        ]
        assert set(world.open(case_id)) == {"review"}
    run_both(world)
    assert len(fired) == 4


def test_what_is_not_due_yet_still_waits_with_one_job(world, fired):
    world.start()
    world.clock.advance(days=2)
    run_both(world)
    with world.database.read() as session:
        ready = select(Job.run_at).where(Job.state == JobState.READY)
        assert session.scalars(ready).all() == [START + timedelta(days=7)]
    world.clock.advance(days=5)
    run_both(world)
    assert [element for _, element, _ in fired] == ["remind", "escalate", "lose_hope"]
