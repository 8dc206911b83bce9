"""Walks a declaration through the façade, as the pages do, without a browser."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from engine.bootstrap import Engine
from engine.cases import Submission, queries
from engine.cases.models import Case, CatchEvent, WorkItem
from engine.declaration import accounts, demo, starting
from engine.declaration.models import Batch, Declaration
from engine.forms import Submitted, Upload
from engine.people import Person, codes, sign_ins
from engine.people.accounts import of_username
from engine.people.models import CodeChallenge
from engine.sms import Sms

INFORMATION = {
    "native_place": "山东青岛",
    "political_status": "13",
    "ethnicity": "01",
    "marital_status": "10",
    "health_status": "健康",
    "overseas_status": "否",
    "prior_education": "30",
    "prior_school": "演示职业技术学院",
    "prior_level": "junior_college",
    "prior_number": "123451201006000123",
    "prior_date.year": "2010",
    "prior_date.month": "7",
    "prior_date.day": "1",
    "position_title": "职员",
    "technical_title": "无",
    "work_start.year": "2012",
    "work_start.month": "8",
    "employer": "青岛演示有限公司",
    "phone": "13900000001",
    "home_address": "市南区演示路1号2单元301",
}
MAIL = {
    "method": "mail",
    "recipient": "测试",
    "mobile": "13900000001",
    "province": "370000",
    "city": "青岛市",
    "county": "市南区",
    "address": "演示路1号2单元301",
    "consent": "true",
}


@dataclass
class Walk:
    """One candidate's declaration."""

    engine: Engine
    who: object
    person: Person
    case_id: UUID

    @classmethod
    def begin(cls, engine: Engine, key: str) -> "Walk":
        who = next(found for found in demo.CANDIDATES if found.key == key)
        person = candidate(engine, who)
        with engine.database.write() as session:
            reply = starting.begin(
                session,
                engine.cases,
                person,
                admission_number=who.admission_number,
                now=engine.clock.now(),
            )
        return cls(engine, who, person, reply.case_id)

    def open(self) -> dict[str, WorkItem]:
        with self.engine.database.read() as session:
            items = session.scalars(
                select(WorkItem).where(
                    WorkItem.case_id == self.case_id, WorkItem.closed_at.is_(None)
                )
            ).all()
        return {item.element: item for item in items}

    def at(self) -> list[str]:
        return sorted(self.open())

    def post(self, element, outcome, fields=None, files=None, person=None):
        """Complete the open work item of an element."""
        person = person or self.person
        with self.engine.database.read() as session:
            prepared = self.engine.cases.prepare(
                session,
                person,
                self.open()[element].id,
                self._submission(element, fields, files),
                outcome=outcome,
            )
        with self.engine.database.write() as session:
            return self.engine.cases.complete(session, prepared)

    def act(self, element, key, action, fields=None, files=None):
        with self.engine.database.read() as session:
            prepared = self.engine.cases.prepare_action(
                session,
                self.person,
                self.open()[element].id,
                self._submission(element, fields, files),
                key=key,
                action=action,
            )
        with self.engine.database.write() as session:
            return self.engine.cases.act(session, prepared)

    def verify(self) -> None:
        self.engine.clock.advance(seconds=61)
        self.post("request_code", "send")
        self.post("enter_code", "submit", {"code": self.code()})

    def code(self) -> str:
        with self.engine.database.read() as session:
            newest = session.scalars(
                select(CodeChallenge).order_by(CodeChallenge.created_at.desc()).limit(1)
            ).one()
        return codes.code_of(newest.id)

    def to_apply(self) -> "Walk":
        self.verify()
        self.post("consolidate_scores", "next")
        return self

    @property
    def category(self) -> str:
        """The category that fits the person's plan."""
        return "undergraduate" if self.who.prior_major else "junior_college"

    def apply(self, site: str, number: int):
        batch = str(self.batch(site, number).id)
        return self.post("apply", "next", {"category": self.category, "batch": batch})

    def batch(self, site: str, number: int) -> Batch:
        with self.engine.database.read() as session:
            return session.scalars(
                select(Batch).where(Batch.site_id == site, Batch.number == number)
            ).one()

    def inform(self, picture: bytes, *, undergraduate: bool = True):
        photo = {"photo.image": picture}
        self.act("fill_information", "photo", "upload", files=photo)
        fields = {**INFORMATION, "prior_major": self.who.prior_major or "行政管理"}
        files = {"prior_evidence": picture}
        if not undergraduate:
            fields = {
                k: v
                for k, v in fields.items()
                if not k.startswith("prior_") or k == "prior_education"
            }
            files = None
        return self.post("fill_information", "next", fields, files)

    def to_delivery(self, picture: bytes) -> "Walk":
        self.post("review_scores", "next")
        self.post("confirm_transcript", "confirm")
        self.inform(picture)
        return self

    def offered(self, message: str) -> CatchEvent:
        with self.engine.database.read() as session:
            return session.scalars(
                select(CatchEvent).where(
                    CatchEvent.case_id == self.case_id, CatchEvent.message == message
                )
            ).one()

    def send(self, message: str) -> None:
        event = self.offered(message)
        with self.engine.database.write() as session:
            self.engine.cases.send_offered(session, self.person, event.id, uuid4())

    def case(self) -> Case:
        with self.engine.database.read() as session:
            return session.get_one(Case, self.case_id)

    def declaration(self) -> Declaration:
        with self.engine.database.read() as session:
            return session.scalars(
                select(Declaration).where(Declaration.case_id == self.case_id)
            ).one()

    def texts(self) -> list[str]:
        with self.engine.database.read() as session:
            return list(session.scalars(select(Sms.text_key).order_by(Sms.created_at)))

    def events(self) -> list[str]:
        with self.engine.database.read() as session:
            return [
                f"{line.kind} {line.element or ''}".strip()
                for line in queries.timeline(session, self.case_id)
            ]

    def _submission(self, element, fields, files) -> Submission:
        texts = {name: [text] for name, text in (fields or {}).items()}
        uploads = {
            name: [Upload("picture.jpg", "image/jpeg", content)]
            for name, content in (files or {}).items()
        }
        return Submission(uuid4(), self.open()[element].version, Submitted(texts, uploads))


def candidate(engine: Engine, who) -> Person:
    """Sign someone in; whoever has no account yet gets one."""
    now = engine.clock.now()
    with engine.database.write() as session:
        account = accounts.find_account(session, who.admission_number)
        if account is None:
            account = accounts.register(
                session,
                accounts.Registration(
                    who.admission_number, who.id_number, who.name, who.mobile, "digest"
                ),
                now,
            )
        token = sign_ins.start(session, account, now=now, address="127.0.0.1", kind="candidate")
    with engine.database.read() as session:
        return sign_ins.person_of(session, token, now)


def staff(engine: Engine, username: str) -> Person:
    now = engine.clock.now()
    with engine.database.write() as session:
        account = of_username(session, username)
        token = sign_ins.start(session, account, now=now, address="127.0.0.1", kind="staff")
    with engine.database.read() as session:
        return sign_ins.person_of(session, token, now)
