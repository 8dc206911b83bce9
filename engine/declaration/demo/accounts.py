"""Accounts of the demonstration: S1 and S8 are left to register, staff of every role sign in."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from engine.declaration import identity
from engine.declaration.demo.people import CANDIDATES, DemoCandidate
from engine.declaration.demo.staff import STAFF
from engine.people import accounts, passwords

PASSWORD = "lake-violet-4821"  # noqa: S105 -- printed beside the sample sign-ins
WITHOUT_ACCOUNT = frozenset({"S1", "S8"})
ALREADY = {
    "S9": "a certificate waits for cert1 or cert2",
    "S11": "submitted, waits for onsite1 or onsite2",
}
"""How far those are who have begun when the demonstration starts."""


def open_accounts(session: Session, now: datetime) -> None:
    """Open the accounts that are missing; those that are there stay as they are."""
    digest = None
    for person in candidates():
        id_number = identity.canonical_id_number(person.id_number)
        if accounts.of_id_number(session, id_number) is None:
            digest = digest or passwords.hash(PASSWORD)
            accounts.open_candidate(
                session,
                id_number=id_number,
                name=person.name,
                mobile=person.mobile,
                password_hash=digest,
                now=now,
            )
    for member in STAFF:
        if accounts.of_username(session, member.username) is None:
            digest = digest or passwords.hash(PASSWORD)
            accounts.open_staff(
                session,
                username=member.username,
                name=member.name,
                mobile=member.mobile,
                password_hash=digest,
                roles=member.roles,
                now=now,
                site_id=member.site_id,
            )


def candidates() -> Iterator[DemoCandidate]:
    """Those who have an account already."""
    return (person for person in CANDIDATES if person.key not in WITHOUT_ACCOUNT)


def sign_ins() -> Iterator[tuple[str, str, str, str]]:
    """Who can sign in, with what, as lines of a table: who, name, password, remark."""
    for person in CANDIDATES:
        if person.key in WITHOUT_ACCOUNT:
            facts = f"{person.name} · {person.id_number} · {person.mobile}"
            yield person.key, person.admission_number, "—", f"register first: {facts}"
        else:
            stands = ALREADY.get(person.key)
            note = f"{person.name} · {stands}" if stands else person.name
            yield person.key, person.admission_number, PASSWORD, note
    for member in STAFF:
        roles = ", ".join(member.roles)
        site = f" at {member.site_id}" if member.site_id else ""
        yield "staff", member.username, PASSWORD, f"{roles}{site}"
