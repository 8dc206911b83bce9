"""Begin a declaration: inside a season's window, once a person and season, never twice a number."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases import Cases, Reply
from engine.cases.models import Case
from engine.declaration.accounts import entries_of
from engine.declaration.models import (
    Declaration,
    DeclarationState,
    Plan,
    RegistryEntry,
    Season,
)
from engine.declaration.plan_reading import level_of
from engine.errors import Conflict, NotFound
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.people import Person
from engine.people.models import Account

WORKFLOW = "graduation_declaration"
CORRECTION_WORKFLOW = "identity_correction"


@dataclass(frozen=True, slots=True)
class DeclarableEntry:
    """An admission number that its owner may declare with now."""

    admission_number: str
    plan_name: str


def open_season(session: Session, now: datetime) -> Season | None:
    """Return the season whose window is open; the one that closes first, if there are several."""
    return session.scalar(
        select(Season)
        .where(Season.opens_at <= now, Season.closes_at > now)
        .order_by(Season.closes_at, Season.id)
        .limit(1)
    )


def declarable_entries(session: Session, account_id: UUID) -> list[DeclarableEntry]:
    """Return the person's admission numbers that were not yet used for a graduation."""
    entries = entries_of(session, session.get_one(Account, account_id))
    return [
        DeclarableEntry(entry.admission_number, _plan_name(session, entry))
        for entry in entries
        if not _is_used(session, entry)
    ]


def begin(
    session: Session, cases: Cases, person: Person, *, admission_number: str, now: datetime
) -> Reply:
    """Open the case and its declaration; `Conflict` when one is open, or the window is shut."""
    season = open_season(session, now)
    if season is None:
        raise Conflict(_("现在不是申报时间，请留意下一次申报的通知。"))
    entry = _own_entry(session, person, admission_number)
    if _is_used(session, entry):
        raise Conflict(_("这个准考证号已经办理过毕业，不能再次申报。"))

    def add_declaration(case: Case) -> None:
        session.add(_declaration(case, entry, season, now))
        session.flush()

    return cases.start(
        session,
        workflow=WORKFLOW,
        owner_id=person.account_id,
        actor_id=person.account_id,
        scope=str(season.id),
        before=add_declaration,
    )


def _is_used(session: Session, entry: RegistryEntry) -> bool:
    """Tell whether a graduation is recorded, or a declaration passed that is not recorded yet."""
    passed = select(Declaration.id).where(
        Declaration.entry_id == entry.id, Declaration.state == DeclarationState.PASSED
    )
    return entry.graduated_on is not None or session.scalar(passed.limit(1)) is not None


def begin_correction(session: Session, cases: Cases, person: Person) -> Reply:
    """Open a request to correct a name or an ID number; one is open at a time."""
    already = session.scalar(
        select(Case.id).where(
            Case.workflow == CORRECTION_WORKFLOW,
            Case.owner_id == person.account_id,
            Case.closed_at.is_(None),
        )
    )
    if already is not None:
        raise Conflict(_("您已经有一件正在办理的身份信息更正，请从首页进入。"))
    return cases.start(
        session,
        workflow=CORRECTION_WORKFLOW,
        owner_id=person.account_id,
        actor_id=person.account_id,
        scope="correction",
    )


def _declaration(case: Case, entry: RegistryEntry, season: Season, now: datetime) -> Declaration:
    return Declaration(
        id=uuid4(),
        case_id=case.id,
        owner_id=case.owner_id,
        season_id=season.id,
        entry_id=entry.id,
        plan_id=entry.plan_id,
        state=DeclarationState.OPEN,
        opened_at=now,
        prior_needs_review=False,
    )


def _own_entry(session: Session, person: Person, admission_number: str) -> RegistryEntry:
    account = session.get_one(Account, person.account_id)
    for entry in entries_of(session, account):
        if entry.admission_number == admission_number:
            return entry
    raise NotFound(_("没有这个页面，或者您无权查看。"))


def _plan_name(session: Session, entry: RegistryEntry) -> str:
    plan = session.get_one(Plan, entry.plan_id)
    level = level_of(plan)
    return chosen(f"{plan.major_name}（{level}）", f"{plan.major_name_en} ({level})")
