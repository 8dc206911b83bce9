"""Everything that can be done before the lock: the form is bound, slow work is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.cases.beside import Beside, gather
from engine.cases.components import Kit
from engine.cases.desks import Desk, open_desk
from engine.cases.house import House
from engine.cases.replies import is_answered, outdated
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
    values: Mapping[str, Any] = field(default_factory=dict)
    routed: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    components: Mapping[str, Any] = field(default_factory=dict)
    new_files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedAction(Prepared):
    key: str
    action: str
    value: Any
    beside: Beside


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
    try:
        return _answer(house, session, desk, submission, outcome)
    except Refused:
        if not _is_answered(session, desk, submission):
            raise
    # Under the lock the stored reply is all that counts, so there is nothing to bring.
    return PreparedAnswer(**_common(desk, submission), outcome=outcome)


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
    value, posted = None, submission.submitted
    beside = Beside(frozenset())
    try:
        bound = component.bind_action(action, posted.under(key), desk.context[key])
        value = component.prepare(bound, _kit(house))
        beside = gather(house, session, desk, posted, key=key, action=action)
    except (FieldError, Refused) as refused:
        if not _is_answered(session, desk, submission):
            raise _refusal(desk, submission, key, refused) from refused
    return PreparedAction(
        **_common(desk, submission), key=key, action=action, value=value, beside=beside
    )


def _answer(
    house: House, session: Session, desk: Desk, submission: Submission, outcome: str
) -> PreparedAnswer:
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
        **_common(desk, submission),
        outcome=outcome,
        values=kept,
        routed=bound.routed,
        secrets=bound.secrets,
        unknown=tuple(bound.unknown),
        components=components,
        new_files=tuple(gathering.files),
    )


def _common(desk: Desk, submission: Submission) -> dict[str, Any]:
    return {
        "work_item_id": desk.item.id,
        "case_id": desk.case.id,
        "element": desk.item.element,
        "person": desk.person,
        "submission": submission,
    }


def _is_answered(session: Session, desk: Desk, submission: Submission) -> bool:
    """What is refused now may be refused because of what this very post did before. Asked after
    the refusal, so that a good post costs no statement and one that was carried out a moment ago
    is seen."""
    return is_answered(session, submission.id, desk.person.account_id)


def _refusal(desk: Desk, submission: Submission, key: str, refused: Exception) -> Exception:
    if not isinstance(refused, FieldError):
        return refused
    errors = {_posted(key, name): text for name, text in refused.errors.items()}
    return _wrong(desk, submission, errors)


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
