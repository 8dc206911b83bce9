"""The audit of a case as people read it: when, what, where in the diagram, who, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from engine.cases import case_board
from engine.cases.models import Event
from engine.i18n import chosen
from engine.i18n import gettext as _
from webapp.operations.wording import event_title, job_kind

Names = Mapping[str, tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    number: int
    at: datetime
    title: str
    element: str
    by: str
    note: str
    is_operators: bool
    """Whether an operator did it."""


OPERATORS_OWN = frozenset(
    {
        "case suspended",
        "case resumed",
        "case retried",
        "incident taken",
        "incident resolved",
        "job retried",
        "personal data shown",
    }
)


def history_lines(
    session: Session, found: case_board.History, names: Names, owner_id: UUID
) -> list[HistoryLine]:
    actors = {line.actor_id for line in found.lines if line.actor_id}
    staff = case_board.staff_names(session, actors)
    return [
        HistoryLine(
            number=line.number,
            at=_moment(line),
            title=event_title(line),
            element=_name(names, line.element),
            by=actor_name(line.actor_id, staff, owner_id),
            note=_("；").join(_notes(line, names)),
            is_operators=line.kind in OPERATORS_OWN,
        )
        for line in found.lines
    ]


def element_name(names: Names, element: str | None) -> str:
    """What the diagram calls an element; one without a name is shown by its id."""
    if element is None:
        return ""
    return _name(names, element) or element


def actor_name(account_id: UUID | None, staff: Mapping[UUID, str], owner_id: UUID) -> str:
    """A member of staff by name, the candidate without; nobody is the machine."""
    if account_id is None:
        return _("系统")
    if account_id == owner_id:
        return _("考生")
    return staff.get(account_id, _("其他账号"))


def _name(names: Names, element: str | None) -> str:
    """What the diagram calls an element, "" for one that nobody gave a name: a join, a start."""
    return chosen(*names.get(element, ("", None))) if element else ""


def _moment(line: Event) -> datetime:
    """A timer that was caught up happened at its own due time."""
    due = line.detail.get("due")
    return datetime.fromisoformat(due) if isinstance(due, str) else line.at


def _notes(line: Event, names: Names) -> list[str]:
    detail = line.detail
    said: list[str] = []
    if detail.get("outcome"):
        said.append(_("结果：%(outcome)s", outcome=detail["outcome"]))
    if line.detail.get("step") == "gateway" and detail.get("taken"):
        ways = [name for element in detail["taken"] if (name := _name(names, element))]
        if ways:
            said.append(_("走向：%(ways)s", ways=_("、").join(ways)))
    for name, sentence in (
        ("message", _("消息：%(said)s")),
        ("action", _("操作：%(said)s")),
        ("service", _("服务：%(said)s")),
        ("reason", _("原因：%(said)s")),
        ("note", _("处理结果：%(said)s")),
    ):
        if detail.get(name):
            said.append(sentence % {"said": detail[name]})
    if detail.get("job"):
        said.append(job_kind(str(detail["job"])))
    if line.kind == "case retried":
        said.append(_retried(detail.get("jobs", 0), detail.get("timers", 0)))
    return said


def _retried(jobs: int, timers: int) -> str:
    return _("后台任务 %(jobs)s 项，定时 %(timers)s 个", jobs=jobs, timers=timers)
