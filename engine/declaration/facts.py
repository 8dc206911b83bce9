"""What expressions of forms may read of a declaration: `account.mobile`, `declaration.plans` …"""

from collections.abc import Mapping
from typing import Any

from engine.cases import Look
from engine.declaration import codes
from engine.declaration.lookups import find_declaration
from engine.declaration.models import Category, Declaration, Level, Plan
from engine.i18n import chosen
from engine.people.masks import mask_mobile
from engine.people.models import Account

UNDERGRADUATE = frozenset({Category.UNDERGRADUATE, Category.SECOND_UNDERGRADUATE})


def facts_of(look: Look) -> Mapping[str, Any]:
    """Return the facts by name; personal data only as far as its owner's form shows it."""
    owner = look.session.get_one(Account, look.owner_id)
    mobile = owner.mobile or ""
    is_own = look.person.account_id == owner.id
    facts: dict[str, Any] = {
        "account": {"mobile": mask_mobile(mobile), "own_mobile": mobile if is_own else None}
    }
    declaration = find_declaration(look.session, look.case_id)
    if declaration is not None:
        facts |= facts_about(look, declaration)
    return facts


def facts_about(look: Look, declaration: Declaration) -> dict[str, Any]:
    """Return what forms may read of the declaration itself."""
    return {"declaration": _declaration(look, declaration)}


def _declaration(look: Look, declaration: Declaration) -> Mapping[str, Any]:
    entry = declaration.entry
    is_undergraduate = declaration.plan.level != Level.JUNIOR_COLLEGE
    return {
        "is_undergraduate": is_undergraduate,
        "asks_prior": is_undergraduate and entry.prior_level is None,
        "prior": _prior(declaration),
        "plans": _plans(look, declaration),
        "categories": _categories(is_undergraduate=is_undergraduate),
    }


def _prior(declaration: Declaration) -> dict[str, Any]:
    """Return the prior qualification that the conditions are held against, as far as it is known:
    what the declaration says, else what the registry says."""
    entry = declaration.entry
    names = ("level", "major", "school", "number", "date")
    return {
        name: getattr(declaration, f"prior_{name}") or getattr(entry, f"prior_{name}")
        for name in names
    }


def _categories(*, is_undergraduate: bool) -> list[dict[str, str]]:
    """The categories that fit the level of the plan, as options of a radio field."""
    other = UNDERGRADUATE if not is_undergraduate else {Category.JUNIOR_COLLEGE}
    return [
        {"value": code.value, "label": code.label}
        for code in codes.CATEGORIES
        if code.value not in other
    ]


def _plans(look: Look, declaration: Declaration) -> list[dict[str, str]]:
    """The plan versions that the person may choose between, as options of a select."""
    ids = [declaration.entry.plan_id, declaration.entry.other_plan_id]
    plans = [look.session.get_one(Plan, plan_id) for plan_id in ids if plan_id]
    return [
        {"value": plan.id, "label": chosen(f"{plan.major_name} {plan.version}", None)}
        for plan in plans
    ]
