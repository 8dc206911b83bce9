"""Workers are killed again and again: every job is done, none of them twice."""

import contextlib
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from engine.clock import MovableClock, SystemClock
from engine.jobs import JobState, enqueue
from tests.jobs.chaos_worker import worker_for
from tests.jobs.support import jobs

COUNT = 400
ROOT = Path(__file__).parents[2]


def killed_after(seconds, *arguments):
    command = [sys.executable, "-m", "tests.jobs.chaos_worker", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()


@pytest.mark.nightly
def test_killing_workers_loses_no_job_and_closes_none_twice(database, tmp_path):
    clock = MovableClock(SystemClock().now())
    with database.write() as session:
        written = {enqueue(session, "note", {}, now=clock.now()).id for _ in range(COUNT)}
    for kill in range(6):
        address = database.url.render_as_string(hide_password=False)
        killed_after(0.05 + kill * 0.03, address, str(tmp_path))
    clock.instant = SystemClock().now() + timedelta(hours=2)
    worker_for(database, tmp_path, clock).run_due(limit=10_000)
    found = jobs(database)
    assert {job.id for job in found if job.state == JobState.DONE} == written
    follows = Counter(job.payload["of"] for job in found if job.kind == "follow")
    assert follows == dict.fromkeys(map(str, written), 1)
    assert {path.name for path in tmp_path.iterdir()} >= set(map(str, written))
