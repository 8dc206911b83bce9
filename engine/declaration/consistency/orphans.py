"""References between tables: each leads to a row, whether the database enforces it or not."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, select

from engine.cases.models import Case, Incident
from engine.db import Base
from engine.declaration.consistency.survey import Finding, Survey
from engine.declaration.models import (
    Certificate,
    Declaration,
    Exemption,
    ExemptionDecision,
    IdentityCorrection,
    OnSiteReview,
)
from engine.files import File
from engine.jobs import Job
from engine.payments.models import PaymentOrder
from engine.people.models import Account
from engine.sms import Sms

UNENFORCED: tuple[tuple[Any, Any], ...] = (
    (Declaration.case_id, Case.id),
    (Declaration.owner_id, Account.id),
    (Certificate.owner_id, Account.id),
    (Exemption.decided_by, Account.id),
    (ExemptionDecision.decided_by, Account.id),
    (IdentityCorrection.case_id, Case.id),
    (IdentityCorrection.account_id, Account.id),
    (IdentityCorrection.requested_by, Account.id),
    (OnSiteReview.reviewer_id, Account.id),
    (File.case_id, Case.id),
    (File.owner_id, Account.id),
    (PaymentOrder.case_id, Case.id),
    (Job.case_id, Case.id),
    (Sms.case_id, Case.id),
    (Incident.job_id, Job.id),
)
"""References that cross a package border, where the lower one may not know the higher one."""


def every_reference_leads_somewhere(survey: Survey) -> Iterator[Finding]:
    for source, target in (*_enforced(), *UNENFORCED):
        own, other = _column(source), _column(target)
        # A table may refer to itself.
        there = other.table.alias("there")
        key = next(iter(own.table.primary_key.columns))
        for row_id in survey.each(
            select(key)
            .outerjoin(there, there.c[other.name] == own)
            .where(own.is_not(None), there.c[other.name].is_(None))
            .order_by(key)
        ):
            yield f"{own.table.name} {row_id}", f"its {own.name} leads to no {other.table.name}"


def _enforced() -> Iterator[tuple[Column[Any], Column[Any]]]:
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            yield key.parent, key.column


def _column(found: Any) -> Column[Any]:
    column: Column[Any] = found if isinstance(found, Column) else found.property.columns[0]
    return column
