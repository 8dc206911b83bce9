"""S1: from registration to the printed form, with pick-up, taking the last seat of a batch."""

import pytest
from sqlalchemy import func, select

from engine.cases.models import Case
from engine.declaration.models import Batch, Declaration, DocumentIssue, Photo, Seat
from engine.files import File
from tests.journeys import steps


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_s1_declares_and_prints(town, script):
    who = steps.person("S1")
    shot = "" if script else "without-scripts-"
    visitor = town.person(script=script)
    page = visitor.page

    visitor.goto("/")
    assert visitor.sees("申报须知")
    assert visitor.sees("谷歌浏览器、火狐浏览器或 360 浏览器")
    visitor.register(who)
    assert visitor.sees("注册成功，请返回登录界面进行登录！")
    page.get_by_role("button", name="返回").click()
    visitor.sign_in(who.admission_number)
    steps.begin(town, visitor, who)

    assert visitor.title() == "成绩归一"
    visitor.shot(f"{shot}consolidation")
    visitor.press("下一步")

    assert visitor.title() == "自考毕业申请"
    assert visitor.sees("余 1")
    assert visitor.sees("已满")
    visitor.shot(f"{shot}apply")
    steps.apply(visitor, "本科（专升本）", "市南区现场审核点 · 第 1 批")

    assert visitor.title() == "毕业成绩初审"
    assert visitor.sees("已满足 14 / 14 门，71 / 71 学分")
    visitor.shot(f"{shot}review")
    visitor.press("下一步")

    assert visitor.title() == "考生成绩单"
    assert visitor.sees("行政管理毕业论文")
    visitor.shot(f"{shot}transcript")
    visitor.press("确认")

    assert visitor.title() == "申报考生信息"
    steps.upload_photo(visitor)
    assert visitor.sees("照片已上传。")
    steps.fill_information(visitor, who)
    visitor.shot(f"{shot}information")
    visitor.press("下一步")

    assert visitor.title() == "邮寄缴费"
    page.get_by_label("现场领取").check()
    visitor.shot(f"{shot}delivery")
    page.locator("button[name=outcome][value=next]").last.click()

    assert visitor.title() == "打印选择"
    town.engine.worker.run_due()
    page.reload()
    visitor.shot(f"{shot}printing")
    for document in ("毕业生登记表", "毕业申请表", "考生成绩单"):
        assert visitor.sees(document)
    _check_what_is_kept(town, page, visitor)


def _check_what_is_kept(town, page, visitor):
    with town.engine.database.read() as session:
        case = session.scalars(select(Case)).one()
        declaration = session.scalars(select(Declaration)).one()
        batch = session.scalars(
            select(Batch).where(Batch.site_id == "shinan", Batch.number == 1)
        ).one()
        seats = session.scalar(
            select(func.count()).where(Seat.batch_id == batch.id, Seat.state != "released")
        )
        photo = session.scalars(select(Photo)).one()
        photo_file = session.get_one(File, photo.file_id)
        issues = session.scalars(select(DocumentIssue)).all()
    assert case.is_open
    assert declaration.submitted_at is not None
    assert (batch.taken, seats) == (60, 60)
    assert (photo.width, photo.height) == (480, 640)
    assert photo_file.size <= 51_200
    assert {issue.kind for issue in issues} == {
        "registration_form",
        "application_form",
        "transcript",
    }
    for issue in issues:
        answer = page.request.get(f"{town.address}/documents/{issue.id}.pdf")
        assert answer.status == 200
        assert answer.body().startswith(b"%PDF-")
        town.album.keep_pdf(answer.body(), issue.kind.replace("_", "-"))
