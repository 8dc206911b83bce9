"""Honest and hostile people, late jobs and a moving clock against the façade, step by step.

All that can happen is one rule, and luck chooses evenly: of rules of their own Hypothesis leaves
most out of an example and repeats the others, and what breaks a façade is their mixture.
"""

from dataclasses import replace
from random import Random
from uuid import uuid4

from hypothesis import note
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from engine.cases.models import CatchEvent
from engine.errors import Conflict, NotFound
from tests.cases.handling import OUTCOMES, STAFF, WITH_NOTES
from tests.cases.promises import Promises

EVERYBODY = ["candidate", "other", "reviewer", "colleague"]
STEPS = 7
"""So many honest steps lead from the first page to the last."""
AFTERWARDS = 4
"""Steps for what comes after the end of a case; then another begins."""
WHILE = [0, 0, 0, 0, 0, 31, 125, 250, 500]
"""Minutes that pass before a step: none, past the end of a claim, past each of the timers."""
KINDS = [
    "open_all_pages",
    "look_at_a_page",
    "fill_a_page_in",
    "fill_all_pages_in",
    "press_an_action",
    "press_an_action",
    "leave_a_tab",
    "send",
    "send",
    "send_again",
    "send_as_somebody_else",
    "work_honestly",
    "work_honestly",
    "run_in_a_circle",
    "claim",
    "claim",
    "give_back",
    "give_back",
    "deliver",
    "deliver",
    "wake_up",
    "break_or_mend_a_service",
    "withdraw",
    "start_another",
]


class CaseMachine(Promises, RuleBasedStateMachine):
    """Cases begin somewhere on their way; from there everybody does what they like."""

    @initialize(steps=some.integers(0, STEPS))
    def set_up(self, steps):
        self.build()
        self.pages, self.posts, self.sent = [], [], []
        self._begin(steps)

    def teardown(self):
        self.tear_down()

    @rule(luck=some.integers(0, 2**32 - 1))
    def step(self, luck):
        """`number` chooses among what there is, `is_bold` is the other way of doing the same."""
        draw = Random(luck)  # noqa: S311 -- chance, no secret
        kind, who, minutes = draw.choice(KINDS), draw.choice(EVERYBODY), draw.choice(WHILE)
        number, is_bold = draw.randrange(100), draw.random() < 0.5
        note(f"{kind}: {who}, {number}, after {minutes} minutes{', boldly' if is_bold else ''}")
        self.clock.advance(minutes=minutes)
        self.left -= bool(self.story.ended)
        if not self.left:
            self._begin(draw.randrange(STEPS))
        getattr(self, kind)(who, number, is_bold=is_bold)

    # What people do at their pages

    def look_at_a_page(self, who, number, *, is_bold):
        items = self.world.open(self.case_id)
        if not items:
            return
        item = items[sorted(items)[number % len(items)]]
        try:
            with self.world.database.read() as session:
                self.world.cases.desk(session, self.person(who), item.id)
        except NotFound:
            assert not self.may_see(item.element, who)
            return
        assert self.may_see(item.element, who)
        self.pages.append(self.page(item, who))

    def open_all_pages(self, who, number, *, is_bold):
        self.pages += self.pages_of(_reviewer(number))

    def fill_a_page_in(self, who, number, *, is_bold):
        if self.pages:
            page = _one_of(self.pages, number)
            self._keep_post(self.fill_in(page, number, is_empty=is_bold))

    def fill_all_pages_in(self, who, number, *, is_bold):
        """And claim what is staff's before, or forget to."""
        found = self.pages_of(_reviewer(number))
        for page in found:
            if is_bold and page.item.element in STAFF:
                self.ask_for(page, page.person)
        for page in found:
            if self.is_as_shown(page):
                self._keep_post(self.fill_in(page, number // 2))

    def press_an_action(self, who, number, *, is_bold):
        """Whoever has two tabs makes the other one stale."""
        pages = self.pages_of(_reviewer(number)) if is_bold else self.pages
        pages = [page for page in pages if page.item.element in WITH_NOTES]
        if not pages:
            return
        post = self.press(_one_of(pages, number))
        self._keep_post(post)
        if is_bold:
            self.post(post)

    def leave_a_tab(self, who, number, *, is_bold):
        """What was typed is saved by itself, or there was nothing."""
        if self.pages:
            page = _one_of(self.pages, number)
            self.pages.remove(page)
            if is_bold:
                self.keep(page, page.person, self.typed(page))

    # What they send

    def send(self, who, number, *, is_bold):
        """With one click or with two, the second perhaps somebody else's."""
        if self.posts:
            post = _one_of(self.posts, number)
            self.posts.remove(post)
            self.sent.append(post)
            self.post(post)
            if is_bold:
                self.post(post if number % 2 else _stolen(post, self.person(who), who))

    def send_again(self, who, number, *, is_bold):
        """From the history of the browser, or as somebody who got hold of it."""
        if self.sent:
            post = _one_of(self.sent, number)
            self.post(_stolen(post, self.person(who), who) if is_bold else post)

    def send_as_somebody_else(self, who, number, *, is_bold):
        """A stolen page: whatever was prepared, the lock is the last door."""
        if self.posts:
            self.post(_stolen(_one_of(self.posts, number), self.person(who), who))

    def work_honestly(self, who, number, *, is_bold):
        self.go_on(_reviewer(number), number // 2)

    def run_in_a_circle(self, who, number, *, is_bold):
        if "receive" in self.story.open and not self.has_spun:
            self.has_spun = True
            spin = OUTCOMES["receive"].index("spin")
            for page in self.pages_of("reviewer"):
                self.post(self.fill_in(page, spin))

    def claim(self, who, number, *, is_bold):
        if page := self._for_staff(number, is_bold=is_bold):
            self.ask_for(page, page.person if is_bold else who)

    def give_back(self, who, number, *, is_bold):
        if page := self._for_staff(number, is_bold=is_bold):
            self.give_up(page, _reviewer(number // 2) if is_bold else who)

    def withdraw(self, who, number, *, is_bold):
        with self.world.database.read() as session:
            event = session.scalar(
                select(CatchEvent).where(
                    CatchEvent.case_id == self.case_id, CatchEvent.element == "withdraw"
                )
            )
        if event is None:
            assert "withdraw" not in self.story.waits
            return
        who = "candidate" if is_bold else who
        expected = None if who == "candidate" else NotFound
        with self.command(expected, self.story) as (session, after):
            self.world.cases.send_offered(session, self.person(who), event.id, uuid4())
            after.pass_time(self.began)
            after.message("withdraw", self.began, is_broken=self.is_broken)
            after.catch_early(self.began, is_broken=self.is_broken)

    # What comes by itself

    def deliver(self, who, number, *, is_bold):
        """What is waited for; or anything, to a case that may have ended long ago."""
        names = sorted(self.story.waits - {"withdraw"})
        if is_bold or not names:
            names = ["paid", "sent", "unheard_of"]
        cases = list(self.stories) if is_bold else [self.case_id]
        self.bring(_one_of(cases, number // 3), names[number % len(names)])

    def wake_up(self, who, number, *, is_bold):
        with self.command(None, self.story) as (session, after):
            fired = self.world.cases.fire_timers(session, self.case_id)
            assert fired == (0 if after.ended else after.pass_time(self.began))

    def break_or_mend_a_service(self, who, number, *, is_bold):
        self.is_broken = is_bold

    def start_another(self, who, number, *, is_bold):
        """As long as one goes on, there is none beside it."""
        if not self.story.ended:
            with self.command(Conflict, self.story):
                self.world.start()

    def _begin(self, steps):
        self.start()
        self.left = AFTERWARDS
        for step in range(steps):
            self.go_on("colleague" if step == STEPS - 2 else "reviewer")

    def _for_staff(self, number, *, is_bold):
        """What waits for staff now, or what once did; a page of a candidate when there is none."""
        pages = self.pages_of(_reviewer(number)) if is_bold else self.pages
        pages = [page for page in pages if page.item.element in STAFF] or pages
        return _one_of(pages, number) if pages else None

    def _keep_post(self, post):
        if post is not None:
            self.posts.append(post)


def _reviewer(number):
    return ("reviewer", "colleague")[number % 2]


def _one_of(found, number):
    """One of the three newest, which are the likeliest to be alive; now and then any."""
    recent = found if number > 80 else found[-3:]
    return recent[number % len(recent)]


def _stolen(post, person, who):
    return replace(post, prepared=replace(post.prepared, person=person), person=who)
