"""省份: one of the 34 province-level units."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look
from engine.declaration import codes
from engine.forms import FieldError, Submitted
from engine.i18n import gettext as _


class ProvincePicker(Component):
    """Value: the code of the unit (GB/T 2260, six digits)."""

    type: ClassVar[str] = "province_picker"
    is_answer: ClassVar[bool] = True

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"provinces": codes.PROVINCES}

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        wanted = submitted.first("")
        if wanted not in {code.value for code in codes.PROVINCES}:
            raise FieldError(_("请选择省份。"))
        return wanted
