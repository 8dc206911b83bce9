"""What the home page says: where the case is, what is next, who has it, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.cases.desks import components_of
from engine.cases.models import CatchEvent, WorkItem
from engine.cases.queries import CaseView
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.payments import OrderState, PaymentOrder
from engine.releases import OpenRelease

LAST = datetime.max.replace(tzinfo=UTC)
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


@dataclass(frozen=True, slots=True)
class Confirming:
    """A payment that the case has not been told of: it is made, or the payer says that it is."""

    item: WorkItem
    order_number: str
    is_paid: bool


def payment_step(view: CaseView, release: OpenRelease) -> WorkItem | None:
    """Return the work item that asks the candidate to pay, if one is open."""
    for item in view.mine:
        components = components_of(release.forms[item.form])
        if any(component.type == "payment_status" for component in components.values()):
            return item
    return None


def confirming_of(
    step: WorkItem | None, order: PaymentOrder | None, returned_with: str | None
) -> Confirming | None:
    """Tell whether the step waits for word of its order rather than for the candidate.

    `returned_with` is the number that the platform sends back with whoever comes from there."""
    if step is None or order is None:
        return None
    is_paid = order.state == OrderState.PAID
    if not is_paid and (order.state != OrderState.OPEN or returned_with != order.number):
        return None
    return Confirming(step, order.number, is_paid)


def state_of(view: CaseView) -> str:
    """Say in a few words how the case stands."""
    case = view.case
    if not case.is_open:
        return {
            "completed": _("已完成"),
            "not_passed": _("未通过"),
            "withdrawn": _("已撤回"),
            "expired": _("已逾期"),
            "corrected": _("已更正"),
            "refused_correction": _("不予更正"),
        }.get(case.ended_through or "", _("已结束"))
    if case.is_suspended:
        return _("已暂停，请等待工作人员处理")
    if view.with_staff:
        return _("等待审核")
    return _("办理中")


def next_of(view: CaseView, confirming: Confirming | None = None) -> list[WorkItem]:
    """Return what waits for the candidate: the nearest deadline first, then what came last, as a
    correction that was asked for stands before the printing that waits all along."""
    mine = [item for item in view.mine if confirming is None or item is not confirming.item]
    newest_first = sorted(mine, key=lambda item: item.opened_at, reverse=True)
    return sorted(newest_first, key=lambda item: item.due_at or LAST)


def path_of(
    view: CaseView, release: OpenRelease, confirming: Confirming | None = None
) -> list[PathStep]:
    """Return the stages of the release, each done, in hand, or still to come."""
    stages: Sequence[Mapping[str, Any]] = release.settings.get("stages", [])
    mine = {item.element: item for item in next_of(view, confirming)}
    others = {item.element for item in view.open_items} - mine.keys()
    return [_step(stage, view, mine, others) for stage in stages]


def deadlines_of(view: CaseView) -> list[CatchEvent]:
    """The deadlines that the candidate should know of."""
    return [event for event in view.deadlines if event.element not in QUIET_TIMERS]


def _step(
    stage: Mapping[str, Any], view: CaseView, mine: Mapping[str, Any], others: set[str]
) -> PathStep:
    title, elements = chosen(stage["name"], stage.get("name_en")), stage["elements"]
    for element in elements:
        if element in mine:
            href = f"/work-items/{mine[element].id}"
            return PathStep(title, _("轮到您了"), "yellow", href)
    if any(element in others for element in elements):
        return PathStep(title, _("办理中"), "blue")
    if any(element in view.done_elements for element in elements):
        return PathStep(title, _("已完成"), "green")
    if view.case.ended_through == "completed":
        # What may be done until the end, like printing, is done when the end has come.
        return PathStep(title, _("已完成"), "green")
    return PathStep(title, _("未开始"), "grey")
