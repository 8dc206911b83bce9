"""Load plans, substitutions and certificate types from `plans.json`; what is there stays."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from engine.declaration.demo import english
from engine.declaration.models import (
    CertificateType,
    Plan,
    PlanCourse,
    PlanGroup,
    Substitution,
)

FILE = Path(__file__).with_name("plans.json")
LEVELS = {
    "NCRE1": ["一级"],
    "NCRE2": ["二级", "三级", "四级"],
    "NCRE2_C": ["二级"],
    "BEC": ["初级", "中级", "高级"],
    "PRIOR_DIPLOMA": ["专科", "本科", "研究生"],
    "HR_MANAGER": ["四级", "三级", "二级", "一级"],
}

Row = Mapping[str, Any]


@cache
def source() -> dict[str, Any]:
    """Return the file's content."""
    content: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return content


@cache
def course_names() -> dict[str, tuple[str, int]]:
    """Return name and credits of every course by code, old ones that only count as others too."""
    names: dict[str, tuple[str, int]] = {}
    for row in source()["substitutions"]:
        names |= {
            code: (name, 4) for code, name in zip(row["from"], row["from_names"], strict=True)
        }
    for plan in source()["plans"]:
        for group in plan["groups"]:
            names |= {c["code"]: (c["name"], c["credits"]) for c in group["courses"]}
    return names


def load_plans(session: Session) -> None:
    for row in source()["plans"]:
        if session.get(Plan, row["plan_id"]) is None:
            session.add(plan_of(row))
    for row in source()["substitutions"]:
        if session.get(Substitution, row["id"]) is None:
            session.add(substitution_of(row))
    for position, row in enumerate(source()["exemptions"]):
        if session.get(CertificateType, row["cert_type"]) is None:
            session.add(_certificate_type(row, position))
    session.flush()


def plan_of(row: Row) -> Plan:
    return Plan(
        id=row["plan_id"],
        major_code=row["major_code"],
        old_major_codes=row.get("old_major_codes", []),
        major_name=row["major_name"],
        major_name_en=english.MAJORS[row["major_name"]],
        level=row["level"],
        level_name=row["level_zh"],
        version=row["plan_version"],
        version_en=english.VERSIONS[row["plan_version"]],
        degree=row["degree"],
        min_courses=row["min_courses"],
        min_credits=row["min_credits"],
        pass_mark=row["pass_mark"],
        needs_prior_qualification=row["prior_education_required"] is not None,
        host_institution=row["host_institution"],
        provenance=row["provenance"],
        groups=list(_groups(row)),
    )


def _groups(plan: Row) -> Iterable[PlanGroup]:
    for position, row in enumerate(plan["groups"]):
        yield PlanGroup(
            plan_id=plan["plan_id"],
            code=row["id"],
            position=position,
            kind=row["kind"],
            tag=row.get("tag"),
            min_courses=row.get("min_courses"),
            min_credits=row.get("min_credits"),
            max_courses=row.get("max_courses"),
            conditional=row.get("conditional", []),
            applies_when=row.get("applies_when"),
            prior_major_family=row.get("prior_major_family", []),
            counts_courses=row.get("counts_toward_min_courses", True),
            counts_credits=row.get("counts_toward_min_credits", True),
            courses=[_course(plan, c, place) for place, c in enumerate(row["courses"])],
        )


def _course(plan: Row, row: Row, position: int) -> PlanCourse:
    return PlanCourse(
        plan_id=plan["plan_id"],
        position=position,
        code=row["code"],
        name=row["name"],
        credits=row["credits"],
        method=row["method"],
        theory_code=row.get("theory_code"),
        is_graduation_work=row.get("graduation_work", False),
    )


def substitution_of(row: Row) -> Substitution:
    return Substitution(
        id=row["id"],
        from_codes=row["from"],
        to_codes=row["to"],
        from_names=row["from_names"],
        to_names=row["to_names"],
    )


def _certificate_type(row: Row, position: int) -> CertificateType:
    return CertificateType(
        id=row["cert_type"],
        name=row["label"],
        name_en=english.CERTIFICATES[row["cert_type"]],
        issuer=row["issuer"],
        position=position,
        fields=row["fields"],
        exempts=row["exempts"] + row.get("extra_exempts_assumed", []),
        min_score=row.get("min_score"),
        levels=LEVELS.get(row["cert_type"], []),
        is_enabled=row.get("enabled_default", True),
    )
