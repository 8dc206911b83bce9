"""The named points at which a process of the product kills itself, once somebody armed them.

A point is armed by a file; the process that takes the file away dies on the spot.
"""

import os
import signal
from pathlib import Path

ANSWER, NOTICE, JOB = "answer", "notice", "job"
FILE, DOCUMENT = "file", "document"
SMS, ORDER, REFUND = "SMS", "order", "refund"

MIGRATION = "migration: between two statements"
POINTS = (
    "answer: before the commit",
    "answer: after the commit",
    "notice: before the commit",
    "notice: after the commit",
    "file: half written",
    "file: written, without its row",
    "job: taken",
    "job: before the commit",
    "job: after the commit",
    "SMS: about to be sent",
    "SMS: sent, not marked",
    "order: about to be opened",
    "order: opened, not marked",
    "refund: about to be made",
    "refund: made, not marked",
    "document: half written",
    "document: written, without its row",
    MIGRATION,
)

ARMED, KILLED = "armed", "killed"


class Trap:
    """The points of one process. What it was about to do is left beside the point's name."""

    def __init__(self, folder: Path) -> None:
        self._armed, self._killed = folder / ARMED, folder / KILLED

    def is_armed(self, point: str) -> bool:
        return (self._armed / point).exists()

    def read(self, point: str) -> str:
        """What was written down when the point was armed; nothing if it is not."""
        armed = self._armed / point
        return armed.read_text() if armed.exists() else ""

    def strike(self, point: str, what: object) -> None:
        """Die here if the point is armed; of several processes only one does."""
        note = self._killed / f"{point} {os.getpid()}"
        try:
            (self._armed / point).rename(note)
        except FileNotFoundError:
            return
        note.write_text(str(what))
        os.kill(os.getpid(), signal.SIGKILL)
