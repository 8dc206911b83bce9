"""照片上传: checked, cropped and re-encoded on the page; never more than 50 KB is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases import Component, Kit, Look, Work
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Photo
from engine.files import PHOTO, ImageRefused, StoredContent, add_file, recode
from engine.forms import FieldError, Submitted, Upload
from engine.i18n import gettext as _

MEDIA_TYPE = "image/jpeg"
BOX = ("x", "y", "width", "height")


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo as it is kept: already on disk, cropped and small."""

    stored: StoredContent
    name: str
    width: int
    height: int
    advice: list[str]


class PhotoComponent(Component):
    """Action `upload`: a file and, if wanted, a box to cut out. Value: there is a photo."""

    type: ClassVar[str] = "photo"
    actions: ClassVar[frozenset[str]] = frozenset({"upload"})
    first_input: ClassVar[str] = "image"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        photo = current_photo(look.session, declaration_of(look.session, look.case_id).id)
        if photo is None:
            return {"photo": None}
        return {
            "photo": {
                "file_id": photo.file_id,
                "size": photo.size,
                "width": photo.width,
                "height": photo.height,
                "advice": photo.advice,
            }
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        if not context[str(definition["key"])]["photo"]:
            raise FieldError({"image": _("请上传照片。")})
        return True

    def bind_action(self, action: str, submitted: Submitted, facts: Mapping[str, Any]) -> Any:
        return bind_photo(submitted)

    def prepare(self, value: Any, kit: Kit) -> Any:
        return take_photo(value["upload"], value["box"], kit) if isinstance(value, dict) else value

    def act(self, work: Work, action: str, value: Any) -> str | None:
        keep_photo(work, declaration_of(work.session, work.case_id).id, value)
        return _("照片已上传。")


def bind_photo(submitted: Submitted) -> dict[str, Any]:
    """Return the uploaded file and the box to cut out of it, as they were posted."""
    uploads = submitted.files.get("image", ())
    if not uploads:
        raise FieldError({"image": _("请先选择照片文件。")})
    return {"upload": uploads[0], "box": _box(submitted)}


def take_photo(upload: Upload, box: tuple[int, int, int, int] | None, kit: Kit) -> Taken:
    """Cut, shrink and write a photo; a refusal stands beside the file."""
    try:
        picture = recode(upload.content, PHOTO.cropped(*box) if box else PHOTO)
    except ImageRefused as refused:
        raise FieldError({"image": str(refused)}) from refused
    stored = kit.files.put(picture.content)
    return Taken(stored, upload.filename, picture.width, picture.height, picture.advice)


def keep_photo(work: Work, declaration_id: UUID, taken: Taken) -> None:
    """Make this the declaration's photo; the one before stays as an older version."""
    before = current_photo(work.session, declaration_id)
    if before is not None:
        before.replaced_at = work.now
        work.session.flush()
    file = add_file(
        work.session,
        taken.stored,
        media_type=MEDIA_TYPE,
        name=taken.name,
        owner_id=work.owner_id,
        case_id=work.case_id,
        purpose="photo",
        now=work.now,
    )
    work.session.add(
        Photo(
            declaration_id=declaration_id,
            file_id=file.id,
            version=before.version + 1 if before else 1,
            width=taken.width,
            height=taken.height,
            size=taken.stored.size,
            advice=taken.advice,
            uploaded_at=work.now,
        )
    )


def current_photo(session: Session, declaration_id: UUID) -> Photo | None:
    return session.scalar(
        select(Photo).where(Photo.declaration_id == declaration_id, Photo.replaced_at.is_(None))
    )


def _box(submitted: Submitted) -> tuple[int, int, int, int] | None:
    """Return the box to cut out; None unless all four numbers are there."""
    texts = [submitted.first(part) for part in BOX]
    if not all(texts):
        return None
    try:
        x, y, width, height = (round(float(text)) for text in texts)
    except (ValueError, OverflowError) as wrong:
        raise FieldError({"x": _("裁剪的四个数请填整数。")}) from wrong
    if x < 0 or y < 0 or width <= 0 or height <= 0:
        raise FieldError({"x": _("裁剪的范围超出了照片。")})
    return x, y, width, height
