"""A candidate's certificates: a number is one person's, the same one again is a new version."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from engine.db import lookup_index
from engine.declaration import matches
from engine.declaration.models import (
    Certificate,
    CertificateNumber,
    CertificateType,
    Declaration,
    Exemption,
    ExemptionState,
)
from engine.errors import Conflict, NotFound, Refused
from engine.i18n import gettext as _


class NumberUsed(Refused):
    """Another candidate has handed in a certificate with this number."""


class AlreadyApproved(Refused):
    """The same certificate was handed in before and approved."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What the candidate states about a certificate, checked against its type."""

    type_id: str
    number: str
    score: int | None
    level: str | None
    issued_on: date | None
    details: Mapping[str, str]


def types_of(session: Session) -> Sequence[CertificateType]:
    return session.scalars(
        select(CertificateType)
        .where(CertificateType.is_enabled)
        .order_by(CertificateType.position, CertificateType.id)
    ).all()


def certificates_of(session: Session, declaration_id: UUID) -> Sequence[Certificate]:
    """The declaration's certificates with their exemptions and what was decided on them."""
    return session.scalars(
        select(Certificate)
        .where(Certificate.declaration_id == declaration_id, Certificate.deleted_at.is_(None))
        .options(
            selectinload(Certificate.type),
            selectinload(Certificate.exemptions).selectinload(Exemption.decisions),
        )
        .order_by(Certificate.created_at, Certificate.id)
    ).all()


def earlier_versions(session: Session, certificate: Certificate) -> Sequence[Certificate]:
    """The versions that this certificate took the place of, the first one first."""
    if certificate.version == 1:
        return []
    return session.scalars(
        select(Certificate)
        .where(
            Certificate.declaration_id == certificate.declaration_id,
            Certificate.type_id == certificate.type_id,
            Certificate.number_index == certificate.number_index,
            Certificate.version < certificate.version,
            Certificate.created_at <= certificate.created_at,
        )
        .options(selectinload(Certificate.type))
        .order_by(Certificate.version, Certificate.created_at)
    ).all()


def require_may_add(session: Session, declaration: Declaration, facts: CertificateFacts) -> None:
    """Refuse a number that is another candidate's, or a certificate that is already settled."""
    require_not_frozen(declaration)
    index = _index_of(facts.number)
    _require_own(session.get(CertificateNumber, index), declaration)
    before = _same(session, declaration, facts.type_id, index)
    if before is not None:
        _require_replaceable(active_of(session, before.id))


def add_certificate(
    session: Session,
    declaration: Declaration,
    facts: CertificateFacts,
    *,
    file_id: UUID,
    evidence_hash: str,
    now: datetime,
) -> Certificate:
    """Keep a certificate. One number belongs to one candidate; the same certificate handed in again
    is a new version, and takes the place of the one before."""
    require_not_frozen(declaration)
    index = _index_of(facts.number)
    _take_number(session, index, declaration)
    before = _same(session, declaration, facts.type_id, index)
    if before is not None:
        _retire(session, before, now)
    certificate = Certificate(
        declaration_id=declaration.id,
        owner_id=declaration.owner_id,
        type_id=facts.type_id,
        number=facts.number,
        number_index=index,
        details=json.dumps(dict(facts.details), ensure_ascii=False),
        score=facts.score,
        level=facts.level,
        issued_on=facts.issued_on,
        file_id=file_id,
        evidence_hash=evidence_hash,
        version=before.version + 1 if before else 1,
        replaces_id=before.id if before else None,
        created_at=now,
    )
    session.add(certificate)
    session.flush()
    return certificate


def delete_certificate(
    session: Session, declaration: Declaration, certificate_id: UUID, now: datetime
) -> None:
    """Delete a certificate and what it exempted from; refused while it is being reviewed."""
    require_not_frozen(declaration)
    certificate = own_certificate(session, declaration, certificate_id)
    exemptions = active_of(session, certificate.id)
    if any(e.state == ExemptionState.SUBMITTED for e in exemptions):
        raise Conflict(_("这张证书正在审核，请先收回送审，再删除。"))
    for exemption in exemptions:
        exemption.removed_at = now
    certificate.deleted_at = now
    session.flush()
    _free_number(session, certificate.number_index)
    matches.mark_stale(session, declaration)


def require_not_frozen(declaration: Declaration) -> None:
    if declaration.is_frozen:
        raise Conflict(_("申报已经提交，证书不能再变更。"))


def own_certificate(
    session: Session, declaration: Declaration, certificate_id: UUID
) -> Certificate:
    """Return a certificate of this declaration; there is no other under that id."""
    certificate = session.get(Certificate, certificate_id)
    if (
        certificate is None
        or certificate.declaration_id != declaration.id
        or certificate.deleted_at is not None
    ):
        raise NotFound(_("没有这张证书。"))
    return certificate


def active_of(session: Session, certificate_id: UUID) -> Sequence[Exemption]:
    """The certificate's exemptions that were not removed, by course code."""
    return session.scalars(
        select(Exemption)
        .where(Exemption.certificate_id == certificate_id, Exemption.removed_at.is_(None))
        .order_by(Exemption.course_code)
    ).all()


def _index_of(number: str) -> str:
    """Return the look-up of a number; a hyphen more or less does not make it another one."""
    return lookup_index("".join(c for c in number.upper() if c.isalnum()), "certificate")


def _take_number(session: Session, index: str, declaration: Declaration) -> None:
    """Make the number this candidate's, even if somebody else asks for it in the same moment."""
    held = session.get(CertificateNumber, index, with_for_update=True)
    _require_own(held, declaration)
    if held is not None:
        return
    try:
        with session.begin_nested():
            session.add(CertificateNumber(number_index=index, owner_id=declaration.owner_id))
    except IntegrityError as taken:
        raise _number_used() from taken


def _require_own(held: CertificateNumber | None, declaration: Declaration) -> None:
    if held is not None and held.owner_id != declaration.owner_id:
        raise _number_used()


def _number_used() -> NumberUsed:
    return NumberUsed(_("这个证书编号已被使用，请核对；如确为本人证书，请联系工作人员。"))


def _same(
    session: Session, declaration: Declaration, type_id: str, index: str
) -> Certificate | None:
    """Return the certificate of this type and number that the declaration has already."""
    return session.scalar(
        select(Certificate).where(
            Certificate.declaration_id == declaration.id,
            Certificate.type_id == type_id,
            Certificate.number_index == index,
            Certificate.deleted_at.is_(None),
        )
    )


def _require_replaceable(exemptions: Sequence[Exemption]) -> None:
    states = {exemption.state for exemption in exemptions}
    if ExemptionState.SUBMITTED in states:
        raise Conflict(_("这张证书正在审核，请先收回送审，再重新上传。"))
    if ExemptionState.APPROVED in states:
        raise AlreadyApproved(_("这张证书已经通过审核，不需要再次提交；如要更换，请先删除。"))


def _retire(session: Session, certificate: Certificate, now: datetime) -> None:
    """Put a certificate aside for a newer version; what was decided on it stays on record."""
    exemptions = active_of(session, certificate.id)
    _require_replaceable(exemptions)
    for exemption in exemptions:
        exemption.removed_at = now
    certificate.deleted_at = now
    session.flush()


def _free_number(session: Session, index: str) -> None:
    """Let others use the number once its owner has no certificate with it any more."""
    # Whoever adds the same number meanwhile waits here, and is seen by the query below.
    session.get(CertificateNumber, index, with_for_update=True)
    another = session.scalar(
        select(Certificate.id)
        .where(Certificate.number_index == index, Certificate.deleted_at.is_(None))
        .limit(1)
    )
    if another is None:
        session.execute(delete(CertificateNumber).where(CertificateNumber.number_index == index))
