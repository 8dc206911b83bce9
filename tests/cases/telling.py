"""Commands of honest and hostile people, each carried out on the façade and told to the story."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from engine.bpmn import ProcessStopped
from engine.cases import Submission
from engine.cases.models import WorkItem
from engine.clock import MovableClock
from engine.db import Database
from engine.errors import Conflict, Invalid, NotFound
from engine.forms import Submitted
from tests.cases.handling import CLAIM, FORMS, OUTCOMES, PROCESS, STAFF, Notes
from tests.cases.story import Broken, Story
from tests.cases.world import World
from tests.conftest import START

SECRET = "482915"
NEVER_OFFERED = ("skip", "shout")
"""The outcome of a button that is hidden, and one of no button at all."""


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


class Telling:
    """A world and the stories of its cases: every command goes to both, and both must agree."""

    template: object = None
    """Where fresh databases come from; the test sets it."""

    def build(self):
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
        self.changed = set()

    def tear_down(self):
        if hasattr(self, "world"):
            self.world.database.close()
            self.copy.__exit__(None, None, None)
            self.folder.cleanup()

    @property
    def story(self):
        return self.stories[self.case_id]

    # Commands

    def start(self):
        self.began = self.clock.now()
        self.moments = {self.began}
        self.case_id = self.world.start()
        self.changed.add(self.case_id)
        self.stories[self.case_id] = Story(self.case_id)
        self.story.begin()

    def go_on(self, who, choice=0):
        """Do the next thing that has to be done, as an honest person would, or a job."""
        for name in ("paid", "sent"):
            if name in self.story.waits and "explain" not in self.story.open:
                return self.bring(self.case_id, name)
        for page in self.pages_of(who)[:1]:
            if page.item.element in STAFF:
                self.ask_for(page, page.person)
            self.post(self.fill_in(page, choice))
        return None

    def pages_of(self, who):
        """Open what is open for those whose it is; `who` is staff's."""
        items = self.world.open(self.case_id)
        return [
            self.page(items[element], who if element in STAFF else "candidate")
            for element in sorted(self.story.open & set(items))
        ]

    def page(self, item, who):
        return Page(self.case_id, item, self.story.visits[item.element], who, uuid4())

    def fill_in(self, page, choice, *, is_empty=False):
        """Fill a page in; None where the form refuses it, as it must."""
        outcomes = [*OUTCOMES[page.item.element], *NEVER_OFFERED]
        outcome = outcomes[choice % len(outcomes)]
        try:
            with self.world.database.read() as session:
                prepared = self.world.cases.prepare(
                    session,
                    self.person(page.person),
                    page.item.id,
                    Submission(
                        page.submission, page.item.version, self.typed(page, is_empty=is_empty)
                    ),
                    outcome=outcome,
                )
        except Invalid:
            assert is_empty or outcome in NEVER_OFFERED
            return None
        except Conflict:
            assert is_empty or outcome in NEVER_OFFERED
            assert not self.is_as_shown(page)
            return None
        # Of a page that was answered before, the stored reply is all that counts.
        is_second_press = self.answered.get(page.submission, (None,))[0] == page.person
        assert is_second_press or not (is_empty or outcome in NEVER_OFFERED)
        return Post(page, prepared, outcome, page.person)

    def press(self, page):
        """Press the button of the notes, which leaves the page open."""
        with self.world.database.read() as session:
            prepared = self.world.cases.prepare_action(
                session,
                self.person(page.person),
                page.item.id,
                Submission(page.submission, page.item.version, Submitted({})),
                key="notes",
                action="note",
            )
        return Post(page, prepared, None, page.person)

    def typed(self, page, *, is_empty=False):
        subject = "" if is_empty else f"{page.person} {page.submission}"
        return Submitted({"subject": [subject], "code": [SECRET], "approved": ["true"]})

    def post(self, post):
        if post is None:
            return
        page, story = post.page, self.stories[post.page.case_id]
        before = self.answered.get(page.submission)
        expected, is_late = (None, False) if before else self._expected(post, story)
        if before and before[0] != post.person:
            expected = Conflict
        cases = self.world.cases
        command = cases.act if post.outcome is None else cases.complete
        reply = None
        with self.command(expected, story, post) as (session, after):
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
            self.keep(post.page, post.person, post.prepared.submission.submitted)
        elif reply is not None:
            self.answered[page.submission] = (post.person, reply.next_work_item_id)

    def ask_for(self, page, who):
        """Claim a work item."""
        element, story = page.item.element, self.stories[page.case_id]
        expected, is_late = self._expected_of_a_claim(page, story, who)
        with self.command(expected, story) as (session, after):
            reply = self.world.cases.claim(session, self.person(who), page.item.id)
            after.pass_time(self.began)
            assert reply.is_late == is_late
            if not is_late:
                after.claims[element] = (who, self.began + CLAIM)

    def give_up(self, page, who):
        """Give a work item back."""
        element, story = page.item.element, self.stories[page.case_id]
        is_there = self.is_open(page)
        is_late = is_there and not self.is_open(page, self._after_the_time(story))
        expected = NotFound if not self.may_see(element, who) else None if is_there else Conflict
        with self.command(expected, story) as (session, after):
            reply = self.world.cases.release(session, self.person(who), page.item.id)
            after.pass_time(self.began)
            assert reply.is_late == is_late
            if after.claims.get(element, (None,))[0] == who:
                del after.claims[element]

    def bring(self, case_id, name):
        """Deliver a message, as a job does."""
        story = self.stories[case_id]
        with self.command(self._broken_by(story, name), story) as (session, after):
            self.world.cases.deliver(session, case_id, name, {})
            if not after.ended:
                after.pass_time(self.began)
                if not after.message(name, self.began, is_broken=self.is_broken):
                    after.inbox.append(name)
                after.catch_early(self.began, is_broken=self.is_broken)

    def keep(self, page, who, submitted):
        """Keep what was typed, as the page does by itself and when a post is refused."""
        story, now = self.stories[page.case_id], self.clock.now()
        element = page.item.element
        if not self.may_see(element, who):
            return
        self.changed.add(page.case_id)
        with self.world.database.read() as session:
            desk = self.world.cases.desk(session, self.person(who), page.item.id)
        with self.world.database.write() as session:
            self.world.cases.keep(session, desk, submitted)
        story.drafts[element, who] = submitted.values.get("subject", ())
        holder, until = story.claims.get(element, (None, now))
        if self.is_open(page) and holder == who and until > now:
            story.claims[element] = (holder, now + CLAIM)

    @contextmanager
    def command(self, expected, story, post=None):
        """Carry out one command as the web does: one transaction, then what a refusal leaves."""
        self.began = self.clock.now()
        self.moments.add(self.began)
        self.changed.add(story.case_id)
        done, after = len(self.calls), story.copy()
        try:
            with self.world.database.write() as session:
                yield session, after
        except (Conflict, NotFound, Invalid, ProcessStopped) as refusal:
            if expected is None or not isinstance(refusal, expected):
                raise
            del self.calls[done:]
            if post is not None and not isinstance(refusal, NotFound):
                self.keep(post.page, post.person, post.prepared.submission.submitted)
            if isinstance(refusal, ProcessStopped):
                self._report(refusal, story)
        else:
            assert expected is None
            vars(story).update(vars(after))

    # What they know of each other

    def person(self, who):
        return getattr(self.world, who)

    def may_see(self, element, who):
        return who in {"reviewer", "colleague"} if element in STAFF else who == "candidate"

    def is_open(self, page, story=None):
        story = story or self.stories[page.case_id]
        element = page.item.element
        return element in story.open and story.visits[element] == page.visit

    def is_as_shown(self, page):
        versions = self.stories[page.case_id].versions
        return self.is_open(page) and versions[page.item.element] == page.item.version

    # What must come of a command

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
        if story.ended or not self.is_open(page, after):
            return (Conflict, False) if story.ended else (None, True)
        if page.item.version != after.versions[element]:
            return Conflict, False
        if not self.may_see(element, post.person):
            return NotFound, False
        holder, until = after.claims.get(element, (None, now))
        is_unclaimed = element in STAFF and (holder != post.person or until <= now)
        if is_unclaimed or self._did_review(after, element, post.person):
            return Conflict, False
        return self._fault_of(post, after), False

    def _fault_of(self, post, after):
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

    def _expected_of_a_claim(self, page, story, who):
        """Return the refusal that must come, and whether the claim comes too late."""
        element, now = page.item.element, self.clock.now()
        if not self.may_see(element, who):
            return NotFound, False
        if not self.is_open(page):
            return Conflict, False
        after = self._after_the_time(story)
        if not self.is_open(page, after):
            return None, True
        holder, until = after.claims.get(element, (None, now))
        is_held = holder not in {None, who} and until > now
        is_refused = is_held or self._did_review(after, element, who) or element not in STAFF
        return (Conflict if is_refused else None), False

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

    def _after_the_time(self, story):
        after = story.copy()
        after.pass_time(self.clock.now())
        return after

    def _did_review(self, story, element, who):
        return element == "decide" and who in story.reviewers

    def _report(self, refusal, story):
        with self.world.database.write() as session:
            self.world.cases.report(session, story.case_id, refusal)
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
