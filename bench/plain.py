"""The same rows without an engine: what a hand-written application would have to write as well.

It uses the product's own tables, with their sealing and their audit, so that nothing but the engine
makes the difference: no form is bound, no process runs, the state is a constant of the usual size.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from bench.models import FIELDS, STEPS
from bench.world import World
from engine.cases import drafts, values
from engine.cases.events import record
from engine.cases.models import Answer, Case, CaseState, CaseStatus, StoredReply, WorkItem
from engine.cases.numbers import case_number


@dataclass(frozen=True)
class Plain:
    """A declaration of eight steps, written by hand."""

    world: World
    state: bytes

    def run(self) -> None:
        """Begin, complete the eight steps, end: nine transactions, as with the engine."""
        item: UUID | None = self._start()
        for step in STEPS:
            item = self._complete(item, step)

    def _start(self) -> UUID:
        with self.world.database.write() as session:
            release = self.world.library.newest(session)
            if release is None:
                raise RuntimeError("nothing is published")
            now = self.world.clock.now()
            owner = self.world.person.account_id
            case = Case(
                id=uuid4(),
                number=case_number(now),
                workflow="linear",
                release_id=release.id,
                owner_id=owner,
                scope=uuid4().hex,
                status=CaseStatus.RUNNING,
                version=1,
                opened_at=now,
                changed_at=now,
                event_count=0,
                event_head="",
                inbox_count=0,
            )
            session.add(case)
            session.flush()
            record(session, case, "case started", at=now, actor_id=owner, workflow="linear")
            record(session, case, "step finished", at=now, actor_id=owner, element="begin")
            session.add(CaseState(case_id=case.id, content=self.state))
            return self._open(session, case, STEPS[0]).id

    def _complete(self, item_id: UUID | None, step: str) -> UUID | None:
        with self.world.database.write() as session:
            item = session.scalars(
                select(WorkItem)
                .where(WorkItem.id == item_id)
                .join(WorkItem.case)
                .join(Case.state)
                .options(contains_eager(WorkItem.case).contains_eager(Case.state))
                .with_for_update(of=Case)
            ).one()
            case, now, owner = item.case, self.world.clock.now(), self.world.person.account_id
            self._answer(session, item)
            item.closed_at, item.closed_by, item.outcome, item.version = now, owner, "next", 1
            for kind in ("work item completed", "step finished"):
                record(session, case, kind, at=now, actor_id=owner, element=step, outcome="next")
            case.state.content = self.state + step.encode()
            case.version += 1
            case.changed_at = now
            drafts.drop_draft(session, case.id, step, owner)
            following = self._following(session, case, step)
            reply = values.dumps({"next": following and following.id, "notice": None})
            session.add(
                StoredReply(
                    id=uuid4(), case_id=case.id, account_id=owner, given_at=now, values=reply
                )
            )
            return following.id if following else None

    def _answer(self, session: Session, item: WorkItem) -> None:
        session.add(
            Answer(
                case_id=item.case_id,
                work_item_id=item.id,
                element=item.element,
                given_by=self.world.person.account_id,
                given_at=self.world.clock.now(),
                values=values.dumps(FIELDS),
            )
        )

    def _following(self, session: Session, case: Case, step: str) -> WorkItem | None:
        now, owner = self.world.clock.now(), self.world.person.account_id
        if step == "step_4":
            record(session, case, "step finished", at=now, actor_id=owner, element="is_it_right")
        if step != STEPS[-1]:
            return self._open(session, case, STEPS[STEPS.index(step) + 1])
        case.status, case.closed_at, case.ended_through = CaseStatus.FINISHED, now, "done"
        for kind, element in (("step finished", "done"), ("case finished", "done")):
            record(session, case, kind, at=now, actor_id=owner, element=element)
        return None

    def _open(self, session: Session, case: Case, step: str) -> WorkItem:
        now, owner = self.world.clock.now(), self.world.person.account_id
        record(session, case, "work item opened", at=now, actor_id=owner, element=step)
        item = WorkItem(
            case_id=case.id,
            task_id=str(uuid4()),
            element=step,
            name=step,
            role="candidate",
            form=step,
            opened_at=now,
        )
        session.add(item)
        return item
