"""An installation that has been used a little: paid, printed, reviewed, held, withdrawn."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import payments
from engine.bootstrap import Engine, build
from engine.clock import MovableClock
from engine.db import Database
from engine.declaration import demo
from engine.declaration.consistency import Broken, broken_invariants
from engine.jobs.procrastinate import install_schema
from engine.payments import PaymentOrder
from engine.settings import Settings
from tests.conftest import START
from tests.declaration.flow.platform import Platform
from tests.declaration.flow.walk import MAIL, Walk, staff
from tests.journeys import pictures

CERTIFICATE = {
    "certificates.type": "CET4",
    "certificates.cert_no": "371100191000001",
    "certificates.holder_name": "测试戊",
    "certificates.score": "431",
    "certificates.exam_session": "2019-06",
    "certificates.issue_date.year": "2019",
    "certificates.issue_date.month": "8",
    "certificates.issue_date.day": "20",
}


@dataclass
class Walked:
    """A built engine and the demonstration's people on their way."""

    engine: Engine
    platform: Platform

    def load(self, session: Session) -> None:
        """Load the demonstration's plans, people and seats, and open its accounts."""
        demo.load(session, self.engine.clock.now())
        demo.open_accounts(session, self.engine.clock.now())

    def broken(self) -> list[Broken]:
        engine = self.engine
        return broken_invariants(engine.database, engine.files, engine.library, engine.clock.now())


def opened(url: str, home: Path, clock: MovableClock) -> Walked:
    """Open an installation with the keys that every test has."""
    platform = Platform(clock)
    settings = Settings(home=home, database_url=url, demo=True, master_key=bytes(range(32)).hex())
    return Walked(build(settings, clock=clock, payment_provider=platform), platform)


def walk_a_little(url: str, home: Path) -> Walked:
    clock = MovableClock(START)
    database = Database(url)
    with database.engine.begin() as connection:
        install_schema(connection)
    database.close()
    walked = opened(url, home, clock)
    engine = walked.engine
    engine.publish()
    with engine.database.write() as session:
        walked.load(session)
    _paid_and_printed(walked)
    _exempted(engine)
    _waiting_for_the_reviewer(engine)
    _withdrawn(engine)
    return walked


def _paid_and_printed(walked: Walked) -> None:
    engine, picture = walked.engine, pictures.portrait()
    walk = Walk.begin(engine, "S1").to_apply()
    walk.apply("shinan", 3)
    walk.to_delivery(picture).post("choose_delivery", "next", MAIL)
    engine.worker.run_due()
    with engine.database.read() as session:
        number = session.scalars(select(PaymentOrder.number)).one()
    notice = walked.platform.pay(number)
    with engine.database.write() as session:
        payments.receive(session, notice, "once", engine.clock.now())
    engine.worker.run_due()


def _exempted(engine: Engine) -> None:
    walk = _asking_for_an_exemption(engine, "S5", CERTIFICATE)
    reviewer = staff(engine, "cert1")
    with engine.database.write() as session:
        engine.cases.claim_next(session, reviewer)
    with engine.database.read() as session:
        item = walk.open()["review_certificates"]
        desk = engine.cases.desk(session, reviewer, item.id)
    fields = {
        name: text
        for row in desk.context["decisions"]["exemptions"]
        for name, text in (
            (f"decisions.verdict.{row['id']}", "approve"),
            (f"decisions.version.{row['id']}", str(row["version"])),
        )
    }
    walk.post("review_certificates", "decide", fields, person=reviewer)


def _asking_for_an_exemption(engine: Engine, key: str, stated: dict[str, str]) -> Walk:
    walk = Walk.begin(engine, key).to_apply()
    walk.apply("laoshan", 2)
    image = {"certificates.image": pictures.certificate("测试", "0001")}
    walk.act("review_scores", "certificates", "submit_certificate", stated, image)
    with engine.database.read() as session:
        desk = engine.cases.desk(session, walk.person, walk.open()["review_scores"].id)
    slot = next(slot for slot in desk.context["board"]["slots"] if slot["certificates"])
    chosen = slot["certificates"][0]["id"]
    walk.act(
        "review_scores",
        "board",
        "choose_certificate",
        {"board.slot": slot["code"], f"board.certificate.{slot['code']}": chosen},
    )
    walk.post("review_scores", "submit_for_review")
    return walk


def _waiting_for_the_reviewer(engine: Engine) -> None:
    _asking_for_an_exemption(
        engine,
        "S9",
        {
            **CERTIFICATE,
            "certificates.cert_no": "371100191000009",
            "certificates.holder_name": "测试壬",
        },
    )


def _withdrawn(engine: Engine) -> None:
    walk = Walk.begin(engine, "S10").to_apply()
    walk.apply("shinan", 4)
    walk.send("withdraw")
