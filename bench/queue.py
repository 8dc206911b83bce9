"""The queue page of a reviewer with a thousand cases waiting, and with a million."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from bench import site
from bench.report import Line
from bench.site import Site
from bench.timing import ratio, taking_turns
from engine.cases import queries
from engine.people import Person, Role

SUBJECT = "The queue page"
MOST = 1.5
THREE_ROLES = frozenset({Role.CERTIFICATE_REVIEWER, Role.ONSITE_REVIEWER, Role.REGISTRAR})
CASES = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO case_ (id, number, workflow, release_id, owner_id, scope, status, version, opened_at,
                   changed_at, event_count, event_head, inbox_count)
SELECT printf('%032x', i), printf('BY%010d', i), 'linear', release.id, :owner, i, 'running', 1,
       datetime('2026-01-01', i || ' seconds') || '.000000', '2026-03-01 00:00:00.000000', 0, '', 0
FROM n, release
"""
ITEMS = """
INSERT INTO work_item (id, case_id, task_id, element, name, role, form, version, opened_at)
SELECT lower(hex(randomblob(16))), id, id, 'step_1', '成绩证明审核', 'certificate_reviewer',
       'step_1', 0, opened_at
FROM case_
"""


def measure(few: int = 1_000, many: int = 1_000_000, rounds: int = 60) -> Iterator[Line]:
    """Yield the lines of this subject: two homes, the same page of each in turns."""
    with ExitStack() as stack:
        pages, lists, mixed = {}, {}, {}
        for count in (few, many):
            home = stack.enter_context(tempfile.TemporaryDirectory(prefix="bishen-bench-"))
            opened = stack.enter_context(site.opened(Path(home)))
            fill(opened, count)
            pages[f"{count:,}"] = Page(opened).show
            lists[f"{count:,}"] = Page(opened).read
            mixed[f"{count:,}"] = Page(opened).read_with_three_roles
        kinds = (("page", pages), ("query", lists), ("query of three roles", mixed))
        for name, contenders in kinds:
            watches = taking_turns(contenders, rounds, warm=3)
            small, large = watches.values()
            what = f"{name} with {many:,} ÷ {few:,} cases, SQLite"
            yield Line(SUBJECT, what, ratio(large, small), most=MOST)
            for count_name, watch in watches.items():
                yield Line(SUBJECT, f"{name} with {count_name} cases", watch.median * 1000, "ms")


class Page:
    """The reviewer's browser in front of one home."""

    def __init__(self, opened: Site) -> None:
        self._site = opened
        self._client = opened.app.test_client(use_cookies=False)
        self._headers = {"Cookie": opened.cookie(opened.reviewer)}

    def show(self) -> None:
        answer = self._client.get("/staff/queue", headers=self._headers)
        if answer.status_code != 200:
            raise RuntimeError(answer.status)

    def read(self) -> None:
        self._read(self._site.reviewer)

    def read_with_three_roles(self) -> None:
        self._read(replace(self._site.reviewer, roles=THREE_ROLES))

    def _read(self, person: Person) -> None:
        with self._site.engine.database.read() as session:
            if len(queries.queue_of(session, person)) != queries.PAGE:
                raise RuntimeError("the queue is not full")


def fill(opened: Site, count: int) -> None:
    """Let so many cases wait for the reviewers; the database itself makes the rows."""
    with opened.engine.database.write() as session:
        owner = opened.candidate.account_id.hex
        session.execute(text(CASES), {"count": count, "owner": owner})
        session.execute(text(ITEMS))
