"""The one façade: every change of a case is one of these commands, and none of them commits."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.cases import (
    claims,
    completing,
    desks,
    drafts,
    failures,
    incidents,
    messages,
    operating,
    prepared,
    starting,
)
from engine.cases.desks import Desk
from engine.cases.house import House
from engine.cases.models import Case
from engine.cases.operating import Retried, Shown
from engine.cases.prepared import PreparedAction, PreparedAnswer, Submission
from engine.cases.replies import Reply
from engine.cases.uploads import Gathering
from engine.files import File
from engine.forms import Submitted
from engine.people import Person


class Cases:
    """The case engine as the rest of the house calls it."""

    def __init__(self, house: House) -> None:
        self._house = house

    def start(
        self,
        session: Session,
        *,
        workflow: str,
        owner_id: UUID,
        actor_id: UUID | None,
        scope: str = "",
        at: str | None = None,
        before: Callable[[Case], None] = lambda case: None,
    ) -> Reply:
        """Open a case; `Conflict` when there is an open one for the same owner and scope.

        `at` names one of several start events of the workflow.
        """
        return starting.start(
            self._house,
            session,
            workflow=workflow,
            owner_id=owner_id,
            actor_id=actor_id,
            scope=scope,
            at=at,
            before=before,
        )

    def desk(self, session: Session, person: Person, work_item_id: UUID) -> Desk:
        return desks.open_desk(self._house, session, person, work_item_id)

    def prepare(
        self,
        session: Session,
        person: Person,
        work_item_id: UUID,
        submission: Submission,
        *,
        outcome: str,
    ) -> PreparedAnswer:
        """Do everything that needs no lock; `Invalid` names each wrong field."""
        return prepared.prepare_answer(
            self._house, session, person, work_item_id, submission, outcome=outcome
        )

    def complete(self, session: Session, answer: PreparedAnswer) -> Reply:
        return completing.complete(self._house, session, answer)

    def prepare_action(
        self,
        session: Session,
        person: Person,
        work_item_id: UUID,
        submission: Submission,
        *,
        key: str,
        action: str,
    ) -> PreparedAction:
        """Do everything that needs no lock; `Invalid` names each wrong field."""
        return prepared.prepare_action(
            self._house, session, person, work_item_id, submission, key=key, action=action
        )

    def act(self, session: Session, action: PreparedAction) -> Reply:
        return completing.act(self._house, session, action)

    def claim(self, session: Session, person: Person, work_item_id: UUID) -> Reply:
        """Take the work item; the reply says whether the time has taken it first."""
        return claims.claim(self._house, session, person, work_item_id)

    def claim_next(
        self, session: Session, person: Person, submission_id: UUID | None = None
    ) -> UUID | None:
        return claims.claim_next(self._house, session, person, submission_id)

    def release(self, session: Session, person: Person, work_item_id: UUID) -> Reply:
        return claims.release(self._house, session, person, work_item_id)

    def send_offered(
        self, session: Session, person: Person, catch_event_id: UUID, submission_id: UUID
    ) -> Reply:
        return messages.send_offered(self._house, session, person, catch_event_id, submission_id)

    def deliver(
        self, session: Session, case_id: UUID, message: str, payload: Mapping[str, Any]
    ) -> None:
        messages.deliver(self._house, session, case_id, message, payload)

    def fire_timers(self, session: Session, case_id: UUID) -> int:
        return messages.fire_timers(self._house, session, case_id)

    def suspend(self, session: Session, person: Person, case_id: UUID, reason: str) -> None:
        operating.suspend(self._house, session, person, case_id, reason)

    def resume(self, session: Session, person: Person, case_id: UUID, reason: str) -> None:
        operating.resume(self._house, session, person, case_id, reason)

    def retry_case(self, session: Session, person: Person, case_id: UUID) -> Retried:
        return operating.retry_case(self._house, session, person, case_id)

    def show_personal(self, session: Session, person: Person, case_id: UUID, reason: str) -> Shown:
        return operating.show_personal(self._house, session, person, case_id, reason)

    def take_incident(
        self,
        session: Session,
        person: Person,
        incident_id: UUID,
        *,
        instead_of: UUID | None = None,
    ) -> None:
        incidents.take_incident(self._house, session, person, incident_id, instead_of=instead_of)

    def resolve_incident(
        self, session: Session, person: Person, incident_id: UUID, note: str
    ) -> None:
        incidents.resolve_incident(self._house, session, person, incident_id, note)

    def retry_incident(self, session: Session, person: Person, incident_id: UUID) -> Retried:
        return incidents.retry_incident(self._house, session, person, incident_id)

    def retry_job(self, session: Session, person: Person, job_id: UUID) -> Retried:
        return incidents.retry_job(self._house, session, person, job_id)

    def store_uploads(
        self, session: Session, desk: Desk, submitted: Submitted
    ) -> tuple[dict[str, Any], list[File]]:
        """Write the files of a post that has to be shown again; their rows go to `keep`."""
        gathering = Gathering.of(self._house, session, desk)
        return gathering.keep_posted(submitted), gathering.files

    def keep(
        self,
        session: Session,
        desk: Desk,
        submitted: Submitted,
        stored: tuple[Mapping[str, Any], Sequence[File]] = ({}, ()),
    ) -> None:
        """Keep what was typed as a draft, so that nothing is lost; secrets are left out."""
        references = drafts.add_files(session, *stored)
        claims.keep_hold(session, desk.item.id, desk.person.account_id, self._house.clock.now())
        secret = desks.secret_names(desk.form)
        drafts.keep_draft(
            session,
            case_id=desk.case.id,
            element=desk.item.element,
            account_id=desk.person.account_id,
            texts={n: list(v) for n, v in submitted.values.items() if n not in secret},
            files=references,
            now=self._house.clock.now(),
        )

    def report(self, session: Session, case_id: UUID | None, fault: BaseException) -> None:
        """Open an incident for a fault that is ours."""
        failures.open_incident(session, case_id=case_id, cause=fault, now=self._house.clock.now())
