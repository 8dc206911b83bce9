"""The twelve conditions, by the people S1–S10 of the demonstration and by small plans."""

from dataclasses import replace
from datetime import date

import pytest

from engine.declaration.graduation import Line, Standing, Verdict, check
from engine.declaration.graduation_words import explain, missing_words, title_of, verdict_word
from engine.declaration.matching import Inputs, solve
from engine.i18n import speaking
from tests.declaration.demo.rules import TODAY, inputs_of

STANDING = Standing(TODAY, prior_level="junior_college")


def checklist(question: Inputs, standing: Standing = STANDING):
    return check(question, solve(question), standing)


def missing_of(found) -> list[str]:
    return [code for missing in found.missing for code in missing.codes]


@pytest.mark.parametrize(
    ("key", "courses", "credits_"),
    [
        ("S1", "14/14", "71/71"),
        ("S3", "15/15", "75/70"),
        ("S4", "14/13", "76/73"),
        ("S8", "15/15", "77/77"),
        ("S10", "15/15", "77/77"),
    ],
)
def test_who_has_everything_meets_every_condition(key, courses, credits_):
    found = checklist(inputs_of(key))
    assert found.is_met
    assert f"{found.courses}/{found.min_courses}" == courses
    assert f"{found.credits}/{found.min_credits}" == credits_


def test_s2_lacks_one_course_and_the_thesis():
    found = checklist(inputs_of("S2"))
    assert missing_of(found) == ["04775", "14790"]
    assert not found.is_met


def test_s3_uses_old_courses_through_chains():
    match = solve(inputs_of("S3"))
    assert match.fill_of("12656").steps == ("SUB-09", "SUB-08")
    assert match.fill_of("03706").records == ("r00003",)


def test_s5_lacks_only_english_until_the_exemption_counts():
    before = checklist(inputs_of("S5"))
    assert missing_of(before) == ["00015"]
    after = checklist(inputs_of("S5", "00015"))
    assert after.is_met
    assert (after.courses, after.credits) == (13, 71)


def test_s6_lacks_a_pair_that_one_certificate_exempts():
    assert missing_of(checklist(inputs_of("S6"))) == ["00018", "00019"]
    assert checklist(inputs_of("S6", "00018", "00019")).is_met


def test_s7_is_forecast_exactly():
    found = checklist(inputs_of("S7"), Standing(TODAY))
    assert sorted(missing_of(found)) == ["00052", "04775"]
    assert (found.credits, found.min_credits) == (67, 71)
    assert (found.courses, found.min_courses) == (12, 14)
    (required, sums) = found.unmet
    assert set(explain(required).split("；")) == {
        "缺 04775 宏观经济指标分析(3)",
        "缺 00052 管理系统中计算机应用（实践）(1)",
    }
    assert explain(sums) == "12/14 门，67/71 学分"


def test_s7_with_a_certificate_still_lacks_one_course():
    assert missing_of(checklist(inputs_of("S7", "00051", "00052"))) == ["04775"]


def test_a_theory_without_its_practice_is_no_course():
    with_pair = checklist(inputs_of("S8"))
    without = checklist(inputs_of("S8", without=("03334",)))
    assert with_pair.courses - without.courses == 1


def test_without_a_language_the_cheaper_way_is_shown_first():
    found = checklist(inputs_of("S4", without=("03954", "07827", "10398")))
    assert missing_of(found) == ["13000", "14970", "03954", "07827", "10398"]
    assert [(m.courses, m.credits) for m in found.missing] == [(1, 0), (1, 5)]
    assert [(m.courses, m.credits) for m in found.gap.other_way] == [(3, 15)]
    assert "也可以不考外语" in explain(found.lines[1])


def test_a_language_that_must_be_passed_cannot_be_skipped():
    found = checklist(inputs_of("S1", without=("13000",)))
    assert missing_of(found) == ["13000", "14970"]
    assert not found.gap.other_way
    assert missing_words(found.lines[1].facts["missing"][0]) == (
        "缺 1 门，可从这些课程中选：13000 英语（专升本）、14970 日语（专升本）"
    )


def test_someone_from_another_major_lacks_the_add_on_course():
    question = replace(inputs_of("S5", "00015"), prior_major="会计")
    found = checklist(question)
    assert missing_of(found) == ["00152"]
    assert [line.number for line in found.unmet] == [3]


@pytest.mark.parametrize(
    ("standing", "number"),
    [
        (replace(STANDING, barred_until=TODAY), 5),
        (replace(STANDING, has_graduated=True), 7),
    ],
    ids=["penalty", "graduated"],
)
def test_the_person_may_stand_in_the_way(standing, number):
    found = checklist(inputs_of("S1"), standing)
    assert [line.number for line in found.unmet] == [number]


def test_a_penalty_ends_with_its_last_day():
    assert checklist(inputs_of("S1"), replace(STANDING, barred_until=date(2026, 3, 1))).is_met


def test_a_thesis_of_another_major_does_not_count():
    question = inputs_of("S1")
    strange = tuple(
        replace(r, major_code="050101") if r.code == "10197" else r for r in question.records
    )
    found = checklist(replace(question, records=strange))
    assert [line.number for line in found.unmet] == [4]
    assert "10197" in explain(found.unmet[0])


def test_the_codes_that_a_major_had_before_are_its_own():
    question = inputs_of("S5", "00015")
    old = tuple(
        replace(r, major_code="030302") if r.code == "06999" else r for r in question.records
    )
    assert checklist(replace(question, records=old)).is_met


@pytest.mark.parametrize(
    ("level", "verdict"),
    [
        (None, Verdict.LATER),
        ("below", Verdict.LATER),
        ("undergraduate_completed", Verdict.MET),
        ("junior_college", Verdict.MET),
    ],
)
def test_the_prior_qualification_is_settled_on_the_information_page(level, verdict):
    found = checklist(inputs_of("S1"), Standing(TODAY, prior_level=level))
    assert found.lines[10].verdict is verdict
    assert found.is_met


def test_lines_survive_being_stored():
    found = checklist(inputs_of("S5"))
    assert tuple(Line.from_json(line.as_json) for line in found.lines) == found.lines


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", ["S1", "S4", "S5", "S7"])
def test_every_line_has_words(key, language):
    standing = Standing(TODAY, barred_until=TODAY, has_graduated=True)
    with speaking(language):
        for line in checklist(inputs_of(key), standing).lines:
            assert title_of(line)
            assert explain(line)
            assert verdict_word(line.verdict)
