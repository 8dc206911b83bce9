"""The on-site review: nothing passes unseen, and only what is sent back can be changed."""

from datetime import date

import pytest
from sqlalchemy import select

from engine.cases import values
from engine.declaration import reviewing
from engine.declaration.lookups import declaration_of
from engine.declaration.models import (
    CourseMatch,
    DocumentIssue,
    FieldCorrection,
    OnSiteReview,
    Photo,
)
from engine.errors import Conflict, Invalid, NotFound
from tests.declaration.reviews.counter import (
    CORRECT,
    REVIEW,
    SEEN,
    Counter,
    correct,
    information,
    marked,
)


def refused(error) -> dict[str, str]:
    return error.value.errors


def corrections(walk) -> dict[str, FieldCorrection]:
    with walk.engine.database.read() as session:
        rows = session.scalars(select(FieldCorrection).order_by(FieldCorrection.field)).all()
        return {row.field: row for row in rows}


def test_passing_needs_the_id_card_to_have_been_seen(counter):
    with pytest.raises(Invalid) as error:
        counter.review("pass", **{"review.original": "certificates"})
    assert list(refused(error)) == ["review.original"]
    counter.review("pass", **SEEN)
    assert counter.walk.declaration().state == "passed"
    assert counter.walk.case().ended_through == "completed"
    with counter.walk.engine.database.read() as session:
        review = session.scalars(select(OnSiteReview)).one()
    assert (review.round, review.outcome, review.originals) == (1, "pass", ["id_card"])
    assert review.reviewer_id == counter.person.account_id


def test_what_is_marked_cannot_be_passed_by_the_way(counter):
    with pytest.raises(Invalid) as error:
        counter.review("pass", **SEEN, **marked("employer"))
    assert list(refused(error)) == ["review.mark.employer"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "review"),
        ({"review.reason.employer": "differs"}, "review"),
        (marked("employer", code=""), "review.reason.employer"),
        (marked("employer", code="because"), "review.reason.employer"),
        (marked("employer", code="other"), "review.text.employer"),
        (marked("employer", text="字" * 151), "review.text.employer"),
        (marked("sex"), "review"),
        (marked("nothing_of_the_kind"), "review"),
    ],
)
def test_a_return_names_fields_of_the_page_each_with_a_reason(counter, fields, wrong):
    with pytest.raises(Invalid) as error:
        counter.send_back(fields)
    assert list(refused(error)) == [wrong]


def test_a_refusal_says_why_and_ends_the_case(counter):
    with pytest.raises(Invalid) as error:
        counter.review("reject", **{"review.rejection": " "})
    assert list(refused(error)) == ["review.rejection"]
    counter.review("reject", **{"review.rejection": "身份证与本人不符"})
    walk = counter.walk
    assert walk.declaration().state == "refused"
    assert walk.texts()[-1] == "on_site_refused"
    with walk.engine.database.read() as session:
        assert reviewing.refusal_of(session, walk.case_id) == "身份证与本人不符"


def test_only_what_was_sent_back_can_be_corrected(walk, counter):
    before = information(walk)
    counter.send_back(marked("employer", text="与劳动合同不一致"))
    assert walk.at() == [CORRECT, "print_documents"]
    correct(
        walk,
        {
            "corrections.employer": "青岛真实有限公司",
            "corrections.home_address": "别处一号二单元",
            "corrections.__class__": "x",
            "employer": "无业",
        },
    )
    assert information(walk) == {**before, "employer": "青岛真实有限公司"}
    assert REVIEW in walk.at()
    assert walk.texts()[-1] == "on_site_returned"


def test_a_correction_is_held_to_the_rules_of_the_page(walk, counter):
    counter.send_back(marked("phone"), marked("prior_date"), marked("ethnicity"))
    with pytest.raises(Invalid) as error:
        correct(
            walk,
            {
                "corrections.phone": "12",
                "corrections.prior_date.year": "2090",
                "corrections.prior_date.month": "1",
                "corrections.prior_date.day": "1",
                "corrections.ethnicity": "999",
            },
        )
    assert list(refused(error)) == [
        "corrections.ethnicity",
        "corrections.prior_date",
        "corrections.phone",
    ]
    assert corrections(walk)["phone"].corrected_at is None


def test_the_reviewer_sees_what_changed_since_the_return(walk, counter):
    counter.send_back(marked("ethnicity"), marked("work_start"), marked("employer"))
    correct(
        walk,
        {
            "corrections.ethnicity": "03",
            "corrections.work_start.year": "2013",
            "corrections.work_start.month": "2",
            "corrections.employer": "青岛演示有限公司",
        },
    )
    facts = counter.facts()
    seen = {
        name: (change["before"], change["is_same"]) for name, change in facts["changes"].items()
    }
    assert seen == {
        "ethnicity": ("汉族", False),
        "work_start": ("2012年8月", False),
        "employer": ("青岛演示有限公司", True),
    }
    now = {line.name: line.text for section in facts["sections"] for line in section.lines}
    assert (now["ethnicity"], now["work_start"]) == ("回族", "2013年2月")
    counter.review("pass", **SEEN)
    with walk.engine.database.read() as session:
        rounds = session.scalars(select(OnSiteReview.round).order_by(OnSiteReview.round)).all()
    assert rounds == [1, 2]


def test_the_documents_are_printed_anew_after_a_correction(walk, counter):
    counter.send_back(marked("employer"))
    correct(walk, {"corrections.employer": "青岛真实有限公司"})
    with walk.engine.database.read() as session:
        current = session.scalars(
            select(DocumentIssue.version).where(DocumentIssue.superseded_at.is_(None))
        ).all()
    assert set(current) == {2}


def test_a_field_that_decides_about_another_opens_it_too(walk, counter):
    counter.send_back(marked("not_employed", code="other", text="请核对"))
    assert set(corrections(walk)) == {"not_employed", "work_start"}
    correct(walk, {"corrections.not_employed": "true"})
    said = information(walk)
    assert (said["not_employed"], said["work_start"]) == (True, None)
    names = {line.name for section in counter.facts()["sections"] for line in section.lines}
    assert "work_start" not in names
    counter.send_back(marked("not_employed"))
    with pytest.raises(Invalid) as error:
        correct(walk, {})
    assert list(refused(error)) == ["corrections.work_start"]


def test_rows_are_corrected_as_a_whole(walk, counter):
    counter.send_back(marked("family", code="incomplete"))
    correct(
        walk,
        {
            "corrections.family.0._row": "",
            "corrections.family.0.relation": "父亲",
            "corrections.family.0.name": "测试父",
            "corrections.family.0.political_status": "13",
            "corrections.family.1._row": "",
            "corrections.family.1.relation": "",
        },
    )
    assert [row["name"] for row in information(walk)["family"]] == ["测试父"]
    assert information(walk)["political_status"] == "13"
    lines = {line.name: line for s in counter.facts()["sections"] for line in s.lines}
    assert lines["family"].rows == (
        (("与本人关系", "父亲"), ("姓名", "测试父"), ("政治面貌", "群众")),
    )


def test_a_photo_that_was_sent_back_needs_a_new_one(walk, counter, picture):
    counter.send_back(marked("photo", code="photo"))
    with pytest.raises(Invalid) as error:
        correct(walk)
    assert list(refused(error)) == ["corrections.photo.image"]
    with pytest.raises(Invalid) as error:
        correct(walk, files={"corrections.photo.image": b"not a picture"})
    assert list(refused(error)) == ["corrections.photo.image"]
    correct(walk, files={"corrections.photo.image": picture})
    with walk.engine.database.read() as session:
        photos = session.scalars(select(Photo).order_by(Photo.version)).all()
    assert [(p.version, p.replaced_at is None) for p in photos] == [(1, False), (2, True)]
    facts = counter.facts()
    assert facts["photo_file_id"] == photos[1].file_id
    assert facts["changes"]["photo"]["file_id"] == str(photos[0].file_id)
    assert values.loads(corrections(walk)["photo"].after)["version"] == 2


def test_evidence_that_was_sent_back_cannot_stay_as_it_is(walk, counter, picture):
    old = information(walk)["prior_evidence"]["file_id"]
    counter.send_back(marked("prior_evidence", code="unreadable"))
    with pytest.raises(Invalid) as error:
        correct(walk)
    assert list(refused(error)) == ["corrections.prior_evidence"]
    correct(walk, files={"corrections.prior_evidence": picture})
    new = information(walk)["prior_evidence"]["file_id"]
    assert new != old
    assert str(walk.declaration().prior_evidence_id) == new
    facts = counter.facts()
    assert facts["changes"]["prior_evidence"]["file_id"] == old
    lines = {line.name: line for s in facts["sections"] for line in s.lines}
    assert lines["prior_evidence"].file_id == new


def test_the_prior_qualification_follows_what_was_corrected(walk, counter):
    assert walk.declaration().prior_needs_review is True
    counter.send_back(marked("prior_major"), marked("prior_date"), marked("prior_code"))
    correct(
        walk,
        {
            "corrections.prior_major": "烹饪工艺",
            "corrections.prior_date.year": "2011",
            "corrections.prior_date.month": "7",
            "corrections.prior_date.day": "1",
            "corrections.prior_code": "ABCD1234EFGH",
        },
    )
    declaration = walk.declaration()
    assert declaration.prior_major == "烹饪工艺"
    assert declaration.prior_date == date(2011, 7, 1)
    assert declaration.prior_needs_review is False
    with walk.engine.database.read() as session:
        assert session.scalars(select(CourseMatch.is_stale)).one() is True


def test_a_verdict_on_a_name_corrected_meanwhile_is_refused(walk, counter):
    seen = counter.facts()["identity"]
    counter.claim(REVIEW)
    with walk.engine.database.read() as session:
        prepared = walk.engine.cases.prepare(
            session,
            counter.person,
            walk.open()[REVIEW].id,
            walk._submission(REVIEW, SEEN, None),
            outcome="pass",
        )
    with walk.engine.database.write() as session:
        declaration_of(session, walk.case_id).entry.name_index = "0" * 64
    with pytest.raises(Conflict, match="更正过"), walk.engine.database.write() as session:
        walk.engine.cases.complete(session, prepared)
    with pytest.raises(Invalid, match="更正过"):
        counter.review("pass", **SEEN, **{"review.identity": seen})
    counter.review("pass", **SEEN, **{"review.identity": counter.facts()["identity"]})
    assert walk.declaration().state == "passed"


def test_a_reviewer_of_certificates_has_no_business_here(walk):
    with pytest.raises(NotFound):
        Counter(walk, "cert1").claim(REVIEW)


def test_a_round_of_return_and_correction_holds_on_every_database(lasting):
    counter = Counter(lasting, "onsite1")
    counter.send_back(marked("employer", text="与劳动合同不一致"), marked("family", "incomplete"))
    correct(
        lasting,
        {
            "corrections.employer": "青岛真实有限公司",
            "corrections.family.0.relation": "父亲",
            "corrections.family.0.name": "测试父",
        },
    )
    assert counter.facts()["changes"]["employer"]["reason"] == "与原件不一致：与劳动合同不一致"
    assert counter.facts()["reviews"][0]["marks"] == [
        ("employer", "与原件不一致：与劳动合同不一致"),
        ("family", "填写不完整"),
    ]
    counter.review("pass", **SEEN)
    assert lasting.declaration().state == "passed"
    assert lasting.texts()[-2:] == ["on_site_returned", "on_site_passed"]


def test_twenty_rounds_are_kept_apart(walk, counter):
    for number in range(20):
        walk.engine.clock.advance(minutes=1)
        counter.send_back(marked("employer"))
        correct(walk, {"corrections.employer": f"青岛第{number}有限公司"})
    facts = counter.facts()
    assert [row["round"] for row in facts["reviews"]] == list(range(1, 21))
    assert facts["changes"]["employer"]["before"] == "青岛第18有限公司"
    assert information(walk)["employer"] == "青岛第19有限公司"
