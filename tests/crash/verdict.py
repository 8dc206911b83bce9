"""What must be true afterwards, of the database and of the providers' books beside it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from engine.bootstrap import Engine
from engine.cases.models import Answer, Incident, StoredReply
from engine.declaration.models import Batch, DocumentIssue, IssueState, Seat, SeatState
from engine.files import File
from engine.jobs import Job, JobState
from engine.payments import PaymentOrder
from tests.crash import books, points
from tests.crash.browsing import Ledger

SEATS = 60


@dataclass(frozen=True)
class Kill:
    """One death at a point, and what came of the work that was under way."""

    point: str
    what: str
    effects: int | None = None
    """How often the work took effect in the end; None where that cannot be counted."""


def faults(engine: Engine, home: Path, ledger: Ledger, now: datetime) -> Iterator[str]:
    """Yield a sentence for everything that is lost, doubled or broken, or was due and not done."""
    yield from _steps(engine, ledger)
    yield from books.faults(engine, home, now)
    yield from _documents(engine)
    yield from _seats(engine)
    yield from _jobs(engine, now)


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
            return books.times(home, books.PHONE, "message", "key", what)
        case points.ORDER:
            return books.times(home, books.PLATFORM, "payment", "number", what)
        case points.REFUND:
            return books.times(home, books.PLATFORM, "refund", "key", what)
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


def _jobs(engine: Engine, now: datetime) -> Iterator[str]:
    with engine.database.read() as session:
        for job in session.scalars(select(Job).where(Job.state == JobState.DEAD)):
            yield f"job {job.kind} {job.id} is dead: {job.error}"
        for job in session.scalars(
            select(Job).where(Job.state == JobState.READY, Job.run_at <= now)
        ):
            yield f"job {job.kind} {job.id} was never done: {job.attempts} tries, {job.error}"
        for incident in session.scalars(select(Incident)):
            yield f"incident at {incident.element}: {incident.cause}"
