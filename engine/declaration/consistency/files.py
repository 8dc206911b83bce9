"""Files: every row has its content, whole and readable, and every reference has its row."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from engine.declaration.consistency.survey import Finding, Survey
from engine.declaration.models import (
    Certificate,
    Declaration,
    DocumentIssue,
    IdentityCorrection,
    IssueState,
    Photo,
)
from engine.files import File
from engine.files.store import FileDamaged, FileMissing

REFERENCES: tuple[tuple[str, Any, Any], ...] = (
    ("certificate", Certificate.id, Certificate.file_id),
    ("photo", Photo.id, Photo.file_id),
    ("document", DocumentIssue.id, DocumentIssue.file_id),
    ("declaration", Declaration.id, Declaration.prior_evidence_id),
)


def contents_are_whole(survey: Survey) -> Iterator[Finding]:
    """Every content opens, and has the digest and the size that its rows say."""
    for sha256, smallest, largest in survey.rows(
        select(File.sha256, func.min(File.size), func.max(File.size))
        .group_by(File.sha256)
        .order_by(File.sha256)
    ):
        try:
            size = len(survey.files.get(sha256))
        except FileMissing:
            yield f"file {sha256[:12]}…", "its content is not in the store"
        except FileDamaged:
            yield f"file {sha256[:12]}…", "its content is not what was stored"
        else:
            if {smallest, largest} != {size}:
                yield f"file {sha256[:12]}…", f"{size} bytes, and a row says otherwise"


def references_have_rows(survey: Survey) -> Iterator[Finding]:
    for what, row_id, file_id in REFERENCES:
        for found in survey.each(
            select(row_id)
            .outerjoin(File, File.id == file_id)
            .where(file_id.is_not(None), File.id.is_(None))
            .order_by(row_id)
        ):
            yield f"{what} {found}", "it names a file that is not there"
    for correction in survey.each(select(IdentityCorrection).order_by(IdentityCorrection.id)):
        if not _are_there(survey, correction.evidence):
            yield f"correction {correction.id}", "it names a file that is not there"


def digests_agree(survey: Survey) -> Iterator[Finding]:
    """The evidence of a certificate and a printed document are the files they name."""
    for certificate_id in survey.each(
        select(Certificate.id)
        .join(File, File.id == Certificate.file_id)
        .where(File.sha256 != Certificate.evidence_hash)
        .order_by(Certificate.id)
    ):
        yield f"certificate {certificate_id}", "its image is not the evidence it names"
    for issue in survey.each(
        select(DocumentIssue)
        .outerjoin(File, File.id == DocumentIssue.file_id)
        .where(
            DocumentIssue.state == IssueState.ISSUED,
            or_(DocumentIssue.file_id.is_(None), File.sha256 != DocumentIssue.sha256),
        )
        .order_by(DocumentIssue.id)
    ):
        yield f"document {issue.id}", "issued, but its file is another one"


def _are_there(survey: Survey, ids: list[Any]) -> bool:
    try:
        wanted = {UUID(str(each)) for each in ids}
    except ValueError:
        return False
    found = survey.session.scalar(select(func.count()).where(File.id.in_(wanted)))
    return found == len(wanted)
