"""What a kind of job does, how patiently, and what happens when it gives up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.jobs.models import Job


class JobFailed(Exception):
    """This try came to nothing; its text is kept for operators, so it holds no personal data."""


class GiveUp(JobFailed):
    """Trying again cannot help."""


@dataclass(frozen=True, slots=True)
class JobRun:
    """One try of a job; `id` is the same in every try and goes to providers."""

    id: UUID
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    now: datetime
    case_id: UUID | None = None


Closing = Callable[[Session], None]
"""What a successful try changes, in the transaction that marks the job done."""


@dataclass(frozen=True, slots=True)
class Handler:
    """`run` works outside any transaction and may return what the closing transaction does.

    A try that is still running when its lease ends may be run a second time elsewhere; only one of
    them closes. `on_dead` runs in the transaction that buries the job.
    """

    run: Callable[[JobRun], Closing | None]
    attempts: int = 8
    lease: timedelta = timedelta(seconds=60)
    on_dead: Callable[[Session, Job], None] | None = None
