"""15 位身份证号升为 18 位: computed, offered once, then locked."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import select

from engine.cases import Component, Look, Work
from engine.declaration import identity
from engine.declaration.lookups import declaration_of
from engine.declaration.models import RegistryEntry
from engine.errors import Conflict, Refused
from engine.forms import Submitted
from engine.i18n import gettext as _


class IdUpgrade(Component):
    """Action `upgrade`. Nothing is typed: the longer number follows from the shorter."""

    type: ClassVar[str] = "id_upgrade"
    actions: ClassVar[frozenset[str]] = frozenset({"upgrade"})

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        entry = declaration_of(look.session, look.case_id).entry
        number = entry.id_number or ""
        if len(number) != 15:
            upgraded = entry.id_number_upgraded_at is not None
            return {"offered": None, "number": number, "is_upgraded": upgraded}
        try:
            return {"offered": identity.upgrade_id_number(number), "number": number}
        except Refused as refused:
            return {"offered": None, "number": number, "why_not": str(refused)}

    def bind_action(self, action: str, submitted: Submitted, facts: Mapping[str, Any]) -> Any:
        return None

    def act(self, work: Work, action: str, value: Any) -> str | None:
        entry = declaration_of(work.session, work.case_id).entry
        if len(entry.id_number or "") != 15:
            raise Conflict(_("身份证号已经是 18 位，不能在网上再次修改。"))
        longer = identity.upgrade_id_number(entry.id_number or "")
        # The person's other numbers say the same, so they change together.
        for row in work.session.scalars(
            select(RegistryEntry).where(RegistryEntry.id_number_index == entry.id_number_index)
        ):
            if len(row.id_number or "") == 15:
                row.id_number, row.id_number_upgraded_at = longer, work.now
        return _("身份证号已升为 18 位。")
