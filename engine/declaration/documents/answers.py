"""What the candidate has said on the pages before, with what was corrected since."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases import values
from engine.cases.queries import last_answer
from engine.declaration.models import Declaration, FieldCorrection, OnSiteReview

MAIL = "mail"


def information_of(session: Session, declaration: Declaration) -> dict[str, Any]:
    """Return the answer of the information page, later corrections in place of what they mend."""
    said = last_answer(session, declaration.case_id, "fill_information") or {}
    return {**said, **_corrected(session, declaration)}


def delivery_of(session: Session, declaration: Declaration) -> Mapping[str, Any] | None:
    """Return where the registration form is to be mailed to; None when it is picked up."""
    found = last_answer(session, declaration.case_id, "choose_delivery") or {}
    return found if found.get("method") == MAIL else None


def _corrected(session: Session, declaration: Declaration) -> dict[str, Any]:
    rows = session.scalars(
        select(FieldCorrection)
        .join(OnSiteReview, OnSiteReview.id == FieldCorrection.review_id)
        .where(
            FieldCorrection.declaration_id == declaration.id,
            FieldCorrection.corrected_at.is_not(None),
        )
        .order_by(OnSiteReview.round, FieldCorrection.id)
    )
    return {row.field: _value(row.after) for row in rows if row.after is not None}


def _value(after: str) -> Any:
    """Read a value as answers hold it; what is not one are the words themselves."""
    try:
        return values.loads(after)
    except json.JSONDecodeError:
        return after
