"""A case under the command's lock: resumed, run, and put back with its projections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, contains_eager

from engine import feel, jobs
from engine.bpmn import OpenTask, Process, ServiceContext, ServiceFunction, Step, Waiting
from engine.bpmn.state.values import decode, encode
from engine.cases.events import record
from engine.cases.models import (
    Case,
    CaseState,
    CaseStatus,
    CatchEvent,
    InboxMessage,
    WorkItem,
)
from engine.errors import Conflict, NotFound
from engine.i18n import gettext as _
from engine.releases import OpenRelease

FIRE_TIMERS = "cases.fire_timers"
COMES_IN = {"values", "payload", "result"}
"""What people, messages, services and decision tables brought to a step."""

# Statements that every command runs are put together once.
LOCKED = (
    select(Case)
    .join(Case.state)
    .options(contains_eager(Case.state))
    .where(Case.id == bindparam("case_id"))
    # Both rows: who has waited for the lock must read what the one before has left in each.
    .with_for_update(of=(Case, CaseState))
)
OPEN_ITEMS = (
    select(WorkItem)
    .where(WorkItem.case_id == bindparam("case_id"), WorkItem.closed_at.is_(None))
    .order_by(WorkItem.opened_at, WorkItem.id)
)
CATCH_EVENTS = (
    select(CatchEvent).where(CatchEvent.case_id == bindparam("case_id")).order_by(CatchEvent.id)
)


@dataclass
class RunningCase:
    """One command's hold on a case. `process` runs under the one clock reading `now`."""

    session: Session
    case: Case
    release: OpenRelease
    services: Mapping[str, ServiceFunction]
    now: datetime
    actor_id: UUID | None = None
    secrets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    """What services want whoever gave the command to know (`people.check_code`: verified)."""
    items: list[WorkItem] = field(default_factory=list)
    _process: Process | None = None
    _waited: bool = False
    """Whether the case waited for a time or a message when the command began."""

    @property
    def process(self) -> Process:
        if self._process is None:
            raise RuntimeError("begin or resume first")
        return self._process

    def begin(self, at: str | None = None) -> None:
        self._process = self.release.definition.start(
            self.case.workflow, services=self._call, clock=lambda: self.now, at=at
        )
        self.case.state = CaseState(case_id=self.case.id, content=b"")

    def resume(self) -> None:
        self.items = open_items(self.session, self.case.id)
        self._process = self.release.definition.resume(
            self.case.state.content, services=self._call, clock=lambda: self.now
        )
        self._waited = bool(self._process.waiting())

    def catch_up(self) -> None:
        """Let what came while the case stood still happen now, in the order in which it came."""
        for message in uncaught_messages(self.session, self.case):
            self.process.fire_timers(message.received_at)
            self._catch_early_messages(message.received_at)
        self.process.fire_timers()

    def save(self) -> None:
        """Write the state and everything that follows from it: the only way a case is put back."""
        self._catch_early_messages()
        self._save_history()
        self._save_work_items(self.process.open_tasks())
        self._save_catch_events(self.process.waiting())
        case = self.case
        case.state.content = self.process.state()
        case.version += 1
        case.changed_at = self.now
        if self.process.is_finished and case.is_open:
            case.status, case.closed_at = CaseStatus.FINISHED, self.now
            case.ended_through = self.process.ended_through
            self.record("case finished", element=case.ended_through)

    def record(self, kind: str, *, element: str | None = None, **detail: Any) -> None:
        record(
            self.session,
            self.case,
            kind,
            at=self.now,
            actor_id=self.actor_id,
            element=element,
            **detail,
        )

    def close(self, item: WorkItem, outcome: str | None) -> None:
        item.closed_at, item.outcome = self.now, outcome
        item.closed_by = self.actor_id if outcome else None
        item.version += 1

    def _call(self, name: str, params: Mapping[str, Any], element: str) -> Mapping[str, Any]:
        context = ServiceContext(
            case_id=self.case.id,
            owner_id=self.case.owner_id,
            element=element,
            # A timer that is caught up runs at its own due time, not at the command's.
            now=self._process.now if self._process else self.now,
            session=self.session,
            settings=self.release.settings,
            secrets=self.secrets,
            notes=self.notes,
            decide=self.release.decide,
        )
        return self.services[name](context, **params)

    def _catch_early_messages(self, until: datetime | None = None) -> None:
        """Hand on what came before anyone waited; one that is caught may be what the next waits
        behind, so begin again with the oldest after each."""
        left = uncaught_messages(self.session, self.case) if self.case.inbox_count else []
        left = [each for each in left if until is None or each.received_at <= until]
        while (early := self._first_caught(left)) is not None:
            left.remove(early)
            early.caught_at = self.now
            self.case.inbox_count -= 1

    def _first_caught(self, messages: list[InboxMessage]) -> InboxMessage | None:
        catch = self.process.catch_message
        return next((each for each in messages if catch(each.message, decode(each.payload))), None)

    def _save_history(self) -> None:
        for step in self.process.take_history():
            self.record("step finished", element=step.element, step=step.kind, **self._told(step))

    def _told(self, step: Step) -> dict[str, Any]:
        """Return what a replay needs of a step: where and when it was, what came in, exactly."""
        told = dict(step.detail)
        for name in COMES_IN & told.keys():
            told[name] = encode(told[name])
        if step.path:
            told["path"] = list(step.path)
        if step.at != self.now:
            told["due"] = step.at.isoformat()
        return told

    def _save_work_items(self, tasks: list[OpenTask]) -> None:
        still_open = {task.id for task in tasks}
        for item in self.items:
            if item.is_open and item.task_id not in still_open:
                self.close(item, None)
                self.record("work item withdrawn", element=item.element)
        known = {item.task_id for item in self.items}
        opened = [self._work_item(task) for task in tasks if task.id not in known]
        self.session.add_all(opened)
        self.items += opened

    def open_now(self) -> list[WorkItem]:
        """The work items that are open after the command, in the order they opened."""
        return [item for item in self.items if item.is_open]

    def _work_item(self, task: OpenTask) -> WorkItem:
        self.record("work item opened", element=task.element)
        return WorkItem(
            case_id=self.case.id,
            task_id=task.id,
            element=task.element,
            name=task.name,
            name_en=task.name_en,
            role=task.lane or "candidate",
            form=task.properties["form"],
            not_same_person_as=task.properties.get("not_same_person_as"),
            due_at=_due(task),
            opened_at=self.now,
        )

    def _save_catch_events(self, waiting: list[Waiting]) -> None:
        if not waiting and not self._waited:
            return
        rows = {(row.task_id, row.element): row for row in catch_events(self.session, self.case.id)}
        for event in waiting:
            row = rows.pop((event.task_id, event.element), None)
            if row is None:
                self.session.add(self._catch_event(event))
            elif row.due_at != event.due_at:
                row.due_at = event.due_at
            else:
                continue
            if event.due_at:
                self._wake_at(event.due_at)
        for gone in rows.values():
            self.session.delete(gone)

    def _catch_event(self, event: Waiting) -> CatchEvent:
        return CatchEvent(
            case_id=self.case.id,
            task_id=event.task_id,
            element=event.element,
            kind=event.kind,
            name=event.name,
            name_en=event.name_en,
            message=event.message,
            offered_to=event.properties.get("offer"),
            due_at=event.due_at,
        )

    def _wake_at(self, due: datetime) -> None:
        jobs.enqueue(
            self.session,
            FIRE_TIMERS,
            {"case_id": str(self.case.id)},
            now=self.now,
            run_at=due,
            case_id=self.case.id,
        )


def _due(task: OpenTask) -> datetime | None:
    """Evaluate the task's property `due` against what its token knows."""
    expression = task.properties.get("due")
    found = feel.evaluate(expression, task.data) if expression else None
    return found if isinstance(found, datetime) else None


def locked_case(session: Session, case_id: UUID) -> Case:
    """Return the case with its state, both rows locked until the transaction ends.

    Who has waited for the lock must read what the one before has left in each."""
    case = session.scalar(LOCKED, {"case_id": case_id})
    if case is None:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    return case


def require_running(case: Case) -> None:
    require_not_suspended(case)
    if not case.is_open:
        raise Conflict(_("这件申报已经结束，不能再办理这一步。"))


def require_not_suspended(case: Case) -> None:
    if case.is_suspended:
        raise Conflict(_("这件申报已暂停，正由工作人员处理，现在不能办理这一步。恢复后可以继续。"))


def open_items(session: Session, case_id: UUID) -> list[WorkItem]:
    return list(session.scalars(OPEN_ITEMS, {"case_id": case_id}))


def catch_events(session: Session, case_id: UUID) -> list[CatchEvent]:
    # What the command has added so far is none of them, so it need not be written before.
    with session.no_autoflush:
        return list(session.scalars(CATCH_EVENTS, {"case_id": case_id}))


def uncaught_messages(session: Session, case: Case) -> list[InboxMessage]:
    return list(
        session.scalars(
            select(InboxMessage)
            .where(InboxMessage.case_id == case.id, InboxMessage.caught_at.is_(None))
            .order_by(InboxMessage.received_at, InboxMessage.id)
        )
    )
