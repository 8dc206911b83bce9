"""The on-site review's own rows: rounds, the fields sent back, and what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from engine.cases import values
from engine.declaration import codes, information, matches
from engine.declaration.models import (
    Declaration,
    FieldCorrection,
    OnSiteReview,
    RegistryEntry,
    ReviewOutcome,
)
from engine.forms import Form
from engine.forms.nested import ABSENT, find

PRIOR = ("prior_level", "prior_major", "prior_school", "prior_number", "prior_date")


@dataclass(frozen=True, slots=True)
class Mark:
    """A field that is sent back, and why: a code of `RETURN_REASONS`, with words if need be."""

    field: str
    code: str
    text: str = ""

    @property
    def reason(self) -> str:
        return f"{self.code}:{self.text}" if self.text else self.code


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer decided at the counter. `identity` is the one that they had before them."""

    outcome: ReviewOutcome
    originals: tuple[str, ...]
    reason: str
    marks: tuple[Mark, ...] = ()
    identity: str = ""


def reviews_of(session: Session, declaration_id: UUID) -> Sequence[OnSiteReview]:
    """Every round, the first one first, with the fields it sent back."""
    return session.scalars(
        select(OnSiteReview)
        .where(OnSiteReview.declaration_id == declaration_id)
        .options(selectinload(OnSiteReview.corrections))
        .order_by(OnSiteReview.round)
    ).all()


def refusal_of(session: Session, case_id: UUID) -> str | None:
    """Return why the declaration of a case was refused at the counter, None if it was not."""
    row = session.scalar(
        select(OnSiteReview)
        .join(Declaration, Declaration.id == OnSiteReview.declaration_id)
        .where(Declaration.case_id == case_id, OnSiteReview.outcome == ReviewOutcome.REJECT)
        .order_by(OnSiteReview.round.desc())
        .limit(1)
    )
    return row.reason if row else None


def reason_words(reason: str) -> str:
    """Say the reason of a mark in the language of the page."""
    code, _colon, text = reason.partition(":")
    label = codes.label_of(codes.RETURN_REASONS, code)
    return f"{label}：{text}" if text else label


def identity_mark(entry: RegistryEntry) -> str:
    """Return what changes as soon as name or ID number are corrected, and tells neither."""
    return f"{entry.id_number_index[:16]}{entry.name_index[:16]}"


def with_dependants(verdict: Verdict, form: Form) -> Verdict:
    """Send back too what appears or vanishes with a marked field, for the same reason."""
    reasons = {mark.field: mark for mark in verdict.marks}
    opened = information.with_dependants(form, reasons)
    return replace(
        verdict, marks=tuple(replace(reasons[why], field=name) for name, why in opened.items())
    )


def keep_review(
    session: Session,
    declaration: Declaration,
    verdict: Verdict,
    *,
    before: Mapping[str, Any],
    reviewer_id: UUID,
    now: datetime,
) -> OnSiteReview:
    """Keep one round; `before` holds what the marked fields say now."""
    last = session.scalar(
        select(func.max(OnSiteReview.round)).where(OnSiteReview.declaration_id == declaration.id)
    )
    review = OnSiteReview(
        declaration_id=declaration.id,
        round=(last or 0) + 1,
        reviewer_id=reviewer_id,
        outcome=verdict.outcome,
        originals=list(verdict.originals),
        reason=verdict.reason,
        reviewed_at=now,
    )
    session.add(review)
    session.flush()
    session.add_all(
        FieldCorrection(
            declaration_id=declaration.id,
            review_id=review.id,
            field=mark.field,
            reason=mark.reason,
            before=values.dumps(_value(before, mark.field)),
        )
        for mark in verdict.marks
    )
    return review


def open_corrections(session: Session, declaration_id: UUID) -> list[FieldCorrection]:
    """The fields that were sent back last and are not corrected yet."""
    reviews = reviews_of(session, declaration_id)
    if not reviews or reviews[-1].outcome != ReviewOutcome.RETURN:
        return []
    return sorted(
        (row for row in reviews[-1].corrections if row.corrected_at is None),
        key=lambda row: row.field,
    )


def correct(
    session: Session,
    declaration: Declaration,
    rows: Iterable[FieldCorrection],
    corrected: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write down what the candidate made of the marked fields; one that is hidden now is empty."""
    names = set()
    for row in rows:
        row.after, row.corrected_at = values.dumps(_value(corrected, row.field)), now
        names.add(row.field)
    _take_up_prior_qualification(
        session, declaration, {name: _value(corrected, name) for name in names}
    )


def _take_up_prior_qualification(
    session: Session, declaration: Declaration, corrected: Mapping[str, Any]
) -> None:
    """Let the prior qualification follow: another major may ask for other add-on courses."""
    for name in PRIOR:
        if corrected.get(name):
            setattr(declaration, name, corrected[name])
    if corrected.get("prior_evidence"):
        declaration.prior_evidence_id = UUID(corrected["prior_evidence"]["file_id"])
    if "prior_code" in corrected:
        declaration.prior_needs_review = not corrected["prior_code"]
    if corrected.keys() & {"prior_level", "prior_major"}:
        matches.mark_stale(session, declaration)


def _value(answer: Mapping[str, Any], name: str) -> Any:
    found = find(answer, name)
    return None if found is ABSENT else found
