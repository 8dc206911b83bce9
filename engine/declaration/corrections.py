"""Correcting a name or an ID number: asked for with evidence, decided by someone else, applied."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import lookup_index
from engine.declaration import codes
from engine.declaration.accounts import entries_of
from engine.declaration.documents import issuing
from engine.declaration.models import (
    CorrectionState,
    Declaration,
    IdentityCorrection,
    RegistryEntry,
)
from engine.people import accounts
from engine.people.models import Account

CORRECTABLE = ("name", "id_number")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should be changed; None where nothing should. The ID number has its 18 digits."""

    name: str | None
    id_number: str | None
    explanation: str


def correction_of(session: Session, case_id: UUID) -> IdentityCorrection | None:
    return session.scalar(select(IdentityCorrection).where(IdentityCorrection.case_id == case_id))


def ask(
    session: Session,
    *,
    case_id: UUID,
    account: Account,
    wanted: Wanted,
    evidence: Sequence[UUID],
    requested_by: UUID,
    now: datetime,
) -> IdentityCorrection:
    """Keep a request, or what became of it when the page was posted again."""
    changes: dict[str, list[str]] = {"explanation": [wanted.explanation]}
    if wanted.name:
        changes["name"] = [account.name or "", wanted.name]
    if wanted.id_number:
        changes["id_number"] = [account.id_number or "", wanted.id_number]
    row = correction_of(session, case_id)
    if row is None:
        row = IdentityCorrection(
            case_id=case_id,
            entry_id=entries_of(session, account)[0].id,
            account_id=account.id,
            requested_by=requested_by,
            requested_at=now,
            state=CorrectionState.REQUESTED,
        )
        session.add(row)
    row.changes = json.dumps(changes, ensure_ascii=False)
    row.evidence = [str(file_id) for file_id in evidence]
    session.flush()
    return row


def changes_in(row: IdentityCorrection) -> dict[str, list[str]]:
    """Return `{"name": [old, new], …}` and the explanation."""
    changes: dict[str, list[str]] = json.loads(row.changes or "{}")
    return changes


def decide(
    row: IdentityCorrection,
    *,
    is_approved: bool,
    reason_code: str | None,
    reason_text: str | None,
    decided_by: UUID,
    now: datetime,
) -> None:
    row.state = CorrectionState.APPROVED if is_approved else CorrectionState.REFUSED
    row.reason_code, row.reason_text = reason_code, reason_text
    row.decided_by, row.decided_at = decided_by, now


def refusal_of(session: Session, case_id: UUID) -> str | None:
    """Return why a request was refused, None if it was not."""
    row = correction_of(session, case_id)
    if row is None or row.state != CorrectionState.REFUSED:
        return None
    label = codes.label_of(codes.CORRECTION_REFUSALS, row.reason_code)
    return f"{label}：{row.reason_text}" if row.reason_text else label


def is_taken(session: Session, row: IdentityCorrection) -> bool:
    """Tell whether the wanted ID number is another person's, by account or by registry.

    A row of the registry that says the same number and the same name is the same person.
    """
    changes = changes_in(row)
    if row.account_id is None or "id_number" not in changes:
        return False
    account = session.get_one(Account, row.account_id)
    index = lookup_index(changes["id_number"][1], "id_number")
    name = changes.get("name", ["", account.name or ""])[1]
    in_registry = select(RegistryEntry.id).where(
        RegistryEntry.id_number_index == index,
        RegistryEntry.name_index != lookup_index(name, "name"),
        RegistryEntry.id_number_index != account.id_number_index,
    )
    with_account = select(Account.id).where(
        Account.id_number_index == index, Account.id != account.id
    )
    return any(session.scalar(query.limit(1)) for query in (in_registry, with_account))


def apply(session: Session, row: IdentityCorrection, now: datetime) -> str | None:
    """Change registry and account together, and have printed anew what says the old value.

    Return why nothing was changed (`taken`, `not_approved`), None when the record says now what was
    asked for. Repeating it changes nothing more.
    """
    if row.state != CorrectionState.APPROVED or row.account_id is None:
        return "not_approved"
    if is_taken(session, row):
        return "taken"
    account = session.get_one(Account, row.account_id)
    changes = changes_in(row)
    wanted = {field: changes[field][1] for field in CORRECTABLE if field in changes}
    entries = entries_of(session, account)
    touched = [entry.id for entry in entries if _correct_entry(entry, wanted)]
    accounts.set_identity(
        session,
        account,
        name=wanted.get("name", account.name or ""),
        id_number=wanted.get("id_number", account.id_number or ""),
    )
    _reissue(session, touched, now)
    return None


def _correct_entry(entry: RegistryEntry, wanted: Mapping[str, str]) -> bool:
    """Write the new values into one row of the registry; tell whether it said anything else."""
    before = (entry.name, entry.id_number)
    if "name" in wanted:
        entry.name, entry.name_index = wanted["name"], lookup_index(wanted["name"], "name")
    if "id_number" in wanted:
        entry.id_number = wanted["id_number"]
        entry.id_number_index = lookup_index(wanted["id_number"], "id_number")
    return before != (entry.name, entry.id_number)


def _reissue(session: Session, entry_ids: Sequence[UUID], now: datetime) -> None:
    declarations = session.scalars(
        select(Declaration)
        .where(
            Declaration.entry_id.in_(entry_ids),
            Declaration.submitted_at.is_not(None),
            Declaration.closed_at.is_(None),
        )
        .order_by(Declaration.opened_at, Declaration.id)
    ).all()
    for declaration in declarations:
        issuing.request_all(session, declaration, now=now)
