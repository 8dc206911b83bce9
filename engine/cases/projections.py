"""What lists and pages read of a case: brought up to date from its process after a command."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine import feel, jobs
from engine.bpmn import OpenTask, Step, Waiting
from engine.bpmn.state.values import encode
from engine.cases.locking import catch_events
from engine.cases.models import CatchEvent, WorkItem

if TYPE_CHECKING:
    from engine.cases.running import RunningCase

FIRE_TIMERS = "cases.fire_timers"
COMES_IN = {"values", "payload", "result"}
"""What people, messages, services and decision tables brought to a step."""


def project(running: "RunningCase") -> None:
    _save_history(running)
    _save_work_items(running, running.process.open_tasks())
    _save_catch_events(running, running.process.waiting())


def _save_history(running: "RunningCase") -> None:
    for step in running.process.take_history():
        running.record(
            "step finished", element=step.element, step=step.kind, **_told(running, step)
        )


def _told(running: "RunningCase", step: Step) -> dict[str, Any]:
    """Return what a replay needs of a step: where and when it was, what came in, exactly."""
    told = dict(step.detail)
    for name in COMES_IN & told.keys():
        told[name] = encode(told[name])
    if step.path:
        told["path"] = list(step.path)
    if step.at != running.now:
        told["due"] = step.at.isoformat()
    return told


def _save_work_items(running: "RunningCase", tasks: list[OpenTask]) -> None:
    still_open = {task.id for task in tasks}
    for item in running.items:
        if item.is_open and item.task_id not in still_open:
            running.close(item, None)
            running.record("work item withdrawn", element=item.element)
    known = {item.task_id for item in running.items}
    opened = [_work_item(running, task) for task in tasks if task.id not in known]
    running.session.add_all(opened)
    running.items += opened


def _work_item(running: "RunningCase", task: OpenTask) -> WorkItem:
    running.record("work item opened", element=task.element)
    return WorkItem(
        case_id=running.case.id,
        task_id=task.id,
        element=task.element,
        name=task.name,
        name_en=task.name_en,
        role=task.lane or "candidate",
        form=task.properties["form"],
        not_same_person_as=task.properties.get("not_same_person_as"),
        due_at=_due(task),
        opened_at=running.now,
    )


def _save_catch_events(running: "RunningCase", waiting: list[Waiting]) -> None:
    if not waiting and not running.waited:
        return
    rows = {
        (row.task_id, row.element): row for row in catch_events(running.session, running.case.id)
    }
    for event in waiting:
        row = rows.pop((event.task_id, event.element), None)
        if row is None:
            running.session.add(_catch_event(running, event))
        elif row.due_at != event.due_at:
            row.due_at = event.due_at
        else:
            continue
        if event.due_at:
            _wake_at(running, event.due_at)
    for gone in rows.values():
        running.session.delete(gone)


def _catch_event(running: "RunningCase", event: Waiting) -> CatchEvent:
    return CatchEvent(
        case_id=running.case.id,
        task_id=event.task_id,
        element=event.element,
        kind=event.kind,
        name=event.name,
        name_en=event.name_en,
        message=event.message,
        offered_to=event.properties.get("offer"),
        due_at=event.due_at,
    )


def _wake_at(running: "RunningCase", due: datetime) -> None:
    jobs.enqueue(
        running.session,
        FIRE_TIMERS,
        {"case_id": str(running.case.id)},
        now=running.now,
        run_at=due,
        case_id=running.case.id,
    )


def _due(task: OpenTask) -> datetime | None:
    """Evaluate the task's property `due` against what its token knows."""
    expression = task.properties.get("due")
    found = feel.evaluate(expression, task.data) if expression else None
    return found if isinstance(found, datetime) else None
