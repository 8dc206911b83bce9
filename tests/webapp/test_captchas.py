"""A captcha is good once, for five minutes, in the browser that was shown it."""

import base64

import pytest

from tests.webapp.site import CAPTCHA, person

WRONG = "图形验证码不正确或已过期，请输入新图片中的数字。"


def fields(page, **more):
    return {
        "admission_number": person("S2").admission_number,
        "password": "wrong-wrong-wrong",
        "captcha": CAPTCHA,
        "captcha_id": page.value("captcha_id"),
        **more,
    }


def test_a_solved_captcha_counts_once(site):
    visitor = site.visitor()
    page = visitor.open("/sign-in")
    first = visitor.post("/sign-in", fields(page))
    assert first.errors == ["登录信息不正确，请核对后重新输入。"]
    assert visitor.post("/sign-in", fields(page)).errors == [WRONG]


def test_a_wrong_answer_uses_the_captcha_up_and_brings_a_new_one(site):
    visitor = site.visitor()
    page = visitor.open("/sign-in")
    again = visitor.post("/sign-in", fields(page, captcha="00000"))
    assert again.errors == [WRONG]
    assert again.value("captcha_id") != page.value("captcha_id")
    assert visitor.post("/sign-in", fields(page)).errors == [WRONG]


@pytest.mark.parametrize("captcha_id", ["", "1", "00000000-0000-0000-0000-000000000000"])
def test_without_a_captcha_nobody_signs_in(site, captcha_id):
    visitor = site.visitor()
    page = visitor.open("/sign-in")
    assert visitor.post("/sign-in", fields(page, captcha_id=captcha_id)).errors == [WRONG]


def test_a_captcha_of_another_browser_is_refused(site):
    visitor, other = site.visitor(), site.visitor()
    page, theirs = visitor.open("/sign-in"), other.open("/sign-in")
    captcha_id = theirs.value("captcha_id")
    assert visitor.post("/sign-in", fields(page, captcha_id=captcha_id)).errors == [WRONG]
    assert visitor.get(f"/captchas/{captcha_id}.png").status == 404
    assert visitor.get(f"/captchas/{captcha_id}.wav").status == 404


def test_a_captcha_lasts_five_minutes(site):
    visitor = site.visitor()
    page = visitor.open("/sign-in")
    site.clock.advance(minutes=5)
    assert visitor.get(f"/captchas/{page.value('captcha_id')}.png").status == 404
    assert visitor.post("/sign-in", fields(page)).errors == [WRONG]


@pytest.mark.parametrize("entrance", ["/sign-in", "/staff/sign-in", "/register"])
def test_it_can_be_seen_and_heard_where_it_is_asked(site, entrance):
    visitor = site.visitor()
    page = visitor.open(entrance)
    picture = visitor.get(page.soup.find("img", class_="app-captcha__picture")["src"])
    sound = visitor.get(page.soup.find("audio")["src"])
    assert (picture.status, picture.answer.mimetype) == (200, "image/png")
    assert (sound.status, sound.answer.mimetype) == (200, "audio/wav")
    assert picture.answer.data.startswith(b"\x89PNG")


def test_nothing_that_a_browser_gets_holds_the_answer(site):
    visitor = site.visitor()
    page = visitor.open("/sign-in")
    cookie = visitor.cookie()
    payload = cookie.split(".")[0 if not cookie.startswith(".") else 1]
    read = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    assert CAPTCHA not in page.answer.text
    assert CAPTCHA.encode() not in read
    assert CAPTCHA not in str(page.answer.headers)


def test_a_hundred_pictures_a_minute_are_enough(site):
    visitor = site.visitor()
    page = visitor.open("/sign-in")
    picture = f"/captchas/{page.value('captcha_id')}.png"
    assert {visitor.get(picture).status for _ in range(100)} == {200}
    assert visitor.get(picture).status == 429
    assert site.visitor(address="127.0.0.9").get("/sign-in").status == 200
    site.clock.advance(seconds=61)
    assert visitor.get(picture).status == 200


def test_no_code_is_sent_to_a_stranger_without_a_captcha(site):
    who = person("S2")
    for path in ("/register", "/forgotten-password"):
        visitor = site.visitor()
        visitor.open(path)
        page = visitor.post(
            path,
            {
                "do": "send_code",
                "admission_number": who.admission_number,
                "id_number": who.id_number,
                "name": who.name,
                "mobile": who.mobile,
            },
        )
        assert page.errors == [WRONG]
    assert site.messages(who.mobile) == []
