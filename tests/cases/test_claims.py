"""A claim is a command like any other: under the lock, and after what is due has happened."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from engine.cases.models import Case, CaseStatus, WorkItem
from engine.errors import Conflict
from tests.bpmn import drawing as draw
from tests.cases.world import form

REVIEWED = draw.model(
    "request",
    draw.start(),
    draw.xor("merge_ask"),
    draw.user("ask"),
    draw.user("review"),
    draw.boundary("nudge", "review", draw.timer("timeDuration", "PT20H"), interrupting=False),
    draw.service("remind"),
    draw.end("reminded"),
    draw.boundary("too_late", "review", draw.timer("timeDuration", "PT24H")),
    draw.end(),
    flows="""
    begin > merge_ask
    merge_ask > ask
    ask > review
    nudge > remind
    remind > reminded
    too_late > merge_ask
    review > done
    """,
    lanes={"candidate": "begin ask done", "certificate_reviewer": "review"},
)
FORMS = {f"forms/{name}.form": form(name, "next") for name in ("ask", "review")}


class Remind:
    """A service that can be at fault, and leaves a row behind before it is."""

    is_broken = False

    def __init__(self):
        self.calls = 0

    def __call__(self, context):
        self.calls += 1
        if self.is_broken:
            context.session.get_one(Case, context.case_id).place = "half done"
            context.session.flush()
            raise RuntimeError
        return {}


@pytest.fixture
def remind():
    return Remind()


@pytest.fixture
def world(make_world, remind):
    return make_world(
        models={"workflows/request.bpmn": REVIEWED},
        forms=FORMS,
        services={"test.remind": remind},
    )


def at_review(world, scope=""):
    case_id = world.start(scope=scope)
    world.post(world.candidate, world.open(case_id)["ask"], "next")
    return case_id, world.open(case_id)["review"]


def give_back(world, person, item):
    with world.database.write() as session:
        return world.cases.release(session, person, item.id)


def claim_next(world, person):
    with world.database.write() as session:
        return world.cases.claim_next(session, person)


def row(world, kind, key):
    with world.database.read() as session:
        return session.get_one(kind, key)


def test_what_the_time_has_taken_is_not_claimed_and_whoever_asked_is_told(world, remind):
    case_id, item = at_review(world)
    world.clock.advance(hours=24)
    reply = world.claim(world.reviewer, item)
    assert reply.is_late
    assert reply.notice == "这一步已经结束（可能已超过时限）。"
    assert set(world.open(case_id)) == {"ask"}
    assert remind.calls == 1
    assert row(world, WorkItem, item.id).claimed_by is None
    assert "work item claimed" not in world.timeline(case_id)
    with pytest.raises(Conflict):
        world.claim(world.reviewer, item)


def test_a_reminder_that_is_due_goes_out_before_the_claim_and_the_claim_stands(world, remind):
    case_id, item = at_review(world)
    world.clock.advance(hours=21)
    assert not world.claim(world.reviewer, item).is_late
    assert remind.calls == 1
    assert world.open(case_id)["review"].claimed_by == world.reviewer.account_id
    assert world.timeline(case_id)[-1] == "work item claimed"


def test_what_the_time_has_taken_is_not_given_back(world):
    case_id, item = at_review(world)
    world.clock.advance(hours=23, minutes=50)
    world.claim(world.reviewer, item)
    world.clock.advance(minutes=10)
    reply = give_back(world, world.reviewer, item)
    assert reply.is_late
    assert reply.notice
    assert set(world.open(case_id)) == {"ask"}
    assert "work item released" not in world.timeline(case_id)


def test_the_next_to_claim_is_one_that_the_time_has_not_taken(world):
    late_case, _late = at_review(world, "late")
    world.clock.advance(hours=23)
    _, fresh = at_review(world, "fresh")
    world.clock.advance(hours=1)
    assert claim_next(world, world.reviewer) == fresh.id
    assert set(world.open(late_case)) == {"ask"}


def test_a_case_whose_model_is_at_fault_does_not_keep_the_others_from_being_claimed(world, remind):
    broken_case, _broken = at_review(world, "broken")
    world.clock.advance(hours=1)
    _, whole = at_review(world, "whole")
    world.clock.advance(hours=19)
    remind.is_broken = True
    assert claim_next(world, world.reviewer) == whole.id
    assert world.open(broken_case)["review"].claimed_by is None
    assert world.case(broken_case).place is None


def test_nothing_of_a_suspended_case_is_claimed(world, remind):
    case_id, item = at_review(world)
    with world.database.write() as session:
        session.get_one(Case, case_id).status = CaseStatus.SUSPENDED
    world.clock.advance(hours=21)
    with pytest.raises(Conflict):
        world.claim(world.reviewer, item)
    assert remind.calls == 0


def test_a_claim_costs_few_statements(world):
    _, item = at_review(world)
    with world.counting() as counted:
        world.claim(world.reviewer, item)
    assert counted["commits"] == 1
    assert counted["statements"] <= 10


def test_two_presses_at_the_same_moment_take_one_work_item(world):
    at_review(world, "first")
    at_review(world, "second")
    submission = uuid4()

    def press():
        with world.database.write() as session:
            return world.cases.claim_next(session, world.reviewer, submission)

    with ThreadPoolExecutor(4) as pool:
        taken = [done.result() for done in [pool.submit(press) for _ in range(4)]]
    assert len(set(taken)) == 1
    assert claim_next(world, world.reviewer) not in {None, *taken}
