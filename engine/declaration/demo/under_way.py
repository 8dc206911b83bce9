"""Declarations that are on their way when the demonstration begins, so that staff find work.

They are walked through the façade like those of everybody else; no row is written past it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases import Cases, Desk, Submission
from engine.cases.models import Case, WorkItem
from engine.declaration import identity, starting
from engine.declaration.demo import pictures
from engine.declaration.demo.people import CANDIDATES, DemoCandidate
from engine.declaration.models import Batch
from engine.forms import Submitted, Upload
from engine.people import Person, Role, accounts, codes

Fields = Mapping[str, str]

CERTIFICATE: Fields = {
    "certificates.type": "CET4",
    "certificates.cert_no": "371100191000009",
    "certificates.score": "431",
    "certificates.exam_session": "2019-06",
    "certificates.issue_date.year": "2019",
    "certificates.issue_date.month": "8",
    "certificates.issue_date.day": "20",
}
INFORMATION: Fields = {
    "native_place": "山东青岛",
    "political_status": "13",
    "ethnicity": "01",
    "marital_status": "10",
    "health_status": "健康",
    "overseas_status": "否",
    "prior_education": "30",
    "position_title": "职员",
    "technical_title": "无",
    "work_start.year": "2018",
    "work_start.month": "8",
    "employer": "青岛演示有限公司",
    "phone": "13900000011",
    "home_address": "市南区演示路1号3单元401",
}
ROOMY = 10
"""Seats that must be left, so that the batches which are nearly full stay as they are told."""


def begin_declarations(session: Session, cases: Cases, now: datetime) -> None:
    """Walk everybody of `UNDER_WAY` who has no declaration yet as far as it says."""
    for key, walk in UNDER_WAY.items():
        who = next(person for person in CANDIDATES if person.key == key)
        account = accounts.of_id_number(session, identity.canonical_id_number(who.id_number))
        if account is None or _has_begun(session, account.id):
            continue
        person = Person(
            account.id, account.kind, who.name, frozenset({Role.CANDIDATE}), verified=True
        )
        reply = starting.begin(
            session, cases, person, admission_number=who.admission_number, now=now
        )
        walk(_Way(session, cases, who, person, reply.case_id, now))


@dataclass(frozen=True, slots=True)
class _Way:
    """One declaration, and the person who takes its steps."""

    session: Session
    cases: Cases
    who: DemoCandidate
    person: Person
    case_id: UUID
    now: datetime

    def post(self, element: str, outcome: str, fields: Fields | None = None) -> None:
        item, submission = self._submission(element, fields or {}, {})
        answer = self.cases.prepare(self.session, self.person, item.id, submission, outcome=outcome)
        self.cases.complete(self.session, answer)

    def act(
        self,
        element: str,
        component: str,
        action: str,
        fields: Fields,
        files: Mapping[str, bytes] | None = None,
    ) -> None:
        item, submission = self._submission(element, fields, files or {})
        prepared = self.cases.prepare_action(
            self.session, self.person, item.id, submission, key=component, action=action
        )
        self.cases.act(self.session, prepared)

    def desk(self, element: str) -> Desk:
        return self.cases.desk(self.session, self.person, self._item(element).id)

    def verify(self) -> None:
        """Ask for the code and give it, which only this process can know."""
        self.post("request_code", "send")
        challenge_id = UUID(self.desk("enter_code").context["send_code"]["challenge_id"])
        self.post("enter_code", "submit", {"code": codes.code_of(challenge_id)})

    def apply(self, site_id: str, category: str) -> None:
        batches = self.session.scalars(
            select(Batch).where(Batch.site_id == site_id).order_by(Batch.number)
        )
        batch = next(b for b in batches if b.is_offered(self.now) and b.seats_left > ROOMY)
        self.post("apply", "next", {"category": category, "batch": str(batch.id)})

    def _item(self, element: str) -> WorkItem:
        return self.session.scalars(
            select(WorkItem).where(
                WorkItem.case_id == self.case_id,
                WorkItem.element == element,
                WorkItem.closed_at.is_(None),
            )
        ).one()

    def _submission(
        self, element: str, fields: Fields, files: Mapping[str, bytes]
    ) -> tuple[WorkItem, Submission]:
        item = self._item(element)
        texts = {name: [text] for name, text in fields.items()}
        uploads = {n: [Upload("照片.jpg", "image/jpeg", c)] for n, c in files.items()}
        return item, Submission(uuid4(), item.version, Submitted(texts, uploads))


def _to_the_certificate_reviewer(way: _Way) -> None:
    way.verify()
    way.post("consolidate_scores", "next")
    way.apply("laoshan", "undergraduate")
    name, number = way.who.name, CERTIFICATE["certificates.cert_no"]
    way.act(
        "review_scores",
        "certificates",
        "submit_certificate",
        {**CERTIFICATE, "certificates.holder_name": name},
        {"certificates.image": pictures.certificate(name, number)},
    )
    slots = way.desk("review_scores").context["board"]["slots"]
    slot = next(slot for slot in slots if slot["certificates"])
    code, chosen = slot["code"], slot["certificates"][0]["id"]
    fields = {"board.slot": code, f"board.certificate.{code}": chosen}
    way.act("review_scores", "board", "choose_certificate", fields)
    way.post("review_scores", "submit_for_review")


def _to_the_on_site_reviewer(way: _Way) -> None:
    way.verify()
    way.post("consolidate_scores", "next")
    way.apply("shinan", "junior_college")
    way.post("review_scores", "next")
    way.post("confirm_transcript", "confirm")
    photo = {"photo.image": pictures.portrait()}
    way.act("fill_information", "photo", "upload", {}, photo)
    way.post("fill_information", "next", INFORMATION)
    way.post("choose_delivery", "next", {"method": "pick_up"})


UNDER_WAY: Mapping[str, Callable[[_Way], None]] = {
    "S9": _to_the_certificate_reviewer,
    "S11": _to_the_on_site_reviewer,
}


def _has_begun(session: Session, account_id: UUID) -> bool:
    return session.scalar(select(Case.id).where(Case.owner_id == account_id).limit(1)) is not None
