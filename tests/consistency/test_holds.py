"""In data that was only ever changed by commands, nothing is broken; on both databases."""

import pytest
from sqlalchemy import select, update

from engine.cases.models import Case, Event
from engine.db.envelope import keyring
from engine.declaration.consistency import broken_invariants
from engine.declaration.models import Batch, ExemptionDecision
from engine.files import FileStore
from engine.payments import PaymentOrder
from engine.people import Person, Role, accounts
from engine.people.personal import holds_personal
from tests.cases.world import World


def test_nothing_is_broken_after_a_walk_until_it_is_damaged(walked):
    assert walked.broken() == []
    with walked.engine.database.write() as session:
        session.execute(update(Batch).where(Batch.number == 1).values(taken=Batch.taken - 1))
        session.execute(update(PaymentOrder).values(amount=1))
        session.execute(update(ExemptionDecision).values(applied_at=None))
        session.execute(update(Event).where(Event.number == 3).values(kind="something else"))
    found = walked.broken()
    assert [broken.invariant for broken in found] == [
        *["seats-counted"] * 3,
        "exemptions-decided",
        "payments-as-ordered",
        *["audit-chains"] * 4,
    ]
    assert all(broken.where and broken.text for broken in found)
    assert found[-1].text == "its audit is broken at line 3"


def test_nothing_is_broken_two_months_later(walked):
    walked.engine.clock.advance(days=60)
    walked.engine.worker.run_due()
    assert walked.broken() == []


def test_nothing_is_broken_while_cases_are_suspended_nor_when_they_are_resumed(walked):
    """Two months of deadlines go by, and are made up for."""
    engine = walked.engine
    with engine.database.write() as session:
        account = accounts.open_staff(
            session,
            username="yun.wei",
            name="运维",
            mobile=None,
            password_hash=None,
            roles=[Role.OPERATOR],
            now=engine.clock.now(),
        )
        operator = Person(account.id, account.kind, "运维", frozenset({Role.OPERATOR}))
        still = session.scalars(select(Case.id).where(Case.closed_at.is_(None))).all()
        for case_id in still:
            engine.cases.suspend(session, operator, case_id, "核对")
    engine.clock.advance(days=60)
    engine.worker.run_due()
    assert walked.broken() == []
    with engine.database.read() as session:
        assert set(session.scalars(select(Case.status).where(Case.id.in_(still)))) == {"suspended"}
    for case_id in still:
        with engine.database.write() as session:
            engine.cases.resume(session, operator, case_id, "核对无误")
    engine.worker.run_due()
    assert walked.broken() == []


@pytest.mark.parametrize(
    ("routed", "names"),
    [("a", set()), ("13900000001", {"tokens-without-personal-data", "personal-data"})],
)
def test_a_form_that_routes_a_phone_number_is_named(database, clock, tmp_path, routed, names):
    world = World(database, clock, tmp_path / "files")
    case_id = world.start()
    world.post(world.candidate, world.open(case_id)["ask"], "next", subject="x", route=routed)
    files = FileStore(tmp_path / "files", keyring())
    found = broken_invariants(database, files, world.library, clock.now())
    assert {broken.invariant for broken in found} == names


@pytest.mark.parametrize(
    ("text", "is_personal"),
    [
        ("phone 13900000001", True),
        ("11010519491231002X", True),
        ("110105194912310021", False),
        ("BS2026030278236268916155", False),
        ("d6a13900-0000-1000-8000-139000000012", False),
        ("order 12345678901", False),
        ("1390000000", False),
    ],
)
def test_personal_numbers_are_told_from_others(text, is_personal):
    assert holds_personal(text) is is_personal
