"""Engine and platform over real HTTP: open, pay, hear of it, close, refund."""

from uuid import uuid4

import pytest
from flask import Flask, request

from engine.db import Database
from engine.jobs import Worker, messages
from engine.payments import (
    NoticeRefused,
    OrderState,
    PaymentOrder,
    ProviderUnsure,
    SandboxProvider,
    orders,
    receive,
)
from engine.payments.work import handlers
from tests.sandbox.support import served
from webapp.sandbox import payment_platform

CASE = uuid4()


class ShopSite:
    """The product's side: takes notices as its web page would."""

    def __init__(self, database: Database, clock) -> None:
        self.database, self.clock = database, clock
        self.provider: SandboxProvider | None = None
        self.is_down = False
        self.app = Flask("shop")
        self.app.add_url_rule("/notice", view_func=self.notice, methods=["POST"])

    def notice(self):
        if self.is_down:
            return "down", 503
        with self.database.write() as session:
            receive(
                session,
                request.get_data(),
                request.headers["X-Signature"],
                self.clock.now(),
                provider=self.provider,
            )
        return "success"


@pytest.fixture
def site(sqlite, clock):
    return ShopSite(sqlite, clock)


@pytest.fixture
def platform(tmp_path, clock):
    return payment_platform.create_app(tmp_path, clock=clock, background=False)


@pytest.fixture
def notices(platform):
    return platform.extensions[payment_platform.PLATFORM].notices


@pytest.fixture
def told():
    heard, kept = [], list(messages._installed)
    messages.install(lambda session, case_id, message, payload, now: heard.append(message))
    yield heard
    messages._installed[:] = kept


@pytest.fixture
def worker(site, platform, told, clock):
    with served(platform) as address, served(site.app) as shop:
        site.provider = SandboxProvider(
            address, "bishen-test", notify_url=f"{shop}/notice", return_url=f"{shop}/back"
        )
        yield Worker(site.database, handlers(site.database, site.provider), clock)


@pytest.fixture
def order(site, worker, clock):
    with site.database.write() as session:
        made = orders.create(session, case_id=CASE, amount=2200, subject="邮寄费", now=clock.now())
    worker.run_due()
    return now(site, made)


def now(site, order) -> PaymentOrder:
    with site.database.write() as session:
        return session.get_one(PaymentOrder, order.id)


def pay(platform, order):
    return platform.test_client().post(order.pay_address, data={"outcome": "paid"})


def test_paid_there_is_settled_here(site, platform, notices, worker, order, told):
    answer = pay(platform, order)
    assert answer.location.endswith(f"/back?number={order.number}")
    assert notices.deliver_due() == 1
    assert now(site, order).state == OrderState.PAID
    worker.run_due()
    assert told == ["payment_settled"]
    assert notices.deliver_due() == 0


def test_a_shop_that_is_down_hears_of_it_later(site, platform, notices, order, clock):
    site.is_down = True
    pay(platform, order)
    assert notices.deliver_due() == 0
    site.is_down = False
    assert notices.deliver_due() == 0
    clock.advance(seconds=2)
    assert notices.deliver_due() == 1
    assert now(site, order).state == OrderState.PAID


def test_a_shop_that_never_answers_is_left_in_peace(site, platform, notices, worker, order, clock):
    site.is_down = True
    pay(platform, order)
    for _ in range(8):
        assert notices.deliver_due() == 0
        clock.advance(hours=7)
    site.is_down = False
    assert notices.deliver_due() == 0
    worker.run_due()
    assert now(site, order).state == OrderState.PAID


def test_a_lost_notice_is_made_up_for_by_asking(site, platform, worker, order, clock, told):
    pay(platform, order)
    clock.advance(minutes=1)
    worker.run_due()
    assert now(site, order).state == OrderState.PAID
    assert told == ["payment_settled"]


def test_an_order_closes_on_both_sides(site, platform, worker, order, clock, told):
    with site.database.write() as session:
        orders.request_close(session, order.id, clock.now())
    worker.run_due()
    assert now(site, order).state == OrderState.CLOSED
    assert told == ["order_resolved"]
    assert not site.provider.query(order.number).is_open
    assert pay(platform, order).status_code == 303
    assert site.provider.query(order.number).payment is None


def test_a_withdrawn_case_is_refunded_on_the_platform(
    site, platform, notices, worker, order, clock
):
    pay(platform, order)
    notices.deliver_due()
    with site.database.write() as session:
        orders.abandon(session, CASE, clock.now())
    worker.run_due()
    assert now(site, order).state == OrderState.REFUNDED
    found = platform.test_client().get(
        f"/api/orders/{order.number}", headers={"X-Merchant": "bishen-test"}
    )
    assert found.json["state"] == "refunded"


def test_an_order_of_another_shop_is_unknown_and_silence_is_not_an_answer(site, worker, order):
    address = order.pay_address.partition("/pay/")[0]
    assert SandboxProvider(address, "another-shop").query(order.number) is None
    with pytest.raises(ProviderUnsure):
        SandboxProvider("http://127.0.0.1:1", "bishen-test").close(order.number)
    with pytest.raises(ProviderUnsure, match="409"):
        site.provider.refund(order.number, transaction="none", amount=2200, key=uuid4())


def test_the_statement_lists_what_was_paid_that_day(site, platform, worker, order, clock):
    day = (clock.now().replace(hour=0), clock.now().replace(hour=23))
    assert site.provider.statement(*day) == []
    pay(platform, order)
    (line,) = site.provider.statement(*day)
    assert (line.number, line.amount, line.paid_at) == (order.number, 2200, clock.now())
    assert site.provider.statement(day[1], day[1]) == []
    other = SandboxProvider(order.pay_address.partition("/pay/")[0], "another-shop")
    assert other.statement(*day) == []


def test_a_notice_of_another_platform_is_refused(site, platform, order, tmp_path, clock):
    pay(platform, order)
    body, other = b"{}", payment_platform.Signer(tmp_path / "other")
    with pytest.raises(NoticeRefused):
        site.provider.read(body, other.sign(body))
