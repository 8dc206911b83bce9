"""Cases: what ended is quiet, what was answered is written down, and four eyes were four."""

from collections.abc import Iterator

from sqlalchemy import and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from engine.cases.models import (
    Answer,
    Case,
    CaseStatus,
    CatchEvent,
    Event,
    InboxMessage,
    StoredReply,
    WorkItem,
)
from engine.declaration.consistency.survey import Finding, Survey


def ended_are_quiet(survey: Survey) -> Iterator[Finding]:
    """A finished case says when and through which end; nothing of it is open any more."""
    item = exists().where(WorkItem.case_id == Case.id, WorkItem.closed_at.is_(None))
    wait = exists().where(CatchEvent.case_id == Case.id)
    finished = Case.status == CaseStatus.FINISHED
    for case in survey.each(
        select(Case)
        .where(
            or_(
                finished != Case.closed_at.is_not(None),
                and_(Case.closed_at.is_not(None), or_(item, wait)),
            )
        )
        .order_by(Case.id)
    ):
        yield f"case {case.number}", f"it is {case.status}, and its rows say otherwise"


def answers_are_complete(survey: Survey) -> Iterator[Finding]:
    """A completed work item has its answer and its line in the audit."""
    answer = exists().where(Answer.work_item_id == WorkItem.id)
    line = exists().where(
        Event.case_id == WorkItem.case_id,
        Event.kind == "work item completed",
        Event.element == WorkItem.element,
        Event.at == WorkItem.closed_at,
    )
    for item in survey.each(
        select(WorkItem)
        .where(WorkItem.outcome.is_not(None), not_(and_(answer, line)))
        .order_by(WorkItem.id)
    ):
        yield f"work item {item.id}", f"{item.element} was completed without a trace"


def replies_belong(survey: Survey) -> Iterator[Finding]:
    """Whoever was told that a post was carried out is in the audit of that case at that time."""
    line = exists().where(Event.case_id == StoredReply.case_id, Event.at == StoredReply.given_at)
    for reply_id in survey.each(select(StoredReply.id).where(not_(line)).order_by(StoredReply.id)):
        yield f"reply {reply_id}", "nothing happened in its case when it was given"


def inboxes_are_counted(survey: Survey) -> Iterator[Finding]:
    waiting = func.count(InboxMessage.id)
    for case, count in survey.rows(
        select(Case, waiting)
        .outerjoin(
            InboxMessage,
            and_(InboxMessage.case_id == Case.id, InboxMessage.caught_at.is_(None)),
        )
        .group_by(Case.id)
        .having(waiting != Case.inbox_count)
        .order_by(Case.id)
    ):
        yield f"case {case.number}", f"{case.inbox_count} messages counted, {count} rows"


def four_eyes(survey: Survey) -> Iterator[Finding]:
    """What asks for another person was done by another person."""
    other = aliased(WorkItem)
    for item in survey.each(
        select(WorkItem)
        .where(
            exists().where(
                other.case_id == WorkItem.case_id,
                other.element == WorkItem.not_same_person_as,
                other.closed_by == WorkItem.closed_by,
            )
        )
        .order_by(WorkItem.id)
    ):
        yield f"work item {item.id}", f"{item.element} and what it checks were one person's"
