"""Incidents and dead jobs: somebody takes them, tries again, or says what was done about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import jobs
from engine.cases.access import require_operator
from engine.cases.events import record
from engine.cases.house import House
from engine.cases.locking import locked_case
from engine.cases.models import Case, Incident, OperatorAct
from engine.cases.operating import Retried, retry_case
from engine.cases.reasons import reason_in
from engine.errors import Conflict, NotFound
from engine.i18n import gettext as _
from engine.jobs import Job, JobState
from engine.people import Person


def take_incident(
    house: House,
    session: Session,
    person: Person,
    incident_id: UUID,
    *,
    instead_of: UUID | None = None,
) -> None:
    """Say that this person looks after it. `instead_of` is who had it on the page they saw."""
    require_operator(person)
    incident, case = _open_incident(session, incident_id)
    if incident.taken_by == person.account_id:
        return
    if incident.taken_by != instead_of:
        raise Conflict(_("这件事刚刚由另一位同事领取了。"))
    now = house.clock.now()
    incident.taken_by, incident.taken_at = person.account_id, now
    _write_down(session, incident, case, "incident taken", person, now)


def resolve_incident(
    house: House, session: Session, person: Person, incident_id: UUID, note: str
) -> None:
    """Close it with a word about what was done."""
    require_operator(person)
    said = reason_in(note, field="note")
    incident, case = _open_incident(session, incident_id)
    _require_not_anothers(incident, person)
    now = house.clock.now()
    incident.settle(person.account_id, now, said)
    _write_down(session, incident, case, "incident resolved", person, now, note=said)


def retry_incident(house: House, session: Session, person: Person, incident_id: UUID) -> Retried:
    """Run again what failed: the job it names, else whatever is dead or due in its case."""
    require_operator(person)
    incident, case = _open_incident(session, incident_id)
    _require_not_anothers(incident, person)
    if incident.job_id:
        return retry_job(house, session, person, incident.job_id)
    if case is None:
        raise Conflict(_nothing_to_retry())
    try:
        done = retry_case(house, session, person, case.id)
    except Conflict:
        raise Conflict(_nothing_to_retry()) from None
    incident.settle(person.account_id, house.clock.now(), None)
    return done


def retry_job(house: House, session: Session, person: Person, job_id: UUID) -> Retried:
    """Give a dead job all its tries again; what its death opened is settled."""
    require_operator(person)
    case_id = session.scalar(select(Job.case_id).where(Job.id == job_id))
    case = locked_case(session, case_id) if case_id else None
    opened = _incidents_of(session, job_id)
    job = session.scalar(select(Job).where(Job.id == job_id).with_for_update())
    if job is None:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    if job.state != JobState.DEAD:
        raise Conflict(_("这项后台任务已经不是失败状态，不需要重试。"))
    for incident in opened:
        _require_not_anothers(incident, person)
    now = house.clock.now()
    jobs.retry(session, job, now=now)
    for incident in opened:
        incident.settle(person.account_id, now, None)
    _write_down(session, opened[0] if opened else None, case, "job retried", person, now, job=job)
    return Retried(jobs=1, timers=0)


def _open_incident(session: Session, incident_id: UUID) -> tuple[Incident, Case | None]:
    """Return the incident and its case, both locked, the case first as every command does."""
    found = session.get(Incident, incident_id)
    if found is None:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    case = locked_case(session, found.case_id) if found.case_id else None
    incident = session.scalars(
        select(Incident)
        .where(Incident.id == incident_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if incident.resolved_at is not None:
        raise Conflict(_("这件事已经处理过了。"))
    return incident, case


def _incidents_of(session: Session, job_id: UUID) -> Sequence[Incident]:
    return session.scalars(
        select(Incident)
        .where(Incident.job_id == job_id, Incident.resolved_at.is_(None))
        .order_by(Incident.opened_at, Incident.id)
        .with_for_update()
    ).all()


def _require_not_anothers(incident: Incident, person: Person) -> None:
    if incident.taken_by not in (None, person.account_id):
        raise Conflict(_("这件事由另一位同事领取，请先接手。"))


def _write_down(
    session: Session,
    incident: Incident | None,
    case: Case | None,
    kind: str,
    person: Person,
    now: datetime,
    *,
    note: str | None = None,
    job: Job | None = None,
) -> None:
    """Add a line to the audit of the case; what belongs to none has a table of its own."""
    if case is None:
        session.add(
            OperatorAct(
                at=now,
                actor_id=person.account_id,
                kind=kind,
                incident_id=incident.id if incident else None,
                job_id=job.id if job else None,
                note=note,
            )
        )
        return
    about: dict[str, Any] = {
        "incident": str(incident.id) if incident else None,
        "job": job.kind if job else None,
        "job_id": str(job.id) if job else None,
        "note": note,
    }
    record(
        session,
        case,
        kind,
        at=now,
        actor_id=person.account_id,
        element=incident.element if incident else None,
        **{name: value for name, value in about.items() if value is not None},
    )


def _nothing_to_retry() -> str:
    return _(
        "没有可以重试的后台任务：原因排除后，请当事人在原来的页面重新提交，再在这里写明处理结果。"
    )
