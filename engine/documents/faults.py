"""Why a document was not printed: another try may help, or it never will."""

from engine.jobs import GiveUp, JobFailed


class NotPrinted(JobFailed):
    """The press was stopped or ended without an answer; another try may help."""


class Unprintable(GiveUp):
    """The document itself cannot be printed, now or later."""
