"""Uploaded files: a new one, or the one that was kept from before."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.forms.formulas import settle
from engine.forms.spelling import as_text
from engine.forms.types import FieldError, FieldType, Problem, Submitted, Upload
from engine.forms.wording import Definition, as_whole, is_required, label_of, missing, setting
from engine.i18n import gettext as _

MOST_FILES = 20


class FilePicker(FieldType):
    """The value is an `Upload`, a kept reference from `context["__kept__"]`, or a list of both when
    `multiple` is set. A ticked `x.discard` lets go of the kept file of that number."""

    type = "filepicker"
    parts = frozenset({"", "discard"})

    def check(self, definition: Definition) -> Sequence[Problem]:
        limit = setting(definition, "max_size")
        if limit is None or as_whole(limit):
            return ()
        return [Problem("", _("max_size 应当是字节数，例如 51200"))]

    def bind(self, definition: Definition, submitted: Submitted, context: Mapping[str, Any]) -> Any:
        several = settle(definition.get("multiple"), context) is True
        fresh = [upload for upload in submitted.files.get("", ()) if upload.filename]
        _check_uploads(definition, fresh, several, context)
        kept = _still_kept(submitted, context)
        found = [*kept, *fresh] if several else (fresh or kept)
        if not found and is_required(definition, context):
            label = label_of(definition, context)
            raise missing(definition, context, _("请上传%(label)s。", label=label))
        if several:
            return found
        return found[0] if found else None

    def entered(self, definition: Definition, submitted: Submitted) -> Any:
        return None

    def show(
        self, definition: Definition, value: Any, context: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        attributes = {"accept": settle(definition.get("accept"), context)}
        if settle(definition.get("multiple"), context) is True:
            attributes["multiple"] = "multiple"
        return {
            "value": [_filename(kept) for kept in _kept(context)],
            "attributes": {name: str(text) for name, text in attributes.items() if text},
        }

    def said(self, definition: Definition, value: Any, context: Mapping[str, Any]) -> str:
        return as_text([_filename(kept) for kept in _kept(context)])


def _check_uploads(
    definition: Definition, uploads: Sequence[Upload], several: bool, context: Mapping[str, Any]
) -> None:
    label = label_of(definition, context)
    most = MOST_FILES if several else 1
    if len(uploads) > most:
        raise FieldError(_("%(label)s最多上传 %(n)s 个文件。", label=label, n=most))
    for upload in uploads:
        _check_upload(definition, upload, context)


def _check_upload(definition: Definition, upload: Upload, context: Mapping[str, Any]) -> None:
    name, limit = upload.filename, as_whole(setting(definition, "max_size"))
    if not upload.content:
        raise FieldError(_("文件“%(name)s”是空的，请重新选择。", name=name))
    accepted = str(settle(definition.get("accept"), context) or "")
    if not _is_accepted(upload, accepted):
        raise FieldError(
            _("不能用文件“%(name)s”，可用的类型：%(types)s。", name=name, types=accepted)
        )
    if limit and len(upload.content) > limit:
        raise FieldError(_("文件“%(name)s”太大，最大 %(n)s KB。", name=name, n=limit // 1024))


def _is_accepted(upload: Upload, accepted: str) -> bool:
    kinds = [kind.strip().lower() for kind in accepted.split(",") if kind.strip()]
    name, media_type = upload.filename.lower(), upload.content_type.lower()
    return not kinds or any(
        name.endswith(kind)
        if kind.startswith(".")
        else media_type == kind or (kind.endswith("/*") and media_type.startswith(kind[:-1]))
        for kind in kinds
    )


def _still_kept(submitted: Submitted, context: Mapping[str, Any]) -> list[Any]:
    gone = set(submitted.values.get("discard", ()))
    return [kept for number, kept in enumerate(_kept(context)) if str(number) not in gone]


def _kept(context: Mapping[str, Any]) -> list[Any]:
    found = context.get("__kept__", {}).get(context.get("__name__"))
    if found is None:
        return []
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _filename(kept: Any) -> str:
    name = kept.get("name") if isinstance(kept, Mapping) else getattr(kept, "name", None)
    return str(name or _("已上传的文件"))
