"""The carrier of one machine: a few threads that look at the ledger, woken by every commit."""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy import event
from sqlalchemy.orm import Session

from engine.jobs.models import Job
from engine.jobs.rules import described

log = structlog.get_logger(__name__)

POLL = 1.0
"""Seconds between looks when nobody woke us: jobs of other processes, and jobs for a later time."""


class Threads:
    """Call `step` until it finds nothing, then wait for a commit or a moment."""

    def __init__(self, step: Callable[[], bool], number: int, poll: float = POLL) -> None:
        self._step, self._poll = step, poll
        self._bell = threading.Condition()
        self._rings = 0
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._loop, name=f"jobs-{n}", daemon=True)
            for n in range(number)
        ]

    def carry(self, session: Session, job: Job) -> None:
        event.listen(session, "after_commit", self._ring)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, patience: float = 30.0) -> None:
        """Stop looking, and wait for what is running; a job left over is found by its lease."""
        self._stopping = True
        self._ring()
        for thread in self._threads:
            thread.join(patience)

    def _ring(self, _session: Session | None = None) -> None:
        with self._bell:
            self._rings += 1
            self._bell.notify_all()

    def _loop(self) -> None:
        while not self._stopping:
            heard = self._rings
            if not self._step_safely():
                self._wait(heard)

    def _step_safely(self) -> bool:
        try:
            return self._step()
        except Exception as error:  # noqa: BLE001 -- a database that is away must not end the thread
            log.warning("jobs not looked at", error=described(error))
            return False

    def _wait(self, heard: int) -> None:
        with self._bell:
            self._bell.wait_for(lambda: self._stopping or self._rings != heard, self._poll)
