"""Take a seat for the declaration, and let go of what was held when its time is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from engine.bpmn import ServiceContext, ServiceFunction
from engine.cases.queries import last_answer
from engine.declaration import exemptions, seats
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Declaration
from engine.errors import Refused
from engine.payments import orders

APPLY = "apply"
HOLD_HOURS = 72


def reserve_seat(context: ServiceContext, *, batch: str) -> Mapping[str, Any]:
    """Hold a seat in the batch; the one held before is let go only then. A full batch is said."""
    declaration = declaration_of(context.session, context.case_id)
    _take_up_application(context, declaration)
    try:
        seat = seats.hold(
            context.session,
            declaration,
            UUID(str(batch)),
            now=context.now,
            held_until=context.now + _hold(context),
        )
    except Refused as refused:
        return _result(reserved=False, held_until=None, reason=str(refused))
    return _result(reserved=True, held_until=seat.held_until, reason=None)


def release_hold(context: ServiceContext) -> Mapping[str, Any]:
    """The hold has run out: close what is under way. What is paid stays paid."""
    declaration = declaration_of(context.session, context.case_id)
    orders.close_open(context.session, context.case_id, context.now)
    exemptions.recall_open_submission(context.session, declaration.id, now=context.now)
    released = seats.release(context.session, declaration.id, now=context.now)
    return {"released": released}


SERVICES: dict[str, ServiceFunction] = {
    "declaration.reserve_seat": reserve_seat,
    "declaration.release_hold": release_hold,
}


def _take_up_application(context: ServiceContext, declaration: Declaration) -> None:
    """Take over what the application says about the declaration as a whole."""
    said = last_answer(context.session, context.case_id, APPLY) or {}
    entry = declaration.entry
    declaration.category = _text(said.get("category")) or declaration.category
    plan = _text(said.get("plan"))
    if plan and plan in (entry.plan_id, entry.other_plan_id):
        declaration.plan_id = plan
    if entry.prior_level is None:
        declaration.prior_level = _text(said.get("prior_level")) or declaration.prior_level
        declaration.prior_major = _text(said.get("prior_major")) or declaration.prior_major


def _hold(context: ServiceContext) -> timedelta:
    return timedelta(hours=float(context.settings.get("hold_hours", HOLD_HOURS)))


def _result(*, reserved: bool, held_until: datetime | None, reason: str | None) -> dict[str, Any]:
    return {"reserved": reserved, "held_until": held_until, "reason": reason}


def _text(value: object) -> str | None:
    return str(value) if value else None
