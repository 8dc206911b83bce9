from uuid import uuid4

import pytest

from engine.sms import NotDelivered, ViewerProvider
from tests.sandbox.support import served
from webapp.sandbox import sms_viewer


@pytest.fixture
def app(tmp_path, clock):
    return sms_viewer.create_app(tmp_path, clock=clock)


@pytest.fixture
def client(app):
    return app.test_client()


def post(client, mobile="13900000001", text="验证码 012345", key=None, **more):
    headers = {"Idempotency-Key": key or str(uuid4())} | more
    return client.post("/messages", json={"mobile": mobile, "text": text}, headers=headers)


def test_texts_are_listed_newest_first_and_by_mobile(client):
    post(client, text="one")
    post(client, mobile="13900000002", text="two")
    post(client, text="three")
    listed = client.get("/messages").json
    assert [m["text"] for m in listed] == ["three", "two", "one"]
    own = client.get("/messages?mobile=13900000001").json
    assert [m["text"] for m in own] == ["three", "one"]
    assert own[0]["at"] == "2026-03-02T01:00:00+00:00"


def test_the_same_key_is_the_same_text(client):
    key = str(uuid4())
    first, again = post(client, key=key), post(client, key=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert len(client.get("/messages").json) == 1


def test_the_page_shows_mobile_text_and_time_and_marks_the_code(client):
    post(client)
    page = client.get("/").get_data(as_text=True)
    assert "13900000001" in page
    assert '<strong class="code">012345</strong>' in page
    assert "2026-03-02 09:00:00" in page


def test_the_page_can_be_narrowed_to_one_mobile(client):
    post(client, text="for one")
    post(client, mobile="13900000002", text="for two")
    page = client.get("/?mobile=13900000002").get_data(as_text=True)
    assert "for two" in page
    assert "for one" not in page


def test_an_empty_page_says_what_will_come(client):
    assert "还没有短信" in client.get("/").get_data(as_text=True)


def test_a_text_is_only_text(client):
    post(client, text='<img src=x onerror=alert(1)> 123456 "&')
    page = client.get("/").get_data(as_text=True)
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.parametrize(
    "content",
    [
        {"mobile": "13900000001"},
        {"text": "x"},
        {"mobile": "139", "text": "x"},
        {"mobile": "13900000001", "text": ""},
        {"mobile": "13900000001", "text": "x" * 1001},
        {"mobile": 13900000001, "text": "x"},
        ["x"],
    ],
)
def test_what_is_no_text_to_a_mobile_is_refused(client, content):
    answer = client.post("/messages", json=content, headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 400


def test_a_text_needs_a_key_and_has_to_be_json(client):
    content = {"mobile": "13900000001", "text": "x"}
    assert client.post("/messages", json=content).status_code == 400
    form = client.post("/messages", data=content, headers={"Idempotency-Key": str(uuid4())})
    assert form.status_code == 400


def test_texts_outlive_a_restart(tmp_path, clock, client):
    post(client, text="kept")
    again = sms_viewer.create_app(tmp_path, clock=clock).test_client()
    assert [m["text"] for m in again.get("/messages").json] == ["kept"]


def test_only_this_machine_is_answered(client):
    abroad = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/", environ_overrides=abroad).status_code == 403
    assert client.get("/messages", headers={"Host": "evil.example"}).status_code == 400
    assert post(client, Origin="https://evil.example").status_code == 403


def test_the_page_runs_no_foreign_script(client):
    answer = client.get("/")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for name in ("viewer.css", "viewer.js"):
        with client.get(f"/static/{name}") as asset:
            assert asset.status_code == 200


def test_the_page_speaks_english_when_asked(client):
    assert '<html lang="en">' in client.get("/?lang=en").get_data(as_text=True)
    chinese = client.get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert '<html lang="zh-CN">' in chinese.get_data(as_text=True)


def test_the_provider_of_the_engine_delivers_here(app, client):
    key = uuid4()
    with served(app) as address:
        provider = ViewerProvider(address)
        reference = provider.send("13900000001", "验证码 654321", key=key)
        assert provider.send("13900000001", "验证码 654321", key=key) == reference
    assert [m["text"] for m in client.get("/messages").json] == ["验证码 654321"]


def test_a_viewer_that_is_off_or_refuses_has_not_taken_the_text(app):
    with served(app) as address:
        provider = ViewerProvider(address)
        with pytest.raises(NotDelivered):
            provider.send("139", "x", key=uuid4())
    with pytest.raises(NotDelivered):
        provider.send("13900000001", "x", key=uuid4())
    with pytest.raises(ValueError, match="address"):
        ViewerProvider("file:///etc")
