"""A name or an ID number is corrected by someone else, everywhere at once or not at all."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from engine.bpmn import ServiceContext
from engine.cases.models import Case
from engine.db import lookup_index
from engine.declaration import accounts, corrections, starting
from engine.declaration.models import DocumentIssue, IdentityCorrection, RegistryEntry
from engine.declaration.services.correction import SERVICES
from engine.errors import Conflict, Invalid
from engine.forms import Upload
from engine.people.models import Account
from tests.declaration.flow.walk import Walk
from tests.declaration.reviews.counter import Counter
from tests.declaration.reviews.test_pages import drawn

REQUEST, DECIDE = "request_correction", "decide_correction"
NEW_NUMBER = "370200199003159822"
ANOTHERS = "370200198511029827"
"""The ID number of S2."""
OLD_NUMBER = "370200199003159814"
ASKED = {"request.name": "测试佳", "request.explanation": "户口簿上是“佳”字"}


@pytest.fixture
def asking(walk) -> Walk:
    """The same candidate, who has begun to ask for a correction."""
    return begin(walk)


@pytest.fixture
def registrar(asking) -> Counter:
    return Counter(asking, "registrar1")


def begin(walk) -> Walk:
    with walk.engine.database.write() as session:
        reply = starting.begin_correction(session, walk.engine.cases, walk.person)
    return replace(walk, case_id=reply.case_id)


def ask(asking, picture, **fields):
    named = {f"request.{name}": text for name, text in fields.items()}
    return asking.post(REQUEST, "submit", {**ASKED, **named}, {"request.evidence.1": picture})


def request_of(walk) -> IdentityCorrection:
    with walk.engine.database.read() as session:
        return corrections.correction_of(session, walk.case_id)


def registered(walk) -> tuple[str, str, str, str]:
    """Name and number as registry and account have them."""
    with walk.engine.database.read() as session:
        account = session.get_one(Account, walk.person.account_id)
        (entry,) = accounts.entries_of(session, account)
        assert entry.name_index == lookup_index(entry.name, "name")
        assert account.id_number_index == lookup_index(account.id_number, "id_number")
        return entry.name, entry.id_number, account.name, account.id_number


def call_service(walk) -> dict:
    with walk.engine.database.write() as session:
        context = ServiceContext(
            case_id=walk.case_id,
            owner_id=walk.person.account_id,
            element="correct_identity",
            now=walk.engine.clock.now(),
            session=session,
        )
        return dict(SERVICES["declaration.correct_identity"](context))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": ""}, "request.name"),
        ({"name": "测试甲"}, "request.name"),
        ({"name": "甲1"}, "request.name"),
        ({"name": "", "id_number": OLD_NUMBER}, "request.name"),
        ({"id_number": "370200199003159823"}, "request.id_number"),
        ({"id_number": "370200680129981"}, "request.id_number"),
        ({"explanation": " "}, "request.explanation"),
        ({"explanation": "字" * 301}, "request.explanation"),
    ],
)
def test_a_request_says_what_is_right_and_why(asking, picture, fields, wrong):
    with pytest.raises(Invalid) as error:
        ask(asking, picture, **fields)
    assert list(error.value.errors) == [wrong]
    assert request_of(asking) is None


def test_a_request_needs_a_picture_that_is_one(asking):
    with pytest.raises(Invalid) as error:
        asking.post(REQUEST, "submit", ASKED)
    assert list(error.value.errors) == ["request.evidence.1"]
    with pytest.raises(Invalid) as error:
        asking.post(REQUEST, "submit", ASKED, {"request.evidence.2": b"no picture"})
    assert list(error.value.errors) == ["request.evidence.2"]


def test_pictures_stay_when_the_page_has_to_be_shown_again(asking, picture):
    cases, database = asking.engine.cases, asking.engine.database
    submission = asking._submission(REQUEST, {"request.name": "测试佳"}, None)
    submitted = replace(
        submission.submitted,
        files={
            f"request.evidence.{n}": [Upload(f"{n}.jpg", "image/jpeg", picture)] for n in (1, 3)
        },
    )
    with database.read() as session:
        desk = cases.desk(session, asking.person, asking.open()[REQUEST].id)
        stored = cases.store_uploads(session, desk, submitted)
    with database.write() as session:
        cases.keep(session, desk, submitted, stored)
    asking.post(REQUEST, "submit", ASKED)
    assert len(request_of(asking).evidence) == 2


def test_only_one_correction_is_open_at_a_time(asking):
    with pytest.raises(Conflict, match="身份信息更正"):
        begin(asking)


def test_an_approved_correction_reaches_registry_account_and_documents(lasting, picture):
    asking = begin(lasting)
    registrar = Counter(asking, "registrar1")
    ask(asking, picture, id_number=NEW_NUMBER.lower())
    facts = registrar.facts(DECIDE, "decision")
    assert (facts["name"], facts["id_number"]) == (
        ["测试甲", "测试佳"],
        [OLD_NUMBER, NEW_NUMBER],
    )
    assert registered(asking) == ("测试甲", OLD_NUMBER, "测试甲", OLD_NUMBER)
    registrar.post(DECIDE, "approve")
    assert registered(asking) == ("测试佳", NEW_NUMBER, "测试佳", NEW_NUMBER)
    assert asking.case().ended_through == "corrected"
    assert asking.texts()[-1] == "correction_approved"
    row = request_of(asking)
    assert (row.state, row.decided_by) == ("approved", registrar.person.account_id)
    reviewer = Counter(lasting, "onsite1")
    assert dict(reviewer.facts()["subject"])["姓名"] == "测试佳"
    assert issued_versions(lasting) == {2}
    assert call_service(asking) == {"changed": True, "reason": None}
    assert issued_versions(lasting) == {2}


def issued_versions(walk) -> set[int]:
    with walk.engine.database.read() as session:
        return set(
            session.scalars(
                select(DocumentIssue.version).where(DocumentIssue.superseded_at.is_(None))
            )
        )


def test_a_new_name_leaves_an_old_number_as_long_as_it_is(asking, registrar, picture):
    with asking.engine.database.write() as session:
        account = session.get_one(Account, asking.person.account_id)
        (entry,) = accounts.entries_of(session, account)
        entry.id_number = "370200900315981"
    ask(asking, picture)
    registrar.post(DECIDE, "approve")
    assert registered(asking)[:2] == ("测试佳", "370200900315981")


def test_a_refusal_needs_a_reason_and_changes_nothing(asking, registrar, picture):
    ask(asking, picture)
    for fields, wrong in (
        ({}, "decision.reason"),
        ({"decision.reason": "because"}, "decision.reason"),
        ({"decision.reason": "other"}, "decision.text"),
    ):
        with pytest.raises(Invalid) as error:
            registrar.post(DECIDE, "refuse", fields)
        assert list(error.value.errors) == [wrong]
    registrar.post(DECIDE, "refuse", {"decision.reason": "evidence", "decision.text": "缺户口簿"})
    assert asking.case().ended_through == "refused_correction"
    assert asking.texts()[-1] == "correction_refused"
    assert registered(asking) == ("测试甲", OLD_NUMBER, "测试甲", OLD_NUMBER)
    with asking.engine.database.read() as session:
        assert corrections.refusal_of(session, asking.case_id) == "证明材料不足：缺户口簿"
    assert call_service(asking) == {"changed": False, "reason": "not_approved"}


def test_another_persons_number_cannot_be_approved(asking, registrar, picture):
    ask(asking, picture, id_number=ANOTHERS)
    assert registrar.facts(DECIDE, "decision")["is_taken"] is True
    with pytest.raises(Invalid, match="另一位考生"):
        registrar.post(DECIDE, "approve")
    with asking.engine.database.write() as session:
        corrections.correction_of(session, asking.case_id).state = "approved"
    assert call_service(asking) == {"changed": False, "reason": "taken"}
    assert registered(asking) == ("测试甲", OLD_NUMBER, "测试甲", OLD_NUMBER)


def test_a_number_taken_after_the_page_was_read_stops_the_command(asking, registrar, picture):
    ask(asking, picture, id_number=NEW_NUMBER)
    registrar.claim(DECIDE)
    with asking.engine.database.read() as session:
        prepared = asking.engine.cases.prepare(
            session,
            registrar.person,
            asking.open()[DECIDE].id,
            asking._submission(DECIDE, None, None),
            outcome="approve",
        )
    with asking.engine.database.write() as session:
        other = session.scalars(
            select(RegistryEntry).where(
                RegistryEntry.id_number_index == lookup_index(ANOTHERS, "id_number")
            )
        ).first()
        other.id_number_index = lookup_index(NEW_NUMBER, "id_number")
    with pytest.raises(Conflict, match="另一位考生"), asking.engine.database.write() as session:
        asking.engine.cases.complete(session, prepared)
    assert DECIDE in asking.at()


def test_a_second_admission_number_under_the_right_number_and_name_is_the_same_person(
    asking, registrar, picture
):
    with asking.engine.database.write() as session:
        account = session.get_one(Account, asking.person.account_id)
        (entry,) = accounts.entries_of(session, account)
        second = RegistryEntry(
            admission_number="020120999999",
            id_number_index=lookup_index(NEW_NUMBER, "id_number"),
            name_index=lookup_index("测试佳", "name"),
            plan_id=entry.plan_id,
        )
        second.id_number, second.name = NEW_NUMBER, "测试佳"
        session.add(second)
    ask(asking, picture, id_number=NEW_NUMBER)
    registrar.post(DECIDE, "approve")
    with asking.engine.database.read() as session:
        account = session.get_one(Account, asking.person.account_id)
        numbers = [e.admission_number for e in accounts.entries_of(session, account)]
    assert numbers == ["020120100001", "020120999999"]


def test_afterwards_another_correction_may_be_asked_for(asking, registrar, picture):
    ask(asking, picture)
    registrar.post(DECIDE, "approve")
    asking.engine.clock.advance(days=1)
    again = begin(asking)
    with again.engine.database.read() as session:
        cases = session.scalars(select(Case).where(Case.workflow == "identity_correction")).all()
    assert len(cases) == 2


def test_the_pages_show_old_new_and_evidence(asking, registrar, picture):
    page = drawn(registrar.views(REQUEST, asking.person))
    assert OLD_NUMBER in page.text
    assert len(page.select("input[type=file]")) == 3
    ask(asking, picture, id_number=ANOTHERS)
    (file_id,) = request_of(asking).evidence
    page = drawn(registrar.views(DECIDE))
    assert page.select_one(".app-evidence img")["src"] == f"/files/{file_id}"
    assert [tag.text for tag in page.select("del")] == ["测试甲", OLD_NUMBER]
    assert [tag.text for tag in page.select("ins")] == ["测试佳", ANOTHERS]
    assert "020120100001" in page.text
    assert "另一位考生" in page.select_one(".govuk-warning-text").text
