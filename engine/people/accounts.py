"""Open, find, change and close accounts; give and take roles."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.db import lookup_index
from engine.errors import Conflict
from engine.i18n import gettext as _
from engine.people import sign_ins
from engine.people.models import Account, AccountRole
from engine.people.person import AccountKind, Role


class AccountTaken(Conflict):
    """There is an account with this ID number or username already."""


def open_candidate(
    session: Session,
    *,
    id_number: str,
    name: str,
    mobile: str | None,
    password_hash: str | None,
    now: datetime,
) -> Account:
    """Open the account of a candidate; ID number and mobile are in canonical form."""
    account = Account(
        kind=AccountKind.CANDIDATE, name=name, password_hash=password_hash, created_at=now
    )
    _set_id_number(account, id_number)
    _set_mobile(account, mobile)
    account.roles.append(AccountRole(role=Role.CANDIDATE))
    return _added(session, account)


def open_staff(
    session: Session,
    *,
    username: str,
    name: str,
    mobile: str | None,
    password_hash: str | None,
    roles: Iterable[Role],
    now: datetime,
    site_id: str | None = None,
) -> Account:
    """Open an account for a member of staff, with roles at one review site or at all."""
    account = Account(
        kind=AccountKind.STAFF,
        username=username.casefold(),
        name=name,
        password_hash=password_hash,
        created_at=now,
    )
    _set_mobile(account, mobile)
    account.roles.extend(AccountRole(role=role, site_id=site_id) for role in roles)
    return _added(session, account)


def of_id_number(session: Session, id_number: str) -> Account | None:
    wanted = lookup_index(id_number, "id_number")
    return session.scalar(select(Account).where(Account.id_number_index == wanted))


def of_username(session: Session, username: str) -> Account | None:
    return session.scalar(select(Account).where(Account.username == username.casefold()))


def grant(session: Session, account: Account, role: Role, site_id: str | None = None) -> None:
    """Give a role; sign-ins of the account end, so that the next one begins with it."""
    if any(r.role == role and r.site_id == site_id for r in account.roles):
        return
    account.roles.append(AccountRole(role=role, site_id=site_id))
    sign_ins.end_all(session, account.id)


def revoke(session: Session, account: Account, role: Role, site_id: str | None = None) -> None:
    """Take a role away, with effect from the next request."""
    for held in [r for r in account.roles if r.role == role and r.site_id == site_id]:
        account.roles.remove(held)
    sign_ins.end_all(session, account.id)


def disable(session: Session, account: Account, now: datetime) -> None:
    """Close the account; whoever is signed in with it is out at the next request."""
    account.disabled_at = account.disabled_at or now
    sign_ins.end_all(session, account.id)


def enable(session: Session, account: Account) -> None:
    account.disabled_at = None


def set_password(
    session: Session, account: Account, password_hash: str, *, keep_token: str | None = None
) -> None:
    """Change the password; every other sign-in ends."""
    account.password_hash = password_hash
    sign_ins.end_all(session, account.id, except_token=keep_token)


def rehash_password(session: Session, account_id: UUID, old: str, new: str) -> None:
    """Replace the digest of an unchanged password, unless the password was changed meanwhile."""
    session.execute(
        update(Account)
        .where(Account.id == account_id, Account.password_hash == old)
        .values(password_hash=new)
    )


def set_mobile(session: Session, account: Account, mobile: str) -> None:
    _set_mobile(account, mobile)


def set_identity(session: Session, account: Account, *, name: str, id_number: str) -> None:
    """Correct name and ID number; `AccountTaken` when the number is someone else's."""
    account.name = name
    _set_id_number(account, id_number)
    _flushed(session)


def _set_id_number(account: Account, id_number: str) -> None:
    account.id_number = id_number
    account.id_number_index = lookup_index(id_number, "id_number")


def _set_mobile(account: Account, mobile: str | None) -> None:
    account.mobile = mobile
    account.mobile_index = lookup_index(mobile, "mobile") if mobile else None


def _added(session: Session, account: Account) -> Account:
    with session.begin_nested():
        session.add(account)
        _flushed(session)
    return account


def _flushed(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as fault:
        raise AccountTaken(_("这个身份证号或用户名已经有账号了。")) from fault
