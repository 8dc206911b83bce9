"""What is someone else's is not there: no page, no file, no document, no message."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from engine.cases.models import Case, CatchEvent, Draft, Event, WorkItem
from engine.declaration.models import DocumentIssue
from engine.files import File
from engine.people import accounts
from tests.webapp.page_rules import SANDBOXED
from tests.webapp.site import person


def rows(site, kind):
    with site.engine.database.read() as session:
        return session.scalars(select(kind)).all()


def envelope(visitor, **more):
    return {
        "version": visitor.page.value("version") or "0",
        "submission": str(uuid4()),
        **more,
    }


def test_documents_open_for_their_owner_only(go_on):
    site, owner = go_on("printing")
    stranger = site.verified("S3")
    issues = rows(site, DocumentIssue)
    assert len(issues) == 3
    for issue in issues:
        address = f"/documents/{issue.id}.pdf"
        page = owner.get(address)
        assert (page.status, page.answer.mimetype) == (200, "application/pdf")
        assert page.answer.data.startswith(b"%PDF-")
        assert stranger.get(address).status == 404
        assert site.visitor().get(address).status == 303


def test_pictures_open_for_their_owner_only_and_can_do_nothing(go_on):
    site, owner = go_on("printing")
    stranger = site.verified("S3")
    for file in rows(site, File):
        if not file.media_type.startswith("image/"):
            continue
        page = owner.get(f"/files/{file.id}")
        assert (page.status, page.answer.mimetype) == (200, "image/jpeg")
        assert page.answer.headers["Content-Security-Policy"] == SANDBOXED
        assert page.answer.headers["X-Content-Type-Options"] == "nosniff"
        assert page.answer.headers["Cache-Control"] == "no-store"
        assert stranger.get(f"/files/{file.id}").status == 404


@pytest.mark.parametrize("address", ["/files/{}", "/documents/{}.pdf", "/work-items/{}"])
def test_a_guessed_id_is_not_there(site, address):
    visitor = site.verified("S2")
    for guess in (uuid4(), "1", "../../etc/passwd", "00000000-0000-0000-0000-000000000000"):
        assert visitor.get(address.format(guess)).status == 404


def test_nobody_else_sees_or_changes_an_open_task(go_on):
    site, owner = go_on("information")
    item = owner.page.path
    stranger = site.verified("S3")
    stranger.open("/home")
    before = rows(site, Event)
    for path in (item, f"{item}/draft", f"{item}/actions/photo/upload"):
        page = stranger.post(path, envelope(owner, outcome="next", native_place="偷改"))
        assert page.status == 404
    assert stranger.get(item).status == 404
    assert len(rows(site, Event)) == len(before)
    assert rows(site, Draft) == []


def test_staff_do_not_post_for_a_candidate(go_on):
    site, owner = go_on("information")
    for username in ("cert1", "lead", "operator", "auditor", "admin"):
        member = site.staff(username)
        page = member.post(f"/staff{owner.page.path}", envelope(owner, outcome="next"))
        assert page.status == 404
        assert member.get(f"/staff{owner.page.path}").status == 404


def test_a_reviewer_of_another_site_finds_nothing(go_on):
    """S10 chose Laoshan; onsite1 is bound to Shinan."""
    site, _owner = go_on("printing")
    (item,) = (i for i in rows(site, WorkItem) if i.element == "review_on_site")
    (photo, *_rest) = (f for f in rows(site, File) if f.purpose == "photo")
    reviewer = site.staff("onsite1")
    assert "目前没有等待办理的任务。" in reviewer.page.main
    assert reviewer.get(f"/staff/work-items/{item.id}").status == 404
    for action in ("claim", "release"):
        assert reviewer.post(f"/staff/work-items/{item.id}/{action}").status == 404
    assert reviewer.get(f"/staff/work-items/{item.id}/files/{photo.id}").status == 404


def test_only_the_holder_of_a_claim_decides_and_sees_files(go_on):
    site, _owner = go_on("certificate review")
    holder, colleague = site.staff("cert1"), site.staff("cert2")
    holder.press("领取下一件")
    item = holder.page.path
    picture = holder.page.soup.find("img", src=lambda s: s and "/files/" in s)["src"]
    assert holder.get(picture).status == 200
    assert colleague.get(picture).status == 404
    decided = envelope(holder, outcome="decide")
    for name, value in (("decisions.version.", "1"), ("decisions.verdict.", "approve")):
        decided[holder.page.soup.select_one(f"input[name^='{name}']")["name"]] = value
    colleague.open(item)
    page = colleague.post(item, {**decided, "submission": str(uuid4())})
    assert page.status == 409
    assert "请先领取这项任务" in page.main
    assert holder.post(item, decided).status == 303


def test_a_claim_left_alone_ends_and_so_does_the_sight_of_files(go_on):
    site, _owner = go_on("certificate review")
    holder = site.staff("cert1")
    holder.press("领取下一件")
    picture = holder.page.soup.find("img", src=lambda s: s and "/files/" in s)["src"]
    site.clock.advance(minutes=25)
    assert holder.get("/staff/queue").status == 200
    site.clock.advance(minutes=6)
    assert holder.get(picture).status == 404
    assert "待领取" in site.staff("cert2").page.main


def test_nobody_reviews_their_own_declaration(go_on):
    """Whoever is both has two accounts, and one phone."""
    site, _owner = go_on("certificate review")
    with site.engine.database.write() as session:
        account = accounts.of_username(session, "cert1")
        accounts.set_mobile(session, account, person("S5").mobile)
    (item,) = (i for i in rows(site, WorkItem) if i.element == "review_certificates")
    reviewer = site.staff("cert1")
    reviewer.post(f"/staff/work-items/{item.id}/claim")
    assert "不能审核" in reviewer.open("/staff/queue").main
    reviewer.press("领取下一件")
    assert reviewer.page.path == "/staff/queue"
    (item,) = (i for i in rows(site, WorkItem) if i.element == "review_certificates")
    assert item.claimed_by is None


def test_an_offered_message_is_the_owners_to_send(go_on):
    site, owner = go_on("information")
    (event,) = (e for e in rows(site, CatchEvent) if e.offered_to == "candidate")
    stranger, password_only = site.verified("S3"), site.candidate("S1")
    stranger.open("/home")
    assert stranger.post(f"/offered/{event.id}").status == 404
    assert site.staff("lead").post(f"/staff/offered/{event.id}").status == 404
    page = password_only.post(f"/offered/{event.id}")
    assert page.answer.headers["Location"].startswith("/sign-in/verify")
    (case,) = rows(site, Case)
    assert case.is_open
    owner.open("/home")
    owner.press("撤回申报")
    (case,) = rows(site, Case)
    assert case.ended_through == "withdrawn"


def test_a_timer_and_a_message_of_a_job_are_nobodys_to_send(go_on):
    site, owner = go_on("information")
    for event in rows(site, CatchEvent):
        if event.offered_to is None:
            assert owner.post(f"/offered/{event.id}").status in (303, 404, 409)
    (case,) = rows(site, Case)
    assert case.is_open
    assert owner.open(owner.page.path).title == "申报考生信息"


def test_the_address_of_a_document_check_tells_validity_and_a_masked_name(go_on):
    site, _owner = go_on("printing")
    issue = rows(site, DocumentIssue)[0]
    page = site.visitor().open(f"/verify/{issue.verification_code}")
    who = person("S10")
    assert f"{who.name[0]}**" in page.main
    for secret in (who.name, who.id_number, who.mobile, who.admission_number):
        assert secret not in page.answer.text
    assert site.visitor().get("/verify/ABCD-EFGH-0000").status == 404
    page = site.visitor().open(f"/verify?code={issue.verification_code}")
    assert page.path == f"/verify/{issue.verification_code}"
