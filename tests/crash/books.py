"""What must be true against the providers' own records: the phone's book and the platform's."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.bootstrap import Engine
from engine.jobs import Job
from engine.payments import OrderState, PaymentOrder
from engine.payments.models import PaymentRefund, RefundState
from engine.sms import Sms, SmsState

RECEIVED = (OrderState.PAID, OrderState.REFUND_DUE, OrderState.REFUNDED)
PHONE, PLATFORM = "phones/messages.db", "platform/payments.db"


def faults(engine: Engine, home: Path, now: datetime) -> Iterator[str]:
    """Yield a sentence for everything that was due by now and is not in both books, once."""
    yield from _texts(engine, home, now)
    yield from _payments(engine, home)
    yield from _refunds(engine, home)


def times(home: Path, book: str, table: str, column: str, value: str) -> int:
    """Count the lines of a book that name something."""
    query = f"SELECT count(*) FROM {table} WHERE {column} = ?"  # noqa: S608 -- our own names
    return int(_lines(home / book, query, [value])[0][0])


def _lines(book: Path, query: str, values: Sequence[str] = ()) -> list[Any]:
    with closing(sqlite3.connect(book)) as connection:
        return connection.execute(query, values).fetchall()


def _texts(engine: Engine, home: Path, now: datetime) -> Iterator[str]:
    """What is marked as sent reached the phone once; nothing that was due still waits."""
    keys = Counter(key for (key,) in _lines(home / PHONE, "SELECT key FROM message"))
    with engine.database.read() as session:
        rows = session.execute(
            select(Sms.id, Sms.job_id, Sms.state, Job.run_at, Sms.challenge_id).join(
                Job, Job.id == Sms.job_id
            )
        ).all()
    for challenge, count in Counter(row.challenge_id for row in rows).items():
        if challenge and count > 1:
            yield f"doubled: {count} texts for the code {challenge}"
    for sms, job, state, run_at, _challenge in rows:
        here, count = f"text {sms}", keys.pop(str(job), 0)
        if count > 1:
            yield f"doubled: {here} reached the phone {count} times"
        if state == SmsState.SENT and not count:
            yield f"lost: {here} is marked as sent and never came"
        if state == SmsState.FAILED or (state == SmsState.WAITING and run_at <= now):
            yield f"lost: {here} is {state}"
    for key in keys:
        yield f"the phone has a text that nobody sent: {key}"


def _payments(engine: Engine, home: Path) -> Iterator[str]:
    """Every order there is one of ours; what is paid there is paid here, by that transaction."""
    lines = _lines(home / PLATFORM, "SELECT number, state, txn FROM payment")
    there = {number: (state, transaction) for number, state, transaction in lines}
    with engine.database.read() as session:
        ours = {order.number: order for order in session.scalars(select(PaymentOrder))}
    for number in there.keys() - ours.keys():
        yield f"the platform has an order that is not ours: {number}"
    for number, order in ours.items():
        state, transaction = there.get(number, ("unknown", None))
        if (state in ("paid", "refunded")) != (order.state in RECEIVED):
            yield f"unaccounted: order {number} is {state} there and {order.state} here"
        elif transaction != order.provider_transaction:
            yield f"unaccounted: order {number} was paid by another transaction"


def _refunds(engine: Engine, home: Path) -> Iterator[str]:
    """What was to go back has gone back there, once, under the id of its job."""
    there = Counter(_lines(home / PLATFORM, "SELECT key, number, amount FROM refund"))
    with engine.database.read() as session:
        jobs = dict(session.execute(select(Job.key, Job.id)).tuples().all())
        ours = [
            (refund, (str(jobs[f"payments.refund:{refund.id}"]), order.number, refund.amount))
            for refund, order in session.execute(
                select(PaymentRefund, PaymentOrder).join(PaymentRefund.order)
            )
        ]
    for refund, line in ours:
        count = there.pop(line, 0)
        if count != 1 or refund.state != RefundState.DONE:
            yield f"refund of order {line[1]}: {refund.state} here, made {count} times there"
    for _key, number, amount in there:
        yield f"the platform gave {amount} back for order {number}, and nobody asked for it"
