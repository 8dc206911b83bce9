"""A case that waits for the first of several events, and what its audit can tell again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from engine.bpmn import Definition
from engine.cases.events import first_broken_line
from engine.cases.models import Case, CaseState, CatchEvent, Event
from tests.bpmn import drawing as draw
from tests.cases.replaying import Replay, picture
from tests.cases.world import form, text

OFFICE = draw.model(
    "office",
    draw.start("by_post"),
    draw.start("at_counter"),
    draw.user("greet"),
    draw.xor("meet"),
    draw.parallel("fork"),
    draw.xor("again"),
    draw.first_of("what_comes"),
    draw.catch("answered", draw.message("answer")),
    draw.catch("silent", draw.timer("timeDuration", "PT3H")),
    draw.catch("given_up", draw.timer("timeDuration", "PT30H")),
    draw.service("count", "test.count", times="if answered != null then 3 else 1.50"),
    draw.user("read"),
    draw.xor("enough"),
    draw.sub(
        "watch",
        draw.start("watch_begin"),
        draw.user("look"),
        draw.end("looked"),
        flows="watch_begin > look\nlook > looked",
    ),
    draw.boundary("nudge", "watch", draw.timer("timeDuration", "PT2H"), interrupting=False),
    draw.service("note", "test.count", times="2"),
    draw.end("noted"),
    draw.parallel("join"),
    draw.end("done"),
    draw.xor("came"),
    flows="""
    by_post > meet
    at_counter > greet
    greet > meet
    meet > fork
    fork > again
    again > what_comes
    what_comes > answered
    what_comes > silent
    what_comes > given_up
    answered > came
    silent > came
    given_up > came
    came > count
    count > read
    read > enough
    enough > again if read.outcome = "again"
    enough > join else
    fork > watch
    nudge > note
    note > noted
    watch > join
    join > done
    """,
    lanes={"candidate": "greet read look"},
    messages=["answer"],
)
FORMS = {
    "forms/greet.form": form("greet", "next"),
    "forms/read.form": form("read", "again", "enough", fields=(text("mark", route=True),)),
    "forms/look.form": form("look", "next"),
}
MODELS = {"workflows/request.bpmn": OFFICE, "workflows/release.toml": b'main_process = "office"\n'}


@pytest.fixture
def office(make_world):
    return make_world(models=MODELS, forms=FORMS)


def rows(world, case_id):
    with world.database.read() as session:
        found = session.scalars(select(CatchEvent).where(CatchEvent.case_id == case_id)).all()
    return {row.element: row for row in found}


def deliver(world, case_id, payload):
    with world.database.write() as session:
        world.cases.deliver(session, case_id, "answer", payload)


def later(world, **by):
    world.clock.advance(**by)
    with world.database.write() as session:
        return world.cases.fire_timers(session, case_id=next(iter(cases(session))))


def cases(session):
    return session.scalars(select(Case.id)).all()


def read(world, case_id, outcome, mark="1"):
    world.post(world.candidate, world.open(case_id)["read"], outcome, mark=mark)


def test_each_of_several_events_has_a_row_and_the_first_takes_all_of_them(office):
    case_id = office.start(workflow="office")
    waiting = rows(office, case_id)
    assert set(waiting) == {"answered", "silent", "given_up", "nudge"}
    gateway = {waiting[name].task_id for name in ("answered", "silent", "given_up")}
    assert len(gateway) == 1
    assert waiting["nudge"].task_id not in gateway
    deliver(office, case_id, {"by": "post"})
    assert set(rows(office, case_id)) == {"nudge"}
    assert set(office.open(case_id)) == {"look", "read"}


def test_a_second_round_waits_anew_and_its_time_decides(office):
    case_id = office.start(workflow="office")
    first = rows(office, case_id)
    deliver(office, case_id, {"by": "post"})
    office.clock.advance(minutes=90)
    read(office, case_id, "again")
    second = rows(office, case_id)
    assert second["silent"].task_id != first["answered"].task_id
    assert second["silent"].due_at == first["silent"].due_at + timedelta(minutes=90)
    assert later(office, hours=40) == 2
    assert rows(office, case_id) == {}
    assert office.calls[-2:] == [("note", 2), ("count", 3)]


def test_a_message_before_its_time_is_kept_and_caught_in_the_next_round(office):
    case_id = office.start(workflow="office")
    deliver(office, case_id, {"by": "post"})
    deliver(office, case_id, {"by": "hand"})
    read(office, case_id, "again")
    assert set(office.open(case_id)) == {"look", "read"}
    assert office.case(case_id).inbox_count == 0


def test_a_kept_message_is_caught_once(office):
    case_id = office.start(workflow="office")
    deliver(office, case_id, {"by": "post"})
    deliver(office, case_id, {"by": "hand"})
    read(office, case_id, "again")
    read(office, case_id, "again")
    assert set(office.open(case_id)) == {"look"}
    assert "answered" in rows(office, case_id)


def walked(office):
    """Go through everything the office knows, to its end; yield the case after every step."""
    with office.database.write() as session:
        case_id = office.cases.start(
            session,
            workflow="office",
            owner_id=office.candidate.account_id,
            actor_id=office.candidate.account_id,
            at="at_counter",
        ).case_id
    yield case_id
    office.post(office.candidate, office.open(case_id)["greet"], "next")
    yield case_id
    deliver(office, case_id, {"amount": Decimal("0.10"), "by": None})
    yield case_id
    deliver(office, case_id, {"amount": Decimal("0.20")})
    yield case_id
    read(office, case_id, "again", mark="𠮷")
    yield case_id
    read(office, case_id, "again")
    yield case_id
    later(office, hours=40)
    yield case_id
    office.post(office.candidate, office.open(case_id)["look"], "next")
    yield case_id
    read(office, case_id, "enough")
    yield case_id


def test_a_case_replayed_from_its_audit_stands_where_it_stood_after_every_command(office):
    definition = Definition.parse({"office.bpmn": OFFICE})
    for case_id in walked(office):
        with office.database.read() as session:
            replay = Replay(session, case_id, definition)
            case = session.get_one(Case, case_id)
            kept = definition.resume(
                session.get_one(CaseState, case_id).content, services=None, clock=office.clock.now
            )
            assert picture(replay.process) == picture(kept)
            assert first_broken_line(session, case) is None
    assert replay.process.ended_through == "done"


def test_every_finished_step_is_in_the_audit_in_order(office):
    (*_, case_id) = walked(office)
    with office.database.read() as session:
        lines = session.scalars(
            select(Event).where(Event.case_id == case_id).order_by(Event.number)
        ).all()
    steps = [line.element for line in lines if line.kind == "step finished"]
    round_by_message = ["what_comes", "answered", "came", "count"]
    assert [step for step in steps if step in {*round_by_message, "silent", "read", "join"}] == [
        *[*round_by_message, "read"] * 2,
        *["what_comes", "silent", "came", "count", "read"],
        "join",
    ]
    assert steps[-2:] == ["join", "done"]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
