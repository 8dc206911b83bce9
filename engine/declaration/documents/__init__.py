"""The documents of a declaration: asked for, printed by a job, listed, checked by their code."""

from engine.declaration.documents.printing import handlers
from engine.declaration.documents.queries import (
    Issued,
    Summary,
    Verified,
    issued_to,
    issues_of,
    summary_of,
    verify,
)

__all__ = [
    "Issued",
    "Summary",
    "Verified",
    "handlers",
    "issued_to",
    "issues_of",
    "summary_of",
    "verify",
]
