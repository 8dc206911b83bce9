"""Several worker processes over one ledger, as on two machines."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from engine.clock import SystemClock
from engine.jobs import JobState, enqueue
from tests.jobs.support import jobs

COUNT = 120
ROOT = Path(__file__).parents[2]


def process(stack, *arguments):
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.exclusive_worker", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    return stack.enter_context(started)


def test_two_processes_never_begin_one_job_both(database, tmp_path):
    with database.write() as session:
        now = SystemClock().now()
        written = {str(enqueue(session, "note", {}, now=now).id) for _ in range(COUNT)}
    address = database.url.render_as_string(hide_password=False)
    with ExitStack() as stack:
        workers = [process(stack, address, str(tmp_path)) for _ in range(2)]
        for worker in workers:
            worker.stdout.readline()
        for worker in workers:
            worker.stdin.close()  # Both have waited for it, so that both begin at once.
        ends = [worker.wait(60) for worker in workers]
    assert ends == [0, 0]
    assert {path.name for path in tmp_path.iterdir()} == written
    assert {(job.state, job.attempts) for job in jobs(database)} == {(JobState.DONE, 1)}
