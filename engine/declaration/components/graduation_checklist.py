"""毕业条件: the conditions line by line, as advice or as what the score review asks."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look
from engine.declaration import matches
from engine.declaration.lookups import declaration_of
from engine.forms import Submitted


class GraduationChecklist(Component):
    """Only shown."""

    type: ClassVar[str] = "graduation_checklist"
    takes_value: ClassVar[bool] = False

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        return matches.checklist_view(look.session, declaration, look.now)

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        return None
