"""A person in front of a work item: the form, and all that its page and its post must know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.cases.access import require_may_see
from engine.cases.components import Component, Look
from engine.cases.drafts import KeptDraft, draft_of
from engine.cases.house import House
from engine.cases.models import Case, CaseState, WorkItem
from engine.cases.queries import last_answer
from engine.errors import NotFound
from engine.forms import Form
from engine.forms.tree import walk
from engine.forms.wording import is_set
from engine.i18n import gettext as _
from engine.people import Person
from engine.releases import OpenRelease

FOUND = (
    select(WorkItem, Case, CaseState.content)
    .join(WorkItem.case)
    .join(Case.state)
    .where(WorkItem.id == bindparam("work_item_id"))
)


@dataclass(frozen=True, slots=True)
class Desk:
    """`context` holds what expressions may read and, under each component's key, its facts."""

    case: Case
    item: WorkItem
    person: Person
    release: OpenRelease
    form: Form
    context: Mapping[str, Any]
    draft: KeptDraft | None
    last_answer: Mapping[str, Any] | None

    @property
    def components(self) -> dict[str, Component]:
        return components_of(self.form)


def open_desk(house: House, session: Session, person: Person, work_item_id: UUID) -> Desk:
    """Return the desk, or `NotFound` for a work item that this person may not see."""
    item, case, state = _find(session, person, work_item_id)
    release = house.library.open(session, case.release_id)
    form = release.forms[item.form]
    draft = draft_of(session, case.id, item.element, person.account_id)
    answered = last_answer(session, case.id, item.element)
    look = Look(
        session=session,
        case_id=case.id,
        owner_id=case.owner_id,
        work_item_id=item.id,
        element=item.element,
        person=person,
        now=house.clock.now(),
        settings=release.settings,
        decide=release.decide,
        forms=release.forms,
    )
    return Desk(
        case=case,
        item=item,
        person=person,
        release=release,
        form=form,
        context={
            **(release.definition.known_to(state, item.task_id) if item.is_open else {}),
            **_context(house, look, form, draft, answered or {}),
        },
        draft=draft,
        last_answer=answered,
    )


def components_of(form: Form) -> dict[str, Component]:
    """The domain components of a form, by key."""
    return {
        node.key: node.type
        for node in walk(form.components)
        if isinstance(node.type, Component) and node.key
    }


def secret_names(form: Form) -> frozenset[str]:
    """The posted names that must be kept nowhere."""
    return frozenset(n.name for n in walk(form.components) if is_set(n.definition, "secret"))


def _find(session: Session, person: Person, work_item_id: UUID) -> tuple[WorkItem, Case, bytes]:
    row = session.execute(FOUND, {"work_item_id": work_item_id}).one_or_none()
    if row is None:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    require_may_see(row.WorkItem, row.Case, person)
    return row.WorkItem, row.Case, row.content


def _context(
    house: House,
    look: Look,
    form: Form,
    draft: KeptDraft | None,
    answered: Mapping[str, Any],
) -> Mapping[str, Any]:
    kept = {**_files_in(answered), **(draft.files if draft else {})}
    context: dict[str, Any] = {
        "__now__": look.now,
        "__kept__": kept,
        "__stored__": answered,
        "settings": look.settings,
        **house.facts_of(look),
    }
    for node in walk(form.components):
        if isinstance(node.type, Component) and node.key:
            facts = node.type.facts(look, node.definition)
            context[node.key] = {**facts, "kept": _below(kept, node.key)}
    return context


def _files_in(answered: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Find the references to stored files in an answer, by posted name."""
    found: dict[str, Any] = {}
    for key, value in answered.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and "file_id" in value:
            found[name] = value
        elif isinstance(value, Mapping):
            found |= _files_in(value, f"{name}.")
    return found


def _below(kept: Mapping[str, Any], key: str) -> dict[str, Any]:
    start = f"{key}."
    return {name.removeprefix(start): v for name, v in kept.items() if name.startswith(start)}
