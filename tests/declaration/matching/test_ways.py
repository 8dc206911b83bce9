"""Each kind of way in which records fill courses, and where it stops."""

from dataclasses import replace
from datetime import date

import pytest

from engine.declaration.matching import Group, Minimum, Waiver, solve
from engine.declaration.matching import ways as ways_module
from engine.declaration.matching.ways import RulesTooTangled, options_of
from tests.declaration.matching.plans import (
    asked,
    courses,
    electives,
    language,
    pair,
    plan,
    records,
    required,
    rule,
)

CHAIN = (
    rule("S1", "00002", "03707"),
    rule("S2", "03707", "12656"),
    rule("S3", "12656", "15041"),
    rule("S4", "15041", "99999"),
)


def filled(match) -> dict[str, tuple[str, ...]]:
    return {fill.slot: fill.records for fill in match.fills}


def test_a_chain_of_three_substitutions_fills_a_course():
    match = solve(asked(plan(required("15041")), records("00002"), *CHAIN))
    assert match.fill_of("15041").steps == ("S1", "S2", "S3")


def test_a_chain_of_four_substitutions_does_not():
    match = solve(asked(plan(required("99999")), records("00002"), *CHAIN))
    assert match.surplus == ("r00002",)
    assert not match.fills


def test_the_course_itself_is_preferred_to_a_substitute():
    match = solve(asked(plan(required("12656")), records("03707", "12656"), *CHAIN))
    assert filled(match) == {"12656": ("r12656",)}
    assert match.goals.replacements == 0


def test_a_record_is_used_once_where_two_courses_want_it():
    both = (rule("S1", "00001", "00008"), rule("S2", "00001", "00009"))
    match = solve(asked(plan(required("00008", "00009")), records("00001"), *both))
    assert filled(match) == {"00008": ("r00001",)}


def test_both_old_courses_are_needed_for_one_new():
    many = rule("S18", "00009 00139", "13887")
    assert filled(solve(asked(plan(required("13887")), records("00009", "00139"), many))) == {
        "13887": ("r00009", "r00139")
    }
    assert not solve(asked(plan(required("13887")), records("00009"), many)).fills


def test_an_old_course_of_many_may_itself_be_a_substitute():
    inputs = asked(
        plan(required("13887")),
        records("00001", "00139"),
        rule("S1", "00001", "00009"),
        rule("S2", "00009 00139", "13887"),
    )
    assert solve(inputs).fill_of("13887").steps == ("S1", "S2")


def test_one_old_course_gives_theory_and_practice_of_the_new():
    match = solve(
        asked(
            plan(Group("required", "all", pair("13675", "13676"))),
            records("00058"),
            rule("S20", "00058", "13675 13676"),
        )
    )
    assert filled(match) == {"13675": ("r00058",), "13676": ("r00058",)}
    assert match.goals.replacements == -1


def test_a_pair_travels_together():
    moved = rule("S19", "00051 00052", "02382 02383")
    new = plan(Group("required", "all", pair("02382", "02383")))
    assert len(solve(asked(new, records("00051", "00052"), moved)).fills) == 2
    assert not solve(asked(new, records("00051"), moved)).fills


def test_a_substitution_ends_with_its_date():
    old = rule("S1", "00004", "03708", passed_before=date(2010, 1, 1))
    early = records("00004", passed_on=date(2009, 12, 31))
    late = records("00004", passed_on=date(2010, 1, 1))
    assert solve(asked(plan(required("03708")), early, old)).fills
    assert not solve(asked(plan(required("03708")), late, old)).fills


@pytest.mark.parametrize(
    "scope", [{"level": "junior_college"}, {"major_code": "630302"}], ids=["level", "major"]
)
def test_a_substitution_of_another_level_or_major_does_not_count(scope):
    other = rule("S1", "00004", "03708", **scope)
    assert not solve(asked(plan(required("03708")), records("00004"), other)).fills


@pytest.mark.parametrize("spoiled", [{"mark": 59}, {"is_void": True}])
def test_a_failed_or_annulled_score_is_never_used(spoiled):
    (record,) = records("03708")
    match = solve(asked(plan(required("03708")), (replace(record, **spoiled),)))
    assert not match.fills
    assert not match.surplus


def test_an_exemption_fills_its_course_unless_a_record_does():
    inputs = asked(plan(required("00015"), min_courses=3), (), waivers=(Waiver("w", "00015"),))
    assert solve(inputs).fill_of("00015").waiver == "w"
    inputs = asked(plan(required("00015")), records("00015"), waivers=(Waiver("w", "00015"),))
    assert solve(inputs).fill_of("00015").waiver is None


def test_no_more_than_two_thirds_of_the_courses_are_exempted():
    codes = ("00001", "00002", "00003", "00004")
    waivers = tuple(Waiver(f"w{code}", code) for code in codes)
    match = solve(asked(plan(required(*codes), min_courses=4), (), waivers=waivers))
    assert [fill.slot for fill in match.fills] == ["00001", "00002"]


def test_at_most_one_language_counts():
    match = solve(asked(plan(language("13000", "14970")), records("14970", "13000")))
    assert filled(match) == {"13000": ("r13000",)}
    assert match.surplus == ("r14970",)


def test_without_a_language_more_electives_are_short():
    minima = (
        Minimum(courses=1, when="foreign_language_passed"),
        Minimum(courses=3, when="foreign_language_not_taken"),
    )
    asked_of = plan(language("00015"), electives("00001", "00002", "00003", minima=minima))
    assert solve(asked(asked_of, records("00001"))).goals.group_minima == -2000
    assert solve(asked(asked_of, records("00001", "00015"))).goals.group_minima == 0


def test_add_on_courses_are_matched_only_for_those_who_need_them():
    add_on = Group(
        "add_on",
        "add_on",
        courses("00152"),
        counts_credits=False,
        applies_when="prior_major_not_in_family",
        family=("行政管理", "公共管理"),
    )
    for prior_major, used in (("行政管理（高职）", False), ("会计", True), (None, True)):
        match = solve(asked(plan(add_on), records("00152"), prior_major=prior_major))
        assert bool(match.fills) is used
        assert match.goals.credits == 0


def test_rules_that_tangle_are_refused_instead_of_searched_forever(monkeypatch):
    monkeypatch.setattr(ways_module, "MOST_PRODUCTIONS", 20)
    codes = [f"0000{n}" for n in range(8)]
    rules = [rule(f"S{a}{b}", f"{a} {b}", f"{b} {a}") for a in codes for b in codes if a < b]
    with pytest.raises(RulesTooTangled):
        options_of(asked(plan(required(*codes)), records(*codes), *rules))
