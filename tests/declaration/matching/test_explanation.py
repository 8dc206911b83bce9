"""The explanation: why a record fills a course, what would fill an empty one, what is left over."""

import pytest

from engine.declaration.matching import (
    CertificateRule,
    Choices,
    Minimum,
    SlotState,
    Waiver,
    explain,
    remark,
    solve,
)
from engine.i18n import speaking
from tests.declaration.matching.plans import (
    asked,
    electives,
    language,
    plan,
    records,
    required,
    rule,
)

NCRE = CertificateRule("全国计算机等级考试一级", frozenset({"00018"}))


def slot(question, code, **more):
    found = explain(question, solve(question), **more)
    return next(slot for slot in found.slots if slot.course.code == code)


def test_a_direct_match_names_the_mark():
    assert slot(asked(plan(required("00041")), records("00041")), "00041").reasons == (
        "课程代码相同，70 分",
    )


def test_a_chain_is_shown_step_by_step():
    question = asked(
        plan(required("12656")),
        records("00002"),
        rule("S1", "00002", "03707"),
        rule("S2", "03707", "12656"),
    )
    assert slot(question, "12656").reasons == ("00002 可以顶替 12656（00002 → 03707 → 12656）",)
    assert remark(question, solve(question).fills[0]) == "顶替(原 00002)"


def test_several_old_courses_are_named_together():
    question = asked(
        plan(required("13887")), records("00009", "00139"), rule("S", "00009 00139", "13887")
    )
    assert slot(question, "13887").reasons == ("00009、00139 合起来顶替 13887",)


def test_an_exemption_is_marked_with_its_certificate():
    question = asked(plan(required("00018"), min_courses=2), (), waivers=(Waiver("w", "00018"),))
    fill = solve(question).fills[0]
    assert remark(question, fill, "全国计算机等级考试一级") == "免考(全国计算机等级考试一级)"
    assert slot(question, "00018").reasons == ("凭已批准的证书免考",)


def test_a_missing_course_names_everything_that_would_fill_it():
    question = asked(plan(required("13887")), records("00009"), rule("S", "00009 00139", "13887"))
    found = slot(question, "13887", names={"00139": "西方经济学"})
    assert found.state is SlotState.MISSING
    assert found.reasons == (
        "通过 13887 课程13887",
        "或与已有的 00009 课程00009 一起，用 00139 西方经济学 顶替",
    )


def test_certificates_that_exempt_are_named():
    found = slot(asked(plan(required("00018")), ()), "00018", certificates=[NCRE])
    assert found.reasons[-1] == "或用证书免考：全国计算机等级考试一级"


def test_a_failed_mark_is_named():
    found = slot(asked(plan(required("00041")), records("00041", mark=52)), "00041")
    assert found.reasons[0] == "已有成绩 52 分，不能使用"


def test_a_record_used_elsewhere_is_named():
    question = asked(
        plan(required("00008", "00009")),
        records("00001"),
        rule("S1", "00001", "00008"),
        rule("S2", "00001", "00009"),
    )
    assert slot(question, "00009").reasons[0] == "成绩 00001 也可以用在这里，现在用于 00008"


def test_a_cleared_course_says_how_to_fill_it_again():
    question = asked(plan(required("00041")), records("00041"), choices=Choices().clear("00041"))
    assert slot(question, "00041").reasons[0].startswith("您取消了这门课的匹配")
    (left,) = explain(question, solve(question)).surplus
    assert (left.reason, left.slots) == ("可以手工对顶到 00041", ("00041",))


def test_a_match_by_hand_says_so():
    question = asked(
        plan(required("00041")),
        records("00041"),
        choices=Choices().match("00041", ("r00041",)),
    )
    assert slot(question, "00041").reasons[-1] == "由您手工对顶"


def test_electives_are_open_while_the_group_is_short_and_unneeded_afterwards():
    short = plan(electives("00001", "00002", "00003", minima=(Minimum(courses=2),)))
    assert slot(asked(short, records("00001")), "00002").state is SlotState.OPEN
    assert slot(asked(short, records("00001", "00003")), "00002").state is SlotState.UNNEEDED


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (("77777",), "本计划没有这门课，也没有它能顶替的课程"),
        (("13000", "14970"), "可用于 14970，但这一组不需要更多课程"),
        (("13000", "00015"), "可用于 13000，但已由其他成绩满足"),
    ],
)
def test_a_record_left_over_says_why(held, reason):
    question = asked(plan(language("13000", "14970")), records(*held), rule("S", "00015", "13000"))
    assert explain(question, solve(question)).surplus[-1].reason == reason


def test_other_records_for_a_filled_course_are_listed():
    question = asked(
        plan(language("13000")), records("13000", "00015"), rule("S", "00015", "13000")
    )
    assert slot(question, "13000").alternatives == (("r00015",),)


def test_it_speaks_the_language_of_the_page():
    question = asked(plan(required("00041")), records("00041"))
    with speaking("en"):
        assert slot(question, "00041").reasons
