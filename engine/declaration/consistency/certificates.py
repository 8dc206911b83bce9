"""Certificates: each number belongs to one candidate, for as long as a certificate has it."""

from collections.abc import Iterator

from sqlalchemy import exists, not_, or_, select

from engine.declaration.consistency.survey import Finding, Survey
from engine.declaration.models import Certificate, CertificateNumber, Declaration


def numbers_have_their_owner(survey: Survey) -> Iterator[Finding]:
    for certificate in survey.each(
        select(Certificate)
        .outerjoin(CertificateNumber, CertificateNumber.number_index == Certificate.number_index)
        .where(
            Certificate.deleted_at.is_(None),
            or_(
                CertificateNumber.number_index.is_(None),
                CertificateNumber.owner_id != Certificate.owner_id,
            ),
        )
        .order_by(Certificate.id)
    ):
        yield f"certificate {certificate.id}", "its number is not registered to its owner"
    used = exists().where(
        Certificate.number_index == CertificateNumber.number_index,
        Certificate.deleted_at.is_(None),
    )
    for index in survey.each(
        select(CertificateNumber.number_index)
        .where(not_(used))
        .order_by(CertificateNumber.number_index)
    ):
        yield f"certificate number {index[:12]}…", "registered, but no certificate has it"


def belong_to_the_declarant(survey: Survey) -> Iterator[Finding]:
    for certificate_id in survey.each(
        select(Certificate.id)
        .join(Declaration, Declaration.id == Certificate.declaration_id)
        .where(Certificate.owner_id != Declaration.owner_id)
        .order_by(Certificate.id)
    ):
        yield f"certificate {certificate_id}", "it is another person's than its declaration"
