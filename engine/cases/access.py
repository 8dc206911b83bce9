"""Who may see a case and who may act on a work item. What one may not see does not exist (404)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, union_all
from sqlalchemy.orm import Session

from engine.cases.models import Case, CaseStatus, WorkItem
from engine.errors import Conflict, NotFound
from engine.i18n import gettext as _
from engine.people import Person, Role
from engine.people.models import Account

OVERSEERS = frozenset({Role.OPERATOR, Role.OPERATOR_APPROVER, Role.AUDITOR, Role.REVIEW_LEAD})
"""Roles that may look at any case."""


def waiting_for(person: Person, limit: int, *conditions: ColumnElement[bool]) -> Select[UUID]:
    """Select the oldest open work items that a member of staff may take, `limit` at most.

    Each role's line is read from its own end of the index, and only so far: asked for several
    roles at once, a database sorts all that wait in any of them.
    """
    lines = [
        _line_of(role, person, conditions).limit(limit).subquery()
        for role in sorted(person.roles - {Role.CANDIDATE})
    ]
    if not lines:
        return select(WorkItem.id).where(false())
    waiting = union_all(*(select(line.c.id, line.c.opened_at) for line in lines)).subquery()
    return select(waiting.c.id).order_by(waiting.c.opened_at, waiting.c.id).limit(limit)


def _line_of(
    role: str, person: Person, conditions: Sequence[ColumnElement[bool]]
) -> Select[UUID, datetime]:
    line = (
        select(WorkItem.id, WorkItem.opened_at)
        .join(WorkItem.case)
        .where(WorkItem.closed_at.is_(None), WorkItem.role == role, *conditions)
        .where(Case.status == CaseStatus.RUNNING)
        .order_by(WorkItem.opened_at, WorkItem.id)
    )
    if not person.sites:
        return line
    return line.where(or_(Case.place.is_(None), Case.place.in_(sorted(person.sites))))


def require_operator(person: Person) -> None:
    """Let only operators act on cases that are not theirs; the other overseers look."""
    if not person.has(Role.OPERATOR):
        raise NotFound(_("没有这个页面，或者您无权查看。"))


def require_owner_or_overseer(case: Case, person: Person) -> None:
    if case.owner_id != person.account_id and not OVERSEERS & person.roles:
        raise NotFound(_("没有这个页面，或者您无权查看。"))


def require_may_see(item: WorkItem, case: Case, person: Person) -> None:
    """Let the owner see what is the candidate's, and staff what their role and place allow."""
    if item.role == Role.CANDIDATE:
        allowed = case.owner_id == person.account_id
    else:
        in_place = not person.sites or case.place is None or case.place in person.sites
        allowed = item.role in person.roles and in_place
    if not allowed:
        raise NotFound(_("没有这个页面，或者您无权查看。"))


def require_may_complete(item: WorkItem, person: Person, now: datetime) -> None:
    """Let only the holder of a claim complete what is staff's."""
    if item.role == Role.CANDIDATE:
        return
    if item.claimed_by != person.account_id or not item.is_claimed(now):
        raise Conflict(_("请先领取这项任务，再作决定。您填写的内容已经保存。"))


def require_no_conflict_of_interest(
    session: Session, item: WorkItem, case: Case, person: Person
) -> None:
    """Refuse whoever did the step this one checks, and whoever is the candidate."""
    if item.not_same_person_as:
        did_it = session.scalar(
            select(WorkItem.id)
            .where(
                WorkItem.case_id == item.case_id,
                WorkItem.element == item.not_same_person_as,
                WorkItem.closed_by == person.account_id,
            )
            .limit(1)
        )
        if did_it:
            raise Conflict(_("这一步须由另一位工作人员办理。"))
    # An ID number opens one account only, so it is the phone that two accounts of one person share.
    mobiles = session.scalars(
        select(Account.mobile_index)
        .where(Account.id.in_([case.owner_id, person.account_id]))
        .where(Account.mobile_index.is_not(None))
    ).all()
    if case.owner_id == person.account_id or len(mobiles) != len(set(mobiles)):
        raise Conflict(_("您是这件申报的考生本人，不能审核。"))
