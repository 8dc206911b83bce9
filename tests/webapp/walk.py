"""A declaration on the pages, step after step: what a candidate does where the case stands."""

from collections.abc import Callable, Mapping

from engine.declaration import demo
from tests.journeys import pictures
from tests.webapp.site import CAPTCHA, Site, person
from tests.webapp.visitor import Visitor

FIRST = "发送短信验证码"
CODE = "输入短信验证码"
CONSOLIDATION = "成绩归一"
APPLICATION = "自考毕业申请"
REVIEW = "毕业成绩初审"
TRANSCRIPT = "考生成绩单"
INFORMATION = "申报考生信息"
DELIVERY = "邮寄缴费"
PRINTING = "打印选择"
CET4 = "102101421002345"

INFORMATION_FIELDS: Mapping[str, str] = {
    "native_place": "山东青岛",
    "political_status": "13",
    "ethnicity": "01",
    "marital_status": "10",
    "health_status": "健康",
    "overseas_status": "否",
    "prior_education": "30",
    "position_title": "职员",
    "technical_title": "无",
    "work_start.year": "2018",
    "work_start.month": "8",
    "employer": "青岛演示有限公司",
    "phone": "13900000010",
    "home_address": "市南区演示路1号2单元301",
}
PRIOR_FIELDS: Mapping[str, str] = {
    "prior_school": "演示职业技术学院",
    "prior_major": "行政管理",
    "prior_level": "junior_college",
    "prior_number": "123451201006000123",
    "prior_date.year": "2010",
    "prior_date.month": "7",
    "prior_date.day": "1",
}


def walk(site: Site, key: str, to: str, visitor: Visitor | None = None) -> Visitor:
    """Begin a declaration and go on until a page has this title."""
    visitor = visitor or site.candidate(key)
    begin(visitor)
    for _step in range(len(STEPS)):
        if visitor.page.title == to:
            return visitor
        STEPS[visitor.page.title](site, visitor, key)
    assert visitor.page.title == to
    return visitor


def begin(visitor: Visitor) -> None:
    visitor.press(next(b for b in visitor.page.buttons if b.startswith("用准考证号")))


def ask_for_code(site: Site, visitor: Visitor, key: str) -> None:
    site.clock.advance(seconds=61)
    visitor.press("发送短信验证码")


def enter_code(site: Site, visitor: Visitor, key: str) -> None:
    visitor.press("提交", code=site.code(key))


def apply(site: Site, visitor: Visitor, key: str) -> None:
    apply_as(visitor, "undergraduate" if person(key).prior_major else "junior_college")


def apply_as(visitor: Visitor, category: str) -> None:
    """Take a seat in the last batch that the site Laoshan offers on its second day."""
    fourth = visitor.page.soup.find_all("input", {"name": "batch"})[7]
    visitor.press("outcome=next", category=category, batch=fourth["value"])


def last_seat(visitor: Visitor) -> dict[str, str]:
    """The choice of the batch that has one seat left, for a junior college plan."""
    batch = option(visitor, "batch", "市南区现场审核点 · 第 1 批")
    return {"category": "junior_college", "batch": batch}


def fill_information(site: Site, visitor: Visitor, key: str) -> None:
    upload_photo(visitor)
    typed, files = information(key)
    visitor.press("下一步", files, **typed)


def upload_photo(visitor: Visitor) -> None:
    visitor.press("上传照片", {"photo.image": portrait()})


def portrait() -> tuple[str, bytes, str]:
    return "我的照片.jpg", pictures.portrait(), "image/jpeg"


def information(key: str) -> tuple[dict[str, str], dict]:
    """What stands on the information page of someone, and the files that go with it."""
    if not person(key).prior_major:
        return dict(INFORMATION_FIELDS), {}
    return {**INFORMATION_FIELDS, **PRIOR_FIELDS}, {"prior_evidence": evidence(key)}


def evidence(key: str) -> tuple[str, bytes, str]:
    number = PRIOR_FIELDS["prior_number"]
    return "毕业证.jpg", pictures.certificate(person(key).name, number), "image/jpeg"


def submit_certificate(visitor: Visitor, key: str, number: str = CET4) -> None:
    """Upload a CET-4 certificate, choose it for the English course, and ask for its review."""
    choose_certificate(visitor, key, number)
    visitor.press("outcome=submit_for_review")


def choose_certificate(visitor: Visitor, key: str, number: str = CET4) -> None:
    add_certificate(visitor, key, number)
    choices = visitor.page.soup.find("select", {"name": "board.certificate.00015"})
    chosen = next(o["value"] for o in choices.find_all("option") if "四级" in o.get_text())
    visitor.press("board.slot=00015", **{"board.certificate.00015": chosen})


def add_certificate(visitor: Visitor, key: str, number: str = CET4) -> None:
    visitor.press("_update=certificates.type", **{"certificates.type": "CET4"})
    fields, picture = certificate(key, number)
    visitor.press("对顶材料提交", {"certificates.image": picture}, **fields)


def certificate(key: str, number: str) -> tuple[dict[str, str], tuple[str, bytes, str]]:
    """What stands on a certificate of English, and its picture."""
    fields = {
        "certificates.cert_no": number,
        "certificates.holder_name": person(key).name,
        "certificates.score": "431",
        "certificates.issue_date.year": "2011",
        "certificates.issue_date.month": "3",
        "certificates.issue_date.day": "1",
        "certificates.exam_session": "2010-12",
    }
    return fields, ("四级.jpg", pictures.certificate(person(key).name, number), "image/jpeg")


def register(site: Site, key: str) -> Visitor:
    """Register on the pages, with the code that the phone gets."""
    visitor, who = site.visitor(), person(key)
    visitor.open("/register")
    visitor.press(
        "获取短信验证码",
        admission_number=who.admission_number,
        id_number=who.id_number,
        name=who.name,
        mobile=who.mobile,
        captcha=CAPTCHA,
    )
    visitor.press(
        "提交",
        code=site.code(key),
        password=demo.PASSWORD,
        confirmation=demo.PASSWORD,
        consent="y",
    )
    return visitor


def choose_pick_up(site: Site, visitor: Visitor, key: str) -> None:
    visitor.press("outcome=next", method=option(visitor, "method", "现场领取"))


def option(visitor: Visitor, name: str, label: str) -> str:
    """The value of a circle whose label holds this text."""
    for circle in visitor.page.soup.find_all("input", {"name": name}):
        words = visitor.page.soup.find("label", {"for": circle["id"]}).get_text(" ", strip=True)
        hint = visitor.page.soup.find(id=circle.get("aria-describedby") or "?")
        if label in f"{words} {hint.get_text(' ', strip=True) if hint else ''}":
            return circle["value"]
    raise LookupError(f"{name} has no choice {label}")


def _press(label: str) -> Callable[[Site, Visitor, str], None]:
    return lambda site, visitor, key: visitor.press(label) and None


STEPS: Mapping[str, Callable[[Site, Visitor, str], None]] = {
    FIRST: ask_for_code,
    CODE: enter_code,
    CONSOLIDATION: _press("下一步"),
    APPLICATION: apply,
    REVIEW: _press("下一步"),
    TRANSCRIPT: _press("outcome=confirm"),
    INFORMATION: fill_information,
    DELIVERY: choose_pick_up,
}
