"""What operators look at: figures, lists in pages, one case; on both databases."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from engine import jobs
from engine.cases import case_board, case_lists, incident_lists
from engine.cases.case_lists import CaseFilter
from engine.cases.models import Case, Incident
from engine.cases.overview import overview
from engine.cases.paging import Position
from engine.errors import NotFound
from engine.jobs import Job, JobState
from engine.people import Role


@pytest.fixture
def world(world):
    world.operator = world._staff("yun.wei", Role.OPERATOR)
    return world


@pytest.fixture
def cases(world):
    """Seven cases, two at the same moment; the first has come as far as the reviewer."""
    found = []
    for number in range(7):
        found.append(world.start(scope=str(number)))
        if number != 4:
            world.clock.advance(minutes=1)
    world.post(world.candidate, world.open(found[0])["ask"], "next", subject="x", route="a")
    world.post(world.candidate, world.open(found[0])["explain"], "next")
    return found


def ask(world, function, *arguments, **more):
    with world.database.read() as session:
        return function(session, *arguments, **more)


def through(world, function, *arguments, **more):
    """Every page of a list, one after the other."""
    after, pages = None, []
    while True:
        page = ask(world, function, *arguments, after, **more)
        pages.append(page.rows)
        if page.following is None:
            return pages
        after = Position.parse(str(page.following))


def test_the_pages_of_the_list_hold_every_case_once_the_newest_first(world, cases):
    pages = through(world, case_lists.cases_page, CaseFilter(), size=3)
    assert [len(rows) for rows in pages] == [3, 3, 1]
    shown = [row.case for rows in pages for row in rows]
    assert {case.id for case in shown} == set(cases)
    assert shown == sorted(shown, key=lambda c: (c.opened_at, c.id.hex), reverse=True)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CaseFilter(step="decide"), {0}),
        (CaseFilter(step="ask"), {1, 2, 3, 4, 5, 6}),
        (CaseFilter(status="suspended"), {2}),
        (CaseFilter(place="shinan"), {3}),
        (CaseFilter(has_incident=True), {1}),
        (CaseFilter(release=1, workflow="request", status="running"), {0, 1, 3, 4, 5, 6}),
        (CaseFilter(release=2), set()),
        (CaseFilter(workflow="%"), set()),
        (CaseFilter(number="%"), set()),
    ],
)
def test_a_filter_finds_what_it_says(world, cases, wanted, expected):
    with world.database.write() as session:
        world.cases.suspend(session, world.operator, cases[2], "核对")
        session.execute(update(Case).where(Case.id == cases[3]).values(place="shinan"))
        session.add(Incident(case_id=cases[1], cause="x", opened_at=world.clock.now()))
    page = ask(world, case_lists.cases_page, wanted)
    assert {cases.index(row.case.id) for row in page.rows} == expected


def test_days_are_counted_from_their_beginning_to_their_end(world, cases):
    first = world.case(cases[0]).opened_at
    wanted = CaseFilter(opened_from=first, opened_before=first + timedelta(minutes=2))
    page = ask(world, case_lists.cases_page, wanted)
    assert {row.case.id for row in page.rows} == set(cases[:2])


def test_a_page_costs_the_same_statements_however_much_is_on_it(world, cases):
    counts = []
    for size in (1, 7):
        with world.counting() as counted, world.database.write() as session:
            case_lists.cases_page(session, CaseFilter(), size=size)
            case_board.case_board(session, cases[0])
            incident_lists.incidents_page(session)
            overview(session, world.clock.now())
        counts.append(counted["statements"])
    assert counts[0] == counts[1]


def test_the_figures_count_what_does_not_go_on_by_itself(world, cases):
    now = world.clock.now()
    with world.database.write() as session:
        session.add(Incident(cause="x", opened_at=now, taken_by=world.operator.account_id))
        session.add(Incident(case_id=cases[1], cause="x", opened_at=now - timedelta(hours=1)))
        for state, key in ((JobState.DEAD, "a"), (JobState.READY, "b")):
            job = jobs.enqueue(session, "test.call", {}, now=now, key=key)
            job.state = state
        world.cases.suspend(session, world.operator, cases[6], "核对")
    world.clock.advance(minutes=5)
    found = ask(world, overview, world.clock.now())
    assert (found.running, found.suspended, found.waiting) == (6, 1, 0)
    assert (found.incidents.count, found.untaken) == (2, 1)
    assert found.incidents.oldest == now - timedelta(hours=1)
    assert (found.dead_jobs.count, found.untouched_jobs.count) == (1, 1)
    assert found.unclaimed.count == 1
    assert {(step.element, step.count) for step in found.steps} == {("ask", 6), ("decide", 1)}
    world.claim(world.reviewer, world.open(cases[0])["decide"])
    assert ask(world, overview, world.clock.now()).unclaimed.count == 0


def test_incidents_come_in_pages_open_ones_the_oldest_first(world, cases):
    now = world.clock.now()
    with world.database.write() as session:
        for n in range(5):
            session.add(Incident(cause=str(n), opened_at=now + timedelta(seconds=n // 2)))
    pages = through(world, incident_lists.incidents_page, size=2)
    shown = [row.incident for rows in pages for row in rows]
    assert len({incident.id for incident in shown}) == 5
    assert shown == sorted(shown, key=lambda i: (i.opened_at, i.id.hex))
    with world.database.write() as session:
        for incident in shown:
            world.cases.resolve_incident(session, world.operator, incident.id, "已处理")
    settled = through(world, incident_lists.incidents_page, size=2, settled=True)
    assert [r.incident.id for rows in settled for r in rows] == [i.id for i in reversed(shown)]
    assert ask(world, incident_lists.incidents_page).rows == []
    assert len(ask(world, incident_lists.newest_acts)) == 5


def test_dead_jobs_come_in_pages_the_longest_ago_first(world):
    now = world.clock.now()
    with world.database.write() as session:
        for n in range(5):
            session.add(
                Job(
                    kind="test.call",
                    payload={},
                    state=JobState.DEAD,
                    run_at=now - timedelta(minutes=n),
                    attempts=8,
                    created_at=now,
                )
            )
    pages = through(world, incident_lists.dead_jobs_page, size=2)
    shown = [row.job.run_at for rows in pages for row in rows]
    assert shown == [now - timedelta(minutes=n) for n in (4, 3, 2, 1, 0)]


def test_a_board_says_that_a_form_was_filled_in_and_not_what_it_says(world, cases):
    board = ask(world, case_board.case_board, cases[0])
    assert [(said.element, said.is_draft) for said in board.said].count(("ask", False)) == 1
    assert not any("values" in dir(said) for said in board.said)
    assert {"ask", "explain", "count"} <= board.finished
    assert [item.element for item in board.open_items] == ["decide"]


def test_the_history_is_read_in_pages_to_its_beginning(world, cases, monkeypatch):
    monkeypatch.setattr(case_board, "LINES", 4)
    before, numbers = None, []
    while True:
        page = ask(world, case_board.history, cases[0], before)
        numbers += [line.number for line in page.lines]
        before = page.before
        if before is None:
            break
    assert numbers == list(range(world.case(cases[0]).event_count, 0, -1))


def test_names_of_candidates_are_not_handed_out(world):
    named = ask(
        world,
        case_board.staff_names,
        [world.candidate.account_id, world.reviewer.account_id, uuid4()],
    )
    assert named == {world.reviewer.account_id: "li.reviewer"}


def test_a_case_that_is_not_there_is_not_found(world):
    with pytest.raises(NotFound):
        ask(world, case_board.case_board, uuid4())


@pytest.mark.parametrize("text", ["", "x", "2026-03-02~y", "2026-03-02T01:00:00~" + "0" * 32])
def test_a_position_that_somebody_made_up_is_none(text):
    assert Position.parse(text) is None
