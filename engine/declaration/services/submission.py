"""The declaration as a whole: opened, submitted, withdrawn, expired, decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import sms
from engine.bpmn import ServiceContext, ServiceFunction
from engine.cases.models import Case
from engine.declaration import exemptions, seats, transcripts
from engine.declaration.documents import issuing
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Declaration, DeclarationState
from engine.errors import Refused
from engine.i18n import gettext as _
from engine.payments import orders
from engine.people.models import Account


def open_declaration(context: ServiceContext) -> Mapping[str, Any]:
    """Say until when the declaration can be submitted."""
    return {"closes_at": declaration_of(context.session, context.case_id).season.closes_at}


def submit(context: ServiceContext) -> Mapping[str, Any]:
    """Make the seat final, freeze what was declared, have the documents printed.

    Not accepted when the window is shut or the hold has run out; then nothing changes.
    """
    declaration = declaration_of(context.session, context.case_id)
    if declaration.submitted_at is not None:
        return {"accepted": True, "reason": None}
    if not declaration.season.is_open(context.now):
        return {"accepted": False, "reason": _("申报时间已过。")}
    try:
        seat = seats.make_final(context.session, declaration.id, now=context.now)
    except Refused as refused:
        return {"accepted": False, "reason": str(refused)}
    context.session.get_one(Case, context.case_id).place = seat.batch.site_id
    declaration.state, declaration.submitted_at = DeclarationState.SUBMITTED, context.now
    transcripts.freeze(context.session, declaration, now=context.now)
    issuing.request_all(context.session, declaration, now=context.now)
    _tell(context, "declaration_submitted")
    return {"accepted": True, "reason": None}


def withdraw(context: ServiceContext) -> Mapping[str, Any]:
    """Close everything that is open inside, by case id; what was paid goes back."""
    return _end(context, DeclarationState.WITHDRAWN, "withdrawn")


def expire(context: ServiceContext) -> Mapping[str, Any]:
    """The season has closed on a declaration that was not submitted."""
    return _end(context, DeclarationState.EXPIRED, "declaration_expired")


def finish(context: ServiceContext) -> Mapping[str, Any]:
    """The on-site review was passed."""
    declaration = declaration_of(context.session, context.case_id)
    declaration.state = DeclarationState.PASSED
    return _closed(declaration, context.now)


def refuse(context: ServiceContext) -> Mapping[str, Any]:
    """The on-site review refused the declaration; the seat was used."""
    declaration = declaration_of(context.session, context.case_id)
    declaration.state = DeclarationState.REFUSED
    return _closed(declaration, context.now)


def reissue_documents(context: ServiceContext) -> Mapping[str, Any]:
    """Have new versions printed, after a correction."""
    declaration = declaration_of(context.session, context.case_id)
    return {"issued": issuing.request_all(context.session, declaration, now=context.now)}


SERVICES: dict[str, ServiceFunction] = {
    "declaration.open": open_declaration,
    "declaration.submit": submit,
    "declaration.withdraw": withdraw,
    "declaration.expire": expire,
    "declaration.finish": finish,
    "declaration.refuse": refuse,
    "declaration.reissue_documents": reissue_documents,
}


def _end(context: ServiceContext, state: DeclarationState, text: str) -> Mapping[str, Any]:
    declaration = declaration_of(context.session, context.case_id)
    if declaration.closed_at is not None:
        return {"done": True}
    orders.abandon(context.session, context.case_id, context.now)
    exemptions.recall_open_submission(context.session, declaration.id, now=context.now)
    seats.release(context.session, declaration.id, now=context.now)
    declaration.state = state
    _tell(context, text)
    return _closed(declaration, context.now)


def _closed(declaration: Declaration, now: datetime) -> Mapping[str, Any]:
    declaration.closed_at = now
    return {"done": True}


def _tell(context: ServiceContext, text: str) -> None:
    owner = context.session.get_one(Account, context.owner_id)
    if owner.mobile:
        sms.send(
            context.session,
            mobile=owner.mobile,
            text=text,
            values={},
            now=context.now,
            case_id=context.case_id,
        )
