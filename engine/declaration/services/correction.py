"""An approved correction reaches the registry and the account in the same command."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn import ServiceContext, ServiceFunction
from engine.declaration import corrections


def correct_identity(context: ServiceContext) -> Mapping[str, Any]:
    """Apply the registrar's decision; nothing changes for a request that was not approved, or when
    the number has become another person's."""
    row = corrections.correction_of(context.session, context.case_id)
    reason = corrections.apply(context.session, row, context.now) if row else "not_approved"
    return {"changed": reason is None, "reason": reason}


SERVICES: dict[str, ServiceFunction] = {"declaration.correct_identity": correct_identity}
