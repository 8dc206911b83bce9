"""How long a failed job waits, and what is written down about the failure."""

import traceback
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from engine.jobs.handlers import JobFailed

FIRST_WAIT = 5
LONGEST_WAIT = 3600


def delay_after(job_id: UUID, attempts: int) -> timedelta:
    """Return the wait after a failed try: three times as long each time, at most about an hour.

    It is spread by half either way, so that jobs which failed together do not return together.
    """
    whole = min(LONGEST_WAIT, FIRST_WAIT * 3 ** min(attempts - 1, 10))
    return timedelta(seconds=whole * (0.5 + _share(job_id, attempts)))


def described(error: BaseException) -> str:
    """Return the kind of failure and its place; a foreign text may hold a phone number."""
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" ({Path(p.filename).name}:{p.lineno})" for p in place)
    if isinstance(error, JobFailed):
        return f"{type(error).__name__}: {error}{where}"[:2000]
    return f"{type(error).__name__}{where}"


def _share(job_id: UUID, attempts: int) -> float:
    return (job_id.int // (attempts + 1)) % 1000 / 1000
