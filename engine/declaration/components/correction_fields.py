"""补正: only the fields that were sent back are open, each with its reason beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.cases import Component, Kit, Look, Work
from engine.declaration import information, reviewing
from engine.declaration.components import declared
from engine.declaration.components.opened_fields import OpenedFields
from engine.declaration.components.photo import (
    Taken,
    bind_photo,
    current_photo,
    keep_photo,
    take_photo,
)
from engine.declaration.documents.answers import information_of
from engine.declaration.lookups import declaration_of
from engine.errors import Conflict
from engine.files import CERTIFICATE, ImageRefused, StoredContent, add_file, recode
from engine.forms import FieldError, Submitted, Upload
from engine.i18n import gettext as _

PHOTO = "photo"
MEDIA_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Picture:
    """An evidence picture that is on disk, waiting for its row."""

    stored: StoredContent
    name: str


class CorrectionFields(Component):
    """Value: the corrected fields by name; what was not sent back cannot be posted."""

    type: ClassVar[str] = "correction_fields"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        rows = reviewing.open_corrections(look.session, declaration.id)
        reasons = {row.field: reviewing.reason_words(row.reason) for row in rows}
        answer = information_of(look.session, declaration)
        photo = current_photo(look.session, declaration.id)
        return {
            "opened": OpenedFields(
                key=str(definition["key"]),
                form=information.fields_of(look.forms[information.INFORMATION], reasons),
                context={**declared.context_of(look, declaration), **answer},
                answer=answer,
                reasons=reasons,
            ),
            "photo_reason": reasons.get(PHOTO),
            "photo_file_id": photo.file_id if photo else None,
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        facts = context[str(definition["key"])]
        bound = facts["opened"].bind(submitted, facts.get("kept", {}))
        corrected, errors = dict(bound.values), dict(bound.errors)
        if facts["photo_reason"]:
            try:
                corrected[PHOTO] = bind_photo(submitted.under(PHOTO))
            except FieldError as wrong:
                errors |= {f"{PHOTO}.{name}": text for name, text in wrong.errors.items()}
        if errors:
            raise FieldError(errors)
        return corrected

    def prepare(self, value: Any, kit: Kit) -> Any:
        return {name: _prepared(name, item, kit) for name, item in value.items()}

    def store(self, work: Work, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        rows = reviewing.open_corrections(work.session, declaration.id)
        if not rows:
            raise Conflict(_("没有需要补正的项目。"))
        corrected = _replaced(value, Picture, lambda picture: _filed(work, picture))
        if isinstance(value.get(PHOTO), Taken):
            keep_photo(work, declaration.id, value[PHOTO])
            work.session.flush()
            photo = current_photo(work.session, declaration.id)
            if photo is not None:
                corrected[PHOTO] = {"file_id": str(photo.file_id), "version": photo.version}
        reviewing.correct(work.session, declaration, rows, corrected, work.now)
        return _("补正内容已提交，材料正在重新生成。")


def _prepared(name: str, item: Any, kit: Kit) -> Any:
    if name == PHOTO:
        return _photo(item, kit)
    try:
        return _replaced(item, Upload, lambda upload: _picture(upload, kit))
    except ImageRefused as refused:
        raise FieldError({name: str(refused)}) from refused


def _photo(item: Mapping[str, Any], kit: Kit) -> Taken:
    try:
        return take_photo(item["upload"], item["box"], kit)
    except FieldError as wrong:
        raise FieldError({f"{PHOTO}.{n}": text for n, text in wrong.errors.items()}) from wrong


def _picture(upload: Upload, kit: Kit) -> Picture:
    return Picture(kit.files.put(recode(upload.content, CERTIFICATE).content), upload.filename)


def _filed(work: Work, picture: Picture) -> dict[str, str]:
    file = add_file(
        work.session,
        picture.stored,
        media_type=MEDIA_TYPE,
        name=picture.name,
        owner_id=work.owner_id,
        case_id=work.case_id,
        purpose="correction",
        now=work.now,
    )
    return {"file_id": str(file.id), "name": picture.name}


def _replaced(value: Any, kind: type, made: Callable[[Any], Any]) -> Any:
    """Return the value with everything of a kind replaced, however deep it stands."""
    if isinstance(value, kind):
        return made(value)
    if isinstance(value, Mapping):
        return {name: _replaced(inner, kind, made) for name, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, kind, made) for inner in value]
    return value
