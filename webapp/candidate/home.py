"""What the home page says: where the case is, what is next, who has it, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.cases.models import CatchEvent, WorkItem
from engine.cases.queries import CaseView
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.releases import OpenRelease

QUIET_TIMERS = frozenset({"code_expired", "payment_expired", "remind_at", "escalate_at"})
"""Timers that their own pages show, or that are the staff's."""


@dataclass(frozen=True, slots=True)
class PathStep:
    """One stage of the case, as the task list draws it."""

    title: str
    status: str
    colour: str
    href: str | None = None
    hint: str = ""


def state_of(view: CaseView) -> str:
    """Say in a few words how the case stands."""
    case = view.case
    if not case.is_open:
        return {
            "completed": _("已完成"),
            "not_passed": _("未通过"),
            "withdrawn": _("已撤回"),
            "expired": _("已逾期"),
        }.get(case.ended_through or "", _("已结束"))
    if case.status == "suspended":
        return _("已暂停，请等待工作人员处理")
    if view.with_staff:
        return _("等待审核")
    return _("办理中")


def next_of(view: CaseView) -> list[WorkItem]:
    """Return what waits for the candidate: what has a deadline first, the nearest one first."""
    return sorted(view.mine, key=lambda item: (item.due_at is None, item.due_at or item.opened_at))


def path_of(view: CaseView, release: OpenRelease) -> list[PathStep]:
    """Return the stages of the release, each done, in hand, or still to come."""
    stages: Sequence[Mapping[str, Any]] = release.settings.get("stages", [])
    mine = {item.element: item for item in view.mine}
    return [_step(stage, view, mine) for stage in stages]


def deadlines_of(view: CaseView) -> list[CatchEvent]:
    """The deadlines that the candidate should know of."""
    return [event for event in view.deadlines if event.element not in QUIET_TIMERS]


def _step(stage: Mapping[str, Any], view: CaseView, mine: Mapping[str, Any]) -> PathStep:
    title, elements = chosen(stage["name"], stage.get("name_en")), stage["elements"]
    for element in elements:
        if element in mine:
            href = f"/work-items/{mine[element].id}"
            return PathStep(title, _("轮到您了"), "yellow", href)
    if any(item.element in elements for item in view.with_staff):
        return PathStep(title, _("办理中"), "blue")
    if any(element in view.done_elements for element in elements):
        return PathStep(title, _("已完成"), "green")
    if view.case.ended_through == "completed":
        # What may be done until the end, like printing, is done when the end has come.
        return PathStep(title, _("已完成"), "green")
    return PathStep(title, _("未开始"), "grey")
