"""对顶选择: which certificate is to stand for which course of the plan."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from engine.declaration import matches
from engine.declaration.exemptions.certificates import (
    active_of,
    own_certificate,
    require_not_frozen,
)
from engine.declaration.models import (
    Certificate,
    Declaration,
    Exemption,
    ExemptionState,
    PlanCourse,
)
from engine.errors import Conflict, Refused
from engine.i18n import gettext as _

Decide = Callable[[str, Mapping[str, Any]], Any]
DECISION = "exemption"
UNDECIDED = frozenset({ExemptionState.DRAFT, ExemptionState.REFUSED})


def exemptions_of(session: Session, declaration_id: UUID) -> Sequence[Exemption]:
    """The exemptions that were not removed, by course code."""
    return session.scalars(
        select(Exemption)
        .where(Exemption.declaration_id == declaration_id, Exemption.removed_at.is_(None))
        .options(selectinload(Exemption.certificate).selectinload(Certificate.type))
        .order_by(Exemption.course_code)
    ).all()


def drafts_of(session: Session, declaration_id: UUID) -> list[Exemption]:
    rows = exemptions_of(session, declaration_id)
    return [row for row in rows if row.state == ExemptionState.DRAFT]


def courses_of(session: Session, plan_id: str) -> dict[str, PlanCourse]:
    """The courses of a plan by code; a practical part names its theory."""
    rows = session.scalars(
        select(PlanCourse).where(PlanCourse.plan_id == plan_id).order_by(PlanCourse.code)
    )
    return {row.code: row for row in rows}


def stands_for(
    decide: Decide, type_id: str, level: str | None, score: int | None
) -> tuple[frozenset[str], str]:
    """Ask the decision table which courses such a certificate exempts from, and how many."""
    answer = decide(DECISION, {"certificate_type": type_id, "level": level, "score": score})
    if not answer or not answer.get("courses"):
        return frozenset(), "one"
    codes = (code.strip() for code in str(answer["courses"]).split(","))
    return frozenset(code for code in codes if code), str(answer["how"])


def courses_for(decide: Decide, certificate: Certificate) -> tuple[frozenset[str], str]:
    """Ask the decision table which courses a certificate exempts from, and how many of them."""
    return stands_for(decide, certificate.type_id, certificate.level, certificate.score)


def choose(
    session: Session,
    declaration: Declaration,
    certificate_id: UUID,
    course_code: str,
    *,
    decide: Decide,
    now: datetime,
) -> list[Exemption]:
    """对顶选择: let a certificate stand for a course, and for its other half where both go
    together. What was chosen for the course before, and is not decided, is replaced."""
    require_not_frozen(declaration)
    certificate = own_certificate(session, declaration, certificate_id)
    allowed, how = courses_for(decide, certificate)
    wanted = _wanted(session, declaration, course_code, how)
    if not wanted <= allowed:
        raise Refused(_("这张证书不能免考所选课程，请选择其他证书。"))
    if how != "all":
        _let_go(active_of(session, certificate.id), keep=wanted, now=now)
    _require_open(session, declaration, wanted)
    _remove(session, declaration, wanted, now)
    chosen = [
        Exemption(
            declaration_id=declaration.id,
            certificate_id=certificate.id,
            course_code=code,
            state=ExemptionState.DRAFT,
            version=1 + _earlier(session, declaration, code),
            chosen_at=now,
        )
        for code in sorted(wanted)
    ]
    session.add_all(chosen)
    session.flush()
    return chosen


def drop_choice(
    session: Session, declaration: Declaration, course_code: str, now: datetime
) -> None:
    """Take back what was chosen for a course; what is being reviewed stays."""
    require_not_frozen(declaration)
    courses = courses_of(session, declaration.plan_id)
    _remove(session, declaration, _with_other_half(courses, course_code), now)
    matches.mark_stale(session, declaration)


def _wanted(session: Session, declaration: Declaration, code: str, how: str) -> set[str]:
    """Return the courses that one choice is about: theory and practice are waived together."""
    courses = courses_of(session, declaration.plan_id)
    if code not in courses:
        raise Refused(_("这门课不在您的专业计划里，请从页面上选择课程。"))
    return {code} if how == "one" else _with_other_half(courses, code)


def _with_other_half(courses: Mapping[str, PlanCourse], code: str) -> set[str]:
    """Return the course and, of a theory and practice pair, the other half."""
    found = {code} | {c.code for c in courses.values() if c.theory_code == code}
    theory = courses[code].theory_code if code in courses else None
    return found | {theory} if theory else found


def _let_go(exemptions: Iterable[Exemption], *, keep: Collection[str], now: datetime) -> None:
    """Free a certificate from its other course: it stands for one, or for one pair."""
    for exemption in exemptions:
        if exemption.course_code in keep:
            continue
        if exemption.state not in UNDECIDED:
            raise Conflict(
                _(
                    "这张证书已经用于课程 %(code)s，一张只能顶一门（或一对）课程，请选其他证书。",
                    code=exemption.course_code,
                )
            )
        exemption.removed_at = now


def _require_open(session: Session, declaration: Declaration, codes: Collection[str]) -> None:
    """Keep an approval from being lost by a second choice for the same course."""
    for exemption in exemptions_of(session, declaration.id):
        if exemption.course_code in codes and exemption.state == ExemptionState.APPROVED:
            raise Conflict(
                _("课程 %(code)s 已经免考，不需要再选择证书。", code=exemption.course_code)
            )


def _remove(
    session: Session, declaration: Declaration, codes: Collection[str], now: datetime
) -> None:
    for exemption in exemptions_of(session, declaration.id):
        if exemption.course_code not in codes:
            continue
        if exemption.state == ExemptionState.SUBMITTED:
            raise Conflict(_("这门课的证书正在审核，请先收回送审。"))
        exemption.removed_at = now
    session.flush()


def _earlier(session: Session, declaration: Declaration, code: str) -> int:
    """Count what was chosen for the course before, with whichever certificate."""
    query = select(func.count()).where(
        Exemption.declaration_id == declaration.id, Exemption.course_code == code
    )
    return session.scalar(query) or 0
