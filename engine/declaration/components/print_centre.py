"""打印选择: the declaration's documents, which of them can be printed, and advice beside them."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look, Work
from engine.declaration.documents import issuing, queries
from engine.declaration.documents.queries import Issued
from engine.declaration.lookups import declaration_of
from engine.forms import Submitted
from engine.i18n import chosen
from engine.i18n import gettext as _


class PrintCentre(Component):
    """Only shown. Action `reissue` has printed anew what could not be printed."""

    type: ClassVar[str] = "print_centre"
    takes_value: ClassVar[bool] = False
    actions: ClassVar[frozenset[str]] = frozenset({"reissue"})

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        documents = list(map(queries.issued, issuing.current_issues(look.session, declaration)))
        return {
            "documents": [_document(found) for found in documents],
            "superseded": queries.superseded_of(look.session, declaration),
            "is_making": any(found.state == "making" for found in documents),
            "can_reissue": any(found.state == "refused" for found in documents),
            "advice": advice_of(look.settings),
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        return None

    def bind_action(self, action: str, submitted: Submitted, facts: Mapping[str, Any]) -> Any:
        return None

    def act(self, work: Work, action: str, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        if issuing.request_failed(work.session, declaration, now=work.now):
            return _("正在重新生成，通常只要几秒钟。")
        return _("没有需要重新生成的材料。")


def advice_of(settings: Mapping[str, Any]) -> list[str]:
    """The release's advice on printing, line by line, in the language of the page."""
    advice = settings.get("print_advice", {})
    return chosen(advice.get("zh", ""), advice.get("en")).splitlines()


def _document(found: Issued) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.title,
        "version": found.version,
        "state": found.state,
        "word": found.word,
        "at": found.issued_at or found.requested_at,
        "is_printable": found.is_printable,
        "notes": list(_notes(found)),
    }


def _notes(found: Issued) -> Iterable[str]:
    """Say why it cannot be printed and what to do."""
    if found.state != "refused":
        return
    if found.problem:
        yield _("字库中没有这些字：%(characters)s", characters=found.problem)
        yield _("请核对是否输入有误；姓名用字无误的，请联系工作人员处理。")
    else:
        yield _("生成没有成功。请点击“重新生成”；仍不成功的，请联系工作人员。")
