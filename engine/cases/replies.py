"""What a command is answered with, and what a submission was answered with when it comes again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.cases import values
from engine.cases.models import StoredReply
from engine.cases.running import RunningCase
from engine.errors import Conflict
from engine.i18n import gettext as _
from engine.people import Role

REPLIED = select(StoredReply).where(StoredReply.id == bindparam("submission_id"))
REPLIED_TO = select(StoredReply.account_id).where(StoredReply.id == bindparam("submission_id"))


@dataclass(frozen=True, slots=True)
class Reply:
    """Where the case stands after a command, and what is next for the person who gave it.

    `is_late` says that the work item had gone when the command came: what was due has happened and
    stays happened, what was posted is a draft. `notice` is a sentence to show once.
    """

    case_id: UUID
    next_work_item_id: UUID | None = None
    is_late: bool = False
    notice: str | None = None
    notes: frozenset[str] = frozenset()


def reply_of(running: RunningCase, notice: str | None = None) -> Reply:
    """Say where the case stands; the next work item is the owner's own, when they gave the word."""
    mine = [item for item in running.open_now() if item.role == Role.CANDIDATE]
    is_owner = running.case.owner_id == running.actor_id
    return Reply(
        running.case.id,
        mine[0].id if mine and is_owner else None,
        notice=notice,
        notes=frozenset(running.notes),
    )


def stored_reply(session: Session, submission_id: UUID, account_id: UUID) -> Reply | None:
    """Return the reply this post had; the id of another person's post is nobody's to use."""
    row = session.scalar(REPLIED, {"submission_id": submission_id})
    if row is None:
        return None
    if row.account_id != account_id:
        raise outdated()
    content = values.loads(row.values)
    return Reply(row.case_id, content["next"], notice=content["notice"])


def is_answered(session: Session, submission_id: UUID, account_id: UUID) -> bool:
    """Tell whether this very post of this person was carried out before."""
    return session.scalar(REPLIED_TO, {"submission_id": submission_id}) == account_id


def remember(running: RunningCase, submission_id: UUID, account_id: UUID, reply: Reply) -> Reply:
    """Keep the reply to this post, for when the same one comes again."""
    content: dict[str, Any] = {"next": reply.next_work_item_id, "notice": reply.notice}
    running.session.add(
        StoredReply(
            id=submission_id,
            case_id=running.case.id,
            account_id=account_id,
            given_at=running.now,
            values=values.dumps(content),
        )
    )
    return reply


def outdated() -> Conflict:
    """The refusal of a post from a page that has changed since."""
    return Conflict(_("这一页的内容已经更新，请核对后重新提交。您填写的内容已经保存。"))
