"""A case of four tasks, from its start to its end."""

from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from engine.cases.events import first_broken_line
from engine.cases.models import Answer, Case, Event
from engine.errors import Conflict, Invalid, NotFound
from tests.cases.world import REQUEST, bundle


def walk_to_decision(world):
    case_id = world.start()
    world.post(world.candidate, world.open(case_id)["ask"], "next", subject="x", route="a")
    world.post(world.candidate, world.open(case_id)["explain"], "next", why="because")
    return case_id


def test_a_case_goes_through_its_four_tasks(world):
    case_id = walk_to_decision(world)
    decide = world.open(case_id)["decide"]
    world.claim(world.reviewer, decide)
    world.post(world.reviewer, world.open(case_id)["decide"], "approve")
    world.post(world.candidate, world.open(case_id)["receive"], "done")
    case = world.case(case_id)
    assert (case.status, case.ended_through) == ("finished", "granted")
    assert world.calls == [("count", 3)]
    assert world.open(case_id) == {}


def test_the_command_is_one_commit_of_at_most_fifteen_statements(world):
    case_id = world.start()
    prepared = world.prepare(
        world.candidate, world.open(case_id)["ask"], "next", subject="x", route="a"
    )
    with world.counting() as counted, world.database.write() as session:
        world.cases.complete(session, prepared)
    assert counted["commits"] == 1
    assert counted["statements"] <= 15


def test_the_same_submission_is_answered_once(world):
    case_id = world.start()
    prepared = world.prepare(
        world.candidate, world.open(case_id)["ask"], "next", subject="x", route="a"
    )
    replies = []
    for _ in range(2):
        with world.database.write() as session:
            replies.append(world.cases.complete(session, prepared))
    assert replies[0].next_work_item_id == replies[1].next_work_item_id
    assert world.timeline(case_id).count("work item completed") == 1


def test_what_was_done_is_answered_even_if_it_would_be_refused_now(world):
    """A second click is held to nothing: what is wrong by now may be so because of the first."""
    case_id, pressed = world.start(), uuid4()
    item = world.open(case_id)["ask"]
    first = world.post(world.candidate, item, "next", submission=pressed, subject="x", route="a")
    again = world.prepare(world.candidate, item, "next", submission=pressed, subject="")
    with world.database.write() as session:
        second = world.cases.complete(session, again)
    assert second.next_work_item_id == first.next_work_item_id
    assert world.timeline(case_id).count("work item completed") == 1


def test_whose_submission_it_was_counts(world):
    case_id, pressed = world.start(), uuid4()
    world.post(
        world.candidate,
        world.open(case_id)["ask"],
        "next",
        submission=pressed,
        subject="x",
        route="a",
    )
    of_the_other = world.open(world.start(world.other))["ask"]
    with pytest.raises(Invalid):
        world.prepare(world.other, of_the_other, "next", submission=pressed, subject="")


def test_a_stale_page_is_a_conflict(world):
    case_id = world.start()
    item = world.open(case_id)["ask"]
    with pytest.raises(Conflict):
        world.post(world.candidate, item, "next", version=item.version + 1, subject="x", route="a")
    assert list(world.open(case_id)) == ["ask"]


def test_a_second_tab_is_told_that_the_step_is_over(world):
    case_id = world.start()
    item = world.open(case_id)["ask"]
    late = world.prepare(world.candidate, item, "next", subject="other", route="b")
    world.post(world.candidate, item, "next", subject="x", route="a")
    with world.database.write() as session:
        assert world.cases.complete(session, late).is_late
    assert list(world.open(case_id)) == ["explain"]


def test_a_missing_answer_names_its_field(world):
    case_id = world.start()
    with pytest.raises(Invalid) as wrong:
        world.prepare(world.candidate, world.open(case_id)["ask"], "next", subject="")
    assert set(wrong.value.errors) == {"subject", "route"}


def test_an_outcome_that_the_form_lacks_is_refused(world):
    case_id = world.start()
    with pytest.raises(Invalid):
        world.prepare(world.candidate, world.open(case_id)["ask"], "approve", subject="x")


def test_another_candidate_finds_nothing(world):
    case_id = world.start()
    with pytest.raises(NotFound):
        world.prepare(world.other, world.open(case_id)["ask"], "next", subject="x", route="a")


def test_a_candidate_cannot_decide_for_the_reviewer(world):
    case_id = walk_to_decision(world)
    with pytest.raises(NotFound):
        world.prepare(world.candidate, world.open(case_id)["decide"], "approve")


def test_a_reviewer_decides_only_what_they_hold(world):
    case_id = walk_to_decision(world)
    item = world.open(case_id)["decide"]
    with pytest.raises(Conflict):
        world.post(world.reviewer, item, "approve")
    world.claim(world.colleague, item)
    with pytest.raises(Conflict):
        world.post(world.reviewer, item, "approve")
    assert list(world.open(case_id)) == ["decide"]


def test_of_two_who_claim_one_gets_it(world):
    case_id = walk_to_decision(world)
    item = world.open(case_id)["decide"]
    world.claim(world.reviewer, item)
    with pytest.raises(Conflict):
        world.claim(world.colleague, item)
    world.clock.advance(minutes=31)
    world.claim(world.colleague, item)
    assert world.open(case_id)["decide"].claimed_by == world.colleague.account_id


def test_unknown_fields_never_reach_the_case(world):
    case_id = world.start()
    world.post(
        world.candidate,
        world.open(case_id)["ask"],
        "next",
        subject="x",
        route="a",
        approved="true",
    )
    with world.database.read() as session:
        answer = session.scalars(select(Answer).where(Answer.case_id == case_id)).one()
        lines = session.scalars(select(Event).where(Event.kind == "unknown fields dropped")).all()
    assert "approved" not in answer.values
    assert lines[0].detail["names"] == ["approved"]


def test_what_a_form_says_is_sealed_and_only_routes_reach_the_token(world):
    case_id = world.start()
    world.post(world.candidate, world.open(case_id)["ask"], "next", subject="私事", route="a")
    with world.database.read() as session:
        raw = session.execute(text("SELECT values_sealed FROM answer")).scalar_one()
        state = world.case(case_id)
    assert "私事".encode() not in bytes(raw)
    assert state.event_count > 0


def test_one_open_case_for_a_scope(world):
    world.start(scope="2026")
    with pytest.raises(Conflict):
        world.start(scope="2026")
    assert world.start(scope="2027")


def test_the_audit_names_the_first_line_that_was_altered(world):
    case_id = walk_to_decision(world)
    with world.database.read() as session:
        assert first_broken_line(session, session.get_one(Case, case_id)) is None
    with world.database.write() as session:
        session.execute(update(Event).where(Event.number == 3).values(kind="nothing"))
    with world.database.read() as session:
        assert first_broken_line(session, session.get_one(Case, case_id)) == 3


def test_running_cases_keep_their_release(world):
    before = world.start()
    changed = REQUEST.replace(b'decide.outcome = "approve"', b'decide.outcome = "refuse"')
    world.publish(bundle({"workflows/request.bpmn": changed}))
    after = world.start(world.other)
    ends = {}
    for case_id, person in ((before, world.candidate), (after, world.other)):
        world.post(person, world.open(case_id)["ask"], "next", subject="x", route="a")
        world.post(person, world.open(case_id)["explain"], "next")
        world.claim(world.reviewer, world.open(case_id)["decide"])
        world.post(world.reviewer, world.open(case_id)["decide"], "refuse")
        ends[case_id] = list(world.open(case_id))
    assert ends == {before: [], after: ["receive"]}
