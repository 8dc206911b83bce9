"""The list of all cases, newest first: filtered, in pages, a handful of statements each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from engine.cases.models import Case, Incident, WorkItem
from engine.cases.paging import Page, Position
from engine.releases.models import Release

PAGE = 50
WHOLE_NUMBER = 18
"""Characters of a case's number: `BY`, the date, eight digits."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What an operator looks for; what is empty does not matter."""

    number: str = ""
    workflow: str = ""
    status: str = ""
    step: str = ""
    release: int | None = None
    place: str = ""
    opened_from: datetime | None = None
    opened_before: datetime | None = None
    has_incident: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the list."""

    case: Case
    release: int
    open_items: Sequence[WorkItem]
    incidents: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters can be set to, here and now."""

    releases: Sequence[int]
    steps: Sequence[tuple[str, str, str | None]]
    """Element, name and English name of every step at which a case stands."""


def cases_page(
    session: Session, wanted: CaseFilter, after: Position | None = None, size: int = PAGE
) -> Page[CaseRow]:
    statement = (
        select(Case, Release.number)
        .join(Release, Release.id == Case.release_id)
        .where(*_conditions(wanted))
        .order_by(Case.opened_at.desc(), Case.id.desc())
        .limit(size + 1)
    )
    if after:
        statement = statement.where(
            or_(
                Case.opened_at < after.at,
                and_(Case.opened_at == after.at, Case.id < after.id),
            )
        )
    found = list(session.execute(statement))
    shown = found[:size]
    ids = [case.id for case, _release in shown]
    items, incidents = _open_items(session, ids), _open_incidents(session, ids)
    rows = [CaseRow(c, release, items[c.id], incidents.get(c.id, 0)) for c, release in shown]
    last = shown[-1][0] if len(found) > size else None
    return Page(rows, Position(last.opened_at, last.id) if last else None)


def choices(session: Session) -> Choices:
    steps = session.execute(
        select(WorkItem.element, func.max(WorkItem.name), func.max(WorkItem.name_en))
        .where(WorkItem.closed_at.is_(None))
        .group_by(WorkItem.element)
        .order_by(WorkItem.element)
    )
    releases = session.scalars(select(Release.number).order_by(Release.number.desc())).all()
    return Choices(releases, list(steps))


def _conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    number = wanted.number.strip().upper()
    found = [
        Case.workflow == wanted.workflow if wanted.workflow else None,
        Case.status == wanted.status if wanted.status else None,
        Case.place == wanted.place if wanted.place else None,
        Release.number == wanted.release if wanted.release is not None else None,
        Case.opened_at >= wanted.opened_from if wanted.opened_from else None,
        Case.opened_at < wanted.opened_before if wanted.opened_before else None,
        _stands_at(wanted.step) if wanted.step else None,
        _has_incident() if wanted.has_incident else None,
    ]
    if len(number) >= WHOLE_NUMBER:
        found.append(Case.number == number)
    elif number:
        found.append(Case.number.contains(number, autoescape=True))
    return [condition for condition in found if condition is not None]


def _stands_at(step: str) -> ColumnElement[bool]:
    return Case.id.in_(
        select(WorkItem.case_id).where(WorkItem.element == step, WorkItem.closed_at.is_(None))
    )


def _has_incident() -> ColumnElement[bool]:
    return Case.id.in_(select(Incident.case_id).where(Incident.resolved_at.is_(None)))


def _open_items(session: Session, ids: Iterable[UUID]) -> Mapping[UUID, list[WorkItem]]:
    found: dict[UUID, list[WorkItem]] = defaultdict(list)
    for item in session.scalars(
        select(WorkItem)
        .where(WorkItem.case_id.in_(ids), WorkItem.closed_at.is_(None))
        .order_by(WorkItem.opened_at, WorkItem.id)
    ):
        found[item.case_id].append(item)
    return found


def _open_incidents(session: Session, ids: Iterable[UUID]) -> dict[UUID | None, int]:
    counts = session.execute(
        select(Incident.case_id, func.count())
        .where(Incident.case_id.in_(ids), Incident.resolved_at.is_(None))
        .group_by(Incident.case_id)
    )
    return {case_id: count for case_id, count in counts}  # noqa: C416 -- a result is no mapping
