"""成绩选择: every merged score with a box to tick, one for a course code."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from engine.cases import Component, Look, Work
from engine.declaration import consolidation
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Consolidation, ScoreSelection
from engine.forms import FieldError, Submitted
from engine.i18n import gettext as _


class ScoreTable(Component):
    """Value: the ids of the scores that are to count."""

    type: ClassVar[str] = "score_table"
    first_input: ClassVar[str] = "pick-0"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        rows = consolidation.selections(look.session, declaration)
        duplicates = set(consolidation.duplicate_codes(rows))
        shown = [_row(row, duplicates) for row in rows]
        return {"rows": shown, "ticked": [str(row["id"]) for row in shown if row["is_ticked"]]}

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        known = {str(row["id"]): row for row in context[str(definition["key"])]["rows"]}
        ticked = dict.fromkeys(submitted.values.get("pick", ()))
        picked = [known[text] for text in ticked if text in known]
        if len(picked) < len(ticked) or not all(row["can_count"] for row in picked):
            raise FieldError(_("请从列表中勾选成绩。"))
        codes_picked = Counter(row["code"] for row in picked)
        twice = sorted(code for code, times in codes_picked.items() if times > 1)
        if twice:
            sentence = _(
                "课程代码 %(codes)s 勾选了两个成绩，请取消其中一个。", codes="、".join(twice)
            )
            raise FieldError(sentence)
        return [row["id"] for row in picked]

    def store(self, work: Work, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        consolidation.tick(work.session, declaration, [UUID(str(v)) for v in value])
        return _("成绩归一成功")


def _row(row: ScoreSelection, duplicates: set[str]) -> dict[str, Any]:
    record = row.record
    return {
        "id": record.id,
        "code": record.code,
        "name": record.name,
        "credits": record.credits,
        "mark": record.grade or record.mark,
        "passed_on": record.passed_on,
        "source": _source(row.consolidation),
        "is_ticked": row.is_ticked,
        "can_count": record.is_passed,
        "why_not": record.void_reason or (None if record.is_passed else _("不及格")),
        "is_duplicate": record.code in duplicates,
    }


def _source(merged: Consolidation) -> str:
    if merged.entry is not None:
        return merged.entry.admission_number
    if merged.archive_id is not None:
        return _("档案号")
    return _("转入")
