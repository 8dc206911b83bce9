"""A post whose sign-in has run out is kept as a draft, for whoever typed it and nobody else."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from engine.cases.models import Answer, Draft
from engine.declaration import demo
from engine.declaration.accounts import find_account
from engine.people import accounts
from engine.people.models import Account
from tests.webapp import walk
from tests.webapp.site import CAPTCHA, person


def drafts(site):
    with site.engine.database.read() as session:
        return session.scalars(select(Draft)).all()


def sign_in_again(site, visitor, key):
    """From the sign-in page that stands on the screen, through the check of the phone."""
    visitor.press(
        "登录",
        admission_number=person(key).admission_number,
        password=demo.PASSWORD,
        captcha=CAPTCHA,
    )
    site.clock.advance(seconds=61)
    visitor.press("发送短信验证码")
    visitor.press("提交", code=site.code(key))


def test_what_was_typed_waits_behind_the_sign_in(go_on):
    site, visitor = go_on("information")
    item = visitor.page.path
    site.clock.advance(minutes=40)
    typed, files = walk.information("S1")
    visitor.press("下一步", files, **{**typed, "native_place": "山东即墨"})
    assert visitor.page.path == "/sign-in"
    assert "刚才填写的内容已尽量存为草稿" in visitor.page.main
    assert "山东即墨" not in visitor.page.answer.text
    sign_in_again(site, visitor, "S1")
    assert visitor.page.path == item
    assert visitor.page.value("native_place") == "山东即墨"
    assert "毕业证.jpg" in visitor.page.main
    assert "保存的草稿" in visitor.page.main
    walk.upload_photo(visitor)
    visitor.press("下一步")
    assert visitor.page.title == walk.DELIVERY


def test_whoever_signs_in_instead_sees_none_of_it(go_on):
    site, visitor = go_on("information")
    item = visitor.page.path
    site.clock.advance(minutes=40)
    visitor.press("下一步", native_place="山东即墨")
    visitor.press(
        "登录",
        admission_number=person("S3").admission_number,
        password=demo.PASSWORD,
        captcha=CAPTCHA,
        status=404,
    )
    assert visitor.get(item).status == 404
    visitor.open("/sign-in/verify")
    visitor.press("发送短信验证码")
    visitor.press("提交", code=site.code("S3"))
    assert visitor.get(item).status == 404
    assert "山东即墨" not in visitor.open("/home").answer.text
    (draft,) = drafts(site)
    with site.engine.database.read() as session:
        assert draft.account_id == find_account(session, person("S1").admission_number).id


def test_a_late_action_keeps_its_texts_too(go_on):
    site, visitor = go_on("information")
    site.clock.advance(minutes=40)
    visitor.press("上传照片", {"photo.image": walk.portrait()}, native_place="山东即墨")
    sign_in_again(site, visitor, "S1")
    assert visitor.page.value("native_place") == "山东即墨"


def test_a_late_decision_of_a_reviewer_is_kept_and_not_taken(go_on):
    site, _owner = go_on("certificate review")
    reviewer = site.staff("cert1")
    reviewer.press("领取下一件")
    item = reviewer.page.path
    note = next(
        i["name"]
        for i in reviewer.page.soup.find_all("input", type="text")
        if i["name"].startswith("decisions.")
    )
    site.clock.advance(minutes=40)
    reviewer.press("outcome=decide", **{note: "照片不清楚"})
    assert reviewer.page.path == "/staff/sign-in"
    with site.engine.database.read() as session:
        done = session.scalars(select(Answer.element)).all()
    assert "review_certificates" not in done
    reviewer.press("登录", username="cert1", password=demo.PASSWORD, captcha=CAPTCHA)
    assert reviewer.page.path == item
    assert reviewer.page.value(note) == "照片不清楚"


def late_post(visitor, **more):
    fields = {"version": "0", "submission": str(uuid4()), "outcome": "next", **more}
    return visitor.post(visitor.page.path, {**fields, "native_place": "山东即墨"})


def test_after_signing_out_nothing_is_kept(go_on):
    site, visitor = go_on("information")
    old = visitor.cookie()
    form, token = visitor.page, visitor.token()
    visitor.press("退出登录")
    visitor.client.set_cookie("bishen-candidate", old)
    visitor.page = form
    page = late_post(visitor, csrf_token=token)
    assert page.status == 303
    assert drafts(site) == []


@pytest.mark.parametrize("end", ["disable", "set_password"])
def test_a_sign_in_that_was_taken_away_keeps_nothing(go_on, end):
    site, visitor = go_on("information")
    with site.engine.database.write() as session:
        found = find_account(session, person("S1").admission_number)
        account = session.get_one(Account, found.id)
        if end == "disable":
            accounts.disable(session, account, site.clock.now())
        else:
            accounts.set_password(session, account, "x")
    page = late_post(visitor)
    assert page.answer.headers["Location"].startswith("/sign-in?next=/work-items/")
    assert drafts(site) == []


def test_a_late_post_of_a_stranger_keeps_nothing(go_on):
    site, owner = go_on("information")
    stranger = site.verified("S3")
    stranger.open("/home")
    site.clock.advance(minutes=40)
    stranger.page.path = owner.page.path
    assert late_post(stranger).status == 303
    assert drafts(site) == []


def test_the_code_of_a_late_post_is_kept_nowhere(site):
    visitor = walk.walk(site, "S10", walk.CODE)
    code = site.code("S10")
    site.clock.advance(minutes=40)
    visitor.press("提交", code=code)
    for draft in drafts(site):
        assert code not in draft.values
    assert visitor.page.path == "/sign-in"


def test_a_draft_is_saved_quietly_while_someone_types(go_on):
    _site, visitor = go_on("information")
    fields = {"version": "0", "submission": str(uuid4()), "native_place": "山东即墨"}
    page = visitor.post(f"{visitor.page.path}/draft", fields)
    assert (page.status, page.answer.data) == (204, b"")
    assert visitor.open(visitor.page.path).value("native_place") == "山东即墨"
