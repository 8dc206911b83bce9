"""Who is asking: an account as the rest of the house sees it, without its row."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an account may do; the lanes of the diagrams carry the same ids."""

    CANDIDATE = "candidate"
    CERTIFICATE_REVIEWER = "certificate_reviewer"
    ONSITE_REVIEWER = "onsite_reviewer"
    REGISTRAR = "registrar"
    REVIEW_LEAD = "review_lead"
    ANALYST = "analyst"
    RELEASE_APPROVER = "release_approver"
    OPERATOR = "operator"
    OPERATOR_APPROVER = "operator_approver"
    FINANCE = "finance"
    AUDITOR = "auditor"
    ADMIN = "admin"


class AccountKind(StrEnum):
    CANDIDATE = "candidate"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is signed in. `sites` are the review sites they are bound to; none means all.
    `verified` says that they gave a code sent to their phone during this sign-in."""

    account_id: UUID
    kind: str
    name: str
    roles: frozenset[Role]
    sites: frozenset[str] = frozenset()
    verified: bool = False

    def has(self, role: str) -> bool:
        return role in self.roles
