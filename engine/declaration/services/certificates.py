"""Certificates go to the reviewers, come back decided or recalled, and are never forgotten."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from engine import sms
from engine.bpmn import ServiceContext, ServiceFunction
from engine.declaration import exemptions
from engine.declaration.lookups import declaration_of
from engine.declaration.models import CertificateSubmission
from engine.people import Role
from engine.people.models import Account, AccountRole

REVIEW_DUE = "review_due"
REVIEW_HOURS, REMIND_HOURS = 24, 20


def submit_certificates(context: ServiceContext) -> Mapping[str, Any]:
    """Hand in what was chosen; the strictest deadline of its certificates counts for all."""
    declaration = declaration_of(context.session, context.case_id)
    chosen = exemptions.drafts_of(context.session, declaration.id)
    if not chosen:
        return {"count": 0, "remind_at": None, "due_at": None}
    hours = min(_hours(context, e.certificate.type_id) for e in chosen)
    remind = min(float(context.settings.get("remind_hours", REMIND_HOURS)), hours)
    submission = exemptions.hand_in(
        context.session,
        declaration,
        remind_after=timedelta(hours=remind),
        due_after=timedelta(hours=hours),
        now=context.now,
    )
    return {
        "count": len(chosen),
        "remind_at": submission.remind_at,
        "due_at": submission.due_at,
    }


def recall_certificates(context: ServiceContext) -> Mapping[str, Any]:
    declaration = declaration_of(context.session, context.case_id)
    recalled = exemptions.recall_open_submission(context.session, declaration.id, now=context.now)
    return {"recalled": recalled}


def remind_reviewers(context: ServiceContext) -> Mapping[str, Any]:
    """Tell the reviewers, once, by when it has to be decided; at night they hear of it when they
    wake, and not at all once the time is over."""
    submission = _open(context)
    if submission is None or submission.reminded_at is not None:
        return {"notified": 0}
    submission.reminded_at = context.now
    told = _tell(
        context,
        Role.CERTIFICATE_REVIEWER,
        "review_reminder",
        values={"due": submission.due_at},
        expires_at=submission.due_at,
    )
    return {"notified": told}


def escalate_review(context: ServiceContext) -> Mapping[str, Any]:
    """Tell the review leads, once, that the time is over; nothing is ever approved by itself."""
    submission = _open(context)
    if submission is None or submission.escalated_at is not None:
        return {"notified": 0}
    submission.escalated_at = context.now
    return {"notified": _tell(context, Role.REVIEW_LEAD, "review_escalated")}


def apply_decisions(context: ServiceContext) -> Mapping[str, Any]:
    declaration = declaration_of(context.session, context.case_id)
    approved, refused = exemptions.apply_decisions(context.session, declaration, context.now)
    return {"approved": approved, "refused": refused}


SERVICES: dict[str, ServiceFunction] = {
    "declaration.submit_certificates": submit_certificates,
    "declaration.recall_certificates": recall_certificates,
    "declaration.remind_reviewers": remind_reviewers,
    "declaration.escalate_review": escalate_review,
    "declaration.apply_decisions": apply_decisions,
}


def _hours(context: ServiceContext, type_id: str) -> float:
    found = context.decide(REVIEW_DUE, {"certificate_type": type_id})
    return float(found if found is not None else context.settings.get("review_hours", REVIEW_HOURS))


def _open(context: ServiceContext) -> CertificateSubmission | None:
    declaration = declaration_of(context.session, context.case_id)
    return exemptions.open_submission(context.session, declaration.id)


def _tell(
    context: ServiceContext,
    role: Role,
    text: str,
    *,
    values: Mapping[str, Any] | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Send a text to everyone with a role who has a phone; return how many. With an end it is a
    reminder, which lets people sleep."""
    accounts = context.session.scalars(
        select(Account)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(AccountRole.role == role, Account.disabled_at.is_(None))
        .order_by(Account.id)
    ).unique()
    told = [account.mobile for account in accounts if account.mobile]
    for mobile in told:
        sms.send(
            context.session,
            mobile=mobile,
            text=text,
            values=values or {},
            now=context.now,
            case_id=context.case_id,
            expires_at=expires_at,
            reminder=expires_at is not None,
        )
    return len(told)
