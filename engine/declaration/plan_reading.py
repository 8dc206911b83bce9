"""Plans, substitutions and certificate types out of the tables, as the pure rules read them."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.declaration import codes
from engine.declaration.matching import CertificateRule, Course, Group, Minimum, PlanRules, Rule
from engine.declaration.models import (
    CertificateType,
    Plan,
    PlanCourse,
    PlanGroup,
    Substitution,
)
from engine.i18n import chosen


class PlanUnknown(LookupError):
    """No plan has this id."""


def plan_rules(session: Session, plan_id: str) -> PlanRules:
    """Return the rules of one version of a plan."""
    plan = session.scalar(
        select(Plan)
        .where(Plan.id == plan_id)
        .options(selectinload(Plan.groups).selectinload(PlanGroup.courses))
    )
    if plan is None:
        raise PlanUnknown(plan_id)
    return read_plan(plan)


def level_of(plan: Plan) -> str:
    """Return the level of a plan for a page, in its language; documents print `level_name`."""
    return chosen(plan.level_name, codes.label_of(codes.LEVELS, plan.level))


def substitution_rules(session: Session) -> tuple[Rule, ...]:
    """Return every substitution in force; a match picks those that concern its plan."""
    rows = session.scalars(
        select(Substitution).where(Substitution.is_active).order_by(Substitution.id)
    )
    return tuple(map(read_rule, rows))


def course_names(session: Session) -> dict[str, str]:
    """Return the names of all courses by code, old ones that only count as others too."""
    names: dict[str, str] = {}
    for row in session.scalars(select(Substitution).order_by(Substitution.id)):
        names |= dict(zip(row.from_codes, row.from_names, strict=False))
    courses = select(PlanCourse.code, PlanCourse.name).order_by(PlanCourse.plan_id)
    return names | dict(session.execute(courses).all())


def certificate_rules(session: Session) -> list[CertificateRule]:
    """Return the certificates that exempt, in the language of the page."""
    rows = session.scalars(
        select(CertificateType).where(CertificateType.is_enabled).order_by(CertificateType.position)
    )
    return [CertificateRule(chosen(r.name, r.name_en), frozenset(r.exempts)) for r in rows]


def read_plan(plan: Plan) -> PlanRules:
    return PlanRules(
        id=plan.id,
        major_code=plan.major_code,
        major_name=plan.major_name,
        level=plan.level,
        min_courses=plan.min_courses,
        min_credits=plan.min_credits,
        groups=tuple(map(_group, plan.groups)),
        pass_mark=plan.pass_mark,
        needs_prior_qualification=plan.needs_prior_qualification,
        old_major_codes=tuple(plan.old_major_codes),
        host_institution=plan.host_institution,
    )


def read_rule(row: Substitution) -> Rule:
    return Rule(
        row.id,
        tuple(row.from_codes),
        tuple(row.to_codes),
        row.passed_before,
        row.level,
        row.major_code,
    )


def _group(group: PlanGroup) -> Group:
    return Group(
        code=group.code,
        kind=group.kind,
        courses=tuple(map(_course, group.courses)),
        minima=_minima(group),
        max_courses=group.max_courses,
        tag=group.tag,
        counts_courses=group.counts_courses,
        counts_credits=group.counts_credits,
        applies_when=group.applies_when,
        family=tuple(group.prior_major_family),
    )


def _course(course: PlanCourse) -> Course:
    return Course(
        code=course.code,
        name=course.name,
        credits=course.credits,
        theory_code=course.theory_code,
        is_practice=course.method == "practice",
        is_graduation_work=course.is_graduation_work,
    )


def _minima(group: PlanGroup) -> tuple[Minimum, ...]:
    conditional = tuple(
        Minimum(
            when=row["when"],
            courses=row.get("min_courses", 0),
            credits=row.get("min_credits", 0),
            note=row.get("note", ""),
        )
        for row in group.conditional
    )
    if group.min_courses is None and group.min_credits is None:
        return conditional
    return (*conditional, Minimum(group.min_courses or 0, group.min_credits or 0))
