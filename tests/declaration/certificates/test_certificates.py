"""Certificates belong to one candidate each, and what is decided on them is never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine.declaration import exemptions, matches
from engine.declaration.exemptions import AlreadyApproved, NumberUsed
from engine.declaration.models import (
    Certificate,
    CertificateNumber,
    CourseMatch,
    Declaration,
)
from engine.errors import Conflict, NotFound, Refused
from tests.declaration.certificates.world import facts


def numbers(world) -> int:
    with world.database.read() as session:
        return len(session.scalars(select(CertificateNumber.number_index)).all())


def missing(who, code: str) -> bool:
    """Whether the course is still open in the match."""
    with who.writing() as (session, declaration):
        solved = matches.solve_for(session, declaration)
        return code not in {fill.slot for fill in solved.match.fills}


# One number, one candidate.


@pytest.mark.parametrize("number", ["371100191000001", "3711-0019-1000001", "37110019/1000001"])
def test_a_number_that_another_candidate_uses_is_refused(world, number):
    world.declarant("S5").add(facts(number="371100191000001"))
    other = world.declarant("S9")
    with pytest.raises(NumberUsed, match="联系工作人员"):
        other.add(facts(number=number))
    with other.reading() as (session, declaration), pytest.raises(NumberUsed):
        exemptions.require_may_add(session, declaration, facts(number=number))
    assert numbers(world) == 1


def test_letters_of_another_case_make_no_other_number(world):
    world.declarant("S5").add(facts("BEC", "BEC-12-ab"))
    with pytest.raises(NumberUsed):
        world.declarant("S9").add(facts("BEC", "bec12AB"))


def test_two_who_hand_in_a_number_at_the_same_moment_do_not_both_get_it(world):
    people = [world.declarant("S5"), world.declarant("S9")]

    def attempt(who):
        try:
            return who.add()
        except NumberUsed:
            return None

    with ThreadPoolExecutor(2) as pool:
        added = list(pool.map(attempt, people))
    assert sum(found is not None for found in added) == 1
    assert numbers(world) == 1


def test_one_diploma_may_count_as_two_kinds_of_certificate(world):
    who = world.declarant("S5")
    who.add(facts("PRIOR_DIPLOMA", "3701-1", None, level="本科"))
    who.add(facts("CHINESE_MAJOR", "3701-1", None))
    assert numbers(world) == 1


def test_what_is_stated_is_sealed(quick):
    who = quick.declarant("S5")
    certificate_id = who.add(facts(details={"holder_name": "测试戊"}))
    with who.reading() as (session, _declaration):
        row = session.get_one(Certificate, certificate_id)
        assert row.number == "371100191000001"
        assert "测试戊" in row.details
        for sealed in (row.number_sealed, row.details_sealed):
            assert b"371100191000001" not in sealed
            assert "测试戊".encode() not in sealed


# Deleting.


def test_deleting_frees_the_number(world):
    first, second = world.declarant("S5"), world.declarant("S9")
    certificate_id = first.add()
    first.delete(certificate_id)
    assert numbers(world) == 0
    assert second.add()


def test_a_number_stays_taken_while_another_certificate_has_it(world):
    who = world.declarant("S5")
    diploma = who.add(facts("PRIOR_DIPLOMA", "3701-1", None, level="本科"))
    who.add(facts("CHINESE_MAJOR", "3701-1", None))
    who.delete(diploma)
    with pytest.raises(NumberUsed):
        world.declarant("S9").add(facts("CHINESE_MAJOR", "3701-1", None))


def test_deleting_removes_what_it_exempted_and_opens_the_course_again(world):
    who = world.declarant("S5")
    certificate_id = who.add()
    assert missing(who, "00015")
    who.choose(certificate_id, "00015")
    who.hand_in()
    assert who.decide(approve=True) == (1, 0)
    assert not missing(who, "00015")
    with who.writing() as (session, declaration):
        matches.keep(session, declaration, matches.solve_for(session, declaration), world.now)
    who.delete(certificate_id)
    assert who.states() == {}
    assert missing(who, "00015")
    with who.reading() as (session, declaration):
        row = session.scalars(
            select(CourseMatch).where(CourseMatch.declaration_id == declaration.id)
        ).one()
        assert row.is_stale


def test_what_is_under_review_cannot_be_deleted(world):
    who = world.declarant("S5")
    certificate_id = who.add()
    who.choose(certificate_id, "00015")
    who.hand_in()
    with pytest.raises(Conflict, match="收回送审"):
        who.delete(certificate_id)
    assert who.states() == {"00015": "submitted"}


def test_nothing_changes_after_the_submission(world):
    who = world.declarant("S5")
    certificate_id = who.add()
    who.choose(certificate_id, "00015")
    with who.writing() as (session, declaration):
        session.get_one(Declaration, declaration.id).submitted_at = world.now
    for attempt in (
        lambda: who.delete(certificate_id),
        lambda: who.add(facts(number="9999999")),
        lambda: who.choose(certificate_id, "00015"),
    ):
        with pytest.raises(Conflict, match="已经提交"):
            attempt()
    with who.writing() as (session, declaration), pytest.raises(Conflict):
        exemptions.drop_choice(session, declaration, "00015", world.now)
    assert who.states() == {"00015": "draft"}


def test_a_certificate_of_somebody_else_is_not_there(world):
    first, second = world.declarant("S5"), world.declarant("S9")
    certificate_id = first.add()
    for attempt in (
        lambda: second.delete(certificate_id),
        lambda: second.choose(certificate_id, "00015"),
        lambda: second.delete(uuid4()),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert numbers(world) == 1


def test_a_deleted_certificate_cannot_be_deleted_again_or_chosen(world):
    who = world.declarant("S5")
    certificate_id = who.add()
    who.delete(certificate_id)
    for attempt in (
        lambda: who.delete(certificate_id),
        lambda: who.choose(certificate_id, "00015"),
    ):
        with pytest.raises(NotFound):
            attempt()


# The same certificate again.


def test_the_same_certificate_again_is_a_new_version(world):
    who = world.declarant("S5")
    first = who.add(evidence="a" * 64)
    who.choose(first, "00015")
    second = who.add(evidence="b" * 64)
    with who.reading() as (session, declaration):
        (row,) = exemptions.certificates_of(session, declaration.id)
        assert (row.id, row.version, row.replaces_id) == (second, 2, first)
        assert [e.id for e in exemptions.earlier_versions(session, row)] == [first]
    assert who.states() == {}
    who.choose(second, "00015")
    assert [row.version for row in who.rows()] == [1, 2]


def test_a_certificate_under_review_is_not_replaced(world):
    who = world.declarant("S5")
    who.choose(who.add(), "00015")
    who.hand_in()
    with pytest.raises(Conflict, match="正在审核"):
        who.add(evidence="b" * 64)


def test_an_approved_certificate_is_not_replaced(world):
    who = world.declarant("S5")
    who.choose(who.add(), "00015")
    who.hand_in()
    who.decide(approve=True)
    with pytest.raises(AlreadyApproved, match="不需要再次提交"):
        who.add(evidence="b" * 64)
    assert who.states() == {"00015": "approved"}


# Choosing.


def test_a_theory_and_its_practice_are_chosen_together(world):
    who = world.declarant("S6")
    certificate_id = who.add(facts("NCRE1", "3711-1", None, level="一级"))
    assert who.choose(certificate_id, "00019") == ["00018", "00019"]
    who.hand_in()
    assert who.decide(approve=True) == (2, 0)
    assert not missing(who, "00018")
    assert not missing(who, "00019")


def test_both_halves_are_taken_back_together(world):
    who = world.declarant("S6")
    who.choose(who.add(facts("NCRE1", "3711-1", None, level="一级")), "00018")
    with who.writing() as (session, declaration):
        exemptions.drop_choice(session, declaration, "00019", world.now)
    assert who.states() == {}


@pytest.mark.parametrize(("how", "kept"), [("pair", ["01465", "03346"]), ("all", None)])
def test_how_many_courses_a_certificate_stands_for_is_said_by_the_table(world, how, kept):
    def table(name, inputs):
        return {"courses": "00051, 00052 ,03346,01465", "how": how}

    who = world.declarant("S7")
    certificate_id = who.add(facts("NCRE2", "3711-1", None, level="二级"))
    who.choose(certificate_id, "00052", table)
    who.choose(certificate_id, "03346", table)
    assert list(who.states()) == (kept or ["00051", "00052", "01465", "03346"])


def test_a_certificate_for_one_course_lets_go_of_the_other(world):
    def table(name, inputs):
        return {"courses": "00015,00018,00341", "how": "one"}

    who = world.declarant("S5")
    certificate_id = who.add()
    who.choose(certificate_id, "00015", table)
    who.choose(certificate_id, "00341", table)
    assert who.states() == {"00341": "draft"}


def test_an_approved_certificate_does_not_stand_for_a_second_course(world):
    def table(name, inputs):
        return {"courses": "00015,00341", "how": "one"}

    who = world.declarant("S5")
    certificate_id = who.add()
    who.choose(certificate_id, "00015")
    who.hand_in()
    who.decide(approve=True)
    with pytest.raises(Conflict, match="00015"):
        who.choose(certificate_id, "00341", table)


def test_an_approval_is_not_lost_to_a_second_choice(world):
    who = world.declarant("S5")
    who.choose(who.add(), "00015")
    who.hand_in()
    who.decide(approve=True)
    another = who.add(facts("CET6", "666666"))
    with pytest.raises(Conflict, match="已经免考"):
        who.choose(another, "00015")
    assert who.states() == {"00015": "approved"}


def test_another_certificate_takes_the_place_of_a_draft(world):
    who = world.declarant("S5")
    who.choose(who.add(), "00015")
    another = who.add(facts("CET6", "666666"))
    who.choose(another, "00015")
    first, second = who.rows()
    assert first.removed_at is not None
    assert (second.certificate_id, second.version) == (another, 2)


@pytest.mark.parametrize("code", ["00341", "00012", "99999"])
def test_a_course_it_does_not_exempt_from_is_refused(world, code):
    who = world.declarant("S5")
    certificate_id = who.add()
    with pytest.raises(Refused):
        who.choose(certificate_id, code)
    assert who.states() == {}


def test_a_low_score_exempts_from_nothing(world):
    who = world.declarant("S5")
    certificate_id = who.add(facts(score=424))
    with pytest.raises(Refused, match="不能免考"):
        who.choose(certificate_id, "00015")


def test_what_was_chosen_before_stays_on_record(world):
    who = world.declarant("S5")
    certificate_id = who.add()
    who.choose(certificate_id, "00015")
    world.clock.advance(hours=1)
    who.choose(certificate_id, "00015")
    first, second = who.rows()
    assert first.removed_at - first.chosen_at == timedelta(hours=1)
    assert second.removed_at is None
