"""The one question that every service and component begins with: whose declaration is this?"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from engine.declaration.models import Declaration


class NoDeclaration(LookupError):
    """The case is not a declaration."""


def find_declaration(session: Session, case_id: UUID) -> Declaration | None:
    """Return the case's declaration with its entry, plan and season; None for other cases."""
    return session.scalar(
        select(Declaration)
        .where(Declaration.case_id == case_id)
        .options(
            joinedload(Declaration.entry),
            joinedload(Declaration.plan),
            joinedload(Declaration.season),
        )
    )


def declaration_of(session: Session, case_id: UUID) -> Declaration:
    found = find_declaration(session, case_id)
    if found is None:
        raise NoDeclaration(str(case_id))
    return found
