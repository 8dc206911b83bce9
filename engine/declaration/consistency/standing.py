"""Open cases as they stand: the state resumed, beside the rows that were written with it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engine.bpmn import Process
from engine.cases import FIRE_TIMERS
from engine.cases.models import Case, CaseState, CatchEvent, Incident, WorkItem
from engine.declaration.consistency.survey import BATCH, Survey
from engine.jobs import Job, JobState


@dataclass(frozen=True, slots=True)
class Standing:
    """One open case. `process` is None when its state can't be resumed; `problem` says why."""

    case: Case
    process: Process | None
    problem: str
    items: list[WorkItem]
    waits: list[CatchEvent]
    wakings: list[datetime]
    """When jobs are planned that fire the case's timers."""
    has_incident: bool
    now: datetime

    @property
    def where(self) -> str:
        return f"case {self.case.number}"


def open_cases(survey: Survey) -> Iterator[Standing]:
    """Yield every open case; a batch of them costs a handful of statements."""
    last: UUID | None = None
    while batch := _batch(survey, last):
        last = batch[-1][0].id
        yield from _standing(survey, batch)
        survey.session.expunge_all()


def _batch(survey: Survey, last: UUID | None) -> list[tuple[Case, bytes | None]]:
    statement = (
        select(Case, CaseState.content)
        .outerjoin(CaseState, CaseState.case_id == Case.id)
        .where(Case.closed_at.is_(None))
        .order_by(Case.id)
        .limit(BATCH)
    )
    if last is not None:
        statement = statement.where(Case.id > last)
    return [(case, content) for case, content in survey.session.execute(statement)]


def _standing(survey: Survey, batch: list[tuple[Case, bytes | None]]) -> Iterator[Standing]:
    ids = [case.id for case, _content in batch]
    items = _by_case(survey, select(WorkItem).where(WorkItem.closed_at.is_(None)), WorkItem, ids)
    waits = _by_case(survey, select(CatchEvent), CatchEvent, ids)
    ready = select(Job).where(Job.kind == FIRE_TIMERS, Job.state == JobState.READY)
    wakings = _by_case(survey, ready, Job, ids)
    incidents = _by_case(
        survey, select(Incident).where(Incident.resolved_at.is_(None)), Incident, ids
    )
    for case, content in batch:
        process, problem = _resumed(survey, case, content)
        yield Standing(
            case=case,
            process=process,
            problem=problem,
            items=items[case.id],
            waits=waits[case.id],
            wakings=[job.run_at for job in wakings[case.id]],
            has_incident=bool(incidents[case.id]),
            now=survey.now,
        )


def _by_case(
    survey: Survey, statement: Any, table: Any, ids: Iterable[UUID]
) -> Mapping[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in survey.session.scalars(statement.where(table.case_id.in_(ids)).order_by(table.id)):
        found[row.case_id].append(row)
    return found


def _resumed(survey: Survey, case: Case, content: bytes | None) -> tuple[Process | None, str]:
    if content is None:
        return None, "it has no state"
    try:
        release = survey.library.open(survey.session, case.release_id)
        process = release.definition.resume(content, services=_refuse, clock=lambda: survey.now)
        process.open_tasks(), process.waiting()
    except Exception as cause:  # noqa: BLE001 -- whatever a damaged state does is what we report
        return None, f"its state can't be resumed: {type(cause).__name__}"
    return process, ""


def _refuse(name: str, params: Mapping[str, Any], element: str) -> Mapping[str, Any]:
    """Looking at a state calls nothing."""
    raise RuntimeError(name)
