"""The declaration as a whole: its seat, its deadlines, its ways out."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import payments
from engine.declaration.models import Batch, DocumentIssue, Seat, Transcript
from engine.errors import Invalid
from engine.payments import PaymentOrder
from engine.payments.models import PaymentRefund
from tests.declaration.flow.walk import MAIL, Walk


def seats(walk, batch) -> tuple[int, int]:
    """The counter of a batch, and its rows."""
    with walk.engine.database.read() as session:
        rows = session.scalar(
            select(func.count()).where(Seat.batch_id == batch.id, Seat.state != "released")
        )
        return session.get_one(Batch, batch.id).taken, rows


def test_s1_is_submitted_with_the_last_seat(engine, picture):
    walk = Walk.begin(engine, "S1").to_apply()
    walk.apply("shinan", 1)
    walk.to_delivery(picture).post("choose_delivery", "next", {"method": "pick_up"})
    assert walk.at() == ["print_documents", "review_on_site"]
    assert seats(walk, walk.batch("shinan", 1)) == (60, 60)
    assert walk.declaration().state == "submitted"
    assert walk.case().place == "shinan"
    with engine.database.read() as session:
        assert session.scalars(select(Transcript)).one().content
        assert len(session.scalars(select(DocumentIssue)).all()) == 3
    assert "declaration_submitted" in walk.texts()


def test_a_full_batch_leads_back_with_the_reason(engine):
    first, second = (Walk.begin(engine, key).to_apply() for key in ("S1", "S10"))
    posted = {"category": second.category, "batch": str(second.batch("shinan", 1).id)}
    with engine.database.read() as session:
        prepared = engine.cases.prepare(
            session,
            second.person,
            second.open()["apply"].id,
            second._submission("apply", posted, None),
            outcome="next",
        )
    first.apply("shinan", 1)
    with engine.database.write() as session:
        engine.cases.complete(session, prepared)
    assert first.at() == ["review_scores"]
    assert second.at() == ["apply"]
    with pytest.raises(Invalid, match="报满"):
        second.apply("shinan", 1)
    assert seats(first, first.batch("shinan", 1)) == (60, 60)


def test_the_old_seat_is_kept_until_the_new_one_is_taken(engine):
    walk = Walk.begin(engine, "S1").to_apply()
    walk.apply("shinan", 3)
    walk.post("review_scores", "back")
    assert seats(walk, walk.batch("shinan", 3))[0] == 23
    walk.apply("shinan", 4)
    assert seats(walk, walk.batch("shinan", 3)) == (22, 22)
    assert seats(walk, walk.batch("shinan", 4)) == (6, 6)


def test_a_hold_that_runs_out_frees_the_seat_and_keeps_what_was_entered(engine):
    walk = Walk.begin(engine, "S1").to_apply()
    walk.apply("shinan", 3)
    engine.clock.advance(hours=72, seconds=1)
    engine.worker.run_due()
    assert walk.at() == ["apply"]
    assert seats(walk, walk.batch("shinan", 3)) == (22, 22)
    with engine.database.read() as session:
        desk = engine.cases.desk(session, walk.person, walk.open()["apply"].id)
    assert desk.last_answer["category"] == walk.category
    assert desk.context["release_hold"]["released"] is True


def test_a_declaration_that_was_not_submitted_expires_with_the_season(engine):
    walk = Walk.begin(engine, "S1").to_apply()
    engine.clock.advance(days=60)
    engine.worker.run_due()
    assert walk.at() == []
    assert (walk.case().ended_through, walk.declaration().state) == ("expired", "expired")
    assert "declaration_expired" in walk.texts()


def test_the_season_no_longer_ends_what_was_submitted(engine, picture):
    walk = Walk.begin(engine, "S1").to_apply()
    walk.apply("shinan", 3)
    walk.to_delivery(picture).post("choose_delivery", "next", {"method": "pick_up"})
    engine.clock.advance(days=60)
    engine.worker.run_due()
    assert "review_on_site" in walk.at()


@pytest.mark.parametrize("step", ["apply", "review_scores", "pay", "print_documents"])
def test_withdrawing_closes_everything_inside(engine, picture, step):
    walk = Walk.begin(engine, "S1").to_apply()
    if step != "apply":
        walk.apply("shinan", 3)
    if step == "pay":
        walk.to_delivery(picture).post("choose_delivery", "next", MAIL)
    if step == "print_documents":
        walk.to_delivery(picture).post("choose_delivery", "next", {"method": "pick_up"})
    walk.send("withdraw")
    engine.worker.run_due()
    assert walk.at() == []
    assert walk.case().ended_through == "withdrawn"
    assert walk.declaration().state == "withdrawn"
    assert seats(walk, walk.batch("shinan", 3)) == (22, 22)
    with engine.database.read() as session:
        states = set(session.scalars(select(PaymentOrder.state)))
    assert states <= {"closed"}


def test_a_wrong_code_says_the_tries_left_and_dies_after_five(engine):
    walk = Walk.begin(engine, "S1")
    engine.clock.advance(seconds=61)
    walk.post("request_code", "send")
    wrong = "000000" if walk.code() != "000000" else "111111"
    for left in (4, 3, 2, 1):
        walk.post("enter_code", "submit", {"code": wrong})
        with engine.database.read() as session:
            desk = engine.cases.desk(session, walk.person, walk.open()["enter_code"].id)
        assert desk.context["check_code"]["tries_left"] == left
    right = walk.code()
    walk.post("enter_code", "submit", {"code": wrong})
    assert walk.at() == ["request_code"]
    assert right


def test_a_code_is_dead_after_five_minutes(engine):
    walk = Walk.begin(engine, "S1")
    engine.clock.advance(seconds=61)
    walk.post("request_code", "send")
    code = walk.code()
    engine.clock.advance(minutes=5, seconds=1)
    assert walk.post("enter_code", "submit", {"code": code}).is_late
    assert walk.at() == ["request_code"]


def to_pay(engine, picture) -> Walk:
    walk = Walk.begin(engine, "S1").to_apply()
    walk.apply("shinan", 3)
    walk.to_delivery(picture).post("choose_delivery", "next", MAIL)
    engine.worker.run_due()
    return walk


def number(engine) -> str:
    with engine.database.read() as session:
        return session.scalars(
            select(PaymentOrder.number).order_by(PaymentOrder.created_at.desc())
        ).first()


def test_a_paid_order_moves_the_case_on_once(engine, picture, platform):
    walk = to_pay(engine, picture)
    notice = platform.pay(number(engine))
    for _ in range(3):
        with engine.database.write() as session:
            payments.receive(session, notice, "once", engine.clock.now())
    engine.worker.run_due()
    assert walk.at() == ["print_documents", "review_on_site"]
    assert walk.declaration().state == "submitted"


def test_what_was_paid_in_the_last_second_counts_when_the_order_expires(engine, picture, platform):
    walk = to_pay(engine, picture)
    platform.pay(number(engine))
    engine.clock.advance(minutes=30, seconds=1)
    engine.worker.run_due()
    assert walk.at() == ["print_documents", "review_on_site"]


def test_an_order_that_is_not_paid_closes_and_the_delivery_is_chosen_again(
    engine, picture, platform
):
    walk = to_pay(engine, picture)
    engine.clock.advance(minutes=30, seconds=1)
    engine.worker.run_due()
    assert walk.at() == ["choose_delivery"]
    assert platform.closed == {number(engine)}


def test_money_that_comes_after_the_close_goes_to_the_refund_queue(engine, picture, platform):
    walk = to_pay(engine, picture)
    late = number(engine)
    engine.clock.advance(minutes=30, seconds=1)
    engine.worker.run_due()
    notice = platform.pay(late)
    for _ in range(2):
        with engine.database.write() as session:
            payments.receive(session, notice, "late", engine.clock.now())
    engine.worker.run_due()
    assert walk.at() == ["choose_delivery"]
    with engine.database.read() as session:
        assert len(session.scalars(select(PaymentRefund)).all()) == 1


def test_a_payment_of_the_wrong_amount_does_not_count(engine, picture, platform):
    walk = to_pay(engine, picture)
    notice = platform.pay(number(engine), amount=1)
    with engine.database.write() as session:
        payments.receive(session, notice, "wrong", engine.clock.now())
    engine.worker.run_due()
    assert walk.at() == ["pay"]


def test_timers_of_a_week_of_downtime_fire_once_each(engine):
    walk = Walk.begin(engine, "S1").to_apply()
    walk.apply("shinan", 3)
    engine.clock.advance(days=7)
    engine.worker.run_due()
    before = walk.events()
    engine.worker.run_due()
    assert walk.events() == before
    assert walk.events().count("step finished release_hold") == 1
    assert engine.clock.now() - walk.case().changed_at < timedelta(days=7)
