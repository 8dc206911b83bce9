"""What a candidate does on the pages of a declaration, one function a page."""

from engine.declaration import demo
from tests.journeys import pictures
from tests.journeys.town import Town, Visitor

A_MINUTE_LATER = 61


def person(key: str):
    return next(found for found in demo.CANDIDATES if found.key == key)


def begin(town: Town, visitor: Visitor, who) -> None:
    """From the empty home page through the check of the phone."""
    visitor.page.get_by_role("button", name=f"用准考证号 {who.admission_number} 申报").click()
    town.clock.advance(seconds=A_MINUTE_LATER)
    visitor.press("发送短信验证码")
    visitor.page.get_by_label("短信验证码").fill(town.code(who.mobile))
    visitor.press("提交")


def apply(visitor: Visitor, category: str, batch: str) -> None:
    visitor.page.get_by_label(category).check()
    visitor.page.get_by_label(batch).check()
    visitor.press("下一步")


def upload_photo(visitor: Visitor) -> None:
    visitor.page.get_by_label("选择照片", exact=True).set_input_files(
        {"name": "我的照片.jpg", "mimeType": "image/jpeg", "buffer": pictures.portrait()}
    )
    visitor.press("上传照片")


def fill_information(visitor: Visitor, who, *, undergraduate: bool = True) -> None:
    page = visitor.page
    visitor.fill("籍贯", "山东青岛")
    page.get_by_label("政治面貌").first.select_option("13")
    page.get_by_label("民族").select_option("01")
    page.get_by_label("未婚").check()
    page.get_by_label("健康", exact=True).check()
    page.get_by_label("华侨港澳台籍否").select_option("否")
    page.get_by_label("自考前学历", exact=True).last.select_option("30")
    if undergraduate:
        visitor.fill("毕业学校", "演示职业技术学院")
        visitor.fill("所学专业", who.prior_major or "行政管理")
        page.get_by_label("学历层次").select_option("junior_college")
        visitor.fill("毕业证书编号", "123451201006000123")
        date(visitor, "prior_date", year="2010", month="7", day="1")
        page.get_by_label("毕业证书照片").set_input_files(
            {
                "name": "毕业证.jpg",
                "mimeType": "image/jpeg",
                "buffer": pictures.certificate(who.name, "123451201006000123"),
            }
        )
    visitor.fill("职务", "职员")
    page.get_by_label("职称").select_option("无")
    date(visitor, "work_start", year="2012", month="8")
    visitor.fill("工作单位", "青岛演示有限公司")
    visitor.fill("联系电话", who.mobile)
    visitor.fill("家庭住址", "市南区演示路1号2单元301")


def date(visitor: Visitor, name: str, **parts: str) -> None:
    for part, text in parts.items():
        visitor.page.locator(f"[name='{name}.{part}']").fill(text)
