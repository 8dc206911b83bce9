"""A forgotten password is set again by whoever has the phone, and by nobody else."""

from engine.declaration import demo
from tests.webapp.site import CAPTCHA, person
from tests.webapp.test_signing_in import essence

SENT = "如果信息无误，验证码已发送到您的手机，5 分钟内有效。"
NEW = "copper-lantern-7306"


def ask(visitor, key="S2", **more):
    facts = {"admission_number": person(key).admission_number, "mobile": person(key).mobile}
    visitor.open("/forgotten-password")
    return visitor.press("获取短信验证码", captcha=CAPTCHA, **{**facts, **more})


def finish(visitor, code, status=200, password=NEW, **more):
    return visitor.press(
        "提交", status=status, code=code, password=password, confirmation=password, **more
    )


def test_the_owner_of_the_phone_sets_a_new_password(site):
    visitor, old = site.visitor(), site.verified("S2")
    site.clock.advance(seconds=61)
    ask(visitor)
    assert finish(visitor, site.code("S2")).title == "密码修改成功，请回主页面登录"
    assert old.get("/home").status == 303
    assert "密码已修改" in site.messages(person("S2").mobile)[-1]
    visitor.open("/sign-in")
    number = person("S2").admission_number
    visitor.press("登录", admission_number=number, password=NEW, captcha=CAPTCHA)
    assert visitor.page.path == "/home"


def test_the_page_is_the_same_for_strangers_and_nothing_is_sent(site):
    pages = [
        ask(site.visitor(address="127.0.0.2")),
        ask(site.visitor(), mobile="13811112222"),
        ask(site.visitor(), key="S1"),
        ask(site.visitor(), admission_number="999999999999", mobile="13811113333"),
    ]
    for page in pages:
        assert SENT in page.main
        assert person("S2").mobile[-4:] not in page.main
        for control in page.soup.select("input"):
            control["value"] = ""
    assert len({essence(page) for page in pages}) == 1
    site.engine.worker.run_due()
    assert set(site.phones.texts) == {person("S2").mobile}


def test_a_code_for_another_purpose_opens_nothing(site):
    owner = site.candidate("S2")
    owner.open("/sign-in/verify")
    owner.press("发送短信验证码")
    code = site.code("S2")
    stranger = site.visitor()
    ask(stranger, "S2")
    page = finish(stranger, code, status=422)
    assert "验证码不正确" in page.errors[0]


def test_a_stranger_who_guesses_leaves_the_password_as_it_was(site):
    stranger = site.visitor()
    ask(stranger, mobile="13811112222")
    for code in ("000000", "111111", "222222"):
        finish(stranger, code, status=422)
    assert site.candidate("S2").page.path == "/home"


def test_what_the_account_knows_is_not_found_out_by_trying_passwords(site):
    """A refusal for holding the name would tell the name, before any code was given."""
    stranger = site.visitor()
    ask(stranger)
    page = finish(stranger, "000000", status=422, password=f"{person('S2').name}harbour5519")
    assert page.errors == ["验证码不正确，还可以再试 4 次。"]
    page = finish(stranger, site.code("S2"), 422, f"{person('S2').name}harbour5519")
    assert page.errors == ["密码中不能含有您的姓名、身份证号、准考证号或手机号码。"]
    assert site.candidate("S2").page.path == "/home"


def test_a_used_code_is_used(site):
    visitor = site.visitor()
    ask(visitor)
    code = site.code("S2")
    finish(visitor, code)
    visitor.open("/forgotten-password")
    facts = {
        "admission_number": person("S2").admission_number,
        "mobile": person("S2").mobile,
    }
    page = finish(visitor, code, 422, demo.PASSWORD, **facts)
    assert page.errors == ["验证码不正确或已失效，请重新获取。"]
