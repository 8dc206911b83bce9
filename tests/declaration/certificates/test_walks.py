"""S5 and S6 through the façade: what the diagram, the forms and the rules make of it together."""

import pytest
from sqlalchemy import select

from engine.cases import queries
from engine.cases.events import first_broken_line
from engine.cases.models import Case
from engine.declaration.models import ExemptionDecision
from engine.errors import Conflict, Invalid
from tests.declaration.certificates.test_list import CET4
from tests.declaration.flow.walk import Walk, staff

NCRE = {
    "type": "NCRE1",
    "cert_no": "371100198700001",
    "holder_name": "测试己",
    "issue_date.year": "2022",
    "issue_date.month": "6",
    "issue_date.day": "1",
    "subject": "一级 MS Office",
    "level": "一级",
    "grade": "良好",
}


def below(key: str, said: dict[str, str]) -> dict[str, str]:
    return {f"{key}.{name}": text for name, text in said.items()}


class Certified(Walk):
    """A walk that knows the pages of certificates."""

    def upload(self, said, picture):
        return self.act(
            "review_scores",
            "certificates",
            "submit_certificate",
            below("certificates", said),
            {"certificates.image": picture},
        )

    def desk(self, element, person=None):
        with self.engine.database.read() as session:
            return self.engine.cases.desk(
                session, person or self.person, self.open()[element].id
            ).context

    def choose(self, code):
        (certificate,) = self.slot(code)["certificates"]
        said = {"slot": code, f"certificate.{code}": certificate["id"]}
        self.act("review_scores", "board", "choose_certificate", below("board", said))

    def slot(self, code):
        slots = self.desk("review_scores")["board"]["slots"]
        return next(slot for slot in slots if slot["code"] == code)

    def claim(self, reviewer):
        with self.engine.database.write() as session:
            self.engine.cases.claim(session, reviewer, self.open()["review_certificates"].id)
        return self.desk("review_certificates", reviewer)["decisions"]

    def decide(self, reviewer, seen, **words):
        said = {
            f"{name}.{asked['id']}": text
            for asked in seen["exemptions"]
            for name, text in {"version": asked["version"], **words}.items()
        }
        return self.post("review_certificates", "decide", below("decisions", said), person=reviewer)


def at_scores(engine, key) -> Certified:
    walk = Certified.begin(engine, key).to_apply()
    walk.apply("laoshan", 3)
    return walk


def test_s5_is_exempted_and_goes_on(engine, picture):
    walk = at_scores(engine, "S5")
    assert walk.slot("00015")["state"] != "filled"
    with pytest.raises(Invalid) as refused:
        walk.upload({**CET4, "score": "424"}, picture)
    assert list(refused.value.errors) == ["certificates.score"]
    with pytest.raises(Invalid):
        walk.post("review_scores", "submit_for_review")
    reply = walk.upload(CET4, picture)
    assert "对顶选择" in reply.notice
    walk.choose("00015")
    walk.post("review_scores", "submit_for_review")
    assert walk.at() == ["review_certificates"]
    reviewer = staff(engine, "cert1")
    seen = walk.claim(reviewer)
    with pytest.raises(Invalid):
        walk.decide(reviewer, seen, verdict="refuse")
    walk.decide(reviewer, seen, verdict="approve")
    assert walk.at() == ["review_scores"]
    assert walk.slot("00015")["is_exempt"]
    assert walk.texts()[-1] == "certificate_result"
    walk.post("review_scores", "next")
    assert walk.at() == ["confirm_transcript"]
    with engine.database.read() as session:
        assert first_broken_line(session, session.get_one(Case, walk.case_id)) is None
        assert queries.timeline(session, walk.case_id)


def test_s6_is_refused_recalled_resubmitted_and_exempted(engine, picture):
    walk = at_scores(engine, "S6")
    reviewer = staff(engine, "cert1")
    walk.upload(NCRE, picture)
    walk.choose("00019")
    walk.post("review_scores", "submit_for_review")
    seen = walk.claim(reviewer)
    assert [asked["courses"][0][:5] for asked in seen["exemptions"]] == ["00018"]
    walk.decide(reviewer, seen, verdict="refuse", reason="unreadable", text="")
    (own,) = walk.desk("review_scores")["certificates"]["certificates"]
    assert {e["reason"] for e in own["exemptions"]} == {"证书不清晰"}

    walk.upload(NCRE, picture)
    walk.choose("00018")
    walk.post("review_scores", "submit_for_review")
    stale = walk.claim(reviewer)
    walk.send("recall")
    assert walk.at() == ["review_scores"]
    walk.upload({**NCRE, "grade": "优秀"}, picture)
    walk.choose("00018")
    walk.post("review_scores", "submit_for_review")
    fresh = walk.claim(reviewer)
    assert [c["version"] for c in fresh["certificates"]] == [3]
    with pytest.raises(Invalid):
        walk.decide(reviewer, stale, verdict="approve")
    (now,), (before,) = fresh["exemptions"], stale["exemptions"]
    forged = {"exemptions": [{**now, "version": before["version"]}]}
    with pytest.raises(Conflict, match="已更换证书"):
        walk.decide(reviewer, forged, verdict="approve")
    walk.decide(reviewer, fresh, verdict="approve")
    assert walk.slot("00018")["is_exempt"]
    assert walk.slot("00019")["is_exempt"]
    with engine.database.read() as session:
        reasons = session.scalars(
            select(ExemptionDecision.reason_code).order_by(ExemptionDecision.decided_at)
        ).all()
    assert list(reasons) == ["unreadable", "unreadable", None, None]


def test_a_review_that_is_late_is_escalated_and_never_approved(engine, picture):
    walk = at_scores(engine, "S5")
    walk.upload(CET4, picture)
    walk.choose("00015")
    walk.post("review_scores", "submit_for_review")
    engine.clock.advance(hours=20, seconds=1)
    engine.worker.run_due()
    assert walk.texts().count("review_reminder") == 2
    engine.clock.advance(hours=4)
    engine.worker.run_due()
    assert walk.texts().count("review_escalated") == 1
    assert walk.at() == ["review_certificates"]
    (waiting,) = walk.claim(staff(engine, "cert2"))["certificates"]
    assert waiting["history"] == []


def test_a_deleted_certificate_opens_the_course_again(engine, picture):
    walk = at_scores(engine, "S5")
    reviewer = staff(engine, "cert1")
    walk.upload(CET4, picture)
    walk.choose("00015")
    walk.post("review_scores", "submit_for_review")
    walk.decide(reviewer, walk.claim(reviewer), verdict="approve")
    (own,) = walk.desk("review_scores")["certificates"]["certificates"]
    said = {"delete": own["id"], f"confirm.{own['id']}": "yes"}
    walk.act("review_scores", "certificates", "delete_certificate", below("certificates", said))
    assert not walk.slot("00015")["is_exempt"]
    with pytest.raises(Invalid, match="缺 00015"):
        walk.post("review_scores", "next")
    assert walk.at() == ["review_scores"]
