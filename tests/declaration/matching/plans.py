"""Small plans and records for the matching's tests."""

from datetime import date

from engine.declaration.matching import (
    Course,
    Group,
    Inputs,
    Minimum,
    PlanRules,
    Record,
    Rule,
)

PASSED = date(2020, 4, 14)


def plan(*groups: Group, min_courses: int = 0, min_credits: int = 0, **more) -> PlanRules:
    return PlanRules(
        "P", "120402", "行政管理", "undergraduate_topup", min_courses, min_credits, groups, **more
    )


def courses(*codes: str, credits_: int = 4) -> tuple[Course, ...]:
    return tuple(Course(code, f"课程{code}", credits_) for code in codes)


def required(*codes: str, **more) -> Group:
    return Group("required", "all", courses(*codes), **more)


def electives(*codes: str, minima: tuple[Minimum, ...] = (), **more) -> Group:
    return Group("elective", "choose", courses(*codes), minima, **more)


def language(*codes: str, **more) -> Group:
    return Group(
        "language", "choose", courses(*codes), max_courses=1, tag="foreign_language", **more
    )


def pair(theory: str, practice: str) -> tuple[Course, ...]:
    return (
        Course(theory, f"课程{theory}", 3),
        Course(practice, f"课程{practice}", 1, theory_code=theory, is_practice=True),
    )


def records(*codes: str, mark: int = 70, passed_on: date = PASSED) -> tuple[Record, ...]:
    return tuple(Record(f"r{code}", code, mark, passed_on, f"课程{code}") for code in codes)


def rule(id_: str, sources: str, targets: str, **more) -> Rule:
    return Rule(id_, tuple(sources.split()), tuple(targets.split()), **more)


def asked(rules_of_plan: PlanRules, held: tuple[Record, ...], *rules: Rule, **more) -> Inputs:
    return Inputs(rules_of_plan, held, rules, **more)
