"""Write down whose a stored content is, and what for."""

import unicodedata
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import Refused
from engine.files.models import File
from engine.files.store import StoredContent
from engine.i18n import gettext as _

QUOTA = 200
"""Files that one case may gather for one purpose."""
LONGEST_NAME = 120


class TooManyFiles(Refused):
    """The case has gathered as many files of this kind as it may."""


def add_file(
    session: Session,
    stored: StoredContent,
    *,
    media_type: str,
    name: str,
    owner_id: UUID | None,
    case_id: UUID | None,
    purpose: str,
    now: datetime,
) -> File:
    """Add the row of a content that is in the store already."""
    file = new_file(
        stored,
        media_type=media_type,
        name=name,
        owner_id=owner_id,
        case_id=case_id,
        purpose=purpose,
        now=now,
    )
    add_row(session, file)
    return file


def new_file(
    stored: StoredContent,
    *,
    media_type: str,
    name: str,
    owner_id: UUID | None,
    case_id: UUID | None,
    purpose: str,
    now: datetime,
) -> File:
    """Make the row of a content; `add_row` takes it up later, as under the lock of a case."""
    return File(
        id=uuid4(),
        sha256=stored.sha256,
        size=stored.size,
        media_type=media_type,
        name=_harmless(name),
        owner_id=owner_id,
        case_id=case_id,
        purpose=purpose,
        created_at=now,
    )


def add_row(session: Session, file: File) -> None:
    """Add a row; `TooManyFiles` when its case has gathered enough of this kind."""
    if room_left(session, file.case_id, file.purpose) < 1:
        raise too_many()
    session.add(file)
    session.flush()


def room_left(session: Session, case_id: UUID | None, purpose: str) -> int:
    """Return how many files more a case may gather for a purpose; without a case, one at a time."""
    if case_id is None:
        return 1
    query = select(func.count()).where(File.case_id == case_id, File.purpose == purpose)
    return max(0, QUOTA - (session.scalar(query) or 0))


def too_many() -> TooManyFiles:
    return TooManyFiles(_("这份申报上传的文件太多了，请联系工作人员。"))


def _harmless(name: str) -> str:
    """Keep the last part of a name, without what could break a header, a path or a reading."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if not unicodedata.category(c).startswith("C"))
    return kept.strip(" .")[-LONGEST_NAME:] or "file"
