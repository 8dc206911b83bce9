"""成绩归一: one row for each kind of source, each with its own button."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from engine.cases import Component, Look, Work
from engine.clock import local
from engine.declaration import codes, consolidation, identity
from engine.declaration.lookups import declaration_of
from engine.declaration.models import (
    Consolidation,
    ConsolidationRequest,
    SourceKind,
    TransferRecord,
)
from engine.forms import FieldError, Submitted, normal
from engine.i18n import gettext as _

LAST_LEGACY_YEAR = 2015
"""From 2016 on scores of other provinces come through the electronic transfer."""
FIRST_YEAR = 1984
HOME = "370000"
"""The installation's own province: what comes from its cities is no transfer from outside."""
MONTHS = frozenset(f"{month:02d}" for month in range(1, 13))
RIGHT_PART = "00000"
MERGES = frozenset({"merge_admission_number", "merge_archive", "merge_transfer"})


class ConsolidationRows(Component):
    """Value: what is asked for, `{"kind", …}`, or None when nothing is to be merged."""

    type: ClassVar[str] = "consolidation_rows"
    outcomes: ClassVar[frozenset[str]] = MERGES
    actions: ClassVar[frozenset[str]] = frozenset({"undo"})
    first_input: ClassVar[str] = "admission_number"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        return {
            "merged": [
                _described(row) for row in consolidation.merged_sources(look.session, declaration)
            ],
            "offered": [
                entry.admission_number
                for entry in consolidation.offered_entries(look.session, declaration)
            ],
            "refused": _refused(consolidation.last_refused(look.session, declaration)),
            "cities": codes.CITIES,
            "provinces": [code for code in codes.PROVINCES if code.value != HOME],
            "years": range(local(look.now).year, FIRST_YEAR - 1, -1),
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        outcome = context.get("__outcome__")
        if outcome not in MERGES:
            return None
        match outcome:
            case "merge_admission_number":
                return _admission_number(submitted)
            case "merge_archive":
                return _archive(submitted)
            case _:
                return _transfer(submitted, context[str(definition["key"])]["years"])

    def bind_action(self, action: str, submitted: Submitted, facts: Mapping[str, Any]) -> Any:
        try:
            return UUID(submitted.first("undo"))
        except ValueError as wrong:
            raise FieldError(_("请用页面上的按钮撤销归一。")) from wrong

    def takes_up(self, action: str, name: str) -> bool:
        return name == "undo"

    def store(self, work: Work, value: Any) -> str | None:
        if value is not None:
            declaration = declaration_of(work.session, work.case_id)
            said = {name: text for name, text in value.items() if name != "kind"}
            consolidation.ask(
                work.session, declaration, SourceKind(value["kind"]), said, now=work.now
            )
        return None

    def act(self, work: Work, action: str, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        consolidation.undo(work.session, declaration, value, work.now)
        return _("已撤销归一，这部分成绩不再计入。")


def _admission_number(submitted: Submitted) -> dict[str, str]:
    try:
        number = identity.read_admission_number(submitted.first("admission_number"))
    except identity.NumberWrong as wrong:
        raise FieldError({"admission_number": str(wrong)}) from wrong
    return {"kind": SourceKind.ADMISSION_NUMBER, "admission_number": number}


def _archive(submitted: Submitted) -> dict[str, str]:
    major, sequence = submitted.first("major"), submitted.first("sequence")
    errors = {}
    # Each part is read beside one that is right, so that both can be said to be wrong at once.
    for part, pair in (("major", (major, RIGHT_PART)), ("sequence", (RIGHT_PART, sequence))):
        try:
            identity.read_archive_number(*pair)
        except identity.NumberWrong as wrong:
            errors[part] = str(wrong)
    if errors:
        raise FieldError(errors)
    major, sequence = identity.read_archive_number(major, sequence)
    return {"kind": SourceKind.ARCHIVE, "major_part": major, "sequence_part": sequence}


def _transfer(submitted: Submitted, years: range) -> dict[str, str]:
    place = submitted.first("place")
    year, month = (normal.ascii_line(submitted.first(part)) for part in ("year", "month"))
    month = month.zfill(2)
    errors = {}
    is_local = place in {code.value for code in codes.CITIES}
    if not is_local and place not in {code.value for code in codes.PROVINCES} - {HOME}:
        errors["place"] = _("请选择转入地点。")
    if year not in {str(offered) for offered in years} or month not in MONTHS:
        errors["year"] = _("请选择转入时间的年和月。")
    elif not is_local and "place" not in errors and int(year) > LAST_LEGACY_YEAR:
        errors["year"] = _("2016 年以后的省外转入通过电子转考办理，不在这里归一。")
    if errors:
        raise FieldError(errors)
    kind = SourceKind.IN_PROVINCE if is_local else SourceKind.OUT_OF_PROVINCE
    return {"kind": kind, "place": place, "month": f"{year}-{month}"}


def _refused(request: ConsolidationRequest | None) -> dict[str, Any] | None:
    """Return what was typed for a request that was refused, and the part to mend first."""
    if request is None:
        return None
    match SourceKind(request.kind):
        case SourceKind.ADMISSION_NUMBER:
            said = {"admission_number": request.admission_number}
        case SourceKind.ARCHIVE:
            said = {"major": request.major_part, "sequence": request.sequence_part}
        case _:
            year, _dash, month = (request.month or "").partition("-")
            said = {"place": request.place, "year": year, "month": month.lstrip("0")}
    return {"part": next(iter(said)), "said": said}


def _described(row: Consolidation) -> dict[str, Any]:
    if row.entry is not None:
        title = _("准考证号 %(number)s", number=row.entry.admission_number)
    elif row.archive is not None:
        number = f"{row.archive.major_part} {row.archive.sequence_part}"
        title = _("档案号 %(number)s", number=number)
    else:
        title = _transferred(row.transfer)
    return {"id": row.id, "title": title, "is_own": row.is_own}


def _transferred(transfer: TransferRecord | None) -> str:
    if transfer is None:
        return _("转入")
    place = codes.label_of((*codes.CITIES, *codes.PROVINCES), transfer.place)
    return _("转入 %(place)s %(month)s", place=place, month=transfer.month)
