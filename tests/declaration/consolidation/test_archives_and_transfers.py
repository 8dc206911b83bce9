"""S3 and S4: the archive before 2003, and scores from other cities and provinces."""

import pytest
from sqlalchemy import select

from engine.clock import local
from engine.declaration import matches
from engine.declaration.models import ArchiveRecord
from engine.declaration.services import scores
from engine.forms import FieldError
from engine.i18n import speaking
from tests.declaration.consolidation.merging import bind, count, merge, requests, sources, table_of

IN_PROVINCE = {"place": "370700", "year": "2019", "month": "5"}
OUT_OF_PROVINCE = {"place": "130000", "year": "2015", "month": "10"}


@pytest.fixture
def s3(world):
    return world.declarant("S3")


@pytest.fixture
def s4(world):
    return world.declarant("S4")


def refused(who, outcome, **said) -> dict[str, str]:
    with pytest.raises(FieldError) as caught:
        bind(who, outcome, **said)
    return caught.value.errors


def fills(who) -> dict[str, list[str]]:
    """The codes of the scores that fill each course."""
    with who.writing() as (session, declaration):
        solved = matches.solve_for(session, declaration)
        return {
            fill.slot: [solved.inputs.record_by_id[r].code for r in fill.records]
            for fill in solved.match.fills
        }


# S3.


@pytest.mark.parametrize(
    ("major", "sequence"), [("02033", "00417"), ("０２０３３", "００４１７"), (" 02033 ", "0041 7")]
)
def test_the_archive_is_found_by_five_and_five_digits(s3, major, sequence):
    assert merge(s3, "archive", major=major, sequence=sequence) == (3, None)
    archive = sources(s3)[1].archive
    assert (archive.major_part, archive.sequence_part) == ("02033", "00417")


def test_old_scores_fill_the_courses_of_today_along_a_chain(s3):
    before = fills(s3)
    merge(s3, "archive", major="02033", sequence="00417")
    after = fills(s3)
    assert {"12656", "03706", "00041"}.isdisjoint(before)
    assert (after["12656"], after["03706"], after["00041"]) == (["00002"], ["00003"], ["00041"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("major", "sequence", "parts"),
    [
        ("2033", "00417", ["major"]),
        ("0203a", "00417", ["major"]),
        ("020330", "00417", ["major"]),
        ("02033", "417", ["sequence"]),
        ("02033", "", ["sequence"]),
        ("", "x", ["major", "sequence"]),
        ("٢٢٢٢٢", "00417", ["major"]),
    ],
)
def test_a_part_without_five_digits_is_refused_at_its_own_field(
    quick, language, major, sequence, parts
):
    with speaking(language):
        errors = refused(quick.declarant("S3"), "merge_archive", major=major, sequence=sequence)
    assert list(errors) == parts
    assert all("5" in text for text in errors.values())


def test_an_archive_number_of_somebody_else_is_told_like_one_that_is_not_there(world):
    who = world.declarant("S2")
    told = {
        merge(who, "archive", major="02033", sequence=sequence) for sequence in ("00417", "00418")
    }
    assert told == {(0, "没有查到与您身份一致的这个档案号，请核对专业代码号和考生号。")}
    assert sorted(requests(who)) == [("refused", "not_found"), ("refused", "not_theirs")]


def test_an_archive_that_was_used_for_a_graduation_is_refused(s3):
    with s3.writing() as (session, _declaration):
        session.scalars(select(ArchiveRecord)).one().graduated_on = local(s3.world.now).date()
    added, reason = merge(s3, "archive", major="02033", sequence="00417")
    assert (added, count(s3)) == (0, 13)
    assert "已经用于毕业" in reason


def test_an_archive_is_merged_once(s3):
    merge(s3, "archive", major="02033", sequence="00417")
    assert merge(s3, "archive", major="02033", sequence="00417")[0] == 0
    assert count(s3) == 16


# S4.


def test_both_transfers_complete_the_plan(s4):
    assert merge(s4, "transfer", **IN_PROVINCE) == (3, None)
    assert merge(s4, "transfer", **OUT_OF_PROVINCE) == (2, None)
    assert {source.kind for source in sources(s4)[1:]} == {"in_province", "out_of_province"}
    with s4.writing() as (session, declaration):
        solved = matches.solve_for(session, declaration)
        found = matches.checklist(declaration, solved, s4.world.now)
    assert found.is_met
    assert (found.courses, found.credits) == (14, 76)


def test_scores_keep_their_own_dates(s4):
    merge(s4, "transfer", **OUT_OF_PROVINCE)
    dates = {
        row["code"]: row["passed_on"].year
        for row in table_of(s4)["rows"]
        if row["source"] == "转入"
    }
    assert dates == {"00540": 2015, "00541": 2015}


@pytest.mark.parametrize(
    "changes",
    [{"month": "6"}, {"year": "2018"}, {"place": "370200"}, {"place": "370300"}],
    ids=["another month", "another year", "another city", "yet another"],
)
def test_a_place_or_time_that_differs_finds_nothing(s4, changes):
    added, reason = merge(s4, "transfer", **{**IN_PROVINCE, **changes})
    assert added == 0
    assert "核对转入地点和转入时间" in reason
    assert count(s4) == 10


def test_a_transfer_of_somebody_else_is_not_found(world):
    who = world.declarant("S2")
    assert merge(who, "transfer", **IN_PROVINCE)[0] == 0
    assert requests(who) == [("refused", "not_found")]


@pytest.mark.parametrize(("year", "month"), [("2016", "1"), ("2016", "12"), ("2026", "3")])
def test_out_of_province_from_2016_on_is_sent_to_the_electronic_transfer(quick, year, month):
    who = quick.declarant("S4")
    errors = refused(who, "merge_transfer", place="130000", year=year, month=month)
    assert list(errors) == ["year"]
    assert "电子转考" in errors["year"]
    assert bind(who, "merge_transfer", place="130000", year="2015", month="12")
    assert bind(who, "merge_transfer", place="370700", year=year, month=month)


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"place": ""}, ["place"]),
        ({"place": "370000"}, ["place"]),
        ({"place": "999999"}, ["place"]),
        ({"year": ""}, ["year"]),
        ({"month": ""}, ["year"]),
        ({"month": "13"}, ["year"]),
        ({"month": "0"}, ["year"]),
        ({"year": "²²²²"}, ["year"]),
        ({"year": "2027"}, ["year"]),
        ({"year": "1983"}, ["year"]),
        ({"year": "9" * 5000}, ["year"]),
        ({"place": "", "year": "x"}, ["place", "year"]),
    ],
)
def test_place_and_time_are_both_needed(quick, changes, parts):
    errors = refused(quick.declarant("S4"), "merge_transfer", **{**IN_PROVINCE, **changes})
    assert list(errors) == parts


def test_full_width_digits_are_put_right(s4):
    assert merge(s4, "transfer", place="370700", year="２０１９", month="５") == (3, None)


def test_a_merge_without_duplicates_asks_for_no_choice(s4):
    merge(s4, "transfer", **IN_PROVINCE)
    assert s4.serve(scores.find_duplicates) == {"open": 0}
