"""准考证号、身份证号、姓名: shown to be confirmed, with what the ID number says."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look
from engine.clock import local
from engine.declaration import codes, identity
from engine.declaration.lookups import find_declaration
from engine.declaration.plan_reading import level_of
from engine.forms import Submitted
from engine.i18n import chosen
from engine.people import Role
from engine.people.masks import mask_id_number, mask_mobile
from engine.people.models import Account


class IdentitySummary(Component):
    """Only shown. The owner and the reviewer at the counter see the whole ID number."""

    type: ClassVar[str] = "identity_summary"
    takes_value: ClassVar[bool] = False

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        account = look.session.get_one(Account, look.owner_id)
        declaration = find_declaration(look.session, look.case_id)
        number = account.id_number or ""
        known = identity.read_id_number(number, local(look.now).date())
        may_see_all = look.person.account_id == look.owner_id or look.person.has(
            Role.ONSITE_REVIEWER
        )
        plan = declaration.plan if declaration else None
        return {
            "admission_number": declaration.entry.admission_number if declaration else "",
            "id_number": known.number if may_see_all else mask_id_number(known.number),
            "name": account.name,
            "mobile": mask_mobile(account.mobile or ""),
            "sex": known.sex.value,
            "sex_label": codes.label_of(codes.SEX, known.sex),
            "birth_date": known.birth_date,
            "plan": chosen(plan.major_name, plan.major_name_en) if plan else "",
            "level": level_of(plan) if plan else "",
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        return None
