"""对顶材料提交: the candidate's certificates, a new one with its picture, and how each fared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from engine.cases import Component, Kit, Look, Work
from engine.clock import local
from engine.declaration import certificate_fields, codes, exemptions, identity
from engine.declaration.certificate_fields import Holder
from engine.declaration.exemptions import CertificateFacts
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Certificate, CertificateType, Exemption, ExemptionState
from engine.files import CERTIFICATE, File, ImageRefused, StoredContent, add_file, recode
from engine.forms import FieldError, Submitted, Upload
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.people.models import Account

MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """A certificate ready to be kept: its picture is on disk, or came with an earlier post."""

    facts: CertificateFacts
    name: str
    upload: Upload | None = None
    stored: StoredContent | None = None
    kept_file_id: UUID | None = None


class CertificateList(Component):
    """Actions `submit_certificate` and `delete_certificate`; the list itself has no value."""

    type: ClassVar[str] = "certificate_list"
    actions: ClassVar[frozenset[str]] = frozenset({"submit_certificate", "delete_certificate"})
    first_input: ClassVar[str] = "type"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        account = look.session.get_one(Account, look.owner_id)
        today = local(look.now).date()
        known = identity.read_id_number(account.id_number or "", today)
        types = exemptions.types_of(look.session)
        return {
            "certificates": [
                _described(row) for row in exemptions.certificates_of(look.session, declaration.id)
            ],
            "types": [{"id": row.id, "label": _name(row)} for row in types],
            "fields": {row.id: certificate_fields.fields_of(row) for row in types},
            "rows": {row.id: row for row in types},
            "holder": Holder(identity.canonical_name(account.name or ""), known.birth_date, today),
        }

    def bind_action(self, action: str, submitted: Submitted, facts: Mapping[str, Any]) -> Any:
        if action == "delete_certificate":
            return self._deleted(submitted, facts)
        kind = facts["rows"].get(submitted.first("type"))
        if kind is None:
            raise FieldError({"type": _("请选择证书类型。")})
        errors: dict[str, str] = {}
        stated = None
        try:
            stated = certificate_fields.read(kind, submitted, facts["holder"])
        except FieldError as wrong:
            errors = wrong.errors
        uploads = submitted.files.get("image", ())
        kept = facts.get("kept", {}).get("image")
        if not uploads and not kept:
            errors["image"] = _("请选择证书的照片。")
        if errors or stated is None:
            raise FieldError(errors)
        if uploads:
            return NewCertificate(stated, uploads[0].filename, upload=uploads[0])
        return NewCertificate(stated, kept["name"], kept_file_id=UUID(kept["file_id"]))

    def prepare(self, value: Any, kit: Kit) -> Any:
        if not isinstance(value, NewCertificate) or value.upload is None:
            return value
        try:
            picture = recode(value.upload.content, CERTIFICATE)
        except ImageRefused as refused:
            raise FieldError({"image": str(refused)}) from refused
        return NewCertificate(value.facts, value.name, stored=kit.files.put(picture.content))

    def act(self, work: Work, action: str, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        if action == "delete_certificate":
            exemptions.delete_certificate(work.session, declaration, value, work.now)
            return _("证书已删除，它所对顶的成绩也已取消。")
        file = _file(work, value)
        exemptions.add_certificate(
            work.session,
            declaration,
            value.facts,
            file_id=file.id,
            evidence_hash=file.sha256,
            now=work.now,
        )
        return _("对顶材料已提交，请在需对顶科目的“对顶选择”项中选择对应的材料。")

    def _deleted(self, submitted: Submitted, facts: Mapping[str, Any]) -> UUID:
        wanted = submitted.first("delete")
        if wanted not in {row["id"] for row in facts["certificates"]}:
            raise FieldError(_("请从页面上选择要删除的证书。"))
        if submitted.first(f"confirm.{wanted}") != "yes":
            raise FieldError({f"confirm.{wanted}": _("请勾选确认后再删除。")})
        return UUID(wanted)


def _file(work: Work, value: NewCertificate) -> File:
    if value.stored is None:
        row = work.session.get(File, value.kept_file_id)
        if row is None or row.case_id != work.case_id:
            raise FieldError({"image": _("请重新选择证书的照片。")})
        return row
    return add_file(
        work.session,
        value.stored,
        media_type=MEDIA_TYPE,
        name=value.name,
        owner_id=work.owner_id,
        case_id=work.case_id,
        purpose="certificate",
        now=work.now,
    )


def _described(row: Certificate) -> dict[str, Any]:
    stated = json.loads(row.details or "{}")
    words = certificate_fields.labels()
    active = [e for e in row.exemptions if e.removed_at is None]
    return {
        "id": str(row.id),
        "type": _name(row.type),
        "file_id": row.file_id,
        "facts": [(words.get(name, name), text) for name, text in stated.items()],
        "exemptions": [_exemption(e) for e in active],
        "is_under_review": any(e.state == ExemptionState.SUBMITTED for e in active),
    }


def _exemption(row: Exemption) -> dict[str, Any]:
    return {
        "course": row.course_code,
        "state": row.state,
        "reason": row.reason_text
        or (codes.label_of(codes.CERTIFICATE_REFUSALS, row.reason_code) if row.reason_code else ""),
        "history": [
            {
                "at": d.decided_at,
                "is_approved": d.is_approved,
                "reason": d.reason_text
                or codes.label_of(codes.CERTIFICATE_REFUSALS, d.reason_code),
            }
            for d in row.decisions
        ],
    }


def _name(row: CertificateType) -> str:
    return chosen(row.name, row.name_en)
