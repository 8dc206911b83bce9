"""考生成绩单: the courses of the plan with what fills them, to be confirmed by the candidate."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look
from engine.declaration.lookups import declaration_of
from engine.declaration.transcripts import sheet_of
from engine.forms import Submitted


class TranscriptTable(Component):
    """Only shown; after the submission it is the frozen transcript."""

    type: ClassVar[str] = "transcript_table"
    takes_value: ClassVar[bool] = False

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        sheet = sheet_of(look.session, declaration, look.now)
        plan = declaration.plan
        return {
            "rows": sheet.rows,
            "sums": sheet.sums,
            "courses": sheet.courses,
            "min_courses": plan.min_courses,
            "credits": sheet.credits,
            "min_credits": plan.min_credits,
            "frozen_at": sheet.frozen_at,
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        return None
