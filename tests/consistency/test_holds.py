"""In data that was only ever changed by commands, nothing is broken; on both databases."""

from sqlalchemy import update

from engine.cases.models import Event
from engine.declaration.models import Batch, ExemptionDecision
from engine.payments import PaymentOrder


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
