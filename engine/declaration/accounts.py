"""A candidate's account: one for each ID number, found by any of its admission numbers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import lookup_index
from engine.declaration import identity
from engine.declaration.models import RegistryEntry
from engine.errors import Refused
from engine.i18n import gettext as _
from engine.people import accounts
from engine.people.models import Account


class RegistrationRefused(Refused):
    """The three facts do not belong together, or there is an account: outside, nobody can tell."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a person claims to be; `id_number` and `admission_number` in canonical form."""

    admission_number: str
    id_number: str
    name: str
    mobile: str
    password_hash: str


def entry_of(session: Session, admission_number: str) -> RegistryEntry | None:
    return session.scalar(
        select(RegistryEntry).where(RegistryEntry.admission_number == admission_number)
    )


def entries_of(session: Session, account: Account) -> list[RegistryEntry]:
    """Every admission number of the person, oldest number first."""
    return list(
        session.scalars(
            select(RegistryEntry)
            .where(RegistryEntry.id_number_index == account.id_number_index)
            .order_by(RegistryEntry.admission_number)
        )
    )


def find_account(session: Session, admission_number: str) -> Account | None:
    """Return the account behind an admission number, whichever of its owner's it is."""
    return session.scalar(
        select(Account)
        .join(RegistryEntry, RegistryEntry.id_number_index == Account.id_number_index)
        .where(RegistryEntry.admission_number == admission_number)
    )


def may_register(session: Session, *, admission_number: str, id_number: str, name: str) -> bool:
    """Tell whether the three facts are one row of the registry and nobody has an account yet."""
    entry = entry_of(session, admission_number)
    canonical = identity.canonical_id_number(id_number)
    taken = accounts.of_id_number(session, canonical) is not None
    return entry is not None and _is_the_same(entry, canonical, name) and not taken


def register(session: Session, claim: Registration, now: datetime) -> Account:
    """Open the account if number, ID and name are those of one row of the registry."""
    entry = entry_of(session, claim.admission_number)
    canonical = identity.canonical_id_number(claim.id_number)
    if entry is None or not _is_the_same(entry, canonical, claim.name):
        raise RegistrationRefused(refusal())
    try:
        return accounts.open_candidate(
            session,
            id_number=canonical,
            name=claim.name,
            mobile=claim.mobile,
            password_hash=claim.password_hash,
            now=now,
        )
    except accounts.AccountTaken as taken:
        raise RegistrationRefused(refusal()) from taken


def refusal() -> str:
    """The one sentence for every registration that is refused."""
    return _(
        "无法用这些信息注册：请核对准考证号、身份证号和姓名；如果已经注册过，请直接登录或使用忘记密码。"
    )


def _is_the_same(entry: RegistryEntry, id_number: str, name: str) -> bool:
    same_id = entry.id_number_index == lookup_index(id_number, "id_number")
    return same_id and entry.name_index == lookup_index(name, "name")
