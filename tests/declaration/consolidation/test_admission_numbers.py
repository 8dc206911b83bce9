"""S2: another admission number is merged once, is the person's own, and tells nothing else."""

import pytest
from sqlalchemy import select

from engine.db import lookup_index
from engine.declaration import consolidation, matches
from engine.declaration.models import (
    Declaration,
    DeclarationState,
    RegistryEntry,
    ScoreRecord,
)
from engine.declaration.services import scores
from engine.errors import Conflict, NotFound
from engine.forms import FieldError
from tests.declaration.consolidation.merging import (
    bind,
    count,
    merge,
    requests,
    sources,
    table_of,
    tick,
    ticked,
    undo,
)

OTHER = "020115200777"
NOTHING = "没有查到与您身份一致的这个准考证号，请核对后重新输入。"


@pytest.fixture
def s2(world):
    return world.declarant("S2")


def marks(who, code) -> list[int]:
    return [row["mark"] for row in table_of(who)["rows"] if row["code"] == code]


def merged(who, number=OTHER):
    return merge(who, "admission_number", admission_number=number)


def test_the_own_number_is_loaded_once_and_the_other_is_offered(s2):
    for _again in range(2):
        assert s2.serve(scores.load_scores) == {"records": 12, "offered": 1}
    assert [source.is_own for source in sources(s2)] == [True]
    assert s2.serve(scores.find_duplicates) == {"open": 0}


def test_seventeen_rows_of_fifteen_courses_with_the_best_ticked(s2):
    assert merged(s2) == (5, None)
    rows = table_of(s2)["rows"]
    assert (len(rows), len({row["code"] for row in rows})) == (17, 15)
    counting = ticked(s2)
    assert len(counting) == 15
    assert counting["00067"] == 85
    earlier = next(row for row in rows if row["code"] == "03709" and row["is_ticked"])
    assert earlier["source"] == OTHER
    assert sorted({row["code"] for row in rows if row["is_duplicate"]}) == ["00067", "03709"]
    assert s2.serve(scores.find_duplicates) == {"open": 2}
    assert s2.serve(scores.load_scores)["offered"] == 0


@pytest.mark.parametrize("number", [OTHER, "０２０１１５２００７７７", " 0201 1520 0777 "])
def test_merging_again_adds_nothing_twice(s2, number):
    merged(s2)
    added, reason = merged(s2, number)
    assert added == 0
    assert "已经归一过了" in reason
    assert count(s2) == 17


def test_the_own_number_is_merged_already(s2):
    added, reason = merged(s2, "020119200002")
    assert (added, count(s2)) == (0, 12)
    assert "已经归一过了" in reason


def test_a_number_of_somebody_else_is_told_like_one_that_is_not_there(s2):
    refusals = {merged(s2, number) for number in ("020117200005", "999999999999", "020108100779")}
    assert refusals == {(0, NOTHING)}
    assert count(s2) == 12
    assert sorted(requests(s2)) == [
        ("refused", "not_found"),
        ("refused", "not_theirs"),
        ("refused", "not_theirs"),
    ]


@pytest.mark.parametrize("fact", ["name", "id_number"])
def test_name_and_id_number_must_both_be_the_same(s2, fact):
    with s2.writing() as (session, _declaration):
        entry = session.scalars(
            select(RegistryEntry).where(RegistryEntry.admission_number == OTHER)
        ).one()
        setattr(entry, f"{fact}_index", lookup_index("别人", fact))
    assert merged(s2) == (0, NOTHING)
    assert s2.serve(scores.load_scores)["offered"] == 0


def test_a_number_that_was_used_for_a_graduation_is_refused(world):
    who = world.declarant("S9")
    added, reason = merged(who, "020108100779")
    assert added == 0
    assert "已经用于毕业" in reason
    assert requests(who) == [("refused", "used")]
    assert who.serve(scores.load_scores)["offered"] == 0


@pytest.mark.parametrize(
    ("state", "is_used"),
    [("open", False), ("withdrawn", False), ("submitted", True), ("passed", True)],
)
def test_scores_of_a_declaration_that_counts_are_not_used_again(world, state, is_used):
    first = world.declarant("S2")
    merged(first)
    with first.writing() as (_session, declaration):
        declaration.state = DeclarationState(state)
        declaration.closed_at = world.now
    added, reason = merged(world.declarant("S2"))
    assert (added == 0, reason is not None) == (is_used, is_used)


@pytest.mark.parametrize("number", ["", "02011520077", "0201152007777", "02011520077X", "٢" * 12])
def test_what_is_no_number_is_refused_at_its_field(quick, number):
    with pytest.raises(FieldError) as caught:
        bind(quick.declarant("S2"), "merge_admission_number", admission_number=number)
    assert caught.value.errors == {"admission_number": "请输入12位数字的准考证号。"}


def test_going_on_merges_nothing(s2):
    assert bind(s2, "next", admission_number=OTHER) is None
    with s2.writing() as (session, declaration):
        assert consolidation.answer(session, declaration, s2.world.now) == (
            0,
            "没有要归一的成绩。",
        )


# Undoing.


def test_undoing_takes_the_scores_out_and_ticks_what_is_left(s2):
    merged(s2)
    (other,) = [source for source in sources(s2) if not source.is_own]
    assert "已撤销" in undo(s2, other.id)
    assert count(s2) == 12
    assert ticked(s2)["00067"] == 78
    assert "04184" not in ticked(s2)
    assert s2.serve(scores.load_scores)["offered"] == 1
    assert merged(s2) == (5, None)
    assert ticked(s2)["00067"] == 85


def test_the_own_number_and_what_is_not_there_cannot_be_undone(s2):
    merged(s2)
    own, other = sources(s2)
    undo(s2, other.id)
    for merged_id in (own.id, other.id, s2.case_id):
        with pytest.raises(NotFound):
            undo(s2, merged_id)
    assert count(s2) == 12


def test_nobody_undoes_what_another_has_merged(world):
    first, second = world.declarant("S2"), world.declarant("S9")
    merged(first)
    with pytest.raises(NotFound):
        undo(second, sources(first)[1].id)
    assert count(first) == 17


@pytest.mark.parametrize("text", ["", "x", "1"])
def test_only_the_buttons_of_the_page_undo(quick, text):
    with pytest.raises(FieldError, match="按钮"):
        undo(quick.declarant("S2"), text)


# Choosing between scores.


def test_ticking_two_of_one_course_is_refused_with_the_code_named(s2):
    merged(s2)
    rows = table_of(s2)["rows"]
    with pytest.raises(FieldError, match="00067、03709"):
        tick(s2, [row["id"] for row in rows])
    both = [row["id"] for row in rows if row["code"] == "00067"]
    with pytest.raises(FieldError, match="课程代码 00067 勾选了两个成绩"):
        tick(s2, both)
    assert ticked(s2)["00067"] == 85


def test_the_candidates_own_choice_counts(s2):
    merged(s2)
    rows = [row for row in table_of(s2)["rows"] if (row["code"], row["mark"]) != ("00067", 85)]
    chosen = {row["code"]: row["id"] for row in rows}
    assert tick(s2, chosen.values()) == "成绩归一成功"
    assert ticked(s2)["00067"] == 78


def test_a_course_without_a_tick_is_missing(s2):
    merged(s2)
    tick(
        s2,
        [row["id"] for row in table_of(s2)["rows"] if row["is_ticked"] and row["code"] != "00067"],
    )
    with s2.writing() as (session, declaration):
        filled = {fill.slot for fill in matches.solve_for(session, declaration).match.fills}
    assert "00067" not in filled
    assert "03709" in filled


def test_what_was_chosen_for_other_courses_stays_when_something_is_merged_or_undone(s2):
    rows = table_of(s2)["rows"]
    tick(s2, [row["id"] for row in rows if row["code"] not in ("10617", "00067")])
    merged(s2)
    assert "10617" not in ticked(s2)
    assert ticked(s2)["00067"] == 85
    undo(s2, sources(s2)[1].id)
    assert "10617" not in ticked(s2)


def test_a_score_that_is_ticked_twice_is_ticked(s2):
    row = table_of(s2)["rows"][0]
    tick(s2, [row["id"], row["id"]])
    assert list(ticked(s2)) == [row["code"]]


def test_what_is_not_in_the_list_or_not_passed_cannot_be_ticked(world):
    first, second = world.declarant("S2"), world.declarant("S9")
    foreign = table_of(second)["rows"][0]["id"]
    failed, void = (row["id"] for row in table_of(first)["rows"][:2])
    with first.writing() as (session, _declaration):
        session.get_one(ScoreRecord, failed).mark = 59
        session.get_one(ScoreRecord, void).void_reason = "成绩作废"
    for wanted in (foreign, failed, void, "x"):
        with pytest.raises(FieldError, match="从列表中"):
            tick(first, [wanted])
    shown = {row["id"]: row["why_not"] for row in table_of(first)["rows"]}
    assert (shown[failed], shown[void]) == ("不及格", "成绩作废")


def test_nothing_is_merged_undone_or_ticked_after_the_submission(s2):
    merged(s2)
    with s2.writing() as (session, declaration):
        session.get_one(Declaration, declaration.id).submitted_at = s2.world.now
    for attempt in (
        lambda: merged(s2),
        lambda: undo(s2, sources(s2)[1].id),
        lambda: tick(s2, []),
    ):
        with pytest.raises(Conflict, match="已经提交"):
            attempt()
    assert len(ticked(s2)) == 15
