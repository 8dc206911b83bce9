"""Messages and timers reach a case: offered to a person, brought by a job, or due by the clock."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.bpmn.state.values import encode, fresh
from engine.cases.house import House
from engine.cases.locking import locked_case, require_running
from engine.cases.models import CatchEvent, InboxMessage
from engine.cases.replies import Reply, remember, reply_of, stored_reply
from engine.cases.running import RunningCase
from engine.errors import Conflict, NotFound
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.people import Person, Role


def send_offered(
    house: House, session: Session, person: Person, catch_event_id: UUID, submission_id: UUID
) -> Reply:
    """Send the message that a diagram offers to this person: withdraw, recall."""
    event = session.get(CatchEvent, catch_event_id)
    if event is None or event.message is None or event.offered_to is None:
        return _answered(session, person, submission_id)
    case, name = locked_case(session, event.case_id), chosen(event.name, event.name_en)
    is_owner = event.offered_to == Role.CANDIDATE and case.owner_id == person.account_id
    if not is_owner and event.offered_to not in person.roles - {Role.CANDIDATE}:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    answered = stored_reply(session, submission_id, person.account_id)
    if answered is not None:
        return answered
    require_running(case)
    running = house.running(session, case, person.account_id)
    running.resume()
    running.process.fire_timers()
    if not running.process.catch_message(event.message, {}):
        raise Conflict(_("现在已经不能“%(name)s”，申报没有改变。", name=name))
    running.record("message sent", element=event.element, message=event.message)
    running.save()
    reply = reply_of(running, _what_happened(running, event.element, name))
    return remember(running, submission_id, person.account_id, reply)


def _answered(session: Session, person: Person, submission_id: UUID) -> Reply:
    """Return the reply of a first click to the second, which finds nobody waiting any more."""
    answered = stored_reply(session, submission_id, person.account_id)
    if answered is None:
        raise Conflict(_("现在已经不能进行这项操作，申报没有改变。"))
    return answered


def _what_happened(running: RunningCase, element: str, name: str) -> str:
    """Say in the words of the button what was done, and what the release says stays."""
    said = running.release.settings.get("offered", {}).get(element)
    if said is None:
        return _("“%(name)s”已生效。", name=name)
    more = chosen(said["zh"], said.get("en"))
    return _("“%(name)s”已生效。%(more)s", name=name, more=more)


def deliver(
    house: House, session: Session, case_id: UUID, message: str, payload: Mapping[str, Any]
) -> None:
    """Deliver a message from a job or a callback; it is kept while nobody waits for it, and while
    the case is suspended."""
    case = locked_case(session, case_id)
    running = house.running(session, case, None)
    running.record("message delivered", message=message)
    if not case.is_open:
        return
    if case.is_suspended:
        _put_by(running, message, payload)
        return
    running.resume()
    running.process.fire_timers()
    if not running.process.catch_message(message, payload):
        _put_by(running, message, payload)
    running.save()


def fire_timers(house: House, session: Session, case_id: UUID) -> int:
    """Fire what is due, oldest first; a case that has moved on has nothing due, and one that is
    suspended fires it when it is resumed."""
    case = locked_case(session, case_id)
    if not case.is_open or case.is_suspended:
        return 0
    running = house.running(session, case, None)
    running.resume()
    fired = running.process.fire_timers()
    if fired:
        running.save()
    return fired


def _put_by(running: RunningCase, message: str, payload: Mapping[str, Any]) -> None:
    running.session.add(
        InboxMessage(
            case_id=running.case.id,
            message=message,
            payload=encode(fresh(dict(payload))),
            received_at=running.now,
        )
    )
    running.case.inbox_count += 1
