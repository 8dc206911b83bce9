"""Honest and hostile people, late jobs and a moving clock against the façade, rule by rule."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from hypothesis import strategies as some
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)
from sqlalchemy import func, select

from engine.bpmn import ProcessStopped
from engine.cases import Submission
from engine.cases.drafts import draft_of
from engine.cases.events import first_broken_line
from engine.cases.models import Answer, CatchEvent, Event, Incident, WorkItem
from engine.clock import MovableClock
from engine.db import Database
from engine.errors import Conflict, Invalid, NotFound
from engine.forms import Submitted
from tests.cases.story import CLAIM, FORMS, OUTCOMES, PROCESS, STAFF, Broken, Notes, Story
from tests.cases.world import World
from tests.conftest import START

PEOPLE = some.sampled_from(["candidate", "other", "reviewer", "colleague"])
SECRET = "482915"


@dataclass(frozen=True)
class Page:
    """What stands in a browser: a work item as somebody saw it, with a submission id of its own."""

    case_id: UUID
    item: WorkItem
    visit: int
    person: str
    submission: UUID


@dataclass(frozen=True)
class Post:
    """A page filled in and on its way."""

    page: Page
    prepared: object
    outcome: str | None
    """None for an action."""
    person: str


class CaseMachine(RuleBasedStateMachine):
    """`template` is where fresh databases come from; the test sets it."""

    template: object = None

    pages = Bundle("pages")
    posts = Bundle("posts")

    @initialize()
    def set_up(self):
        self.folder = TemporaryDirectory()
        self.copy = self.template.copy()
        self.clock = MovableClock(START)
        self.is_broken = self.has_spun = False
        self.incidents = 0
        self.calls = []
        self.world = World(
            Database(self.copy.__enter__()),
            self.clock,
            Path(self.folder.name),
            models={"workflows/request.bpmn": PROCESS},
            forms=FORMS,
            services={f"test.{n}": self._service(n) for n in ("count", "remind", "undo")}
            | {"test.turn": lambda context, *, before: {"n": (before or 0) + 1}},
            types={"notes": Notes(self.calls)},
        )
        self.stories = {}
        self.answered = {}
        self.seen_lines = {}
        self.began = self.clock.now()
        self._start()

    def teardown(self):
        if hasattr(self, "world"):
            self.world.database.close()
            self.copy.__exit__(None, None, None)
            self.folder.cleanup()

    # What people do

    @rule(target=pages, element=some.sampled_from(sorted(OUTCOMES)), who=PEOPLE)
    def look(self, element, who):
        item = self.world.open(self.case_id).get(element)
        if item is None:
            return multiple()
        page = Page(self.case_id, item, self.story.visits[element], who, uuid4())
        try:
            with self.world.database.read() as session:
                self.world.cases.desk(session, self._person(who), item.id)
        except NotFound:
            assert not self._may_see(element, who)
            return multiple()
        assert self._may_see(element, who)
        return page

    @rule(target=posts, page=pages, is_empty=some.booleans(), choice=some.integers(0, 3))
    def fill_in(self, page, is_empty, choice):
        return self._filled_in(page, choice, is_empty=is_empty)

    @rule(target=posts, page=pages)
    def press_an_action(self, page):
        if page.item.element != "ask":
            return multiple()
        with self.world.database.read() as session:
            prepared = self.world.cases.prepare_action(
                session,
                self._person(page.person),
                page.item.id,
                Submission(page.submission, page.item.version, Submitted({})),
                key="notes",
                action="note",
            )
        return Post(page, prepared, None, page.person)

    @rule(post=posts)
    def send(self, post):
        self._send(post)

    @rule(post=posts)
    def send_twice(self, post):
        self._send(post)
        self._send(post)

    @rule(post=posts, who=PEOPLE)
    def send_as_somebody_else(self, post, who):
        """A stolen page: whatever was prepared, the lock is the last door."""
        stolen = replace(post.prepared, person=self._person(who))
        self._send(replace(post, prepared=stolen, person=who))

    @rule(post=consumes(posts))
    def close_a_tab(self, post):
        """Nothing happens."""

    @rule(choice=some.integers(0, 2), who=some.sampled_from(["reviewer", "colleague"]))
    def work_honestly(self, choice, who):
        """Do what is open, as the pages would: look, claim where it is staff's, send."""
        for element in sorted(self.story.open):
            person = who if element in STAFF else "candidate"
            item = self.world.open(self.case_id).get(element)
            if item is None:
                continue
            page = Page(self.case_id, item, self.story.visits[element], person, uuid4())
            if element in STAFF:
                self.claim(page=page, who=person)
            spins = element == "receive"
            self._send(self._filled_in(page, 0 if spins else choice, is_empty=False))

    @precondition(lambda self: not self.has_spun and "receive" in self.story.open)
    @rule()
    def run_in_a_circle(self):
        self.has_spun = True
        item = self.world.open(self.case_id).get("receive")
        if item is not None:
            page = Page(self.case_id, item, self.story.visits["receive"], "candidate", uuid4())
            self._send(self._filled_in(page, 1, is_empty=False))

    @rule(page=pages, who=PEOPLE)
    def claim(self, page, who):
        element, story = page.item.element, self.stories[page.case_id]
        expected, is_late = self._expected_of_a_claim(page, story, who)
        with self._command(expected, story) as (session, after):
            reply = self.world.cases.claim(session, self._person(who), page.item.id)
            after.pass_time(self.began)
            assert reply.is_late == is_late
            if not is_late:
                after.claims[element] = (who, self.began + CLAIM)

    @rule(page=pages, who=PEOPLE)
    def give_back(self, page, who):
        element, story = page.item.element, self.stories[page.case_id]
        is_there = self._is_open(page)
        is_late = is_there and not self._is_open(page, self._after_the_time(story))
        expected = NotFound if not self._may_see(element, who) else None if is_there else Conflict
        with self._command(expected, story) as (session, after):
            reply = self.world.cases.release(session, self._person(who), page.item.id)
            after.pass_time(self.began)
            assert reply.is_late == is_late
            if after.claims.get(element, (None,))[0] == who:
                del after.claims[element]

    @rule(who=PEOPLE)
    def withdraw(self, who):
        event = self._catching().get("withdraw")
        if event is None:
            assert "withdraw" not in self.story.waits
            return
        expected = None if who == "candidate" else NotFound
        with self._command(expected, self.story) as (session, after):
            self.world.cases.send_offered(session, self._person(who), event.id, uuid4())
            after.pass_time(self.began)
            after.message("withdraw", self.began, is_broken=self.is_broken)
            after.catch_early(self.began, is_broken=self.is_broken)

    # What comes by itself

    @rule(name=some.sampled_from(["paid", "paid", "sent", "sent", "unheard_of"]))
    def deliver(self, name):
        story = self.story
        with self._command(self._broken_by(story, name), story) as (session, after):
            self.world.cases.deliver(session, self.case_id, name, {})
            if not after.ended:
                after.pass_time(self.began)
                if not after.message(name, self.began, is_broken=self.is_broken):
                    after.inbox.append(name)
                after.catch_early(self.began, is_broken=self.is_broken)

    @rule(minutes=some.sampled_from([1, 29, 31, 125, 250, 500]))
    def let_time_pass(self, minutes):
        self.clock.advance(minutes=minutes)

    @rule()
    def wake_up(self):
        with self._command(None, self.story) as (session, after):
            fired = self.world.cases.fire_timers(session, self.case_id)
            assert fired == (0 if after.ended else after.pass_time(self.began))

    @rule(is_broken=some.booleans())
    def break_or_mend_a_service(self, is_broken):
        self.is_broken = is_broken

    @rule()
    def start_again(self):
        if self.story.ended:
            self._start()
            return
        with self._command(Conflict, self.story):
            self.world.start()

    # What must hold after every step

    @invariant()
    def the_case_stands_where_the_story_says(self):
        story, case = self.story, self.world.case(self.case_id)
        assert set(self.world.open(self.case_id)) == story.open
        assert case.ended_through == story.ended
        assert case.inbox_count == len(story.inbox)
        waiting = self._catching()
        assert {e.element for e in waiting.values() if e.message} == story.waits
        due = {e.element: e.due_at for e in waiting.values() if e.due_at}
        assert due == story.timers

    @invariant()
    def work_items_are_as_they_were_left(self):
        now = self.clock.now()
        for element, item in self.world.open(self.case_id).items():
            assert item.version == self.story.versions[element]
            holder, until = self.story.claims.get(element, (None, None))
            if holder and until > now:
                claimed = (item.claimed_by, item.claimed_until)
                assert claimed == (self._person(holder).account_id, until)
            else:
                assert not item.is_claimed(now)

    @invariant()
    def every_answer_closed_one_item_and_services_ran_once(self):
        with self.world.database.read() as session:
            closed = session.scalars(select(WorkItem).where(WorkItem.outcome.is_not(None))).all()
            answered = set(session.scalars(select(Answer.work_item_id)))
            incidents = session.scalar(select(func.count()).select_from(Incident))
        assert {item.id for item in closed} == answered
        assert len(answered) == sum(story.answers for story in self.stories.values())
        assert all(item.closed_by and item.closed_at for item in closed)
        assert all(item.outcome in OUTCOMES[item.element] for item in closed)
        told = sorted(call for story in self.stories.values() for call in story.calls)
        assert sorted(self.calls) == told
        assert incidents == self.incidents

    @invariant()
    def the_audit_is_whole_and_each_command_has_one_moment(self):
        with self.world.database.read() as session:
            assert first_broken_line(session, self.world.case(self.case_id)) is None
            lines = session.scalars(
                select(Event).where(Event.case_id == self.case_id).order_by(Event.number)
            ).all()
        new = lines[self.seen_lines.get(self.case_id, 0) :]
        assert {line.at for line in new} <= self.moments
        self.seen_lines[self.case_id] = len(lines)
        self.moments = set()

    @invariant()
    def what_was_typed_is_kept_without_its_secrets(self):
        for (element, who), subject in self.story.drafts.items():
            with self.world.database.read() as session:
                person = self._person(who).account_id
                draft = draft_of(session, self.case_id, element, person)
            if subject is None:
                assert draft is None
            else:
                assert draft.submitted.values["subject"] == [subject]
                assert "code" not in draft.submitted.values

    # How it is done

    @property
    def story(self):
        return self.stories[self.case_id]

    def _start(self):
        self.began = self.clock.now()
        self.moments = {self.began}
        self.case_id = self.world.start()
        self.stories[self.case_id] = Story()
        self.story.begin()

    def _filled_in(self, page, choice, *, is_empty):
        outcomes = [*sorted(OUTCOMES[page.item.element]), "shout"]
        outcome = outcomes[choice % len(outcomes)]
        subject = "" if is_empty else f"{page.person} {page.submission}"
        posted = Submitted({"subject": [subject], "code": [SECRET], "approved": ["true"]})
        try:
            with self.world.database.read() as session:
                prepared = self.world.cases.prepare(
                    session,
                    self._person(page.person),
                    page.item.id,
                    Submission(page.submission, page.item.version, posted),
                    outcome=outcome,
                )
        except Invalid:
            assert is_empty or outcome == "shout"
            return multiple()
        assert not is_empty
        assert outcome != "shout"
        return Post(page, prepared, outcome, page.person)

    def _send(self, post):
        if not isinstance(post, Post):
            return
        page, story = post.page, self.stories[post.page.case_id]
        before = self.answered.get(page.submission)
        expected, is_late = (None, False) if before else self._expected(post, story)
        if before and before[0] != post.person:
            expected = Conflict
        cases = self.world.cases
        command = cases.act if post.outcome is None else cases.complete
        reply = None
        with self._command(expected, story, post) as (session, after):
            reply = command(session, post.prepared)
            if before:
                assert reply.next_work_item_id == before[1]
                return
            after.pass_time(self.began)
            assert reply.is_late == is_late
            if not is_late:
                self._carry_out(post, after)
            after.catch_early(self.began, is_broken=self.is_broken)
        if reply is not None and is_late:
            self._keep(post)
        elif reply is not None:
            self.answered[page.submission] = (post.person, reply.next_work_item_id)

    def _carry_out(self, post, after):
        element = post.page.item.element
        if post.outcome is None:
            after.versions[element] += 1
            after.calls.append("note")
            return
        if element == "review":
            after.reviewers.add(post.person)
        after.drafts[element, post.person] = None
        after.complete(element, post.outcome, self.began, is_broken=self.is_broken)

    def _expected(self, post, story):
        """Return the refusal that must come, and whether the post comes too late."""
        now, page, element = self.clock.now(), post.page, post.page.item.element
        after = self._after_the_time(story)
        if story.ended or not self._is_open(page, after):
            return (Conflict, False) if story.ended else (None, True)
        if page.item.version != after.versions[element]:
            return Conflict, False
        if not self._may_see(element, post.person):
            return NotFound, False
        holder, until = after.claims.get(element, (None, now))
        is_unclaimed = element in STAFF and (holder != post.person or until <= now)
        if is_unclaimed or self._did_review(after, element, post.person):
            return Conflict, False
        return self._outcome(post, after), False

    def _expected_of_a_claim(self, page, story, who):
        """Return the refusal that must come, and whether the claim comes too late."""
        element, now = page.item.element, self.clock.now()
        if not self._may_see(element, who):
            return NotFound, False
        if not self._is_open(page):
            return Conflict, False
        after = self._after_the_time(story)
        if not self._is_open(page, after):
            return None, True
        holder, until = after.claims.get(element, (None, now))
        is_held = holder not in {None, who} and until > now
        is_refused = is_held or self._did_review(after, element, who) or element not in STAFF
        return (Conflict if is_refused else None), False

    def _outcome(self, post, after):
        """Carry it out in the story: `ProcessStopped` where the model is at fault."""
        try:
            if post.outcome is not None:
                after.complete(
                    post.page.item.element, post.outcome, self.clock.now(), is_broken=self.is_broken
                )
            after.catch_early(self.clock.now(), is_broken=self.is_broken)
        except Broken:
            return ProcessStopped
        return None

    def _broken_by(self, story, name):
        after = story.copy()
        try:
            if not after.ended:
                after.pass_time(self.clock.now())
                after.message(name, self.clock.now(), is_broken=self.is_broken)
                after.catch_early(self.clock.now(), is_broken=self.is_broken)
        except Broken:
            return ProcessStopped
        return None

    @contextmanager
    def _command(self, expected, story, post=None):
        """Carry out one command as the web does: one transaction, then what a refusal leaves."""
        self.began = self.clock.now()
        self.moments.add(self.began)
        done, after = len(self.calls), story.copy()
        try:
            with self.world.database.write() as session:
                yield session, after
        except (Conflict, NotFound, Invalid, ProcessStopped) as refusal:
            if expected is None or not isinstance(refusal, expected):
                raise
            del self.calls[done:]
            if post is not None and not isinstance(refusal, NotFound):
                self._keep(post)
            if isinstance(refusal, ProcessStopped):
                self._report(refusal, story)
        else:
            assert expected is None
            vars(story).update(vars(after))

    def _keep(self, post):
        """Keep what was typed, as the page does when a post is refused."""
        page, story, now = post.page, self.stories[post.page.case_id], self.clock.now()
        element = page.item.element
        if not self._may_see(element, post.person):
            return
        submitted = post.prepared.submission.submitted
        with self.world.database.read() as session:
            desk = self.world.cases.desk(session, self._person(post.person), page.item.id)
        with self.world.database.write() as session:
            self.world.cases.keep(session, desk, submitted)
        if post.outcome is not None:
            story.drafts[element, post.person] = submitted.values["subject"][0]
        else:
            story.drafts.pop((element, post.person), None)
        holder, until = story.claims.get(element, (None, now))
        if self._is_open(page) and holder == post.person and until > now:
            story.claims[element] = (holder, now + CLAIM)

    def _report(self, refusal, story):
        case_id = next(key for key, found in self.stories.items() if found is story)
        with self.world.database.write() as session:
            self.world.cases.report(session, case_id, refusal)
        self.incidents += 1

    def _service(self, name):
        def call(context):
            if self.is_broken and name == "count":
                raise RuntimeError(name)
            self.calls.append(name)
            # A slow service: the command's one reading of the clock must not follow it.
            self.clock.advance(minutes=1)
            return {}

        return call

    def _person(self, who):
        return getattr(self.world, who)

    def _may_see(self, element, who):
        return who in {"reviewer", "colleague"} if element in STAFF else who == "candidate"

    def _after_the_time(self, story):
        after = story.copy()
        after.pass_time(self.clock.now())
        return after

    def _is_open(self, page, story=None):
        story = story or self.stories[page.case_id]
        element = page.item.element
        return element in story.open and story.visits[element] == page.visit

    def _did_review(self, story, element, who):
        return element == "decide" and who in story.reviewers

    def _catching(self):
        with self.world.database.read() as session:
            events = session.scalars(
                select(CatchEvent).where(CatchEvent.case_id == self.case_id)
            ).all()
        return {event.element: event for event in events}
