"""What is too much, too long or said twice is refused before anything is done with it."""

import io
from uuid import uuid4

import pytest

from engine.declaration import demo
from tests.webapp.site import CAPTCHA, person

URLENCODED = "application/x-www-form-urlencoded"


def test_a_body_without_a_length_is_refused(site):
    page = site.visitor().get("/sign-in", headers={"Transfer-Encoding": "chunked"})
    assert page.status == 411
    visitor = site.visitor()
    for more in ({}, {"Content-Length": "5"}):
        answer = visitor.client.post(
            "/sign-in",
            input_stream=io.BytesIO(b"a=1&b=2"),
            headers={"Transfer-Encoding": "chunked", **more},
            content_type=URLENCODED,
        )
        assert answer.status_code == 411


def test_four_hundred_kilobytes_of_text_are_too_much(site):
    visitor = site.visitor()
    visitor.open("/sign-in")
    page = visitor.post("/sign-in", {"password": "x" * 400_000})
    assert page.status == 413
    assert page.title


def test_seventy_thousand_fields_are_too_many(site):
    visitor = site.visitor()
    visitor.open("/sign-in")
    answer = visitor.client.post("/sign-in", data="a=&" * 70_000, content_type=URLENCODED)
    assert answer.status_code == 413


def test_a_thousand_parts_are_too_many(site):
    visitor = site.verified("S10")
    visitor.open("/home")
    many = {f"f{n}": "" for n in range(1001)}
    page = visitor.post(f"/work-items/{uuid4()}", many, content_type="multipart/form-data")
    assert page.status == 413


def test_twelve_megabytes_are_too_much(go_on):
    _site, visitor = go_on("information")
    large = ("x.jpg", b"\xff\xd8" + bytes(12 * 2**20), "image/jpeg")
    page = visitor.press("上传照片", {"photo.image": large}, status=413)
    assert "文件" in page.main


@pytest.mark.parametrize("name", ["version", "submission", "outcome", "csrf_token"])
def test_the_envelope_of_a_post_is_said_once(go_on, name):
    _site, visitor = go_on("consolidation")
    fields = {"version": "0", "submission": str(uuid4()), "outcome": "next"}
    fields["csrf_token"] = visitor.token()
    twice = {**fields, name: [fields[name], fields[name]]}
    assert visitor.post(visitor.page.path, twice).status == 400


@pytest.mark.parametrize(
    "missing", [{"version": "0"}, {"submission": "x", "version": "0"}, {"version": "one"}, {}]
)
def test_a_post_without_its_envelope_is_refused(go_on, missing):
    _site, visitor = go_on("consolidation")
    assert visitor.post(visitor.page.path, {**missing, "outcome": "next"}).status == 400


def test_a_field_of_a_fixed_page_is_said_once(site):
    visitor = site.visitor()
    page = visitor.open("/sign-in")
    fields = {
        "admission_number": person("S2").admission_number,
        "captcha": CAPTCHA,
        "captcha_id": page.value("captcha_id"),
        "password": ["wrong-wrong-wrong", demo.PASSWORD],
    }
    assert visitor.post("/sign-in", fields).status == 400


def test_a_choice_made_twice_is_refused(go_on):
    _site, visitor = go_on("application")
    page = visitor.press("下一步", category=["junior_college", "undergraduate"], status=422)
    assert page.errors


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "127.0.0.2"]
)
def test_another_host_is_not_served(site, host):
    page = site.visitor().get("/sign-in", headers={"Host": host})
    assert page.status == 400
    assert host not in page.answer.text


def test_a_forged_forwarding_header_is_believed_by_nobody(site):
    visitor = site.visitor()
    for address in range(12):
        visitor.open("/sign-in")
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"9.9.9.{address}"
        visitor.press(
            "登录",
            admission_number=person("S2").admission_number,
            password="wrong-wrong-wrong",
            captcha=CAPTCHA,
            status=422,
        )
    assert "次数过多" in visitor.page.errors[0]


def test_methods_nobody_offers_are_refused(site):
    visitor = site.verified("S2")
    for method in ("put", "delete", "patch"):
        assert getattr(visitor.client, method)("/home").status_code == 405
    assert visitor.client.open("/home", method="TRACE").status_code == 405
