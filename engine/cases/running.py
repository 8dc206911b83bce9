"""A case under the command's lock: resumed, run, and put back with its projections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.bpmn import Process, ServiceContext, ServiceFunction
from engine.bpmn.state.values import decode
from engine.cases.events import record
from engine.cases.locking import open_items, uncaught_messages
from engine.cases.models import Case, CaseState, CaseStatus, InboxMessage, WorkItem
from engine.cases.projections import project
from engine.releases import OpenRelease


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
    waited: bool = False
    """Whether the case waited for a time or a message when the command began."""
    _process: Process | None = None

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
        self.waited = bool(self._process.waiting())

    def catch_up(self) -> None:
        """Let what came while the case stood still happen now, in the order in which it came."""
        for message in uncaught_messages(self.session, self.case):
            self.process.fire_timers(message.received_at)
            self._catch_early_messages(message.received_at)
        self.process.fire_timers()

    def save(self) -> None:
        """Write the state and everything that follows from it: the only way a case is put back."""
        self._catch_early_messages()
        project(self)
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

    def open_now(self) -> list[WorkItem]:
        """The work items that are open after the command, in the order they opened."""
        return [item for item in self.items if item.is_open]

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
