"""What stood on the form beside an action: taken out of its post, and kept as the draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.cases import drafts
from engine.cases.desks import Desk, secret_names
from engine.cases.house import House
from engine.cases.uploads import Gathering
from engine.files import File
from engine.forms import Submitted


@dataclass(frozen=True, slots=True)
class Beside:
    """Texts and files that the action does not take up; `taken` are the posted names it does.

    `unkept` has a sentence for each file that could not be kept."""

    taken: frozenset[str]
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Any] = field(default_factory=dict)
    new_files: tuple[File, ...] = ()
    unkept: tuple[str, ...] = ()


def gather(
    house: House, session: Session, desk: Desk, submitted: Submitted, *, key: str, action: str
) -> Beside:
    """Take apart a post that carries the whole form; the files beside the action are written."""
    taken = _taken(desk, submitted, key, action)
    secret = secret_names(desk.form)
    texts = {
        name: list(found)
        for name, found in submitted.values.items()
        if name not in taken and name not in secret
    }
    left = {name: found for name, found in submitted.files.items() if name not in taken}
    if not left:
        return Beside(taken, texts)
    gathering = Gathering.of(house, session, desk)
    files = gathering.keep_posted(Submitted(submitted.values, left))
    return Beside(
        taken, texts, files, tuple(gathering.files), tuple(dict.fromkeys(gathering.errors.values()))
    )


def keep(
    session: Session,
    beside: Beside,
    *,
    case_id: UUID,
    element: str,
    account_id: UUID,
    now: datetime,
) -> None:
    """Make it the draft of the element. Where nothing else was typed no draft begins."""
    references = drafts.add_files(session, beside.files, beside.new_files)
    if not beside.texts and not references:
        drafts.forget(session, case_id, element, account_id, names=beside.taken)
        return
    is_blank = Submitted(beside.texts).is_blank and not references
    if is_blank and drafts.draft_of(session, case_id, element, account_id) is None:
        return
    drafts.keep_draft(
        session,
        case_id=case_id,
        element=element,
        account_id=account_id,
        texts=beside.texts,
        files=references,
        without=beside.taken,
        now=now,
    )


def _taken(desk: Desk, submitted: Submitted, key: str, action: str) -> frozenset[str]:
    """Return the names that the action uses up, among those posted and those kept earlier."""
    start = f"{key}."
    component = desk.components[key]
    kept = (*desk.draft.submitted.values, *desk.draft.files) if desk.draft else ()
    return frozenset(
        name
        for name in (*submitted.values, *submitted.files, *kept)
        if name.startswith(start) and component.takes_up(action, name.removeprefix(start))
    )
