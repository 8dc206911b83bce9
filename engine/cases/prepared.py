"""Everything that can be done before the lock: the form is bound, slow work is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.cases.components import Kit
from engine.cases.desks import Desk, open_desk
from engine.cases.house import House
from engine.cases.uploads import Gathering
from engine.errors import Conflict, Invalid, NotFound, Refused
from engine.files import File
from engine.forms import FieldError, Submitted
from engine.i18n import gettext as _
from engine.people import Person


@dataclass(frozen=True, slots=True)
class Submission:
    """One post as it came: its own id, and the version of the work item its page was shown with."""

    id: UUID
    version: int
    submitted: Submitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A post that may be carried out, and what must still be true under the lock."""

    work_item_id: UUID
    case_id: UUID
    element: str
    person: Person
    submission: Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedAnswer(Prepared):
    """`components` holds, by key, what each component made of its value before the lock."""

    outcome: str
    values: Mapping[str, Any]
    routed: Mapping[str, Any]
    secrets: Mapping[str, Any]
    unknown: tuple[str, ...]
    components: Mapping[str, Any]
    new_files: tuple[File, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedAction(Prepared):
    key: str
    action: str
    value: Any


def prepare_answer(
    house: House,
    session: Session,
    person: Person,
    work_item_id: UUID,
    submission: Submission,
    *,
    outcome: str,
) -> PreparedAnswer:
    """Bind the form and do everything slow; `Invalid` has a sentence for each wrong field."""
    desk = open_desk(house, session, person, work_item_id)
    if outcome not in {choice.name for choice in desk.form.outcomes}:
        raise Invalid({"": _("请使用页面上的按钮提交。")})
    bound = desk.form.bind(desk.context, submission.submitted, outcome=outcome)
    if not bound.is_valid:
        raise _wrong(desk, submission, bound.errors)
    values = dict(bound.values)
    components, errors = _prepared_components(house, desk, values)
    gathering = Gathering.of(house, session, desk)
    kept = gathering.keep_all(values)
    if errors or gathering.errors:
        raise _wrong(desk, submission, {**errors, **gathering.errors})
    return PreparedAnswer(
        work_item_id=work_item_id,
        case_id=desk.case.id,
        element=desk.item.element,
        person=person,
        submission=submission,
        outcome=outcome,
        values=kept,
        routed=bound.routed,
        secrets=bound.secrets,
        unknown=tuple(bound.unknown),
        components=components,
        new_files=tuple(gathering.files),
    )


def prepare_action(
    house: House,
    session: Session,
    person: Person,
    work_item_id: UUID,
    submission: Submission,
    *,
    key: str,
    action: str,
) -> PreparedAction:
    """Hold an action's post against its component; `NotFound` for an action nobody offers."""
    desk = open_desk(house, session, person, work_item_id)
    component = desk.components.get(key)
    if component is None or action not in component.actions:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    try:
        bound = component.bind_action(action, submission.submitted.under(key), desk.context[key])
        value = component.prepare(bound, _kit(house))
    except FieldError as wrong:
        errors = {_posted(key, name): text for name, text in wrong.errors.items()}
        raise _wrong(desk, submission, errors) from wrong
    return PreparedAction(
        work_item_id=work_item_id,
        case_id=desk.case.id,
        element=desk.item.element,
        person=person,
        submission=submission,
        key=key,
        action=action,
        value=value,
    )


def outdated() -> Conflict:
    """The refusal of a post from a page that has changed since."""
    return Conflict(_("这一页的内容已经更新，请核对后重新提交。您填写的内容已经保存。"))


def _wrong(desk: Desk, submission: Submission, errors: Mapping[str, str]) -> Refused:
    """Return the refusal of wrong fields; of a page that is old as well, nobody mends the fields
    before having seen the new one."""
    if not desk.item.is_open:
        return Conflict(_("这一步已经办理过，或已被收回。您填写的内容已经保存。"))
    if desk.item.version != submission.version:
        return outdated()
    return Invalid(errors)


def _prepared_components(
    house: House, desk: Desk, values: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Take the values of components that keep rows of their own out of the answer."""
    prepared: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for key, component in desk.components.items():
        if key not in values or component.is_answer:
            continue
        try:
            prepared[key] = component.prepare(values.pop(key), _kit(house))
        except FieldError as wrong:
            errors |= {_posted(key, name): text for name, text in wrong.errors.items()}
        except Refused as refused:
            errors[key] = str(refused)
    return prepared, errors


def _posted(key: str, name: str) -> str:
    return f"{key}.{name}" if name else key


def _kit(house: House) -> Kit:
    return Kit(house.files, house.clock.now())
