"""A declaration of the demonstration's people, as far as its documents look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from engine.cases import Look, Work, values
from engine.cases.models import Answer, Case, WorkItem
from engine.db.envelope import keyring
from engine.declaration import consolidation, demo, seats, transcripts
from engine.declaration.documents import handlers, issuing
from engine.declaration.identity import canonical_id_number
from engine.declaration.models import (
    Batch,
    Category,
    Certificate,
    Declaration,
    DeclarationState,
    DocumentIssue,
    Exemption,
    ExemptionState,
    Photo,
    RegistryEntry,
    SourceKind,
)
from engine.files import FileStore, add_file
from engine.forms import GENERIC_TYPES
from engine.jobs import Worker, find
from engine.payments import OrderState, PaymentOrder
from engine.people import Person, Role, accounts
from engine.releases import Bundle, Library
from tests.bpmn import drawing as draw
from tests.files.pictures import jpeg, portrait

RELEASE = 'main_process = "request"\n'
BASE = "https://bishen.example"
MODEL = draw.model(
    "request",
    draw.start(),
    draw.user("ask"),
    draw.end("granted"),
    flows="""
    begin > ask
    ask > granted
    """,
    lanes={"candidate": "begin ask granted"},
)
INFORMATION = {
    "sex": "1",
    "native_place": "山东青岛",
    "political_status": "03",
    "ethnicity": "01",
    "marital_status": "20",
    "health_status": "健康",
    "prior_education": "30",
    "position_title": "科员",
    "technical_title": "助理级",
    "overseas_status": "否",
    "work_start": date(2012, 7, 1),
    "employer": "青岛市市南区演示科技有限公司",
    "home_address": "青岛市市南区演示路1号2号楼3单元401户",
    "phone": "13900000001",
    "resume": [
        {
            "start": date(2005, 9, 1),
            "end": date(2008, 6, 1),
            "place": "青岛市演示高级中学",
            "role": "班长",
            "witness": "张老师",
        },
        {
            "start": date(2008, 9, 1),
            "end": date(2012, 6, 1),
            "place": "演示职业技术学院（虚构）行政管理专业",
            "role": "学生",
            "witness": "李老师",
        },
        {
            "start": date(2012, 7, 1),
            "end": None,
            "place": "青岛市市南区演示科技有限公司",
            "role": "科员",
            "witness": "王经理",
        },
    ],
    "family": [
        {
            "relation": "父亲",
            "name": "测试父",
            "age": 61,
            "political_status": "13",
            "employer": "退休",
        },
        {
            "relation": "妻子",
            "name": "测试妻",
            "age": 34,
            "political_status": "03",
            "employer": "青岛市演示小学 教师",
        },
    ],
    "achievements": "",
    "rewards_punishments": "2019年度单位先进工作者",
    "self_appraisal": "本人在自学考试学习期间，思想上积极上进，工作上认真负责，坚持边工作边学习，"
    "利用业余时间完成了专业计划规定的全部课程。\n今后将继续学习，把学到的知识用到工作中去。",
}
DELIVERY = {
    "method": "mail",
    "recipient": "测试甲",
    "mobile": "13900000001",
    "other_phone": "0532-00000000",
    "province": "370000",
    "city": "青岛市",
    "county": "市南区",
    "address": "演示路1号2号楼3单元401户",
    "postcode": "266071",
    "remark": "放门卫处",
}
LONGEST = {
    **INFORMATION,
    "native_place": "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿克陶县阿克陶镇某某村一组",
    "political_status": "08",
    "position_title": "职" * 30,
    "employer": "单位" * 30,
    "home_address": "地址" * 40,
    "achievements": "创造发明" * 50,
    "rewards_punishments": "奖励\n" * 40,
    "self_appraisal": "鉴定文字" * 150,
    "resume": [
        {
            "start": date(2000 + n, 9, 1),
            "end": date(2001 + n, 8, 1),
            "place": "很长的单位名称" * 8,
            "role": "职务" * 15,
            "witness": "证明人" * 10,
        }
        for n in range(8)
    ],
    "family": [
        {
            "relation": "亲属关系" * 5,
            "name": "名字" * 15,
            "age": 130,
            "political_status": "02",
            "employer": "单位及职务" * 12,
        }
        for _ in range(6)
    ],
}


@dataclass
class DocumentWorld:
    """One candidate with a declaration that is about to be submitted."""

    database: object
    clock: object
    folder: object
    key: str = "S1"
    base_url: str = BASE
    information: dict = field(default_factory=lambda: INFORMATION)
    settings: str = ""

    def __post_init__(self):
        self.files = FileStore(self.folder, keyring())
        self.library = Library(GENERIC_TYPES)
        self.worker = Worker(
            self.database,
            handlers(self.database, self.files, self.library, base_url=self.base_url),
            self.clock,
        )
        with self.database.write() as session:
            bundle = Bundle(
                {
                    "workflows/release.toml": (RELEASE + self.settings).encode(),
                    "workflows/r.bpmn": MODEL,
                }
            )
            self.release_id = self.library.publish(session, bundle, now=self.clock.now()).id
        self.case_id, self.owner_id = uuid4(), None
        self._begin()
        self.answer("fill_information", self.information)
        self.give_photo(jpeg(portrait()))

    def answer(self, element: str, said: dict) -> None:
        self.clock.advance(seconds=1)
        with self.database.write() as session:
            item = WorkItem(
                case_id=self.case_id,
                task_id=str(uuid4()),
                element=element,
                name=element,
                role=Role.CANDIDATE,
                form=element,
                opened_at=self.clock.now(),
            )
            session.add(item)
            session.flush()
            session.add(
                Answer(
                    case_id=self.case_id,
                    work_item_id=item.id,
                    element=element,
                    given_by=self.owner_id,
                    given_at=self.clock.now(),
                    values=values.dumps(said),
                )
            )

    def give_photo(self, content: bytes) -> None:
        stored = self.files.put(content)
        with self.database.write() as session:
            file = add_file(
                session,
                stored,
                media_type="image/jpeg",
                name="photo.jpg",
                owner_id=self.owner_id,
                case_id=self.case_id,
                purpose="photo",
                now=self.clock.now(),
            )
            session.add(
                Photo(
                    declaration_id=self.declaration_id,
                    file_id=file.id,
                    version=1,
                    width=480,
                    height=640,
                    size=stored.size,
                    advice=[],
                    uploaded_at=self.clock.now(),
                )
            )

    def merge(self, kind: SourceKind, **said: str) -> None:
        with self.database.write() as session:
            declaration = session.get_one(Declaration, self.declaration_id)
            consolidation.ask(session, declaration, kind, said, now=self.clock.now())
            added, reason = consolidation.answer(session, declaration, self.clock.now())
        assert added, reason

    def exempt(self, course: str, type_id: str) -> None:
        now = self.clock.now()
        with self.database.write() as session:
            certificate = Certificate(
                declaration_id=self.declaration_id,
                owner_id=self.owner_id,
                type_id=type_id,
                number="TEST-1",
                number_index="0" * 64,
                file_id=uuid4(),
                evidence_hash="0" * 64,
                created_at=now,
            )
            session.add(certificate)
            session.flush()
            session.add(
                Exemption(
                    declaration_id=self.declaration_id,
                    certificate_id=certificate.id,
                    course_code=course,
                    state=ExemptionState.APPROVED,
                    chosen_at=now,
                    decided_at=now,
                )
            )

    def pay(self, amount: int = 2000) -> None:
        now = self.clock.now()
        with self.database.write() as session:
            session.add(
                PaymentOrder(
                    number="BS2026030200000000000001",
                    case_id=self.case_id,
                    amount=amount,
                    subject="毕业生登记表邮寄费",
                    state=OrderState.PAID,
                    provider_transaction="SANDBOX-000000000001",
                    created_at=now,
                    expires_at=now + timedelta(minutes=30),
                    paid_at=now,
                )
            )

    def submit(self) -> int:
        """What `declaration.submit` does as far as documents go."""
        with self.database.write() as session:
            declaration = session.get_one(Declaration, self.declaration_id)
            seats.make_final(session, declaration.id, now=self.clock.now())
            declaration.state = DeclarationState.SUBMITTED
            declaration.submitted_at = self.clock.now()
            transcripts.freeze(session, declaration, now=self.clock.now())
            return issuing.request_all(session, declaration, now=self.clock.now())

    def request_all(self) -> int:
        with self.database.write() as session:
            declaration = session.get_one(Declaration, self.declaration_id)
            return issuing.request_all(session, declaration, now=self.clock.now())

    def rename(self, name: str) -> None:
        with self.database.write() as session:
            declaration = session.get_one(Declaration, self.declaration_id)
            declaration.entry.name = name

    def issues(self, *, current: bool = True) -> dict[str, DocumentIssue]:
        query = select(DocumentIssue).order_by(DocumentIssue.version)
        if current:
            query = query.where(DocumentIssue.superseded_at.is_(None))
        with self.database.read() as session:
            return {issue.kind: issue for issue in session.scalars(query)}

    def printed(self, kind: str) -> bytes:
        """Have this one document printed and return it."""
        with self.database.read() as session:
            job = find(session, f"{issuing.ISSUE}:{self.issues()[kind].id}")
        self.worker.run_one(job.id)
        return self.files.get(self.issues()[kind].sha256)

    def look(self, session, settings: Mapping | None = None) -> Look:
        return Look(**self._surroundings(session, settings or {}))

    def work(self, session) -> Work:
        return Work(**self._surroundings(session, {}))

    def _surroundings(self, session, settings: Mapping) -> dict:
        return {
            "session": session,
            "case_id": self.case_id,
            "owner_id": self.owner_id,
            "work_item_id": uuid4(),
            "forms": {},
            "element": "print_documents",
            "person": Person(self.owner_id, "candidate", "", frozenset({Role.CANDIDATE})),
            "now": self.clock.now(),
            "settings": settings,
            "decide": lambda name, inputs: None,
        }

    def _begin(self) -> None:
        now = self.clock.now()
        person = next(c for c in demo.CANDIDATES if c.key == self.key)
        with self.database.write() as session:
            entry = session.scalars(
                select(RegistryEntry).where(
                    RegistryEntry.admission_number == person.admission_number
                )
            ).one()
            account = accounts.open_candidate(
                session,
                id_number=canonical_id_number(person.id_number),
                name=person.name,
                mobile=person.mobile,
                password_hash=None,
                now=now,
            )
            self.owner_id: UUID = account.id
            batch = session.scalars(
                select(Batch).where(Batch.site_id == "shinan").order_by(Batch.number).limit(1)
            ).one()
            session.add(
                Case(
                    id=self.case_id,
                    number="26-0000-0001",
                    workflow="request",
                    release_id=self.release_id,
                    owner_id=account.id,
                    opened_at=now,
                    changed_at=now,
                )
            )
            declaration = Declaration(
                case_id=self.case_id,
                owner_id=account.id,
                season_id=batch.season_id,
                entry_id=entry.id,
                plan_id=entry.plan_id,
                category=Category.UNDERGRADUATE,
                opened_at=now,
            )
            session.add(declaration)
            session.flush()
            self.declaration_id: UUID = declaration.id
            consolidation.load_own(session, declaration, now)
            seats.hold(
                session, declaration, batch.id, now=now, held_until=now + timedelta(hours=72)
            )
