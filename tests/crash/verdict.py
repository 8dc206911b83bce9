"""What must be true afterwards: of the database, and against the providers' own records."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from engine.bootstrap import Engine
from engine.cases.models import Answer, Incident, StoredReply
from engine.declaration.models import Batch, DocumentIssue, IssueState, Seat, SeatState
from engine.files import File
from engine.jobs import Job, JobState
from engine.payments import OrderState, PaymentOrder
from engine.sms import Sms, SmsState
from tests.crash import points
from tests.crash.browsing import Ledger

RECEIVED = (OrderState.PAID, OrderState.REFUND_DUE, OrderState.REFUNDED)
SEATS = 60
PHONE, PLATFORM = "phones/messages.db", "platform/payments.db"


@dataclass(frozen=True)
class Kill:
    """One death at a point, and what came of the work that was under way."""

    point: str
    what: str
    effects: int | None = None
    """How often the work took effect in the end; None where that cannot be counted."""


def faults(engine: Engine, home: Path, ledger: Ledger) -> Iterator[str]:
    """Yield a sentence for everything that is lost, doubled or broken."""
    yield from _steps(engine, ledger)
    yield from _texts(engine, home)
    yield from _payments(engine, home)
    yield from _documents(engine)
    yield from _seats(engine)
    yield from _jobs(engine)


def kills(engine: Engine, home: Path) -> list[Kill]:
    """Read who died where, and count what became of it."""
    found = []
    for note in sorted((home / points.KILLED).iterdir()):
        point, what = note.name.rpartition(" ")[0], note.read_text()
        found.append(Kill(point, what, _effects(engine, home, point, what)))
    return found


def not_once(deaths: Iterable[Kill]) -> Iterator[str]:
    """Yield a sentence for every work that a death has undone, or that was done once more."""
    for death in deaths:
        if death.effects not in (None, 1):
            yield f"{death.point}: {death.what} took effect {death.effects} times"


def _effects(engine: Engine, home: Path, point: str, what: str) -> int | None:
    """Count in the providers' books what was done there, in our own tables anything else."""
    match point.partition(":")[0]:
        case points.SMS:
            return _rows(home / PHONE, "message", "key", what)
        case points.ORDER:
            return _rows(home / PLATFORM, "payment", "number", what)
        case points.ANSWER:
            query = select(func.count()).where(StoredReply.id == UUID(what))
        case points.NOTICE:
            query = select(func.count()).where(PaymentOrder.provider_transaction == what)
        case points.JOB | points.DOCUMENT:
            over = Job.state.in_([JobState.DONE, JobState.CANCELLED])
            query = select(func.count()).where(Job.id == UUID(what), over)
        case points.FILE:
            return _files(engine, what)
        case _:
            return 1  # The migration: whatever came later would not have, had it not ended.
    with engine.database.read() as session:
        return session.scalar(query)


def _files(engine: Engine, address: str) -> int:
    """Count the contents at this address that a row speaks of."""
    with engine.database.read() as session:
        contents = session.scalars(select(File.sha256).distinct().order_by(File.sha256))
        return sum(str(engine.files.path_of(sha256)) == address for sha256 in contents)


def _rows(book: Path, table: str, column: str, value: str) -> int:
    with closing(sqlite3.connect(book)) as connection:
        query = f"SELECT count(*) FROM {table} WHERE {column} = ?"  # noqa: S608 -- our own names
        (count,) = connection.execute(query, [value]).fetchone()
    return int(count)


def _steps(engine: Engine, ledger: Ledger) -> Iterator[str]:
    """What was acknowledged is there, and nothing is there twice."""
    with engine.database.read() as session:
        replies = set(session.scalars(select(StoredReply.id)))
        answers = Counter(session.scalars(select(Answer.work_item_id)))
    for step in ledger.steps:
        has_answer = step.is_action or answers[step.work_item]
        if step.submission not in replies or not has_answer:
            yield f"lost: the step {step.work_item} was acknowledged"
    for submission, what in ledger.refused:
        if submission in replies:
            yield f"carried out, asked again and refused: {what}"
    for work_item, count in answers.items():
        if count > 1:
            yield f"doubled: the work item {work_item} has {count} answers"


def _texts(engine: Engine, home: Path) -> Iterator[str]:
    """What is marked as sent reached the phone once; nothing that was due still waits."""
    with closing(sqlite3.connect(home / PHONE)) as connection:
        keys = Counter(key for (key,) in connection.execute("SELECT key FROM message"))
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
        if state == SmsState.FAILED or (state == SmsState.WAITING and run_at <= engine.clock.now()):
            yield f"lost: {here} is {state}"
    for key in keys:
        yield f"the phone has a text that nobody sent: {key}"


def _payments(engine: Engine, home: Path) -> Iterator[str]:
    """Every order there is one of ours; what is paid there is paid here, by that transaction."""
    with closing(sqlite3.connect(home / PLATFORM)) as connection:
        there = {
            number: (state, transaction)
            for number, state, transaction in connection.execute(
                "SELECT number, state, txn FROM payment"
            )
        }
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


def _documents(engine: Engine) -> Iterator[str]:
    """What was asked for is issued, and in each version once: the table sees to the latter."""
    waiting = select(DocumentIssue).where(DocumentIssue.state != IssueState.ISSUED)
    with engine.database.read() as session:
        for issue in session.scalars(waiting):
            yield f"lost: the document {issue.kind} {issue.id} is {issue.state}"


def _seats(engine: Engine) -> Iterator[str]:
    held = (
        select(func.count())
        .where(Seat.batch_id == Batch.id, Seat.state != SeatState.RELEASED)
        .scalar_subquery()
    )
    with engine.database.read() as session:
        for site, number, taken, count in session.execute(
            select(Batch.site_id, Batch.number, Batch.taken, held)
        ):
            if not taken == count <= SEATS:
                yield f"batch {site} {number}: {taken} seats counted, {count} rows"


def _jobs(engine: Engine) -> Iterator[str]:
    with engine.database.read() as session:
        for job in session.scalars(select(Job).where(Job.state == JobState.DEAD)):
            yield f"job {job.kind} {job.id} is dead: {job.error}"
        for job in session.scalars(
            select(Job).where(Job.state == JobState.READY, Job.run_at <= engine.clock.now())
        ):
            yield f"job {job.kind} {job.id} was never done: {job.attempts} tries, {job.error}"
        for incident in session.scalars(select(Incident)):
            yield f"incident at {incident.element}: {incident.cause}"
