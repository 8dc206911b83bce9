from engine.payments import OrderState, orders
from engine.payments.refunds import outstanding
from tests.payments.support import notice_of


def test_an_unpaid_order_closes_there_and_then_here_and_the_case_is_told_once(shop, clock):
    order = shop.order()
    shop.work()
    shop.request_close(order)
    assert shop.now(order).state == OrderState.CLOSING
    shop.work()
    assert shop.provider.closed == [order.number]
    assert (shop.now(order).state, shop.now(order).closed_at) == (OrderState.CLOSED, clock.now())
    assert shop.told == ["order_resolved"]


def test_an_order_found_paid_when_it_should_close_is_paid(shop):
    order = shop.order()
    shop.work()
    shop.provider.take_money(order, shop.clock.now())
    shop.request_close(order)
    shop.work()
    assert shop.now(order).state == OrderState.PAID
    assert shop.told == ["order_resolved"]


def test_a_notice_while_closing_pays_and_the_case_is_told_once(shop):
    order = shop.order()
    shop.work()
    shop.request_close(order)
    shop.pay(order)
    shop.work()
    assert shop.now(order).state == OrderState.PAID
    assert shop.told == ["order_resolved"]


def test_a_case_that_asks_to_close_a_paid_order_is_told_all_the_same(shop):
    order = shop.order()
    shop.pay(order)
    shop.request_close(order)
    shop.work()
    assert shop.now(order).state == OrderState.PAID
    assert sorted(shop.told) == ["order_resolved", "payment_settled"]


def test_while_the_provider_is_silent_nothing_is_concluded(shop):
    order = shop.order()
    shop.work()
    shop.provider.is_silent = True
    shop.request_close(order)
    for _ in range(10):
        shop.work(hours=1)
    assert shop.now(order).state == OrderState.CLOSING
    assert shop.told == []
    shop.provider.is_silent = False
    shop.work(hours=2)
    assert shop.now(order).state == OrderState.CLOSED
    assert shop.told == ["order_resolved"]


def test_an_order_the_provider_keeps_open_is_not_closed_here(shop):
    order = shop.order()
    shop.work()
    shop.provider.keeps_open = True
    shop.request_close(order)
    shop.work()
    assert shop.now(order).state == OrderState.CLOSING


def test_an_order_the_provider_never_heard_of_closes(shop):
    shop.provider.is_silent = True
    order = shop.order()
    shop.work()
    shop.provider.is_silent = False
    shop.request_close(order)
    shop.work()
    assert shop.now(order).state == OrderState.CLOSED
    shop.work(hours=1)
    assert order.number not in shop.provider.known


def test_an_order_that_says_another_amount_there_is_left_for_people(shop):
    order = shop.order()
    shop.work()
    shop.provider.take_money(order, shop.clock.now(), amount=1)
    shop.request_close(order)
    shop.work()
    assert shop.now(order).state == OrderState.CLOSING
    assert shop.told == []


def test_when_no_notice_comes_the_provider_is_asked_at_1_5_15_and_60_minutes(shop):
    shop.order()
    shop.work()
    for minutes in (1, 4, 10, 45, 600):
        shop.work(minutes=minutes)
    assert shop.provider.asked == ["open"] + ["query"] * 4


def test_a_payment_that_only_a_query_finds_settles_the_order(shop):
    order = shop.order()
    shop.work()
    payment = shop.provider.take_money(order, shop.clock.now())
    shop.work(minutes=1)
    assert shop.now(order).state == OrderState.PAID
    assert shop.told == ["payment_settled"]
    assert shop.receive(*notice_of(payment)) == "repeated"


def test_a_query_without_an_answer_concludes_nothing(shop):
    order = shop.order()
    shop.work()
    shop.provider.is_silent = True
    shop.work(minutes=1)
    assert shop.now(order).state == OrderState.OPEN


def test_a_new_order_closes_the_one_before_it(shop):
    first = shop.order()
    shop.work()
    second = shop.order(1500)
    shop.work()
    assert (shop.now(first).state, shop.now(second).state) == (OrderState.CLOSED, OrderState.OPEN)
    assert shop.told == []


def test_a_hold_that_runs_out_closes_what_is_open_and_leaves_what_is_paid(shop):
    paid = shop.order()
    shop.pay(paid)
    left = shop.order()
    shop.work()
    shop.told.clear()
    with shop.database.write() as session:
        orders.close_open(session, shop.case_id, shop.clock.now())
    shop.work()
    assert (shop.now(paid).state, shop.now(left).state) == (OrderState.PAID, OrderState.CLOSED)
    assert shop.told == []
    with shop.database.read() as session:
        assert orders.current(session, shop.case_id).number == paid.number


def test_a_withdrawn_case_gets_its_money_back(shop):
    order = shop.order()
    shop.pay(order)
    shop.work()
    for _ in range(2):
        with shop.database.write() as session:
            orders.abandon(session, shop.case_id, shop.clock.now())
    with shop.database.read() as session:
        assert [r.reason for r in outstanding(session)] == ["withdrawn"]
    shop.work()
    assert shop.now(order).state == OrderState.REFUNDED
    assert len(shop.provider.refunds) == 1
    with shop.database.read() as session:
        assert outstanding(session) == []


def test_money_that_comes_while_a_withdrawn_case_closes_its_order_goes_back(shop):
    order = shop.order()
    shop.work()
    with shop.database.write() as session:
        orders.abandon(session, shop.case_id, shop.clock.now())
    shop.pay(order)
    shop.work()
    assert shop.now(order).state == OrderState.REFUNDED
    assert shop.told == []
