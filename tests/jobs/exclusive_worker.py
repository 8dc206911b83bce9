"""One of several worker processes: a job leaves a mark when it begins, and another one when it
finds that the job had begun before."""

import sys
from pathlib import Path

from engine.clock import SystemClock
from engine.db import Database
from engine.jobs import Handler, JobRun, Worker

THREADS = 2


def worker_for(address: str, folder: Path) -> Worker:
    def run(job: JobRun) -> None:
        try:
            (folder / str(job.id)).touch(exist_ok=False)
        except FileExistsError:
            (folder / f"{job.id} again").touch()

    return Worker(Database(address), {"note": Handler(run)}, SystemClock())


if __name__ == "__main__":
    worker = worker_for(sys.argv[1], Path(sys.argv[2]))
    print("ready", flush=True)  # noqa: T201 -- the test waits for it
    sys.stdin.readline()
    worker.run_due(limit=10_000)
