"""What a candidate may state about a certificate, field by field."""

from dataclasses import replace
from datetime import date

import pytest

from engine.declaration.certificate_fields import Holder, Kind, fields_of, pictures_of, read
from engine.declaration.certificate_words import label_of, masked_number
from engine.declaration.demo import plans
from engine.declaration.models import CertificateType
from engine.forms import FieldError, Submitted
from engine.i18n import speaking

HOLDER = Holder("测试戊", date(1988, 12, 31), date(2026, 3, 2))
TYPES: list[CertificateType] = [
    plans._certificate_type(row, position)
    for position, row in enumerate(plans.source()["exemptions"])
]
SAID = {
    "cert_no": "102101421002345",
    "holder_name": "测试戊",
    "issue_date.year": "2011",
    "issue_date.month": "3",
    "issue_date.day": "1",
    "score": "431",
    "exam_session": "2010-12",
    "written_score": "72",
    "oral_score": "4",
    "subject": "一级 MS Office",
    "grade": "良好",
    "school": "演示职业技术学院（虚构）",
    "major": "行政管理",
    "study_form": "全日制",
    "verification_code": "ABCD1234EFGH5678",
    "manage_no": "2011-0001",
    "qualification_type": "初级中学教师资格",
    "modules": "文字处理、电子表格",
}


def kind_of(type_id: str) -> CertificateType:
    return next(kind for kind in TYPES if kind.id == type_id)


def posted(kind, changes=None) -> Submitted:
    levels = {"level": kind.levels[0]} if kind.levels else {}
    return Submitted({name: [text] for name, text in {**SAID, **levels, **(changes or {})}.items()})


def stated(type_id="CET4", **changes):
    kind = kind_of(type_id)
    return read(kind, posted(kind, {k.replace("__", "."): v for k, v in changes.items()}), HOLDER)


def refused(type_id="CET4", **changes) -> dict[str, str]:
    with pytest.raises(FieldError) as caught:
        stated(type_id, **changes)
    return caught.value.errors


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.id)
def test_every_type_of_the_plans_can_be_filled_in(kind):
    said = read(kind, posted(kind), HOLDER)
    assert (said.type_id, said.number, said.issued_on) == (
        kind.id,
        "102101421002345",
        date(2011, 3, 1),
    )
    columns = {"cert_no", "issue_date", "score", "level", "image", "transcript"}
    assert said.details.keys() == set(kind.fields) - columns


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.id)
def test_every_field_has_a_name_in_both_languages(kind):
    for name in [field.name for field in fields_of(kind)] + pictures_of(kind):
        with speaking("en"):
            english = label_of(name)
        assert label_of(name) != name
        assert english.isascii()


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.id)
def test_everything_that_was_left_out_is_said_at_once(kind):
    with pytest.raises(FieldError) as caught:
        read(kind, Submitted(), HOLDER)
    missing = {name.partition(".")[0] for name in caught.value.errors}
    assert missing == {f.name for f in fields_of(kind) if f.shape.is_required}
    assert all(text.startswith(("请填写", "请选择")) for text in caught.value.errors.values())


def test_a_score_of_424_is_refused_with_the_score_that_is_needed():
    assert refused(score="424") == {
        "score": "成绩达到 425 分才能对顶，您填写的是 424 分，这张证书不能使用。"
    }
    assert stated(score="425").score == 425


def test_the_written_part_is_the_score_where_there_is_no_other():
    said = stated("PETS3", written_score="61", oral_score="")
    assert said.score == 61
    assert said.details["written_score"] == "61"
    assert "oral_score" not in said.details


@pytest.mark.parametrize(
    "text",
    ["", "４３１０", "-431", "431.5", "四百", "9" * 5000, "٤٣١", "4_31", "1000", "+431", "²"],
)
def test_what_is_no_score_is_refused_in_words(text):
    assert "成绩" in refused(score=text)["score"]


def test_full_width_digits_and_spaces_are_put_right():
    said = stated(
        score="４３１",
        cert_no=" １０２１ ０１４２-abc ",
        issue_date__year="２０１１",
        exam_session="２０１０年１２月",
    )
    assert (said.score, said.number) == (431, "10210142-ABC")
    assert (said.issued_on, said.details["exam_session"]) == (date(2011, 3, 1), "2010-12")


@pytest.mark.parametrize("text", ["2010-12", "2010.12", "2010/12", "201012", "2010年12月"])
def test_a_sitting_may_be_written_in_several_ways(text):
    assert stated(exam_session=text).details["exam_session"] == "2010-12"


@pytest.mark.parametrize(
    "text", ["2010", "2010-13", "2010-0", "12-2010", "0000-01", "x", "2026-04"]
)
def test_a_sitting_that_never_was_is_refused(text):
    assert "考试时间" in refused(exam_session=text)["exam_session"]


@pytest.mark.parametrize("name", ["测试戊", " 测试戊\u200b", "测 试 戊"])
def test_the_holder_may_be_written_with_stray_spaces(name):
    assert stated(holder_name=name).details["holder_name"] == "测试戊"


@pytest.mark.parametrize("name", ["测试己", "测试", "测试戊戊", "<b>测试戊</b>"])
def test_another_holder_is_refused(name):
    assert "须是您本人" in refused(holder_name=name)["holder_name"]


def test_a_name_that_normalises_is_still_its_owners():
    holder = replace(HOLDER, name="\uf9dc测")
    kind = kind_of("CET4")
    assert read(kind, posted(kind, {"holder_name": "\uf9dc测"}), holder)


@pytest.mark.parametrize(
    ("year", "month", "day", "box", "words"),
    [
        ("2026", "3", "3", "year", "不能晚于今天"),
        ("1998", "12", "30", "year", "不满 10 周岁"),
        ("2001", "2", "29", "day", "没有 29 日"),
        ("2011", "13", "1", "month", "1 到 12"),
        ("11", "3", "1", "year", "4 位"),
        ("1_11", "3", "1", "year", "只能填数字"),
        ("9" * 5000, "3", "1", "year", "只能填数字"),
        ("2011", "", "1", "month", "还要填写"),
        ("-2011", "3", "1", "year", "只能填数字"),
    ],
)
def test_a_date_of_issue_that_cannot_be_is_refused_at_its_box(year, month, day, box, words):
    errors = refused(issue_date__year=year, issue_date__month=month, issue_date__day=day)
    assert list(errors) == [f"issue_date.{box}"]
    assert words in errors[f"issue_date.{box}"]


def test_the_first_day_that_can_be_is_the_tenth_birthday():
    first = {"issue_date__year": "1998", "issue_date__month": "12", "issue_date__day": "31"}
    assert stated(**first).issued_on == date(1998, 12, 31)
    today = {"issue_date__year": "2026", "issue_date__month": "3", "issue_date__day": "2"}
    assert stated(**today).issued_on == HOLDER.today


@pytest.mark.parametrize("text", ["鲁教毕字第(2011)00123号", "3701-2011/0045", "A1B2"])
def test_numbers_are_written_in_many_ways(text):
    assert stated(cert_no=text).number == text


@pytest.mark.parametrize("text", ["123", "无编号", "12345<script>", "1234_5", "1" * 41, "٠١٢٣٤"])
def test_what_is_no_number_is_refused(text):
    assert "证书编号" in refused(cert_no=text)["cert_no"]


def test_a_level_is_one_of_its_type():
    assert stated("NCRE2", level="三级").level == "三级"
    assert refused("NCRE2", level="一级") == {"level": "请选择等级。"}
    level = next(f for f in fields_of(kind_of("BEC")) if f.name == "level")
    assert (level.kind, level.options) == (Kind.CHOICE, ("初级", "中级", "高级"))


@pytest.mark.parametrize(("name", "longest"), [("subject", 60), ("grade", 20), ("holder_name", 40)])
def test_what_is_too_long_is_refused(name, longest):
    errors = refused("NCRE1", **{name: "长" * (longest + 1)})
    assert str(longest) in errors[name]


def test_a_level_without_a_list_fits_its_column():
    kind = replace_levels(kind_of("BEC"), [])
    with pytest.raises(FieldError) as caught:
        read(kind, posted(kind, {"level": "级" * 33}), HOLDER)
    assert "32" in caught.value.errors["level"]


def replace_levels(kind, levels):
    return CertificateType(
        id=kind.id, name=kind.name, fields=kind.fields, levels=levels, min_score=None
    )


def test_a_diploma_is_asked_for_its_transcript_too():
    assert pictures_of(kind_of("PRIOR_DIPLOMA")) == ["image", "transcript"]
    assert pictures_of(kind_of("CET4")) == ["image"]


@pytest.mark.parametrize(("number", "shown"), [("102101421002345", "****2345"), ("A1B2", "****")])
def test_a_number_is_masked(number, shown):
    assert masked_number(number) == shown
