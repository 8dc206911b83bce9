"""What service tasks call: send a code to the owner of a case, check it, send them a text."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine import sms
from engine.bpmn.services import ServiceContext, ServiceFunction
from engine.people import codes
from engine.people.models import Account

PURPOSE = "declaration"
VERIFIED = "person verified"
"""What whoever gave the command is told when the code was right: their sign-in counts for more."""


class OwnerUnreachable(RuntimeError):
    """The case's owner has no account or no mobile number."""


def send_code(context: ServiceContext) -> Mapping[str, Any]:
    """Send a code to the owner's mobile; where limits forbid it, say so and name the last one."""
    asked = codes.challenge(
        context.session,
        PURPOSE,
        _mobile_of_owner(context),
        now=context.now,
        account_id=context.owner_id,
        bound_to=str(context.case_id),
        case_id=context.case_id,
    )
    return {
        "challenge_id": str(asked.id) if asked.id else "",
        "expires_at": asked.expires_at,
        "sent": asked.sent,
        "reason": asked.reason,
    }


def check_code(context: ServiceContext, *, challenge_id: str) -> Mapping[str, Any]:
    """Check the code that a secret field of this command holds."""
    result = codes.check(
        context.session,
        UUID(challenge_id) if challenge_id else None,
        _typed_code(context),
        purpose=PURPOSE,
        mobile=_mobile_of_owner(context),
        now=context.now,
        bound_to=str(context.case_id),
    )
    if result.right:
        context.notes.add(VERIFIED)
    return {"right": result.right, "tries_left": result.tries_left, "dead": result.dead}


def send_sms(context: ServiceContext, *, text: str, **values: Any) -> Mapping[str, Any]:
    """Send one of the release's texts to the owner's mobile."""
    sms.send(
        context.session,
        mobile=_mobile_of_owner(context),
        text=text,
        values=values,
        now=context.now,
        case_id=context.case_id,
    )
    return {"sent": True}


SERVICES: dict[str, ServiceFunction] = {
    "people.send_code": send_code,
    "people.check_code": check_code,
    "sms.send": send_sms,
}


def _mobile_of_owner(context: ServiceContext) -> str:
    account = context.session.get(Account, context.owner_id)
    if account is None or not account.mobile:
        raise OwnerUnreachable(str(context.owner_id))
    return str(account.mobile)


def _typed_code(context: ServiceContext) -> str:
    for fields in context.secrets.values():
        if "code" in fields:
            return str(fields["code"])
    return ""
