"""Whom a document is about: what every one of them says at its head."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.cases.models import Case
from engine.clock import local
from engine.declaration import codes, identity, seats
from engine.declaration.models import Batch, Declaration
from engine.declaration.plan_reading import level_of
from engine.i18n import chosen
from engine.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Subject:
    number: str
    name: str
    id_number: str
    admission_number: str
    sex: str
    birth_date: date
    major_code: str
    major_name: str
    level_name: str
    plan_version: str
    category: str
    season: str
    site: str
    site_address: str
    batch: str
    declared_on: date

    @property
    def major(self) -> str:
        """Name and level; a level that has brackets of its own gets none round it."""
        if "（" in self.level_name:
            return f"{self.major_name}　{self.level_name}"
        return chosen(
            f"{self.major_name}（{self.level_name}）", f"{self.major_name} ({self.level_name})"
        )


def subject_of(session: Session, declaration: Declaration, now: datetime) -> Subject:
    entry, plan = declaration.entry, declaration.plan
    number = identity.canonical_id_number(entry.id_number or "")
    read = identity.read_id_number(number, local(now).date())
    seat = seats.seat_of(session, declaration.id)
    batch = seat.batch if seat else None
    return Subject(
        number=session.get_one(Case, declaration.case_id).number,
        name=entry.name or "",
        id_number=read.number,
        admission_number=entry.admission_number,
        sex=codes.label_of(codes.SEX, read.sex),
        birth_date=read.birth_date,
        major_code=plan.major_code,
        major_name=chosen(plan.major_name, plan.major_name_en),
        level_name=level_of(plan),
        plan_version=chosen(plan.version, plan.version_en),
        category=codes.label_of(codes.CATEGORIES, declaration.category),
        season=chosen(declaration.season.name, declaration.season.name_en),
        site=chosen(batch.site.name, batch.site.name_en) if batch else "",
        site_address=chosen(batch.site.address, batch.site.address_en) if batch else "",
        batch=batch_words(batch) if batch else "",
        declared_on=local(declaration.submitted_at or now).date(),
    )


def batch_words(batch: Batch) -> str:
    """`2026年3月12日 上午 第 1 批`."""
    half_day = codes.label_of(codes.HALF_DAYS, batch.half_day)
    ordinal = _("第 %(n)s 批", n=batch.number)
    written = batch.day
    day = chosen(
        f"{written.year}年{written.month}月{written.day}日",
        f"{written.day} {written:%B} {written.year}",
    )
    return f"{day} {half_day} {ordinal}"
