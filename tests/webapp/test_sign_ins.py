"""A sign-in lives on the server: it ends there, whatever a browser still holds."""

import pytest
from sqlalchemy import select

from engine.declaration import demo
from engine.declaration.accounts import find_account
from engine.people import Role, accounts, captchas
from engine.people.models import Account, SignIn
from tests.webapp import site as sites
from tests.webapp.site import CAPTCHA, person


def is_in(visitor, path="/home"):
    """Whether this browser gets to see a page of its own."""
    return visitor.get(path).answer.headers.get("Location", "").startswith("/sign-in?") is False


def test_a_copied_cookie_is_refused_after_signing_out(site):
    visitor = site.verified("S2")
    thief = site.visitor()
    thief.client.set_cookie("bishen-candidate", visitor.cookie())
    assert is_in(thief)
    visitor.open("/home")
    visitor.press("退出登录")
    assert not is_in(thief)
    assert not is_in(visitor)


def test_signing_in_leaves_nothing_of_the_cookie_before(site):
    visitor = site.visitor()
    visitor.open("/sign-in")
    before, old_token = visitor.cookie(), visitor.token()
    visitor.press(
        "登录",
        admission_number=person("S2").admission_number,
        password=demo.PASSWORD,
        captcha=CAPTCHA,
    )
    fixed = site.visitor()
    fixed.client.set_cookie("bishen-candidate", before)
    assert not is_in(fixed)
    assert visitor.post("/language", {"csrf_token": old_token, "language": "en"}).status == 400


def test_the_check_of_the_phone_gives_a_new_cookie(site):
    visitor = site.candidate("S2")
    thief = site.visitor()
    thief.client.set_cookie("bishen-candidate", visitor.cookie())
    visitor.open("/sign-in/verify")
    visitor.press("发送短信验证码")
    visitor.press("提交", code=site.code("S2"))
    assert is_in(visitor)
    assert not is_in(thief)


def test_signing_in_again_ends_the_sign_in_before(site):
    visitor = site.candidate("S2")
    old = visitor.cookie()
    with site.engine.database.read() as session:
        first = session.scalars(select(SignIn)).one()
    page = visitor.post("/sign-in", fields_of_another_tab(site, visitor, "S3"))
    assert page.answer.headers["Location"] == "/home"
    thief = site.visitor()
    thief.client.set_cookie("bishen-candidate", old)
    assert not is_in(thief)
    with site.engine.database.read() as session:
        assert session.get_one(SignIn, first.id).ended_because == "signed_out"


def fields_of_another_tab(site, visitor, key):
    """What a sign-in page would post that another tab of this browser still shows."""
    with visitor.client.session_transaction() as cookie:
        cookie["browser"] = "this browser"
    with site.engine.database.write() as session:
        captcha = captchas.new(session, "this browser", site.clock.now())
    visitor.open("/home")
    return {
        "admission_number": person(key).admission_number,
        "password": demo.PASSWORD,
        "captcha": CAPTCHA,
        "captcha_id": str(captcha.id),
    }


def test_a_role_taken_away_counts_at_the_next_request(site):
    reviewer = site.staff("cert1")
    with site.engine.database.write() as session:
        account = accounts.of_username(session, "cert1")
        accounts.revoke(session, account, Role.CERTIFICATE_REVIEWER)
    page = reviewer.get("/staff/queue")
    assert page.answer.headers["Location"].startswith("/staff/sign-in?")
    reviewer.open("/staff/queue")
    reviewer.press("登录", username="cert1", password=demo.PASSWORD, captcha=CAPTCHA, status=403)


@pytest.mark.parametrize("who", ["S2", "cert1"])
def test_a_disabled_account_is_out_at_the_next_request(site, who):
    visitor = site.staff(who) if who == "cert1" else site.verified(who)
    with site.engine.database.write() as session:
        is_staff = who == "cert1"
        number = "" if is_staff else person(who).admission_number
        found = accounts.of_username(session, who) or find_account(session, number)
        accounts.disable(session, session.get_one(Account, found.id), site.clock.now())
    page = visitor.get("/staff/queue" if who == "cert1" else "/home")
    assert page.status == 303
    assert "sign-in?" in page.answer.headers["Location"]


def test_one_browser_holds_a_candidate_and_a_member_of_staff(site):
    both = site.verified("S2")
    both.open("/staff/sign-in")
    both.press("登录", username="cert1", password=demo.PASSWORD, captcha=CAPTCHA)
    assert both.cookie("bishen-staff") != both.cookie("bishen-candidate")
    assert both.get("/home").status == 200
    both.press("退出登录")
    assert both.get("/staff/queue").status == 303
    assert both.get("/home").status == 200


def test_the_cookie_of_one_entrance_opens_no_door_of_the_other(site):
    reviewer, candidate = site.staff("cert1"), site.verified("S2")
    swapped = site.visitor()
    swapped.client.set_cookie("bishen-candidate", reviewer.cookie("bishen-staff"))
    swapped.client.set_cookie("bishen-staff", candidate.cookie())
    assert swapped.get("/home").status == 303
    assert swapped.get("/staff/queue").status == 303


def test_no_script_and_no_other_site_can_use_the_cookie(site):
    header = site.visitor().get("/sign-in").answer.headers["Set-Cookie"]
    assert header.startswith("bishen-candidate=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))
    assert "Domain" not in header


def test_outside_the_demonstration_the_cookie_travels_encrypted_only(prepared_home, tmp_path):
    home = sites.copied(prepared_home, tmp_path)
    with sites.opened(sites.settings_for(home, demo=False)) as site:
        for path, name in (("/sign-in", "candidate"), ("/staff/sign-in", "staff")):
            answer = site.visitor().get(path, base_url="https://localhost").answer
            header = answer.headers["Set-Cookie"]
            assert header.startswith(f"__Host-bishen-{name}=")
            assert {"Secure", "HttpOnly", "Path=/"} <= set(header.split("; "))
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_an_idle_sign_in_ends_after_half_an_hour(site):
    visitor = site.verified("S2")
    site.clock.advance(minutes=29)
    assert visitor.get("/home").status == 200
    site.clock.advance(minutes=29)
    assert visitor.get("/home").status == 200
    site.clock.advance(minutes=31)
    page = visitor.open("/home")
    assert page.path == "/sign-in"
    assert "登录已经过期，请重新登录。" in page.main


def test_no_sign_in_outlasts_twelve_hours(site):
    visitor = site.verified("S2")
    for _ in range(25):
        site.clock.advance(minutes=29)
        visitor.get("/home")
    assert visitor.get("/home").status == 303


def test_the_fourth_device_takes_the_place_of_the_first_which_is_told(site):
    devices = []
    for _ in range(4):
        devices.append(site.candidate("S2"))
        site.clock.advance(seconds=1)
    assert [is_in(device) for device in devices] == [False, True, True, True]
    assert "在其他设备上登录" in devices[0].open("/home").main


def test_a_new_password_ends_the_other_devices_and_the_phone_is_told(site):
    own, other = site.verified("S2"), site.candidate("S2")
    own.open("/password")
    new = "copper-lantern-7306"
    page = own.press("保存新密码", current=demo.PASSWORD, password=new, confirmation=new)
    assert "密码已修改，其他设备上的登录已经退出。" in page.main
    assert own.get("/home").status == 200
    assert not is_in(other)
    assert "密码已修改" in site.messages(person("S2").mobile)[-1]


def test_whoever_finds_a_browser_open_has_ten_tries_at_the_password(site):
    visitor = site.verified("S2")
    for _ in range(10):
        visitor.open("/password")
        visitor.press(
            "保存新密码",
            current="not-this-one-1",
            password="copper-lantern-7306",
            confirmation="copper-lantern-7306",
            status=422,
        )
        assert visitor.page.errors == ["原密码不正确。"]
    visitor.press(
        "保存新密码",
        current=demo.PASSWORD,
        password="copper-lantern-7306",
        confirmation="copper-lantern-7306",
        status=422,
    )
    assert "次数过多" in visitor.page.errors[0]
