"""Scores are loaded, merged and looked through for duplicates."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn import ServiceContext, ServiceFunction
from engine.declaration import consolidation
from engine.declaration.lookups import declaration_of


def load_scores(context: ServiceContext) -> Mapping[str, Any]:
    """Load the own number's scores, once, and count the person's other numbers."""
    declaration = declaration_of(context.session, context.case_id)
    records = consolidation.load_own(context.session, declaration, context.now)
    offered = consolidation.offered_entries(context.session, declaration)
    return {"records": records, "offered": len(offered)}


def consolidate(context: ServiceContext) -> Mapping[str, Any]:
    """Decide what 成绩归一 was pressed for; a refusal carries its sentence."""
    declaration = declaration_of(context.session, context.case_id)
    added, reason = consolidation.answer(context.session, declaration, context.now)
    return {"added": added, "refused": reason is not None, "reason": reason}


def find_duplicates(context: ServiceContext) -> Mapping[str, Any]:
    """Count the duplicates between which nobody has chosen since the last merge."""
    declaration = declaration_of(context.session, context.case_id)
    return {"open": consolidation.open_duplicates(context.session, declaration)}


SERVICES: dict[str, ServiceFunction] = {
    "declaration.load_scores": load_scores,
    "declaration.consolidate": consolidate,
    "declaration.find_duplicates": find_duplicates,
}
