"""Courses are matched outside any lock; here the match is marked, compared and gated on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.bpmn import ServiceContext, ServiceFunction
from engine.cases.queries import last_answer
from engine.declaration import matches
from engine.declaration.lookups import declaration_of
from engine.declaration.models import CheckKind, Declaration

INFORMATION = "fill_information"


def match_courses(context: ServiceContext) -> Mapping[str, Any]:
    """Mark the match as stale; the page that shows it next solves it."""
    matches.mark_stale(context.session, declaration_of(context.session, context.case_id))
    return {"stale": True}


def check_graduation(context: ServiceContext) -> Mapping[str, Any]:
    """Hold the stored match against the conditions; one whose inputs have changed is stale."""
    declaration = declaration_of(context.session, context.case_id)
    _take_up_prior_qualification(context, declaration)
    solved = matches.still_holds(context.session, declaration)
    if solved is None:
        return {"met": False, "unmet": 0, "stale": True}
    found = matches.checklist(declaration, solved, context.now)
    matches.record_check(context.session, declaration, found, CheckKind.CHECK, context.now)
    return {"met": found.is_met, "unmet": len(found.unmet), "stale": False}


SERVICES: dict[str, ServiceFunction] = {
    "declaration.match_courses": match_courses,
    "declaration.check_graduation": check_graduation,
}


def _take_up_prior_qualification(context: ServiceContext, declaration: Declaration) -> None:
    """Take over what the information page says: another major asks for other add-on courses."""
    said: dict[str, Any] = last_answer(context.session, context.case_id, INFORMATION) or {}
    if not said.get("prior_major"):
        return
    declaration.prior_level = str(said["prior_level"])
    declaration.prior_major = str(said["prior_major"])
    declaration.prior_school = str(said["prior_school"])
    declaration.prior_number = str(said["prior_number"])
    declaration.prior_date = said["prior_date"]
    evidence = said.get("prior_evidence") or {}
    declaration.prior_evidence_id = UUID(evidence["file_id"]) if evidence else None
    # Nobody can read a code that is not there, so a person looks at the evidence.
    declaration.prior_needs_review = not said.get("prior_code")
