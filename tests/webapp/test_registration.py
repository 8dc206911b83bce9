"""Registration tells a stranger nothing: whether the facts are anyone's, only the phone hears."""

import pytest
from sqlalchemy import func, select

from engine.declaration import demo
from engine.people import limits
from engine.people.models import Account
from tests.webapp import walk
from tests.webapp.site import CAPTCHA, person
from tests.webapp.test_signing_in import essence

PHONE = "13811112222"
SENT = "如果信息无误，验证码已发送到您的手机，5 分钟内有效。"
REFUSED = "没有成功"
GONE = "验证码不正确或已失效，请重新获取。"


def facts_of(key, **more):
    who = person(key)
    return {
        "admission_number": who.admission_number,
        "id_number": who.id_number,
        "name": who.name,
        "mobile": PHONE,
        **more,
    }


FREE = facts_of("S1")
TAKEN = facts_of("S2")
NOBODYS = {
    "wrong name": facts_of("S1", name="王小明"),
    "wrong id number": facts_of("S1", id_number=person("S8").id_number),
    "unknown number": facts_of("S1", admission_number="999999999999"),
    "existing account": TAKEN,
}


def ask(visitor, facts, status=200):
    visitor.open("/register")
    return visitor.press("获取短信验证码", captcha=CAPTCHA, status=status, **facts)


def finish(visitor, status=200, **typed):
    secret = {"password": demo.PASSWORD, "confirmation": demo.PASSWORD, "consent": "y"}
    return visitor.press("提交", status=status, **{**secret, **typed})


def count_of_accounts(site):
    with site.engine.database.read() as session:
        return session.scalar(select(func.count()).select_from(Account))


@pytest.mark.parametrize("facts", NOBODYS.values(), ids=NOBODYS)
def test_whatever_is_wrong_the_page_is_that_of_success(site, facts):
    right, wrong = site.visitor(address="127.0.0.2"), site.visitor()
    pages = ask(right, {**FREE, "mobile": "13811113333"}), ask(wrong, facts)
    for page in pages:
        assert SENT in page.main
        for control in page.soup.select("input"):
            control["value"] = ""
    assert essence(pages[0]) == essence(pages[1])


@pytest.mark.parametrize("facts", NOBODYS.values(), ids=NOBODYS)
def test_the_truth_goes_to_the_phone(site, facts):
    before = count_of_accounts(site)
    visitor = site.visitor()
    ask(visitor, facts)
    (text,) = site.messages(PHONE)
    assert REFUSED in text
    page = finish(visitor, status=422, code="123456")
    assert page.errors == ["验证码不正确，还可以再试 4 次。"]
    assert count_of_accounts(site) == before


def test_a_code_opens_only_the_facts_it_was_asked_for(site):
    """Else one right code would try out facts until the page stops refusing."""
    visitor = site.visitor()
    ask(visitor, FREE)
    code = site.code_at(PHONE)
    for facts in NOBODYS.values():
        page = finish(visitor, status=422, code=code, **facts)
        assert page.errors == [GONE]
    assert finish(visitor, code=code, **FREE).title == "注册成功，请返回登录界面进行登录！"


def test_whoever_registers_can_sign_in_and_is_told_so(site):
    walk.register(site, "S1")
    assert "注册成功" in site.messages(person("S1").mobile)[-1]
    assert site.candidate("S1").page.path == "/home"


def test_a_code_of_another_browser_opens_nothing(site):
    visitor, other = site.visitor(), site.visitor()
    ask(visitor, FREE)
    other.open("/register")
    page = finish(other, status=422, code=site.code_at(PHONE), **FREE)
    assert page.errors == [GONE]


def test_what_is_wrong_in_itself_is_told_beside_its_field_and_nothing_is_sent(site):
    visitor = site.visitor()
    facts = {
        "admission_number": "12",
        "id_number": "370200199003159815",
        "name": "<b>",
        "mobile": "138",
    }
    page = ask(visitor, facts, status=422)
    assert len(page.errors) == 4
    assert {page.value(name) for name in facts} == set(facts.values())
    assert len(page.soup.select(".govuk-error-message")) == 4
    site.engine.worker.run_due()
    assert site.phones.texts == {}


def test_a_line_break_in_a_phone_number_is_refused(site):
    page = ask(site.visitor(), {**FREE, "mobile": "13811112222\nBcc: 1"}, status=422)
    assert page.errors == ["请输入 11 位手机号码，例如 138 0013 8000。"]


def test_one_phone_gets_one_code_a_minute_however_it_is_written(site):
    visitor = site.visitor()
    ask(visitor, FREE)
    page = ask(visitor, {**FREE, "mobile": "+86 138-1111-2222"})
    assert "请等待 60 秒后再获取" in page.main
    assert len(site.messages(PHONE)) == 1


def test_one_address_cannot_send_to_a_thousand_phones(site):
    visitor = site.visitor()
    for n in range(30):
        assert SENT in ask(visitor, {**FREE, "mobile": f"138{n:08}"}).main
    page = ask(visitor, {**FREE, "mobile": "13811112222"}, status=422)
    assert page.errors == ["这个网络获取验证码的次数过多，请一小时后再试。"]
    assert site.messages("13811112222") == []


@pytest.mark.parametrize(
    "password", ["short", "1234567890", "370200199003159814", "020120100001x", "woaini1314woaini"]
)
def test_a_weak_password_is_refused_and_the_code_keeps(site, password):
    visitor = site.visitor()
    ask(visitor, FREE)
    code = site.code_at(PHONE)
    page = finish(visitor, status=422, code=code, password=password, confirmation=password)
    assert "密码" in page.errors[0]
    assert finish(visitor, code=code).title.startswith("注册成功")


def test_nobody_registers_without_consent(site):
    visitor = site.visitor()
    ask(visitor, FREE)
    page = finish(visitor, status=422, code=site.code_at(PHONE), consent=None)
    assert page.errors == ["请先阅读并同意个人信息处理说明。"]


def test_the_captcha_is_asked_for_with_the_code_and_not_again(site):
    visitor = site.visitor()
    page = ask(visitor, FREE)
    assert not page.value("captcha")
    assert "提交时不必再填" in page.main
    assert [page.value(name) for name in FREE] == list(FREE.values())
    assert finish(visitor, code=site.code_at(PHONE)).title.startswith("注册成功")


def test_without_a_captcha_no_code_is_sent_and_the_field_says_so(site):
    visitor = site.visitor()
    visitor.open("/register")
    page = visitor.press("获取短信验证码", status=422, **FREE)
    assert page.errors == ["图形验证码不正确或已过期，请输入新图片中的数字。"]
    assert page.soup.find(id="field-captcha-error")
    assert [page.value(name) for name in FREE] == list(FREE.values())
    assert site.messages(PHONE) == []


def test_while_codes_are_guessed_a_missing_captcha_is_told_beside_its_field(site):
    visitor = site.visitor()
    ask(visitor, FREE)
    code = site.code_at(PHONE)
    with site.engine.database.write() as session:
        for _ in range(500):
            limits.WRONG_CODES_IN_ALL.hit(session, "", site.clock.now())
    page = finish(visitor, status=422, code=code)
    assert page.soup.find(id="field-captcha-error")
    assert "提交时不必再填" not in page.main
    assert finish(visitor, code=code, captcha=CAPTCHA).title.startswith("注册成功")
