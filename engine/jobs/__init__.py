"""Work that leaves the machine or waits for a time: a ledger, written with what caused the work."""

from engine.jobs.carriers import Carrier, attach, detach
from engine.jobs.handlers import GiveUp, Handler, JobFailed, JobRun
from engine.jobs.ledger import cancel, enqueue, find, purge, retry
from engine.jobs.models import Job, JobState
from engine.jobs.worker import Worker

__all__ = [
    "Carrier",
    "GiveUp",
    "Handler",
    "Job",
    "JobFailed",
    "JobRun",
    "JobState",
    "Worker",
    "attach",
    "cancel",
    "detach",
    "enqueue",
    "find",
    "purge",
    "retry",
]
