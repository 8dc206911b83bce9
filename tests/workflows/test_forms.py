"""The shipped forms, filled in as people would: what is asked, what is not, what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.forms import Form, Upload
from engine.i18n import speaking
from tests.workflows.stand_ins import TYPES
from tests.workflows.walking import shipped

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BORN = date(1990, 3, 15)
REFUSED = {"refused": {"part": "admission_number"}}
CONTEXT = {"__now__": NOW, "identity": {"sex": "1", "birth_date": BORN}}
CATEGORIES = [{"value": "undergraduate", "label": "本科（专升本）"}]
UNDERGRADUATE = {**CONTEXT, "declaration": {"is_undergraduate": True}}
PICTURE = Upload("diploma.jpg", "image/jpeg", b"\xff\xd8")

PERSON = {
    "native_place": "山东青岛",
    "political_status": "13",
    "ethnicity": "01",
    "marital_status": "20",
    "health_status": "健康",
    "overseas_status": "否",
    "prior_education": "30",
    "position_title": "无",
    "technical_title": "无",
    "work_start.year": "2012",
    "work_start.month": "7",
    "employer": "青岛某某公司",
    "phone": "13900000001",
    "home_address": "山东省青岛市市南区某某路1号",
    "photo": "f-1",
}
DIPLOMA = {
    "prior_school": "青岛某某学院",
    "prior_major": "行政管理",
    "prior_level": "junior_college",
    "prior_number": "65370220190600001",
    "prior_date.year": "2011",
    "prior_date.month": "6",
    "prior_date.day": "30",
}
ADDRESS = {
    "method": "mail",
    "recipient": "测试辛",
    "mobile": "13900000008",
    "province": "山东省",
    "city": "青岛市",
    "county": "崂山区",
    "address": "某某路8号2单元301",
    "consent": "true",
}


def form(name: str) -> Form:
    return Form.parse(shipped().forms[name], TYPES)


def bind(name, posted, *, context=CONTEXT, files=None, outcome="next"):
    return form(name).bind(context, posted, files, outcome=outcome)


# -- the candidate's information ---------------------------------------------------------------


def test_a_junior_college_candidate_is_not_asked_for_a_diploma():
    bound = bind("fill_information", PERSON)
    assert bound.errors == {}
    assert bound.values["work_start"] == date(2012, 7, 1)
    assert "prior_number" not in bound.values


def test_an_undergraduate_needs_the_prior_qualification():
    bound = bind("fill_information", PERSON, context=UNDERGRADUATE)
    assert {"prior_school", "prior_number", "prior_date", "prior_evidence"} <= bound.errors.keys()
    files = {"prior_evidence": PICTURE}
    whole = bind("fill_information", PERSON | DIPLOMA, context=UNDERGRADUATE, files=files)
    assert whole.errors == {}


@pytest.mark.parametrize(
    ("level", "accepted"), [("undergraduate_completed", True), ("below", False)]
)
def test_an_undergraduate_builds_on_junior_college_or_above(level, accepted):
    posted = PERSON | DIPLOMA | {"prior_level": level}
    bound = bind(
        "fill_information", posted, context=UNDERGRADUATE, files={"prior_evidence": PICTURE}
    )
    assert ("prior_level" not in bound.errors) is accepted


@pytest.mark.parametrize("name", sorted({n.partition(".")[0] for n in PERSON} - {"photo"}))
def test_what_the_manual_calls_required_is_required(name):
    posted = {n: v for n, v in PERSON.items() if n.partition(".")[0] != name}
    assert list(bind("fill_information", posted).errors) == [name]


def test_sex_and_birth_date_are_the_id_numbers_and_cannot_be_posted():
    bound = bind("fill_information", PERSON | {"sex": "2", "birth_date.year": "1980"})
    assert not {"sex", "birth_date"} & bound.values.keys()


def test_nobody_worked_before_the_age_of_fourteen():
    bound = bind("fill_information", PERSON | {"work_start.year": "2003", "work_start.month": "1"})
    assert list(bound.errors) == ["work_start"]


def test_who_never_worked_gives_no_date():
    posted = {n: v for n, v in PERSON.items() if not n.startswith("work_start")}
    bound = bind("fill_information", posted | {"not_employed": "true"})
    assert bound.errors == {}
    assert "work_start" not in bound.values


def test_blank_rows_of_the_curriculum_are_left_out():
    row = {"resume.0.start.year": "2005", "resume.0.start.month": "9", "resume.0.place": "某某中学"}
    bound = bind("fill_information", PERSON | row | {"resume.1.place": ""})
    assert bound.errors == {}
    assert [r["place"] for r in bound.values["resume"]] == ["某某中学"]


def test_going_back_keeps_what_was_typed_without_a_complaint():
    bound = bind("fill_information", {"native_place": "山东青岛"}, outcome="back")
    assert bound.errors == {}
    assert bound.values["native_place"] == "山东青岛"


# -- delivery ----------------------------------------------------------------------------------


def test_picking_up_asks_for_nothing_else():
    bound = bind("choose_delivery", {"method": "pick_up", "city": "青岛市"})
    assert bound.errors == {}
    assert bound.routed["method"] == "pick_up"
    assert "city" not in bound.values


def test_mail_needs_an_address_and_consent():
    assert bind("choose_delivery", ADDRESS).errors == {}
    missing = bind("choose_delivery", {"method": "mail"}).errors
    assert {"recipient", "mobile", "city", "county", "address", "consent"} <= missing.keys()


@pytest.mark.parametrize("postcode", ["26607", "2660711", "26607a"])
def test_a_postcode_has_six_digits(postcode):
    assert list(bind("choose_delivery", ADDRESS | {"postcode": postcode}).errors) == ["postcode"]


@pytest.mark.parametrize(
    ("method", "language", "says"),
    [
        ("mail", "zh", "保存信息并进入支付平台"),
        (None, "zh", "保存信息并进入支付平台"),
        ("pick_up", "zh", "下一步"),
        ("mail", "en", "Save and go to the payment platform"),
    ],
)
def test_the_button_says_where_it_leads(method, language, says):
    with speaking(language):
        views = form("choose_delivery").view(CONTEXT, {"method": method})
    assert says in [view.label for view in views if view.type == "button"]


# -- the code, the application -----------------------------------------------------------------


def test_the_code_is_a_secret_and_kept_nowhere():
    bound = bind("enter_code", {"code": "１２３ 456"}, outcome="submit")
    assert bound.secrets == {"code": "123456"}
    assert "code" not in bound.values
    assert "code" not in bound.entered


@pytest.mark.parametrize("code", ["", "12345", "abcdef"])
def test_a_code_has_six_digits(code):
    assert list(bind("enter_code", {"code": code}, outcome="submit").errors) == ["code"]
    assert bind("enter_code", {"code": code}, outcome="resend").errors == {}


def test_a_plan_is_asked_for_only_where_two_apply():
    posted = {"category": "undergraduate", "batch": "b-1"}
    one = {**CONTEXT, "declaration": {"categories": CATEGORIES}}
    assert bind("apply", posted, context=one).errors == {}
    plans = [{"value": "P1", "label": "2024版"}, {"value": "P2", "label": "旧版"}]
    two = {**CONTEXT, "declaration": {"categories": CATEGORIES, "plans": plans}}
    assert list(bind("apply", posted, context=two).errors) == ["plan"]
    assert bind("apply", posted | {"plan": "P2"}, context=two).values["plan"] == "P2"


def test_the_prior_major_is_asked_for_where_the_registry_has_none():
    asks = {**CONTEXT, "declaration": {"categories": CATEGORIES, "asks_prior": True}}
    posted = {"category": "undergraduate", "batch": "b-1"}
    assert list(bind("apply", posted, context=asks).errors) == ["prior_level", "prior_major"]


@pytest.mark.parametrize(
    ("name", "known", "says"),
    [
        ("enter_code", {"check_code": {"right": False, "dead": False, "tries_left": 3}}, "3 次"),
        ("request_code", {"send_code": {"sent": False, "reason": "请稍后再试"}}, "请稍后再试"),
        ("apply", {"reserve_seat": {"reserved": False, "reason": "本批次报满"}}, "本批次报满"),
        ("apply", {"submit_declaration": {"accepted": False, "reason": "窗口已关"}}, "窗口已关"),
        (
            "consolidate_scores",
            {"consolidate": {"refused": True, "reason": "查无成绩"}, "sources": REFUSED},
            "查无成绩",
        ),
        (
            "apply",
            {"release_hold": {"released": True}, "reserve_seat": {"held_until": NOW}},
            "名额保留的时间已过",
        ),
        ("review_scores", {"recheck_graduation": {"met": False}}, "自考前学历有变化"),
        (
            "consolidate_scores",
            {"consolidate": {"refused": False}, "select_scores": {"outcome": "confirm"}},
            "成绩归一成功",
        ),
    ],
)
def test_pages_say_what_happened(name, known, says):
    assert says in _texts(name, {**CONTEXT, **known})
    assert says not in _texts(name, CONTEXT)


def test_a_new_seat_silences_what_was_said_about_the_old_one():
    known = {
        "release_hold": {"released": True},
        "reserve_seat": {"reserved": True, "held_until": NOW + timedelta(hours=72)},
    }
    assert "名额保留的时间已过" not in _texts("apply", {**CONTEXT, **known})


def test_a_new_code_silences_what_was_said_about_the_old_one():
    known = {
        "check_code": {"right": False, "dead": False, "tries_left": 3},
        "enter_code": {"outcome": "resend"},
    }
    assert "验证码不对" not in _texts("enter_code", {**CONTEXT, **known})


def _texts(name, context) -> str:
    blocks = [
        block for view in form(name).view(context) if view.type == "text" for block in view.value
    ]
    return "".join(span.text for block in blocks for line in block.lines for span in line)
