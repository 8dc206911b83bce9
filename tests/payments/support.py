"""A provider that tests play, and a shop with a case to pay for."""

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from engine.db import Database
from engine.jobs import Worker, messages
from engine.payments import PaymentOrder, ProviderUnsure, SandboxProvider, orders
from engine.payments.inbox import receive
from engine.payments.providers import Payment, ProviderOrder
from engine.payments.work import handlers

MERCHANT = "bishen-test"
KEY = Ed25519PrivateKey.generate()
READER = SandboxProvider(
    "http://127.0.0.1:1",
    MERCHANT,
    public_key=KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
)


@dataclass
class PlayedProvider:
    """The provider's side, as a test wants it."""

    name: str = "played"
    is_silent: bool = False
    keeps_open: bool = False
    known: dict[str, int] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    paid: dict[str, Payment] = field(default_factory=dict)
    refunds: dict[UUID, tuple[str, str, int]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def open(self, *, number: str, amount: int, subject: str, expires_at: datetime) -> str:
        self._speak("open")
        self.known[number] = amount
        return f"http://127.0.0.1:1/pay/{number}"

    def query(self, number: str) -> ProviderOrder | None:
        self._speak("query")
        return self._seen(number)

    def close(self, number: str) -> ProviderOrder | None:
        self._speak("close")
        if number in self.known and number not in self.paid and not self.keeps_open:
            self.closed.append(number)
        return self._seen(number)

    def refund(self, number: str, *, transaction: str, amount: int, key: UUID) -> None:
        self._speak("refund")
        self.refunds[key] = (number, transaction, amount)

    def statement(self, since: datetime, until: datetime) -> list[Payment]:
        self._speak("statement")
        return [p for p in self.paid.values() if since <= p.paid_at < until]

    def read(self, body: bytes, signature: str):
        return READER.read(body, signature)

    def take_money(self, order: PaymentOrder, now: datetime, **changes) -> Payment:
        facts = {"number": order.number, "amount": order.amount, "transaction": uuid4().hex}
        self.paid[order.number] = Payment(**(facts | changes), paid_at=now)
        return self.paid[order.number]

    def _seen(self, number: str) -> ProviderOrder | None:
        if number not in self.known:
            return None
        is_open = number not in self.closed and number not in self.paid
        return ProviderOrder(number, is_open, self.paid.get(number))

    def _speak(self, what: str) -> None:
        self.asked.append(what)
        if self.is_silent:
            raise ProviderUnsure("no answer")


def notice_of(payment: Payment, **changes) -> tuple[bytes, str]:
    """A notice as the platform would sign it."""
    content = {
        "event_id": uuid4().hex,
        "merchant": MERCHANT,
        "number": payment.number,
        "amount": payment.amount,
        "transaction": payment.transaction,
        "paid_at": payment.paid_at.isoformat(),
    }
    body = json.dumps(content | changes).encode()
    return body, base64.b64encode(KEY.sign(body)).decode()


class Shop:
    """One case, its orders, its worker, and what the case was told."""

    def __init__(self, database: Database, clock) -> None:
        self.database, self.clock = database, clock
        self.case_id = uuid4()
        self.provider = PlayedProvider()
        self.told: list[str] = []
        self.worker = Worker(database, handlers(database, self.provider), clock)
        messages.install(self._hear)

    def order(self, amount=2200) -> PaymentOrder:
        with self.database.write() as session:
            return orders.create(
                session,
                case_id=self.case_id,
                amount=amount,
                subject="毕业生登记表邮寄费",
                now=self.clock.now(),
            )

    def now(self, order: PaymentOrder) -> PaymentOrder:
        """The order as it stands."""
        with self.database.write() as session:
            found = session.get_one(PaymentOrder, order.id)
            assert found.refunds is not None
        return found

    def receive(self, body: bytes, signature: str):
        with self.database.write() as session:
            return receive(session, body, signature, self.clock.now(), provider=self.provider)

    def pay(self, order: PaymentOrder, **changes):
        """Someone pays, and the provider says so."""
        return self.receive(
            *notice_of(self.provider.take_money(order, self.clock.now(), **changes))
        )

    def request_close(self, order: PaymentOrder) -> None:
        with self.database.write() as session:
            orders.request_close(session, order.id, self.clock.now())

    def work(self, **later) -> None:
        if later:
            self.clock.advance(**later)
        self.worker.run_due()

    def _hear(self, session, case_id, message, payload, now) -> None:
        assert case_id == self.case_id
        self.told.append(message)
