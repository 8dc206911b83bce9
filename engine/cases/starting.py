"""Open a case on the newest release and run it to the first person who is needed."""

from collections.abc import Callable
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.cases.completing import Reply, reply_of
from engine.cases.house import House
from engine.cases.models import Case, CaseStatus
from engine.cases.numbers import case_number
from engine.errors import Conflict
from engine.i18n import gettext as _


class NothingPublished(RuntimeError):
    """No release has been published, so no case can start."""


def start(
    house: House,
    session: Session,
    *,
    workflow: str,
    owner_id: UUID,
    actor_id: UUID | None,
    scope: str = "",
    at: str | None = None,
    before: Callable[[Case], None] = lambda case: None,
) -> Reply:
    """Open a case. `before` adds the domain's rows, once the case's own row is there."""
    now = house.clock.now()
    release = house.library.newest(session)
    if release is None:
        raise NothingPublished(workflow)
    case = Case(
        id=uuid4(),
        number=case_number(now),
        workflow=workflow,
        release_id=release.id,
        owner_id=owner_id,
        scope=scope,
        status=CaseStatus.RUNNING,
        version=0,
        opened_at=now,
        changed_at=now,
        event_count=0,
        event_head="",
        inbox_count=0,
    )
    session.add(case)
    try:
        session.flush()
    except IntegrityError as fault:
        raise Conflict(_("您已经有一件正在办理的申报。")) from fault
    before(case)
    running = house.running(session, case, actor_id)
    where = {"start": at} if at else {}
    running.record("case started", workflow=workflow, release=release.number, **where)
    running.begin(at)
    running.save()
    return reply_of(running)
