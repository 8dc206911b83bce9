"""What reviewers decide holds for what they saw, takes effect once, and is kept for ever."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine.declaration import exemptions
from engine.declaration.exemptions import Decided
from engine.declaration.models import (
    CertificateSubmission,
    SubmissionState,
)
from engine.declaration.services import certificates
from engine.errors import Conflict
from engine.people import Role, accounts
from engine.sms import Sms
from tests.declaration.certificates.world import REVIEWER, facts


@pytest.fixture
def s5(world):
    who = world.declarant("S5")
    who.choose(who.add(), "00015")
    return who


def submissions(who) -> list[CertificateSubmission]:
    with who.reading() as (session, _declaration):
        return list(
            session.scalars(
                select(CertificateSubmission).order_by(CertificateSubmission.submitted_at)
            )
        )


def approval(exemption_id, version) -> Decided:
    return Decided(exemption_id, version, is_approved=True, reason_code=None, reason_text=None)


def words_on(who) -> list[Decided]:
    """An approval of everything that waits, as a reviewer's page would post it."""
    with who.reading() as (session, declaration):
        submission = exemptions.open_submission(session, declaration.id)
        return [approval(e.id, e.version) for e in submission.exemptions]


def keep(who, words):
    with who.writing() as (session, declaration):
        submission = exemptions.open_submission(session, declaration.id)
        exemptions.decide(session, submission, words, reviewer_id=REVIEWER, now=who.world.now)


# Handing in.


def test_handing_in_begins_the_hours(s5, world):
    result = s5.hand_in()
    assert result == {
        "count": 1,
        "remind_at": world.now + timedelta(hours=20),
        "due_at": world.now + timedelta(hours=24),
    }
    assert s5.states() == {"00015": "submitted"}


def test_nothing_chosen_opens_no_submission(world):
    who = world.declarant("S5")
    who.add()
    assert who.hand_in() == {"count": 0, "remind_at": None, "due_at": None}
    assert submissions(who) == []


def test_what_comes_to_an_open_submission_joins_it(world):
    who = world.declarant("S6")
    who.choose(who.add(facts("NCRE1", "3711-1", None, level="一级")), "00018")
    first = who.hand_in()
    world.clock.advance(hours=1)
    who.choose(who.add(facts("CET4", "666")), "00012")
    second = who.hand_in()
    assert (second["count"], second["due_at"]) == (1, first["due_at"])
    assert len(submissions(who)) == 1
    assert set(who.states().values()) == {"submitted"}


def test_the_strictest_deadline_counts_for_all(world):
    def table(name, inputs):
        return 8 if inputs["certificate_type"] == "CET4" else 24

    who = world.declarant("S6")
    who.choose(who.add(facts("NCRE1", "3711-1", None, level="一级")), "00018")
    who.choose(who.add(facts("CET4", "666666")), "00012")
    with who.writing() as (session, _declaration):
        context = replace(who.context(session), decide=table)
        result = certificates.submit_certificates(context)
    assert result["due_at"] == result["remind_at"] == world.now + timedelta(hours=8)


# Deciding.


def test_a_decision_takes_effect_in_the_command_that_made_it(s5):
    s5.hand_in()
    assert s5.decide(approve=True) == (1, 0)
    assert s5.states() == {"00015": "approved"}
    assert [s.state for s in submissions(s5)] == [SubmissionState.DECIDED]


def test_a_refusal_is_kept_with_its_reason_and_its_evidence(s5):
    s5.hand_in()
    assert s5.decide(approve=False, reason="unreadable", text="右下角看不清") == (0, 1)
    (row,) = s5.rows()
    assert (row.state, row.reason_code, row.reason_text) == (
        "refused",
        "unreadable",
        "右下角看不清",
    )
    with s5.reading() as (session, declaration):
        (kept,) = exemptions.decisions_of(session, declaration.id)
    assert (kept.decided_by, kept.evidence_hash, kept.version) == (REVIEWER, "e" * 64, 1)
    assert kept.applied_at is not None


def test_a_decision_on_another_version_is_a_conflict(s5):
    s5.hand_in()
    stale = [replace(word, version=word.version + 1) for word in words_on(s5)]
    with pytest.raises(Conflict, match="已更换证书"):
        keep(s5, stale)
    assert s5.states() == {"00015": "submitted"}


def test_a_decision_on_a_replaced_certificate_is_a_conflict(s5):
    s5.hand_in()
    seen = words_on(s5)
    s5.serve(certificates.recall_certificates)
    s5.choose(s5.add(evidence="b" * 64), "00015")
    s5.hand_in()
    with pytest.raises(Conflict):
        keep(s5, seen)
    keep(s5, words_on(s5))


def test_a_decision_that_leaves_something_out_is_a_conflict(world):
    who = world.declarant("S6")
    who.choose(who.add(facts("NCRE1", "3711-1", None, level="一级")), "00018")
    who.hand_in()
    with pytest.raises(Conflict):
        keep(who, words_on(who)[:1])
    with pytest.raises(Conflict):
        keep(who, [])


def test_nobody_decides_twice_on_one_thing(s5):
    s5.hand_in()
    words = words_on(s5)
    with pytest.raises(Conflict):
        keep(s5, words * 2)


def test_a_decision_on_something_else_is_a_conflict(s5):
    s5.hand_in()
    with pytest.raises(Conflict):
        keep(s5, [*words_on(s5), approval(uuid4(), 1)])


def test_what_nobody_decided_is_the_candidates_again(s5):
    s5.hand_in()
    assert s5.serve(certificates.apply_decisions) == {"approved": 0, "refused": 0}
    assert s5.states() == {"00015": "draft"}
    assert s5.hand_in()["count"] == 1


def test_applying_again_changes_nothing(s5):
    s5.hand_in()
    s5.decide(approve=True)
    assert s5.serve(certificates.apply_decisions) == {"approved": 0, "refused": 0}
    assert s5.states() == {"00015": "approved"}


# Recalling, and handing in again.


def test_a_recalled_submission_is_the_candidates_again(s5):
    s5.hand_in()
    assert s5.serve(certificates.recall_certificates) == {"recalled": True}
    assert s5.states() == {"00015": "draft"}
    assert s5.serve(certificates.recall_certificates) == {"recalled": False}


def test_every_hand_in_begins_new_hours(s5, world):
    s5.hand_in()
    s5.serve(certificates.recall_certificates)
    world.clock.advance(hours=30)
    assert s5.hand_in()["due_at"] == world.now + timedelta(hours=24)
    assert [s.state for s in submissions(s5)] == ["recalled", "open"]


def test_s6_is_refused_twice_and_passes_with_every_reason_kept(world):
    who = world.declarant("S6")
    ncre = facts("NCRE1", "3711-1", None, level="一级")
    for evidence, reason in (("a", "unreadable"), ("b", "other_name")):
        who.choose(who.add(ncre, evidence * 64), "00018")
        who.hand_in()
        assert who.decide(approve=False, reason=reason) == (0, 2)
        world.clock.advance(days=1)
    who.choose(who.add(ncre, "c" * 64), "00018")
    who.hand_in()
    assert who.decide(approve=True) == (2, 0)
    assert who.states() == {"00018": "approved", "00019": "approved"}
    with who.reading() as (session, declaration):
        kept = exemptions.decisions_of(session, declaration.id)
        told = [
            (d.reason_code, d.evidence_hash[0], d.exemption.certificate.version)
            for d in kept
            if d.exemption.course_code == "00018"
        ]
    assert told == [("unreadable", "a", 1), ("other_name", "b", 2), (None, "c", 3)]
    assert len(kept) == 6


def test_a_refused_certificate_may_be_handed_in_again_as_it_is(s5):
    s5.hand_in()
    s5.decide(approve=False, reason="unverifiable")
    with s5.reading() as (session, declaration):
        (certificate,) = exemptions.certificates_of(session, declaration.id)
    s5.choose(certificate.id, "00015")
    s5.hand_in()
    s5.decide(approve=True)
    assert [row.state for row in s5.rows()] == ["refused", "approved"]


# Reminders.


@pytest.fixture
def staff(world):
    with world.database.write() as session:
        for role, mobile in (
            (Role.CERTIFICATE_REVIEWER, "13900000101"),
            (Role.CERTIFICATE_REVIEWER, None),
            (Role.REVIEW_LEAD, "13900000107"),
            (Role.ONSITE_REVIEWER, "13900000103"),
        ):
            accounts.open_staff(
                session,
                username=uuid4().hex,
                name="审核员",
                mobile=mobile,
                password_hash=None,
                roles=[role],
                now=world.now,
            )


def told(world) -> list[tuple[str, str]]:
    with world.database.read() as session:
        return [(sms.text_key, sms.mobile) for sms in session.scalars(select(Sms))]


@pytest.mark.usefixtures("staff")
def test_reviewers_are_reminded_once(s5, world):
    s5.hand_in()
    assert s5.serve(certificates.remind_reviewers) == {"notified": 1}
    assert s5.serve(certificates.remind_reviewers) == {"notified": 0}
    assert told(world) == [("review_reminder", "13900000101")]


@pytest.mark.usefixtures("staff")
def test_a_reminder_says_by_when_whenever_it_is_read(s5, world):
    s5.hand_in()
    s5.serve(certificates.remind_reviewers)
    with world.database.read() as session:
        (said,) = session.scalars(select(Sms))
    assert json.loads(said.params) == {"due": "3月3日09:00"}


@pytest.mark.usefixtures("staff")
def test_a_reminder_that_comes_too_late_is_dropped(s5, world):
    world.clock.instant = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
    due = s5.hand_in()["due_at"]
    world.clock.advance(hours=20)
    s5.serve(certificates.remind_reviewers)
    with world.database.read() as session:
        assert session.scalars(select(Sms)).one().expires_at == due


@pytest.mark.usefixtures("staff")
def test_the_lead_is_told_once_and_nothing_is_approved_by_itself(s5, world):
    s5.hand_in()
    world.clock.advance(hours=24)
    assert s5.serve(certificates.escalate_review) == {"notified": 1}
    assert s5.serve(certificates.escalate_review) == {"notified": 0}
    assert told(world) == [("review_escalated", "13900000107")]
    assert s5.states() == {"00015": "submitted"}


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("service", [certificates.remind_reviewers, certificates.escalate_review])
def test_nobody_is_told_of_what_is_no_longer_reviewed(s5, world, service):
    s5.hand_in()
    s5.serve(certificates.recall_certificates)
    assert s5.serve(service) == {"notified": 0}
    assert told(world) == []
