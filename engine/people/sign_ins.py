"""Who is signed in: a table of digests, so that a sign-in can be ended from this side.

The browser holds 256 random bits. A sign-in ends when it was idle too long, when it has lasted too
long, when its account is disabled or its epoch raised, and when someone ends it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from engine.people.models import Account, SignIn
from engine.people.person import AccountKind, Person, Role

MOST_LIVE = 3
SIGNED_OUT, DISPLACED = "signed_out", "displaced"
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long a sign-in may be idle, and how long it may last in all."""

    idle: timedelta
    absolute: timedelta


LASTS = {
    AccountKind.CANDIDATE: Lasts(timedelta(minutes=30), timedelta(hours=12)),
    AccountKind.STAFF: Lasts(timedelta(minutes=30), timedelta(hours=10)),
}


def start(session: Session, account: Account, *, now: datetime, address: str, kind: str) -> str:
    """Sign the account in and return the token for its browser; the fourth drops the oldest."""
    token = secrets.token_urlsafe(32)
    # The account's row is locked so that sign-ins at the same moment count each other.
    epoch = session.scalars(
        select(Account.epoch).where(Account.id == account.id).with_for_update()
    ).one()
    _drop_oldest(session, account.id, kind, now)
    session.add(
        SignIn(
            account_id=account.id,
            token_digest=_digest(token),
            kind=kind,
            epoch=epoch,
            address=address,
            started_at=now,
            seen_at=now,
            expires_at=now + LASTS[AccountKind(kind)].absolute,
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> SignIn | None:
    """Return the live sign-in with this token, its account and roles freshly read."""
    found = session.scalar(
        select(SignIn)
        .where(SignIn.token_digest == _digest(token))
        .options(selectinload(SignIn.account).selectinload(Account.roles))
        .execution_options(populate_existing=True)
    )
    return found if found and is_live(found, now) else None


def is_live(sign_in: SignIn, now: datetime) -> bool:
    account = sign_in.account
    return (
        sign_in.ended_because is None
        and now < sign_in.expires_at
        and now < sign_in.seen_at + LASTS[AccountKind(sign_in.kind)].idle
        and account.disabled_at is None
        and account.epoch == sign_in.epoch
    )


def person_of(session: Session, token: str, now: datetime) -> Person | None:
    """Return who holds this token. Reads only: `touch` keeps the sign-in alive."""
    found = find(session, token, now)
    return person(found) if found else None


def person(sign_in: SignIn) -> Person:
    account = sign_in.account
    return Person(
        account_id=account.id,
        kind=account.kind,
        name=account.name or "",
        roles=frozenset(Role(r.role) for r in account.roles),
        sites=_sites(account),
        verified=sign_in.verified_at is not None,
    )


def wants_touch(sign_in: SignIn, now: datetime) -> bool:
    """Tell whether it is time to write down that the sign-in is in use."""
    return now >= sign_in.seen_at + TOUCH_EVERY


def touch(session: Session, token: str, now: datetime) -> None:
    """Note that the sign-in is in use; one that has ended stays ended."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_digest == _digest(token), SignIn.ended_because.is_(None))
        .values(seen_at=now)
    )


def mark_verified(session: Session, token: str, now: datetime) -> str | None:
    """Note that a code was given, and return the new token that replaces the old one."""
    fresh = secrets.token_urlsafe(32)
    changed = session.scalars(
        update(SignIn)
        .where(SignIn.token_digest == _digest(token), SignIn.ended_because.is_(None))
        .values(token_digest=_digest(fresh), verified_at=now, seen_at=now)
        .returning(SignIn.id)
    ).all()
    return fresh if changed else None


def end(session: Session, token: str) -> None:
    """Sign out."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_digest == _digest(token), SignIn.ended_because.is_(None))
        .values(ended_because=SIGNED_OUT)
    )


def end_all(session: Session, account_id: UUID, except_token: str | None = None) -> None:
    """End every sign-in of the account by raising its epoch; one token may be spared."""
    epoch = session.scalars(
        update(Account)
        .where(Account.id == account_id)
        .values(epoch=Account.epoch + 1)
        .returning(Account.epoch)
    ).one()
    if except_token is None:
        return
    session.execute(
        update(SignIn)
        .where(SignIn.token_digest == _digest(except_token), SignIn.account_id == account_id)
        .values(epoch=epoch)
    )


def end_everyone(session: Session) -> None:
    """End every sign-in there is; a restored copy begins with this."""
    session.execute(update(Account).values(epoch=Account.epoch + 1))


def live_of(session: Session, account_id: UUID, now: datetime) -> list[SignIn]:
    """Return the live sign-ins of an account, the newest first."""
    rows = session.scalars(
        select(SignIn)
        .where(
            SignIn.account_id == account_id, SignIn.ended_because.is_(None), SignIn.expires_at > now
        )
        .options(selectinload(SignIn.account))
        .order_by(SignIn.started_at.desc(), SignIn.id)
    )
    return [row for row in rows if is_live(row, now)]


def ended(session: Session, token: str) -> SignIn | None:
    """Return a sign-in that merely ran out or made room for newer ones.

    Its browser may leave what was typed as a draft of the same person, and see nothing. One that
    was signed out, or ended with its account, its password or its roles, is no longer there.
    """
    row = session.scalar(
        select(SignIn)
        .where(SignIn.token_digest == _digest(token))
        .options(selectinload(SignIn.account).selectinload(Account.roles))
    )
    if row is None or row.ended_because == SIGNED_OUT:
        return None
    is_current = row.account.epoch == row.epoch and row.account.disabled_at is None
    return row if is_current else None


def was_displaced(session: Session, token: str) -> bool:
    """Tell whether this sign-in ended because newer ones took its place, so as to say so."""
    because = select(SignIn.ended_because).where(SignIn.token_digest == _digest(token))
    return session.scalar(because) == DISPLACED


def _drop_oldest(session: Session, account_id: UUID, kind: str, now: datetime) -> None:
    for row in [s for s in live_of(session, account_id, now) if s.kind == kind][MOST_LIVE - 1 :]:
        row.ended_because = DISPLACED


def _sites(account: Account) -> frozenset[str]:
    if any(r.site_id is None and r.role != Role.CANDIDATE for r in account.roles):
        return frozenset()
    return frozenset(r.site_id for r in account.roles if r.site_id)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
