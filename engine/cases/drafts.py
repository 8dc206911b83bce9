"""What a person typed is kept as it was posted, for the element, until the form is completed."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, select
from sqlalchemy.orm import Session

from engine.cases import values
from engine.cases.models import Draft
from engine.files import File, TooManyFiles, add_row
from engine.forms import Submitted

ONE = (
    Draft.case_id == bindparam("case_id"),
    Draft.element == bindparam("element"),
    Draft.account_id == bindparam("account_id", type_=Uuid()),
)
KEPT = select(Draft).where(*ONE)
DROPPED = delete(Draft).where(*ONE).execution_options(synchronize_session=False)
"""Statements that every post runs are put together once."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it is shown again: texts by posted name, and references to stored files."""

    submitted: Submitted
    files: Mapping[str, Any]
    saved_at: datetime


def draft_of(session: Session, case_id: UUID, element: str, account_id: UUID) -> KeptDraft | None:
    row = _row(session, case_id, element, account_id)
    if row is None:
        return None
    content = values.loads(row.values)
    return KeptDraft(Submitted(content["texts"]), content["files"], row.saved_at)


def keep_draft(
    session: Session,
    *,
    case_id: UUID,
    element: str,
    account_id: UUID,
    texts: Mapping[str, Sequence[str]],
    files: Mapping[str, Any],
    now: datetime,
    without: Collection[str] = (),
) -> None:
    """Replace the draft; files that came earlier stay unless the same name came again, or their
    names are among those to be left out."""
    row = _row(session, case_id, element, account_id)
    kept = values.loads(row.values)["files"] if row else {}
    earlier = {name: found for name, found in kept.items() if name not in without}
    content = values.dumps({"texts": dict(texts), "files": {**earlier, **files}})
    if row is None:
        row = Draft(case_id=case_id, element=element, account_id=account_id, saved_at=now)
        session.add(row)
    row.values, row.saved_at = content, now


def add_files(
    session: Session, references: Mapping[str, Any], rows: Sequence[File]
) -> dict[str, Any]:
    """Add the rows of files that are kept with a draft; return the references to those for which
    there was room. What was typed is kept in any case."""
    left = {str(row.id) for row in rows}
    with suppress(TooManyFiles):
        for row in rows:
            add_row(session, row)
            left.discard(str(row.id))
    return {name: found for name, found in references.items() if found["file_id"] not in left}


def drop_draft(session: Session, case_id: UUID, element: str, account_id: UUID) -> None:
    with session.no_autoflush:
        session.execute(DROPPED, {"case_id": case_id, "element": element, "account_id": account_id})


def forget(
    session: Session, case_id: UUID, element: str, account_id: UUID, *, names: Collection[str]
) -> None:
    """Drop from a draft what an action has just taken up, and keep the rest."""
    row = _row(session, case_id, element, account_id)
    if row is None:
        return
    content = values.loads(row.values)
    row.values = values.dumps(
        {
            part: {n: v for n, v in content[part].items() if n not in names}
            for part in ("texts", "files")
        }
    )


def _row(session: Session, case_id: UUID, element: str, account_id: UUID) -> Draft | None:
    return session.scalar(KEPT, {"case_id": case_id, "element": element, "account_id": account_id})
