"""Twice pressed, late or from an old page: the case moves once and nothing typed is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from engine.cases.models import Answer, Case, CatchEvent, Event, WorkItem
from engine.declaration import demo
from engine.declaration.models import (
    Batch,
    Certificate,
    CertificateSubmission,
    ExemptionDecision,
)
from engine.people.models import SignIn
from tests.webapp import walk
from tests.webapp.site import CAPTCHA, person


def count(site, table, **where):
    with site.engine.database.read() as session:
        return session.scalar(select(func.count()).select_from(table).filter_by(**where))


def held(site):
    """How many work items somebody has claimed."""
    with site.engine.database.read() as session:
        return session.scalar(select(func.count()).where(WorkItem.claimed_by.is_not(None)))


def same_post(visitor, label, files=None, **typed):
    """The very post of this page, with the submission id that it was shown with."""
    return lambda: visitor.press_once(label, files, **typed)


def test_the_same_submission_is_carried_out_once_and_answered_twice(go_on):
    site, visitor = go_on("consolidation")
    post = same_post(visitor, "下一步")
    first, second = post(), post()
    assert first.status == second.status == 303
    assert first.answer.headers["Location"] == second.answer.headers["Location"]
    assert count(site, Answer, element="consolidate_scores") == 1


def test_whoever_took_the_last_seat_is_told_so_twice(go_on):
    site, visitor = go_on("application")
    post = same_post(visitor, "下一步", **walk.last_seat(visitor))
    first, second = post(), post()
    assert (first.status, second.status) == (303, 303)
    assert first.answer.headers["Location"] == second.answer.headers["Location"]
    assert count(site, Answer, element="apply") == 1


def test_a_certificate_that_is_handed_in_twice_by_one_press_is_there_once(site):
    """The second of the two finds the number taken, by the first."""
    visitor = walk.walk(site, "S5", walk.REVIEW)
    visitor.press("_update=certificates.type", **{"certificates.type": "CET4"})
    fields, picture = walk.certificate("S5", "102101421002345")
    post = same_post(visitor, "对顶材料提交", {"certificates.image": picture}, **fields)
    before = count(site, Certificate)
    first, second = post(), post()
    assert (first.status, second.status) == (303, 303)
    assert first.answer.headers["Location"] == second.answer.headers["Location"]
    assert count(site, Certificate) == before + 1


def test_certificates_handed_in_twice_by_one_press_are_in_review_once(site):
    """The first press leaves nothing to hand in; the second is shown the same as the first."""
    visitor = walk.walk(site, "S5", walk.REVIEW)
    walk.choose_certificate(visitor, "S5")
    post = same_post(visitor, "outcome=submit_for_review")
    first, second = post(), post()
    assert (first.status, second.status) == (303, 303)
    assert first.answer.headers["Location"] == second.answer.headers["Location"]
    assert count(site, CertificateSubmission) == 1


def test_a_certificate_that_one_press_deletes_twice_is_gone_once(site):
    visitor = walk.walk(site, "S5", walk.REVIEW)
    walk.add_certificate(visitor, "S5")
    label = next(b for b in visitor.page.buttons if b.startswith("删除"))
    post = same_post(visitor, label)
    first, second = post(), post()
    assert (first.status, second.status) == (303, 303)
    assert first.answer.headers["Location"] == second.answer.headers["Location"]


def test_the_submission_id_of_someone_else_opens_nothing(site):
    owner = walk.walk(site, "S5", walk.REVIEW)
    walk.choose_certificate(owner, "S5")
    stranger = walk.walk(site, "S10", walk.REVIEW)
    used = owner.page.value("submission")
    owner.press("outcome=submit_for_review")
    page = stranger.press_once("outcome=submit_for_review", submission=used)
    assert page.status in (409, 422)


def test_the_next_work_item_is_claimed_once_by_one_press(site):
    for key, number in (("S5", walk.CET4), ("S9", "102101421002346")):
        walk.submit_certificate(walk.walk(site, key, walk.REVIEW), key, number)
    reviewer = site.staff("cert1")
    post = same_post(reviewer, "领取下一件")
    first, second = post(), post()
    assert (first.status, second.status) == (303, 303)
    assert first.answer.headers["Location"] == second.answer.headers["Location"]
    assert held(site) == 1
    reviewer.open("/staff/queue")
    assert reviewer.press("领取下一件").path != first.answer.headers["Location"]
    assert held(site) == 2


def test_another_post_from_the_page_of_the_first_is_still_a_conflict(go_on):
    _site, visitor = go_on("application")
    typed = walk.last_seat(visitor)
    visitor.press_once("下一步", **typed)
    page = visitor.press_once("下一步", **typed, submission=str(uuid4()))
    assert page.status == 409


def test_two_posts_at_the_same_moment_are_one_step(go_on):
    site, visitor = go_on("consolidation")
    post = same_post(visitor, "下一步")
    with ThreadPoolExecutor(4) as pool:
        pages = [done.result() for done in [pool.submit(post) for _ in range(4)]]
    assert {page.status for page in pages} == {303}
    assert len({page.answer.headers["Location"] for page in pages}) == 1
    assert count(site, Answer, element="consolidate_scores") == 1


def test_a_post_from_a_page_whose_step_is_over_is_a_conflict(go_on):
    site, visitor = go_on("consolidation")
    old = visitor.page
    visitor.press("下一步")
    newest = visitor.page.path
    fields = {"version": old.value("version"), "submission": str(uuid4()), "outcome": "next"}
    page = visitor.post(old.path, fields)
    assert page.status == 409
    assert "这一步已经结束" in page.main
    assert visitor.open(newest).title == walk.APPLICATION
    assert count(site, Answer, element="consolidate_scores") == 1


def test_a_stale_tab_is_a_conflict_and_its_texts_wait_in_the_newest_page(go_on):
    site, visitor = go_on("information")
    item, stale = visitor.page.path, visitor.page
    walk.upload_photo(visitor)
    assert visitor.page.value("version") != stale.value("version")
    typed, files = walk.information("S1")
    fields = {
        **typed,
        "version": stale.value("version"),
        "submission": str(uuid4()),
        "outcome": "next",
        "native_place": "山东即墨",
        "home_address": "没有保存的地址一号",
    }
    page = visitor.post(item, fields, files)
    assert page.status == 409
    assert "查看最新内容" in page.main
    newest = visitor.open(item)
    assert newest.value("native_place") == "山东即墨"
    assert newest.value("home_address") == "没有保存的地址一号"
    assert count(site, Answer, element="fill_information") == 0


def test_a_tab_that_is_stale_and_wrong_is_stale_first(go_on):
    _site, visitor = go_on("information")
    item, stale = visitor.page.path, visitor.page
    walk.upload_photo(visitor)
    _typed, files = walk.information("S1")
    fields = {
        "version": stale.value("version"),
        "submission": str(uuid4()),
        "outcome": "next",
        "native_place": "山东即墨",
        "phone": "只有半个号码",
    }
    page = visitor.post(item, fields, files)
    assert page.status == 409
    assert "这一页的内容已经更新" in page.main
    newest = visitor.open(item)
    assert newest.value("native_place") == "山东即墨"
    assert newest.value("phone") == "只有半个号码"
    assert "毕业证.jpg" in newest.main


def test_a_wrong_action_from_a_stale_tab_is_stale_first(go_on):
    _site, visitor = go_on("information")
    stale, action = visitor.page, f"{visitor.page.path}/actions/photo/upload"
    walk.upload_photo(visitor)
    fields = {"version": stale.value("version"), "submission": str(uuid4())}
    broken = {"photo.image": ("x.jpg", b"no picture", "image/jpeg")}
    assert visitor.post(action, fields, broken).status == 409
    fields["version"] = visitor.page.value("version")
    assert visitor.post(action, fields, broken).status == 422


def test_a_wrong_post_for_a_step_that_is_over_is_a_conflict_as_well(go_on):
    _site, visitor = go_on("application")
    old = visitor.page
    walk.apply_as(visitor, "junior_college")
    fields = {"version": old.value("version"), "submission": str(uuid4()), "outcome": "next"}
    assert visitor.post(old.path, {**fields, "category": "no such category"}).status == 409


def test_beginning_twice_opens_one_case(site):
    visitor = site.verified("S10")
    number = {"admission_number": person("S10").admission_number}
    first, second = visitor.post("/declarations", number), visitor.post("/declarations", number)
    assert first.answer.headers["Location"].startswith("/work-items/")
    assert second.answer.headers["Location"] == "/home"
    assert count(site, Case) == 1


def test_a_double_click_on_the_code_leaves_the_person_signed_in(site):
    """The first click changes the cookie; the second still carries the old one."""
    visitor = walk.walk(site, "S10", walk.CODE)
    post = same_post(visitor, "提交", code=site.code("S10"))
    old = visitor.cookie()
    first = post()
    new = visitor.cookie()
    visitor.client.set_cookie("bishen-candidate", old)
    second = post()
    assert (first.status, second.status) == (303, 303)
    assert visitor.cookie() == old
    visitor.client.set_cookie("bishen-candidate", new)
    visitor.open(second.answer.headers["Location"])
    assert visitor.page.path.startswith("/work-items/")
    assert visitor.open("/home").path == "/home"


def test_a_post_in_the_second_of_the_deadline_comes_too_late_and_is_kept(go_on):
    """The seat is held until then; the timer wins, once, and the audit says so."""
    site, _visitor = go_on("information")
    with site.engine.database.read() as session:
        due = session.scalars(
            select(CatchEvent.due_at).where(CatchEvent.element == "hold_expired")
        ).one()
        item = session.scalars(
            select(WorkItem.id).where(WorkItem.element == "fill_information")
        ).one()
    site.clock.instant = due - timedelta(seconds=1)
    visitor = site.verified("S1")
    visitor.open(f"/work-items/{item}")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    site.clock.instant = due
    visitor.press("下一步", files, status=409, **typed)
    assert "可能已超过时限" in visitor.page.main
    assert count(site, Answer, element="fill_information") == 0
    assert count(site, Event, kind="work item withdrawn", element="fill_information") == 1
    assert "下一步：自考毕业申请" in visitor.open("/home").main
    with site.engine.database.read() as session:
        batch = session.scalars(
            select(Batch).where(Batch.site_id == "laoshan", Batch.number == 4)
        ).one()
        assert batch.taken == 0


def test_deciding_twice_decides_once(go_on):
    site, _owner = go_on("certificate review")
    reviewer = site.staff("cert1")
    reviewer.press("领取下一件")
    names = [i["name"] for i in reviewer.page.soup.find_all("input", type="radio")]
    post = same_post(reviewer, "outcome=decide", **dict.fromkeys(names, "approve"))
    before = len(site.messages(person("S5").mobile))
    first, second = post(), post()
    assert (first.status, second.status) == (303, 303)
    assert count(site, ExemptionDecision) == 1
    assert len(site.messages(person("S5").mobile)) == before + 1


def test_withdrawing_twice_withdraws_once(go_on):
    site, visitor = go_on("information")
    visitor.open("/home")
    post = same_post(visitor, "撤回申报")
    first, second = post(), post()
    assert first.status == 303
    assert second.status in (303, 409)
    assert count(site, Event, kind="message sent") == 1
    assert len([t for t in site.messages(person("S1").mobile) if "已撤回" in t]) == 1


def test_the_page_behind_a_step_that_is_over_only_says_so(go_on):
    _site, visitor = go_on("consolidation")
    behind = visitor.page.path
    visitor.press("下一步")
    page = visitor.open(behind)
    assert "不能再修改" in page.main
    assert page.soup.main.find("form") is None


@pytest.mark.parametrize("outcome", ["submit", "approve", "", "next "])
def test_an_outcome_that_no_button_of_the_page_has_is_refused(site, outcome):
    visitor = walk.walk(site, "S10", walk.FIRST)
    fields = {"version": "0", "submission": str(uuid4()), "outcome": outcome, "code": "123456"}
    assert visitor.post(visitor.page.path, fields).status == 422
    assert count(site, Answer) == 0


def test_no_step_lies_behind_the_first_before_it_is_taken(site):
    """There is no address that skips the check of the phone: later steps do not exist yet."""
    visitor = walk.walk(site, "S10", walk.FIRST)
    with site.engine.database.read() as session:
        assert {i.element for i in session.scalars(select(WorkItem))} == {"request_code"}
    assert visitor.open("/home").path == visitor.open("/").path
    assert visitor.page.title == walk.FIRST
    assert visitor.get(f"/work-items/{uuid4()}").status == 404


def test_an_action_from_an_old_page_is_a_conflict(go_on):
    _site, visitor = go_on("information")
    stale, action = visitor.page, f"{visitor.page.path}/actions/photo/upload"
    walk.upload_photo(visitor)
    fields = {"version": stale.value("version"), "submission": str(uuid4())}
    page = visitor.post(action, fields, {"photo.image": walk.portrait()})
    assert page.status == 409


STAFF = ("/staff/sign-in", {"username": "cert1"}, "/staff/queue")
CANDIDATE = ("/sign-in", {"admission_number": person("S2").admission_number}, "/home")


def pressed_twice(site, page, named, then_named):
    """Sign in, and press again on the page of before; the page is the answer to the second."""
    visitor = site.visitor()
    visitor.open(page)
    typed = {"password": demo.PASSWORD, "captcha": CAPTCHA}
    first = visitor.press_once("登录", **typed, **named)
    assert first.status == 303
    return visitor, visitor.press_once("登录", **typed, **then_named)


@pytest.mark.parametrize(("page", "named", "lands"), [STAFF, CANDIDATE], ids=["staff", "candidate"])
def test_a_sign_in_that_is_pressed_twice_lands_where_the_first_does(site, page, named, lands):
    visitor, second = pressed_twice(site, page, named, named)
    assert second.status == 303
    assert visitor._arrive(second, 200).path == lands
    assert count(site, SignIn) == 1


@pytest.mark.parametrize(
    ("page", "named", "other"),
    [
        (*STAFF[:2], {"username": "cert2"}),
        (*STAFF[:2], {"username": "nobody"}),
        (*CANDIDATE[:2], {"admission_number": person("S5").admission_number}),
        (*CANDIDATE[:2], {"admission_number": "12"}),
    ],
    ids=["a colleague", "nobody", "another candidate", "no number"],
)
def test_a_second_press_for_anybody_else_is_a_page_that_has_expired(site, page, named, other):
    _visitor, second = pressed_twice(site, page, named, other)
    assert second.status == 400
