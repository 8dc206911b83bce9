"""身份信息更正: what should be changed, why, and the pictures that show it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

from engine.cases import Component, Kit, Look, Work
from engine.clock import local
from engine.declaration import corrections, identity
from engine.declaration.corrections import Wanted
from engine.errors import Refused
from engine.files import CERTIFICATE, ImageRefused, StoredContent, add_file, recode
from engine.forms import FieldError, Submitted, Upload
from engine.i18n import gettext as _
from engine.people.models import Account

EVIDENCE = ("evidence.1", "evidence.2", "evidence.3")
"""One input for each picture, so that each is kept when the page has to be shown again."""
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Proof:
    """One picture: chosen just now, then on disk; or one that an earlier post has left."""

    name: str
    upload: Upload | None = None
    stored: StoredContent | None = None
    file_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    wanted: Wanted
    proofs: Mapping[str, Proof]


class CorrectionRequest(Component):
    """Value: what is wanted, with one to three pictures."""

    type: ClassVar[str] = "correction_request"
    first_input: ClassVar[str] = "name"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        account = look.session.get_one(Account, look.owner_id)
        return {
            "name": account.name or "",
            "id_number": account.id_number or "",
            "today": local(look.now).date(),
            "evidence": EVIDENCE,
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        facts = context[str(definition["key"])]
        errors: dict[str, str] = {}
        name = _name(submitted, facts, errors)
        id_number = _id_number(submitted, facts, errors)
        if not errors and not name and not id_number:
            errors["name"] = _("请填写正确的姓名或身份证号，至少改一项。")
        explanation = _explanation(submitted, errors)
        proofs = _proofs(submitted, facts.get("kept", {}))
        if not proofs:
            errors[EVIDENCE[0]] = _("请上传身份证或户口簿等证明材料的照片。")
        if errors:
            raise FieldError(errors)
        return Asked(Wanted(name, id_number, explanation), proofs)

    def prepare(self, value: Any, kit: Kit) -> Any:
        asked: Asked = value
        stored, errors = {}, {}
        for part, proof in asked.proofs.items():
            try:
                stored[part] = _on_disk(proof, kit)
            except ImageRefused as refused:
                errors[part] = str(refused)
        if errors:
            raise FieldError(errors)
        return replace(asked, proofs=stored)

    def store(self, work: Work, value: Any) -> str | None:
        asked: Asked = value
        corrections.ask(
            work.session,
            case_id=work.case_id,
            account=work.session.get_one(Account, work.owner_id),
            wanted=asked.wanted,
            evidence=[_file_id(work, proof) for proof in asked.proofs.values()],
            requested_by=work.person.account_id,
            now=work.now,
        )
        return _("更正申请已提交，结果会通过短信通知。")


def _name(submitted: Submitted, facts: Mapping[str, Any], errors: dict[str, str]) -> str | None:
    text = submitted.first("name").strip()
    if not text:
        return None
    try:
        name = identity.read_name(text)
    except Refused as refused:
        errors["name"] = str(refused)
        return None
    return name if name != facts["name"] else None


def _id_number(
    submitted: Submitted, facts: Mapping[str, Any], errors: dict[str, str]
) -> str | None:
    """Return the 18 digits of a number that is not the one there is."""
    text = submitted.first("id_number").strip()
    if not text:
        return None
    try:
        known = identity.read_id_number(text, facts["today"])
    except Refused as refused:
        errors["id_number"] = str(refused)
        return None
    if known.is_old:
        errors["id_number"] = _("请输入18位身份证号。")
        return None
    same = known.number == identity.canonical_id_number(facts["id_number"])
    return None if same else known.number


def _explanation(submitted: Submitted, errors: dict[str, str]) -> str:
    explanation = submitted.first("explanation").strip()
    if not explanation:
        errors["explanation"] = _("请说明哪里有误、为什么需要更正。")
    elif len(explanation) > LONGEST:
        errors["explanation"] = _("说明最多 %(n)s 个字。", n=LONGEST)
    return explanation


def _proofs(submitted: Submitted, kept: Mapping[str, Any]) -> dict[str, Proof]:
    found: dict[str, Proof] = {}
    for part in EVIDENCE:
        uploads = submitted.files.get(part, ())
        if uploads:
            found[part] = Proof(uploads[0].filename, upload=uploads[0])
        elif part in kept:
            found[part] = Proof(kept[part]["name"], file_id=UUID(kept[part]["file_id"]))
    return found


def _on_disk(proof: Proof, kit: Kit) -> Proof:
    if proof.upload is None:
        return proof
    picture = recode(proof.upload.content, CERTIFICATE)
    return Proof(proof.name, stored=kit.files.put(picture.content))


def _file_id(work: Work, proof: Proof) -> UUID:
    if proof.file_id is not None:
        return proof.file_id
    if proof.stored is None:
        raise ValueError("a picture has to be prepared before it is stored")
    file = add_file(
        work.session,
        proof.stored,
        media_type="image/jpeg",
        name=proof.name,
        owner_id=work.owner_id,
        case_id=work.case_id,
        purpose="correction",
        now=work.now,
    )
    return file.id
