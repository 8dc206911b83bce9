from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from webapp.sandbox import payment_platform

SHOP = {"X-Merchant": "bishen-test"}


@pytest.fixture
def client(tmp_path, clock):
    return payment_platform.create_app(tmp_path, clock=clock, background=False).test_client()


@pytest.fixture
def wanted(clock):
    return {
        "merchant": "bishen-test",
        "number": "BS1",
        "amount": 2200,
        "subject": "毕业生登记表邮寄费",
        "expires_at": (clock.now() + timedelta(minutes=30)).isoformat(),
        "notify_url": "http://127.0.0.1:9/notice",
        "return_url": "http://127.0.0.1:9/back?from=pay",
    }


@pytest.fixture
def page(client, wanted):
    return client.post("/api/orders", json=wanted, headers=SHOP).json["pay_url"]


def state(client):
    return client.get("/api/orders/BS1", headers=SHOP).json["state"]


def text(answer):
    return BeautifulSoup(answer.data, "html.parser").get_text(" ", strip=True)


def test_the_page_says_what_is_paid_to_whom_and_until_when(client, page):
    shown = text(client.get(page))
    for part in ("毕业生登记表邮寄费", "22.00", "bishen-test", "BS1", "2026-03-02 09:30:00", "30"):
        assert part in shown


def test_paying_leads_back_to_the_shop(client, page):
    answer = client.post(page, data={"outcome": "paid"})
    assert answer.status_code == 303
    assert answer.location == "http://127.0.0.1:9/back?from=pay&number=BS1"
    assert state(client) == "paid"
    assert "支付成功" in text(client.get(page))


def test_a_failed_payment_can_be_tried_again(client, page):
    answer = client.post(page, data={"outcome": "failed"}, follow_redirects=True)
    assert "支付失败，没有扣款" in text(answer)
    assert state(client) == "open"
    client.post(page, data={"outcome": "paid"})
    assert state(client) == "paid"


def test_two_tabs_pay_once(client, page):
    client.post(page, data={"outcome": "paid"})
    first = client.get("/api/orders/BS1", headers=SHOP).json
    assert client.post(page, data={"outcome": "paid"}).status_code == 303
    assert client.get("/api/orders/BS1", headers=SHOP).json == first


def test_an_order_that_is_over_takes_no_money(client, page, clock):
    clock.advance(minutes=30)
    assert client.post(page, data={"outcome": "paid"}).status_code == 303
    assert state(client) == "open"
    shown = text(client.get(page))
    assert "不能再支付" in shown
    assert "支付失败" not in shown


def test_a_closed_order_takes_no_money_and_a_paid_one_does_not_close(client, page, wanted):
    assert client.post("/api/orders/BS1/close", headers=SHOP).json["state"] == "closed"
    client.post(page, data={"outcome": "paid"})
    assert state(client) == "closed"
    other = client.post("/api/orders", json=wanted | {"number": "BS2"}).json["pay_url"]
    client.post(other, data={"outcome": "paid"})
    assert client.post("/api/orders/BS2/close", headers=SHOP).json["state"] == "paid"


def test_the_same_number_is_the_same_order_and_another_amount_is_a_conflict(client, page, wanted):
    assert client.post("/api/orders", json=wanted).json["pay_url"] == page
    assert client.post("/api/orders", json=wanted | {"amount": 1}).status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": -5},
        {"amount": 22.5},
        {"amount": "2200"},
        {"amount": True},
        {"number": ""},
        {"subject": ""},
        {"expires_at": "soon"},
        {"expires_at": "2026-03-02T09:00:00"},
        {"notify_url": "http://10.0.0.1/notice"},
        {"return_url": "https://evil.example/"},
        {"return_url": "javascript:alert(1)"},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(client, wanted, change):
    assert client.post("/api/orders", json=wanted | change).status_code == 400


def test_orders_belong_to_their_shop(client, page):
    for path in ("/api/orders/BS1", "/api/orders/none"):
        assert client.get(path, headers={"X-Merchant": "other"}).status_code == 404
    assert client.post("/api/orders/BS1/close").status_code == 404
    assert client.get("/pay/none").status_code == 404


def test_a_payment_goes_back_once_and_whole(client, page):
    client.post(page, data={"outcome": "paid"})
    transaction = client.get("/api/orders/BS1", headers=SHOP).json["transaction"]

    def refund(**change):
        wanted = {"refund": "r1", "transaction": transaction, "amount": 2200} | change
        return client.post("/api/orders/BS1/refund", json=wanted, headers=SHOP).status_code

    assert refund(amount=1) == 409
    assert refund(transaction="other") == 409
    assert refund(amount="2200") == 400
    assert [refund(), refund()] == [200, 200]
    assert refund(refund="r2") == 409
    assert state(client) == "refunded"
    assert "已退款" in text(client.get(page))


def test_an_unclear_choice_is_refused(client, page):
    assert client.post(page, data={}).status_code == 400


def test_the_orders_are_listed(client, page):
    shown = text(client.get("/"))
    assert "BS1" in shown
    assert "待支付" in shown


def test_a_name_is_only_text(client, wanted):
    wanted["subject"] = "<img src=x onerror=alert(1)>"
    page = client.post("/api/orders", json=wanted).json["pay_url"]
    assert b"<img" not in client.get(page).data
    assert b"<img" not in client.get("/").data


def test_only_this_machine_is_answered(client, page):
    assert client.get(page, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    for origin in ("http://evil.example", "null"):
        foreign = client.post(page, data={"outcome": "paid"}, headers={"Origin": origin})
        assert foreign.status_code == 403
    assert state(client) == "open"


def test_the_key_outlives_a_restart_and_its_secret_half_is_private(tmp_path, clock, client):
    key = client.get("/api/public-key").json["public_key"]
    again = payment_platform.create_app(tmp_path, clock=clock, background=False).test_client()
    assert again.get("/api/public-key").json["public_key"] == key
    assert (tmp_path / "public.pem").read_text() == key
    assert (tmp_path / "private.pem").stat().st_mode & 0o077 == 0


def test_the_page_runs_no_foreign_script(client, page):
    assert "script-src 'self'" in client.get(page).headers["Content-Security-Policy"]
    with client.get("/static/platform.css") as asset:
        assert asset.status_code == 200
