"""S5: English by CET-4, reviewed; mail delivery paid; printed; a photo returned; passed on site."""

from sqlalchemy import select

from engine.cases.events import first_broken_line
from engine.cases.models import Case
from engine.declaration.models import Declaration, Exemption, ExemptionDecision, OnSiteReview
from engine.payments import PaymentOrder
from tests.journeys import pictures, steps


def test_s5_is_exempted_pays_and_passes(town):
    who = steps.person("S5")
    candidate = town.person()
    page = candidate.page

    candidate.sign_in(who.admission_number)
    steps.begin(town, candidate, who)
    candidate.press("下一步")
    steps.apply(candidate, "本科（专升本）", "崂山区现场审核点 · 第 3 批")

    assert candidate.title() == "毕业成绩初审"
    assert candidate.sees("00015")
    _submit_certificate(candidate, who)
    _choose_it_for_english(candidate)
    candidate.press("提交审核")
    assert candidate.sees("请保持申报注册手机畅通")
    candidate.shot("waiting")

    _review(town, who)
    assert any("通过 1 项" in text for text in town.messages(who.mobile))

    candidate.goto("/home")
    candidate.page.get_by_role("button", name="继续办理").click()
    assert candidate.title() == "毕业成绩初审"
    english = page.locator(".app-slot", has_text="00015").first
    assert "免考" in english.inner_text()
    candidate.shot("exempted")
    candidate.press("下一步")
    candidate.press("确认")

    steps.upload_photo(candidate)
    steps.fill_information(candidate, who)
    candidate.press("下一步")
    _have_it_mailed(candidate, who)
    _pay(town, candidate)

    candidate.goto("/home")
    town.engine.worker.run_due()
    page.reload()
    candidate.shot("home")
    assert candidate.sees("毕业生登记表")

    _return_photo(town)
    _correct_photo(candidate)
    _review_on_site(town)
    candidate.goto("/home")
    assert candidate.sees("已完成")
    candidate.shot("finished")
    _check_what_is_kept(town, who)


def _submit_certificate(candidate, who):
    page = candidate.page
    page.get_by_label("证书类型").select_option("CET4")
    page.get_by_label("证书编号").fill("102101421002345")
    page.get_by_label("持证人姓名").fill(who.name)
    page.get_by_label("成绩", exact=True).last.fill("431")
    for part, text in (("year", "2011"), ("month", "3"), ("day", "1")):
        page.locator(f"[name='certificates.issue_date.{part}']").fill(text)
    page.locator("[name='certificates.exam_session']").fill("2010-12")
    page.locator("[name='certificates.image']").set_input_files(
        {
            "name": "四级.jpg",
            "mimeType": "image/jpeg",
            "buffer": pictures.certificate(who.name, "102101421002345"),
        }
    )
    candidate.press("对顶材料提交")
    candidate.shot("certificate")
    assert candidate.sees("大学英语四级")


def _choose_it_for_english(candidate):
    page = candidate.page
    english = page.locator(".app-slot", has_text="00015").first
    english.get_by_label("对顶选择").select_option(label="大学英语四级")
    english.get_by_role("button", name="选择").first.click()
    assert candidate.sees("已选择，等待提交审核")


def _review(town, who):
    reviewer = town.person()
    reviewer.sign_in_as_staff("cert1")
    assert reviewer.title() == "任务列表"
    reviewer.shot("queue")
    reviewer.page.locator("button", has_text="领取").last.click()
    assert reviewer.sees("证书")
    reviewer.shot("review-desk")
    reviewer.page.get_by_label("通过", exact=True).first.check()
    reviewer.page.locator("button[name=outcome][value=decide]").last.click()
    assert reviewer.title() == "任务列表"


def _have_it_mailed(candidate, who):
    page = candidate.page
    assert candidate.title() == "邮寄缴费"
    page.get_by_label("邮寄", exact=True).check()
    candidate.fill("收件人", who.name)
    candidate.fill("收件人手机", who.mobile)
    page.locator("[name=province]").select_option("370000")
    candidate.fill("市", "青岛市")
    candidate.fill("区、县", "市南区")
    candidate.fill("详细地址", "演示路1号2单元301")
    page.get_by_label("我同意把以上收件信息").check()
    candidate.shot("delivery")
    candidate.press("保存信息并进入支付平台")


def _pay(town, candidate):
    page = candidate.page
    town.engine.worker.run_due()
    page.reload()
    candidate.shot("pay")
    page.get_by_role("button", name="进入支付平台").click()
    candidate.shot("platform")
    page.locator("button", has_text="支付").first.click()
    page.wait_for_url(f"{town.address}/**")
    _settle(town)


def _settle(town):
    """Let the platform's notice arrive and the job that tells the case run."""
    notices = town.platform_app.extensions["payment platform"].notices
    notices.deliver_due()
    town.engine.worker.run_due()


def _return_photo(town):
    reviewer = _on_site_reviewer(town)
    reviewer.page.get_by_text("退回 照片", exact=True).click()
    reviewer.page.get_by_label("需要补正 照片").check()
    reviewer.page.locator("[name='review.reason.photo']").select_option(index=1)
    reviewer.page.locator("button[name=outcome][value=return]").last.click()
    assert reviewer.title() == "任务列表"


def _correct_photo(candidate):
    candidate.goto("/home")
    candidate.page.get_by_role("button", name="继续办理").first.click()
    candidate.shot("correction-of-fields")
    assert candidate.title() == "补正"
    candidate.page.get_by_label("新的照片").set_input_files(
        {"name": "新照片.jpg", "mimeType": "image/jpeg", "buffer": pictures.portrait()}
    )
    candidate.press("重新提交")


def _on_site_reviewer(town):
    reviewer = town.person()
    reviewer.sign_in_as_staff("onsite2")
    reviewer.page.locator("button", has_text="领取").last.click()
    return reviewer


def _review_on_site(town):
    reviewer = _on_site_reviewer(town)
    reviewer.shot("on-site")
    reviewer.page.get_by_label("身份证", exact=True).check()
    reviewer.page.locator("button[name=outcome][value=pass]").last.click()
    assert reviewer.title() == "任务列表"


def _check_what_is_kept(town, who):
    with town.engine.database.read() as session:
        case = session.scalars(select(Case)).one()
        declaration = session.scalars(select(Declaration)).one()
        exemption = session.scalars(select(Exemption)).one()
        decision = session.scalars(select(ExemptionDecision)).one()
        order = session.scalars(select(PaymentOrder)).one()
        reviews = session.scalars(select(OnSiteReview).order_by(OnSiteReview.round)).all()
        broken = first_broken_line(session, case)
    assert (case.status, case.ended_through) == ("finished", "completed")
    assert declaration.state == "passed"
    assert (exemption.course_code, exemption.state) == ("00015", "approved")
    assert decision.is_approved
    assert order.state == "paid"
    assert [review.outcome for review in reviews] == ["return", "pass"]
    assert broken is None
