"""毕业条件: the conditions line by line, as advice or as what an outcome asks for."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look
from engine.declaration import matches
from engine.declaration.graduation import Verdict
from engine.declaration.lookups import declaration_of
from engine.forms import FieldError, Submitted
from engine.forms.wording import setting
from engine.i18n import gettext as _


class GraduationChecklist(Component):
    """Posts nothing. The outcome of its property `required_for` is refused, line by line, while
    a condition is not met: the work item and all that was typed stay where they are. The diagram
    checks again, for what changes between the page and the lock."""

    type: ClassVar[str] = "graduation_checklist"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        return matches.checklist_view(look.session, declaration, look.now)

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        asked_by = setting(definition, "required_for")
        if asked_by is None or context.get("__outcome__") != asked_by:
            return None
        lines = context[str(definition["key"])]["lines"]
        unmet = [line for line in lines if line["verdict"] == Verdict.UNMET]
        if unmet:
            raise FieldError({f"line-{line['number']}": _said(line) for line in unmet})
        return None


def _said(line: Mapping[str, Any]) -> str:
    return _("没有满足：%(title)s。%(said)s。", title=line["title"], said=line["text"])
