"""对顶材料提交: the candidate's certificates, a new one with its pictures, and how each fared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from engine.cases import Component, Kit, Look, Work
from engine.clock import local
from engine.declaration import certificate_fields, certificate_words, exemptions, identity
from engine.declaration.certificate_fields import Holder
from engine.declaration.components import certificates_shown
from engine.declaration.exemptions import CertificateFacts
from engine.declaration.lookups import declaration_of
from engine.declaration.models import CertificateType, Declaration
from engine.errors import Refused
from engine.files import CERTIFICATE, File, ImageRefused, StoredContent, add_file, recode
from engine.forms import FieldError, Submitted, Upload
from engine.i18n import gettext as _

MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it came, as it lies on disk, or as a draft kept it from an earlier post."""

    name: str
    upload: Upload | None = None
    stored: StoredContent | None = None
    file_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """A certificate to be kept, with a picture for each that its type asks for."""

    facts: CertificateFacts
    pictures: Mapping[str, Picture]


class CertificateList(Component):
    """Actions `submit_certificate` and `delete_certificate`; the list itself has no value."""

    type: ClassVar[str] = "certificate_list"
    actions: ClassVar[frozenset[str]] = frozenset({"submit_certificate", "delete_certificate"})
    first_input: ClassVar[str] = "type"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        types = exemptions.types_of(look.session)
        holder = _holder(declaration, look)
        return {
            "certificates": certificates_shown.own(look.session, declaration),
            "types": [_asked_for(row) for row in types],
            "initial": {"holder_name": holder.name},
            "kinds": {row.id: row for row in types},
            "holder": holder,
            "require_may_add": partial(exemptions.require_may_add, look.session, declaration),
            "stands_for": partial(exemptions.stands_for, look.decide),
        }

    def bind_action(self, action: str, submitted: Submitted, facts: Mapping[str, Any]) -> Any:
        if action == "delete_certificate":
            return _to_delete(submitted, facts)
        return _to_submit(submitted, facts)

    def takes_up(self, action: str, name: str) -> bool:
        is_about_deleting = name == "delete" or name.startswith("confirm.")
        return is_about_deleting if action == "delete_certificate" else True

    def prepare(self, value: Any, kit: Kit) -> Any:
        if not isinstance(value, NewCertificate):
            return value
        errors: dict[str, str] = {}
        drawn = {name: _drawn(name, p, kit, errors) for name, p in value.pictures.items()}
        if errors:
            raise FieldError(errors)
        return replace(value, pictures=drawn)

    def act(self, work: Work, action: str, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        if action == "delete_certificate":
            exemptions.delete_certificate(work.session, declaration, value, work.now)
            return _("证书已删除，它所对顶的成绩也已取消。")
        files = {name: _file(work, picture) for name, picture in value.pictures.items()}
        image = files.pop("image")
        others = {name: str(file.id) for name, file in files.items()}
        exemptions.add_certificate(
            work.session,
            declaration,
            replace(value.facts, details={**value.facts.details, **others}),
            file_id=image.id,
            evidence_hash=image.sha256,
            now=work.now,
        )
        return _("对顶材料已提交，请在需对顶科目的“对顶选择”项中选择对应的材料")


def _to_delete(submitted: Submitted, facts: Mapping[str, Any]) -> UUID:
    wanted = submitted.first("delete")
    if wanted not in {row["id"] for row in facts["certificates"]}:
        raise FieldError(_("请从页面上选择要删除的证书。"))
    if submitted.first(f"confirm.{wanted}") != "yes":
        raise FieldError({f"confirm.{wanted}": _("请勾选确认后再删除。")})
    return UUID(wanted)


def _to_submit(submitted: Submitted, facts: Mapping[str, Any]) -> NewCertificate:
    kind = facts["kinds"].get(submitted.first("type"))
    if kind is None:
        raise FieldError({"type": _("请选择证书类型。")})
    pictures, errors = _pictures(kind, submitted, facts.get("kept", {}))
    try:
        stated = certificate_fields.read(kind, submitted, facts["holder"])
        _require_of_use(stated, facts)
    except FieldError as wrong:
        raise FieldError({**wrong.errors, **errors}) from wrong
    if errors:
        raise FieldError(errors)
    return NewCertificate(stated, pictures)


def _require_of_use(stated: CertificateFacts, facts: Mapping[str, Any]) -> None:
    """Say at once what would be refused under the lock, beside the field it is about."""
    courses, _how = facts["stands_for"](stated.type_id, stated.level, stated.score)
    if not courses:
        sentence = _("按填写的等级和成绩，这张证书不能对顶任何课程，请核对后重新填写。")
        raise FieldError({"type": sentence})
    try:
        facts["require_may_add"](stated)
    except Refused as refused:
        raise FieldError({"cert_no": str(refused)}) from refused


def _pictures(
    kind: CertificateType, submitted: Submitted, kept: Mapping[str, Any]
) -> tuple[dict[str, Picture], dict[str, str]]:
    """Take each picture from the post, or else from the draft; say which are missing."""
    found: dict[str, Picture] = {}
    errors: dict[str, str] = {}
    for name in certificate_fields.pictures_of(kind):
        uploads = submitted.files.get(name, ())
        if uploads:
            found[name] = Picture(uploads[0].filename, upload=uploads[0])
        elif name in kept:
            found[name] = Picture(kept[name]["name"], file_id=UUID(str(kept[name]["file_id"])))
        else:
            errors[name] = _("请选择%(label)s。", label=certificate_words.label_of(name))
    return found, errors


def _drawn(name: str, picture: Picture, kit: Kit, errors: dict[str, str]) -> Picture:
    if picture.upload is None:
        return picture
    try:
        anew = recode(picture.upload.content, CERTIFICATE)
    except ImageRefused as refused:
        errors[name] = str(refused)
        return picture
    return Picture(picture.name, stored=kit.files.put(anew.content))


def _file(work: Work, picture: Picture) -> File:
    if picture.stored is None:
        row = work.session.get(File, picture.file_id)
        if row is None or row.case_id != work.case_id:
            raise Refused(_("请重新选择证书的照片。"))
        return row
    return add_file(
        work.session,
        picture.stored,
        media_type=MEDIA_TYPE,
        name=picture.name,
        owner_id=work.owner_id,
        case_id=work.case_id,
        purpose="certificate",
        now=work.now,
    )


def _holder(declaration: Declaration, look: Look) -> Holder:
    today = local(look.now).date()
    known = identity.read_id_number(declaration.entry.id_number or "", today)
    return Holder(declaration.entry.name or "", known.birth_date, today)


def _asked_for(kind: CertificateType) -> dict[str, Any]:
    pictures = certificate_fields.pictures_of(kind)
    return {
        "id": kind.id,
        "label": certificates_shown.name_of(kind),
        "fields": certificate_fields.fields_of(kind),
        "pictures": [
            {"name": name, "label": certificate_words.label_of(name)} for name in pictures
        ],
    }
