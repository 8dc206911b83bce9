"""Who finds which document, and what a stranger learns from a code."""

from uuid import uuid4

import pytest

from engine.declaration import documents
from engine.declaration.documents import printing
from engine.declaration.models import Declaration, DeclarationState, DocumentKind
from engine.i18n import speaking

KIND = DocumentKind.REGISTRATION_FORM


@pytest.fixture(autouse=True)
def _press(monkeypatch):
    monkeypatch.setattr(printing, "render", lambda html, *, assets: html.encode())


@pytest.fixture
def submitted(quick):
    quick.submit()
    quick.worker.run_due()
    return quick


def verified(world, code):
    with world.database.read() as session:
        return documents.verify(session, code)


def test_the_summary_names_number_plan_and_batch(world):
    with world.database.read() as session:
        summary = documents.summary_of(session, world.case_id)
        with speaking("en"):
            english = documents.summary_of(session, world.case_id)
        assert documents.summary_of(session, uuid4()) is None
    assert summary.admission_number == "020120100001"
    assert summary.plan_name == "行政管理 120402"
    assert summary.batch == "市南区现场审核点 2026年3月12日 上午 第 1 批"
    assert english.batch.startswith("Shinan review site 12 March 2026")


def test_only_what_is_printed_is_on_the_list(world):
    world.submit()
    with world.database.read() as session:
        assert documents.issues_of(session, world.case_id) == []
    world.worker.run_due()
    with world.database.read() as session:
        titles = [found.title for found in documents.issues_of(session, world.case_id)]
        assert documents.issues_of(session, uuid4()) == []
    assert titles == ["毕业生登记表", "毕业申请表", "考生成绩单"]


def test_a_document_is_its_owners_alone_and_only_while_it_holds(submitted):
    issue = submitted.issues()[KIND]
    with submitted.database.read() as session:
        found = documents.issued_to(session, issue.id, submitted.owner_id)
        assert (found.kind, found.version, found.sha256) == (KIND, 1, issue.sha256)
        assert documents.issued_to(session, issue.id, uuid4()) is None
    submitted.request_all()
    with submitted.database.read() as session:
        assert documents.issued_to(session, issue.id, submitted.owner_id) is None
        newer = submitted.issues()[KIND]
        assert documents.issued_to(session, newer.id, submitted.owner_id) is None


def test_a_code_tells_kind_masked_name_and_time(submitted):
    issue = submitted.issues()[KIND]
    found = verified(submitted, issue.verification_code.lower().replace("-", " "))
    assert (found.title, found.masked_name) == ("毕业生登记表", "测**")
    assert (found.issued_at, found.state) == (issue.issued_at, "有效")


def test_a_code_of_a_page_that_was_never_printed_tells_nothing(quick):
    quick.submit()
    assert verified(quick, quick.issues()[KIND].verification_code) is None


def test_a_wrong_code_tells_nothing(submitted):
    for code in ("", "AAAA-AAAA-AAAA", "x" * 500, "'; --"):
        assert verified(submitted, code) is None


def test_an_older_version_is_void_once_there_is_a_newer_one(submitted):
    code = submitted.issues()[KIND].verification_code
    submitted.request_all()
    assert verified(submitted, code).state == "已失效：有更新的版本"


def test_documents_of_a_withdrawn_declaration_are_void(submitted):
    with submitted.database.write() as session:
        declaration = session.get_one(Declaration, submitted.declaration_id)
        declaration.state = DeclarationState.WITHDRAWN
    state = verified(submitted, submitted.issues()[KIND].verification_code).state
    assert state.startswith("已失效")
