"""From the request to the file: new versions, one job each, and what happens when one fails."""

import pytest
from sqlalchemy import func, select

from engine.declaration import documents, transcripts
from engine.declaration.documents import issuing, printing
from engine.declaration.models import (
    Declaration,
    DocumentIssue,
    DocumentKind,
    FieldCorrection,
    IssueState,
    OnSiteReview,
    ReviewOutcome,
)
from engine.documents import NotPrinted
from engine.files import File
from engine.jobs import Job, JobState
from tests.declaration.documents.paper import texts_of
from tests.declaration.documents.world import DELIVERY

ALWAYS = {
    DocumentKind.REGISTRATION_FORM,
    DocumentKind.APPLICATION_FORM,
    DocumentKind.TRANSCRIPT,
}


@pytest.fixture
def pages(monkeypatch):
    """A press that keeps what it was given; its paper is the page itself."""
    kept = []

    def press(html, *, assets):
        kept.append((html, assets))
        return html.encode()

    monkeypatch.setattr(printing, "render", press)
    return kept


def test_every_document_is_printed_stored_and_written_down(world):
    assert world.submit() == 3
    assert set(world.issues()) == ALWAYS
    assert {i.state for i in world.issues().values()} == {IssueState.REQUESTED}
    world.worker.run_due()
    for issue in world.issues().values():
        assert issue.state == IssueState.ISSUED
        assert issue.issued_at == world.clock.now()
        assert world.files.get(issue.sha256).startswith(b"%PDF")
        with world.database.read() as session:
            file = session.get_one(File, issue.file_id)
        assert (file.sha256, file.media_type) == (issue.sha256, "application/pdf")
        assert (file.owner_id, file.case_id) == (world.owner_id, world.case_id)


def test_mail_brings_a_slip_and_payment_a_receipt(world, pages):
    world.answer("choose_delivery", DELIVERY)
    assert world.submit() == 4
    world.pay()
    assert world.request_all() == 5
    assert set(world.issues()) == set(DocumentKind)


def test_a_slip_that_is_not_wanted_any_more_is_void(quick, pages):
    quick.answer("choose_delivery", DELIVERY)
    quick.submit()
    quick.answer("choose_delivery", {"method": "pick_up"})
    quick.request_all()
    assert set(quick.issues()) == ALWAYS


def test_a_new_version_takes_the_place_of_the_old_one(world, pages):
    world.submit()
    world.worker.run_due()
    before = world.issues()
    world.clock.advance(hours=1)
    world.request_all()
    world.worker.run_due()
    after = world.issues()
    for kind in ALWAYS:
        assert (before[kind].version, after[kind].version) == (1, 2)
        assert before[kind].verification_code != after[kind].verification_code
    with world.database.read() as session:
        old = session.get_one(DocumentIssue, before[DocumentKind.TRANSCRIPT].id)
    assert old.superseded_at is not None
    assert old.state == IssueState.ISSUED


def test_a_version_that_was_overtaken_is_not_printed(world, pages):
    world.submit()
    world.request_all()
    world.worker.run_due()
    assert len(pages) == 3
    with world.database.read() as session:
        states = dict(
            session.execute(
                select(DocumentIssue.version, func.min(DocumentIssue.state)).group_by(
                    DocumentIssue.version
                )
            ).all()
        )
        assert session.scalars(select(Job.state).distinct()).all() == [JobState.DONE]
    assert states == {1: IssueState.REQUESTED, 2: IssueState.ISSUED}


def test_rare_characters_in_a_name_are_printed(make_world):
    world = make_world()
    world.rename("吴𠮷䶮")
    world.submit()
    assert "吴𠮷䶮" in texts_of(world.printed(DocumentKind.REGISTRATION_FORM))[0]


def test_a_name_that_no_font_prints_is_refused_with_its_characters(world, pages):
    world.rename("测试\U0002b740\U000e0fff\U0002b740")
    world.submit()
    world.worker.run_due()
    assert pages == []
    for issue in world.issues().values():
        assert (issue.state, issue.file_id) == (IssueState.REFUSED, None)
        assert "\U0002b740" in issue.problem.split()
    with world.database.read() as session:
        assert session.scalars(select(Job.state).distinct()).all() == [JobState.DONE]


def test_only_what_failed_is_made_anew(world, pages):
    world.answer("fill_information", {**world.information, "employer": "\U0002b740"})
    world.submit()
    world.worker.run_due()
    states = {kind: issue.state for kind, issue in world.issues().items()}
    assert states[DocumentKind.TRANSCRIPT] == IssueState.ISSUED
    assert states[DocumentKind.APPLICATION_FORM] == IssueState.REFUSED
    world.answer("fill_information", world.information)
    assert _request_failed(world) == 2
    assert _request_failed(world) == 0
    world.worker.run_due()
    versions = {kind: (i.version, i.state) for kind, i in world.issues().items()}
    assert versions[DocumentKind.TRANSCRIPT] == (1, IssueState.ISSUED)
    assert versions[DocumentKind.APPLICATION_FORM] == (2, IssueState.ISSUED)


def test_a_press_that_keeps_failing_ends_in_a_refusal_and_can_be_tried_again(quick, monkeypatch):
    def jammed(html, *, assets):
        raise NotPrinted("jammed")

    monkeypatch.setattr(printing, "render", jammed)
    quick.submit()
    for _ in range(printing.TRIES):
        quick.worker.run_due()
        quick.clock.advance(hours=1)
    assert {i.state for i in quick.issues().values()} == {IssueState.REFUSED}
    assert {i.problem for i in quick.issues().values()} == {None}
    monkeypatch.setattr(printing, "render", lambda html, *, assets: b"%PDF")
    assert _request_failed(quick) == 3
    quick.worker.run_due()
    assert {i.state for i in quick.issues().values()} == {IssueState.ISSUED}


def test_photo_and_codes_come_with_the_page(quick, pages):
    quick.submit()
    quick.worker.run_due()
    for _html, assets in pages:
        assert set(assets) == {"app://photo", "app://code", "app://number"}
        assert assets["app://photo"].startswith(b"\xff\xd8")


def test_what_people_typed_is_text_on_paper(quick, pages):
    quick.answer("fill_information", {**quick.information, "employer": "<img src=x>"})
    quick.submit()
    quick.worker.run_due()
    assert all("<img src=x>" not in html for html, _assets in pages)


def test_a_correction_is_printed_in_place_of_what_it_mends(world, pages):
    world.submit()
    _correct(world, "home_address", '"青岛市崂山区新路9号"')
    _correct(world, "employer", "改正后的单位")
    world.request_all()
    world.worker.run_due()
    form = next(html for html, _ in pages if "贴身份证复印件处" in html)
    assert "青岛市崂山区新路9号" in form
    assert "改正后的单位" in form
    assert world.information["home_address"] not in form


def test_the_transcript_stays_as_it_was_submitted(quick):
    quick.submit()
    quick.exempt("13124", "CET4")
    with quick.database.write() as session:
        declaration = session.get_one(Declaration, quick.declaration_id)
        for score in declaration.entry.scores:
            score.mark = 61
        session.flush()
        frozen = transcripts.sheet_of(session, declaration, quick.clock.now())
        again = transcripts.freeze(session, declaration, now=quick.clock.now())
    assert [row.mark for row in frozen.rows][:2] == ["68", "75"]
    assert again.frozen_at == frozen.frozen_at


def test_the_kinds_of_jobs_are_known_to_the_worker(quick):
    assert set(documents.handlers(quick.database, quick.files, quick.library)) == {issuing.ISSUE}


def _request_failed(world) -> int:
    with world.database.write() as session:
        declaration = session.get_one(Declaration, world.declaration_id)
        return issuing.request_failed(session, declaration, now=world.clock.now())


def _correct(world, field: str, after: str) -> None:
    now = world.clock.advance(minutes=1)
    with world.database.write() as session:
        count = session.scalar(select(func.count()).select_from(OnSiteReview))
        review = OnSiteReview(
            declaration_id=world.declaration_id,
            round=count + 1,
            reviewer_id=world.owner_id,
            outcome=ReviewOutcome.RETURN,
            reviewed_at=now,
        )
        session.add(review)
        session.flush()
        session.add(
            FieldCorrection(
                declaration_id=world.declaration_id,
                review_id=review.id,
                field=field,
                reason="differs",
                after=after,
                corrected_at=now,
            )
        )
