"""Carry out a post under the lock: complete a work item, or act while it stays open."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from engine.bpmn import ElementFailed
from engine.cases import beside, drafts, values
from engine.cases.access import (
    require_may_complete,
    require_may_see,
    require_no_conflict_of_interest,
)
from engine.cases.beside import Beside
from engine.cases.components import Work
from engine.cases.desks import components_of
from engine.cases.house import House
from engine.cases.locking import locked_case, require_running
from engine.cases.models import Answer, WorkItem
from engine.cases.prepared import Prepared, PreparedAction, PreparedAnswer
from engine.cases.replies import Reply, outdated, remember, reply_of, stored_reply
from engine.cases.running import RunningCase
from engine.errors import Refused
from engine.files import add_row
from engine.i18n import gettext as _
from engine.people import Role


def complete(house: House, session: Session, prepared: PreparedAnswer) -> Reply:
    """Complete the work item and run the case until someone else is needed."""
    running = _taken(house, session, prepared)
    if isinstance(running, Reply):
        return running
    running.secrets = {prepared.element: prepared.secrets}
    running.process.fire_timers()
    item = _open_item(running, prepared)
    if item is None:
        return _too_late(running)
    _require_may(running, item, prepared)
    notice = _store(running, item, prepared)
    running.close(item, prepared.outcome)
    running.record("work item completed", element=item.element, outcome=prepared.outcome)
    with _refusals():
        running.process.complete(item.task_id, {"outcome": prepared.outcome, **prepared.routed})
    running.save()
    drafts.drop_draft(session, running.case.id, item.element, prepared.person.account_id)
    return _remember(running, prepared, notice)


def act(house: House, session: Session, prepared: PreparedAction) -> Reply:
    """Carry out an action; the work item's version rises, the rest of the form becomes the draft,
    the case stays where the time has brought it."""
    running = _taken(house, session, prepared)
    if isinstance(running, Reply):
        return running
    fired = running.process.fire_timers()
    item = _open_item(running, prepared)
    if item is None:
        return _too_late(running)
    _require_may(running, item, prepared)
    if fired:
        running.save()
    component = components_of(running.release.forms[item.form])[prepared.key]
    notice = component.act(_work(running, item, prepared), prepared.action, prepared.value)
    item.version += 1
    running.record(
        "action taken", element=item.element, component=prepared.key, action=prepared.action
    )
    beside.keep(
        session,
        prepared.beside,
        case_id=running.case.id,
        element=item.element,
        account_id=prepared.person.account_id,
        now=running.now,
    )
    return _remember(running, prepared, _and_unkept(notice, prepared.beside))


@contextmanager
def _refusals() -> Iterator[None]:
    """Let a service refuse the whole command with a sentence for whoever gave it."""
    try:
        yield
    except ElementFailed as failed:
        if isinstance(failed.cause, Refused):
            raise failed.cause from failed
        raise


def _taken(house: House, session: Session, prepared: Prepared) -> RunningCase | Reply:
    """Lock the case; answer at once if this very post was carried out before."""
    case = locked_case(session, prepared.case_id)
    answered = stored_reply(session, prepared.submission.id, prepared.person.account_id)
    if answered is not None:
        return answered
    require_running(case)
    running = house.running(session, case, prepared.person.account_id)
    running.resume()
    return running


def _open_item(running: RunningCase, prepared: Prepared) -> WorkItem | None:
    """Return the work item as the person saw it, None when it has gone, `Conflict` when stale."""
    open_tasks = {task.id for task in running.process.open_tasks()}
    for item in running.items:
        if item.id == prepared.work_item_id and item.task_id in open_tasks:
            _require_as_shown(item, prepared)
            return item
    return None


def _require_as_shown(item: WorkItem, prepared: Prepared) -> None:
    if item.version != prepared.submission.version:
        raise outdated()


def _require_may(running: RunningCase, item: WorkItem, prepared: Prepared) -> None:
    require_may_see(item, running.case, prepared.person)
    require_may_complete(item, prepared.person, running.now)
    if item.role != Role.CANDIDATE:
        require_no_conflict_of_interest(running.session, item, running.case, prepared.person)


def _store(running: RunningCase, item: WorkItem, prepared: PreparedAnswer) -> str | None:
    """Keep the answer and what the components made of it; return what there is to say."""
    for row in prepared.new_files:
        add_row(running.session, row)
    running.session.add(
        Answer(
            case_id=running.case.id,
            work_item_id=item.id,
            element=item.element,
            given_by=prepared.person.account_id,
            given_at=running.now,
            values=values.dumps(prepared.values),
        )
    )
    work = _work(running, item, prepared, prepared.outcome)
    components = components_of(running.release.forms[item.form])
    said = [components[key].store(work, value) for key, value in prepared.components.items()]
    if prepared.unknown:
        names = [name[:60] for name in prepared.unknown[:20]]
        running.record("unknown fields dropped", element=item.element, names=names)
    return next((sentence for sentence in said if sentence), None)


def _and_unkept(notice: str | None, rest: Beside) -> str | None:
    """Say as well that a file chosen elsewhere on the form could not be kept."""
    if not rest.unkept:
        return notice
    unkept = _("表单中另选的文件没有保存：%(why)s", why=" ".join(rest.unkept))
    return f"{notice} {unkept}" if notice else unkept


def _work(
    running: RunningCase, item: WorkItem, prepared: Prepared, outcome: str | None = None
) -> Work:
    return Work(
        session=running.session,
        case_id=running.case.id,
        owner_id=running.case.owner_id,
        work_item_id=item.id,
        element=item.element,
        person=prepared.person,
        now=running.now,
        settings=running.release.settings,
        decide=running.release.decide,
        forms=running.release.forms,
        outcome=outcome,
    )


def _too_late(running: RunningCase) -> Reply:
    """Keep what the timers did; whoever posted is told, and their post becomes a draft."""
    running.save()
    return Reply(running.case.id, is_late=True)


def _remember(running: RunningCase, prepared: Prepared, notice: str | None = None) -> Reply:
    submission, who = prepared.submission, prepared.person
    return remember(running, submission.id, who.account_id, reply_of(running, notice))
