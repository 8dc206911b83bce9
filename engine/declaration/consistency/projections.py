"""Work items, timers and messages say what the state of an open case says; nothing stands still."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from engine.declaration.consistency.standing import Standing
from engine.declaration.consistency.survey import Finding
from engine.people.personal import holds_personal

LATE = timedelta(seconds=60)
"""How long a timer may be overdue while the worker is busy."""


def resumes(standing: Standing) -> Iterator[Finding]:
    if standing.process is None:
        yield standing.where, standing.problem
    elif standing.process.is_finished:
        yield standing.where, "its process has ended, and the case is open"


def someone_is_needed(standing: Standing) -> Iterator[Finding]:
    """An open case waits for a person, a time or a message, or for an operator."""
    if not (standing.items or standing.waits or standing.has_incident):
        yield standing.where, "nobody and nothing is waited for, and no incident is open"


def work_items_agree(standing: Standing) -> Iterator[Finding]:
    if standing.process is None:
        return
    ready = {task.id: task.element for task in standing.process.open_tasks()}
    rows = {item.task_id: item.element for item in standing.items}
    for element in _missing(ready, rows):
        yield standing.where, f"{element} is open, and there is no work item for it"
    for element in _missing(rows, ready):
        yield standing.where, f"there is a work item for {element}, which is not open"


def waits_agree(standing: Standing) -> Iterator[Finding]:
    if standing.process is None:
        return
    waiting = {(w.task_id, w.element): w.due_at for w in standing.process.waiting()}
    rows = {(w.task_id, w.element): w.due_at for w in standing.waits}
    for _task, element in sorted(waiting.keys() - rows.keys()):
        yield standing.where, f"{element} is waited for, and there is no row for it"
    for _task, element in sorted(rows.keys() - waiting.keys()):
        yield standing.where, f"there is a row for {element}, which is not waited for"
    for key in sorted(rows.keys() & waiting.keys()):
        if rows[key] != waiting[key]:
            yield standing.where, f"{key[1]} is due at another time than its row says"


def timers_have_jobs(standing: Standing) -> Iterator[Finding]:
    """Some job will look after every timer: at its time, or later if it had to be tried again.

    In a suspended case nothing fires; what has been due meanwhile is fired when it is resumed.
    """
    for wait in standing.waits:
        if standing.case.is_suspended and wait.due_at and wait.due_at <= standing.now:
            continue
        if wait.due_at and not any(at >= wait.due_at for at in standing.wakings):
            yield standing.where, f"no job will fire {wait.element}"


def timers_are_on_time(standing: Standing) -> Iterator[Finding]:
    if standing.case.is_suspended:
        return
    for wait in standing.waits:
        if wait.due_at and wait.due_at + LATE < standing.now:
            late = standing.now - wait.due_at
            yield standing.where, f"{wait.element} is {int(late.total_seconds())} s overdue"


def tokens_hold_nothing_personal(standing: Standing) -> Iterator[Finding]:
    if standing.process is None:
        return
    known = [standing.process.variables, *(t.data for t in standing.process.open_tasks())]
    if any(holds_personal(repr(each)) for each in known):
        yield standing.where, "its state holds what looks like an ID or phone number"


CASE_RULES: Mapping[str, Callable[[Standing], Iterator[Finding]]] = {
    "state-resumes": resumes,
    "open-case-moves": someone_is_needed,
    "work-items-agree": work_items_agree,
    "waits-agree": waits_agree,
    "timers-have-jobs": timers_have_jobs,
    "timers-on-time": timers_are_on_time,
    "tokens-without-personal-data": tokens_hold_nothing_personal,
}
"""What must hold for each open case; the state is resumed once for all of them."""


def _missing(wanted: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    return [wanted[key] for key in wanted if key not in there]
