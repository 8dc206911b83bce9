"""`next` leads back to a page of this site, and nowhere else."""

import pytest

from engine.declaration import demo
from tests.webapp.site import CAPTCHA, person
from webapp.fixed_forms import local_path

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example/home",
    "https:evil.example",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "home",
    "",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_way_elsewhere_is_no_way(target):
    assert local_path(target) is None


@pytest.mark.parametrize("target", ["/home", "/work-items/1?x=1#photo", "/?next=//evil.example"])
def test_a_path_of_this_site_is_one(target):
    assert local_path(target) == target


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_stays_on_this_site(site, target):
    visitor = site.visitor()
    visitor.open("/sign-in")
    page = visitor.page
    answer = visitor.post(
        "/sign-in",
        {
            "admission_number": person("S2").admission_number,
            "password": demo.PASSWORD,
            "captcha": CAPTCHA,
            "captcha_id": page.value("captcha_id"),
        },
        query_string={"next": target},
    )
    assert (answer.status, answer.answer.headers["Location"]) == (303, "/home")


def test_the_language_is_chosen_without_leaving_the_site(site):
    visitor = site.visitor()
    visitor.open("/help")
    for target in ELSEWHERE:
        page = visitor.post("/language", {"language": "en", "return_to": target})
        assert page.answer.headers["Location"] == "/"
    page = visitor.post("/language", {"language": "en", "return_to": "/help"})
    assert page.answer.headers["Location"] == "/help"


def test_whoever_had_to_sign_in_first_comes_back(go_on):
    site, visitor = go_on("information")
    wanted = visitor.page.path
    visitor.press("退出登录")
    visitor.open(wanted)
    assert visitor.page.path == "/sign-in"
    visitor.press(
        "登录",
        admission_number=person("S1").admission_number,
        password=demo.PASSWORD,
        captcha=CAPTCHA,
    )
    assert visitor.page.path == "/sign-in/verify"
    site.clock.advance(seconds=61)
    visitor.press("发送短信验证码")
    visitor.press("提交", code=site.code("S1"))
    assert visitor.page.path == wanted
