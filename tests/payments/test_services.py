from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from engine.bpmn.services import ServiceContext
from engine.payments import OrderState, PaymentOrder
from engine.payments.money import yuan
from engine.payments.services import SERVICES, AmountUnusable


@pytest.fixture
def call(shop):
    def call(name, case_id=None, settings=None, **params):
        with shop.database.write() as session:
            context = ServiceContext(
                case_id=case_id or shop.case_id,
                owner_id=uuid4(),
                element="element",
                now=shop.clock.now(),
                session=session,
                settings=settings or {},
            )
            return SERVICES[name](context, **params)

    return call


def test_an_order_is_created_read_paid_and_found(shop, call):
    assert call("payments.find_paid") == {"paid": False}
    order = call("payments.create_order", amount=Decimal(2200), subject="邮寄费")
    assert (order["expires_at"] - shop.clock.now()).total_seconds() == 1800
    assert order["number"].startswith("BS20260302")
    assert call("payments.read_order", order_id=order["order_id"]) == {
        "state": "open",
        "settled": False,
    }
    with shop.database.write() as session:
        row = session.get_one(PaymentOrder, UUID(order["order_id"]))
    shop.pay(row)
    assert call("payments.read_order", order_id=order["order_id"])["settled"] is True
    assert call("payments.find_paid") == {"paid": True}


def test_closing_is_requested_and_told(shop, call):
    order = call("payments.create_order", amount=2200, subject="邮寄费")
    assert call("payments.request_close", order_id=order["order_id"]) == {"requested": True}
    shop.work()
    assert call("payments.read_order", order_id=order["order_id"])["state"] == OrderState.CLOSED
    assert shop.told == ["order_resolved"]


def test_a_release_may_choose_how_long_an_order_lasts(shop, call):
    order = call(
        "payments.create_order", amount=1, subject="邮寄费", settings={"payment_minutes": 10}
    )
    assert (order["expires_at"] - shop.clock.now()).total_seconds() == 600


@pytest.mark.parametrize("amount", [0, -1, 22.0, True, Decimal("0.5")])
def test_an_amount_is_whole_positive_fen(call, amount):
    with pytest.raises(AmountUnusable):
        call("payments.create_order", amount=amount, subject="邮寄费")


def test_an_order_of_another_case_is_out_of_reach(call):
    order = call("payments.create_order", amount=2200, subject="邮寄费")
    for name in ("payments.read_order", "payments.request_close"):
        with pytest.raises(LookupError):
            call(name, case_id=uuid4(), order_id=order["order_id"])


@pytest.mark.parametrize(
    ("fen", "read"),
    [(0, "0.00"), (5, "0.05"), (2200, "22.00"), (123456, "1234.56"), (-50, "-0.50")],
)
def test_fen_are_read_as_yuan(fen, read):
    assert yuan(fen) == read
