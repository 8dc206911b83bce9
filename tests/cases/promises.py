"""What must hold after every step, whatever people, jobs and the clock have done."""

from hypothesis.stateful import invariant
from sqlalchemy import func, select

from engine.cases import values
from engine.cases.drafts import draft_of
from engine.cases.events import first_broken_line
from engine.cases.models import Answer, Case, CatchEvent, Event, Incident, WorkItem
from tests.cases.handling import OUTCOMES
from tests.cases.telling import Telling


class Promises(Telling):
    """Each is a look at the database, at the cases to which a command went."""

    def build(self):
        super().build()
        self.seen_lines = {}

    @invariant()
    def the_facade_has_kept_its_promises(self):
        with self.world.database.read() as session:
            for case_id in self.changed:
                case, story = session.get_one(Case, case_id), self.stories[case_id]
                self.the_case_stands_where_the_story_says(session, case, story)
                self.work_items_are_as_they_were_left(session, story)
                self.the_audit_is_whole_and_each_command_has_one_moment(session, case)
                self.what_was_typed_is_kept_without_its_secrets(session, story)
            if self.changed:
                self.every_answer_closed_one_item_and_services_ran_once(session)
        self.changed = set()
        self.moments = set()

    def the_case_stands_where_the_story_says(self, session, case, story):
        assert case.ended_through == story.ended
        assert case.inbox_count == len(story.inbox)
        waiting = session.scalars(select(CatchEvent).where(CatchEvent.case_id == case.id)).all()
        assert {e.element for e in waiting if e.message} == story.waits
        assert {e.element: e.due_at for e in waiting if e.due_at} == story.timers

    def work_items_are_as_they_were_left(self, session, story):
        now = self.clock.now()
        items = session.scalars(
            select(WorkItem).where(WorkItem.case_id == story.case_id, WorkItem.closed_at.is_(None))
        ).all()
        assert {item.element for item in items} == story.open
        for item in items:
            assert item.version == story.versions[item.element]
            holder, until = story.claims.get(item.element, (None, None))
            if holder and until > now:
                claimed = (item.claimed_by, item.claimed_until)
                assert claimed == (self.person(holder).account_id, until)
            else:
                assert not item.is_claimed(now)

    def every_answer_closed_one_item_and_services_ran_once(self, session):
        closed = session.scalars(select(WorkItem).where(WorkItem.outcome.is_not(None))).all()
        answered = session.execute(select(Answer.work_item_id)).scalars().all()
        assert sorted(item.id for item in closed) == sorted(answered)
        assert len(answered) == sum(story.answers for story in self.stories.values())
        assert all(item.closed_by and item.closed_at for item in closed)
        assert all(item.outcome in OUTCOMES[item.element] for item in closed)
        told = sorted(call for story in self.stories.values() for call in story.calls)
        assert sorted(self.calls) == told
        assert session.scalar(select(func.count()).select_from(Incident)) == self.incidents

    def the_audit_is_whole_and_each_command_has_one_moment(self, session, case):
        assert first_broken_line(session, case) is None
        moments = session.scalars(
            select(Event.at)
            .where(Event.case_id == case.id, Event.number > self.seen_lines.get(case.id, 0))
            .order_by(Event.number)
        ).all()
        assert set(moments) <= self.moments
        self.seen_lines[case.id] = case.event_count

    def what_was_typed_is_kept_without_its_secrets(self, session, story):
        for (element, who), subject in story.drafts.items():
            draft = draft_of(session, story.case_id, element, self.person(who).account_id)
            if subject is None:
                assert draft is None
            else:
                assert draft.submitted.values.get("subject", ()) == subject
                assert "code" not in draft.submitted.values
        newest = select(Answer).order_by(Answer.given_at.desc(), Answer.id).limit(3)
        assert all(
            set(values.loads(answer.values)) <= {"subject"} for answer in session.scalars(newest)
        )
