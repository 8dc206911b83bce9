"""The plans that declarations are judged by, with substitutions and certificates, as data."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base
from engine.declaration.models.columns import one_of


class Level(StrEnum):
    JUNIOR_COLLEGE = "junior_college"
    UNDERGRADUATE = "undergraduate_topup"


class GroupKind(StrEnum):
    ALL = "all"
    CHOOSE = "choose"
    ADD_ON = "add_on"


class Plan(Base):
    """One version of a major's plan."""

    __tablename__ = "plan"
    __table_args__ = (one_of("level", Level),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    major_code: Mapped[str] = mapped_column(String(8), index=True)
    old_major_codes: Mapped[list[str]] = mapped_column(default=list)
    major_name: Mapped[str] = mapped_column(String(60))
    major_name_en: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(String(32))
    level_name: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    version_en: Mapped[str] = mapped_column(String(60))
    degree: Mapped[str | None] = mapped_column(String(40))
    min_courses: Mapped[int]
    min_credits: Mapped[int]
    pass_mark: Mapped[int]
    needs_prior_qualification: Mapped[bool]
    host_institution: Mapped[str | None] = mapped_column(String(60))
    provenance: Mapped[str] = mapped_column(String(1000))
    """Where the data comes from; demonstration data says so."""

    groups: Mapped[list["PlanGroup"]] = relationship(
        back_populates="plan", order_by="PlanGroup.position"
    )


class PlanGroup(Base):
    """Courses that are all needed, or some of which are; the minima may depend on a condition."""

    __tablename__ = "plan_group"
    __table_args__ = (UniqueConstraint("plan_id", "code"), one_of("kind", GroupKind))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    code: Mapped[str] = mapped_column(String(32))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    tag: Mapped[str | None] = mapped_column(String(32))
    min_courses: Mapped[int | None]
    min_credits: Mapped[int | None]
    max_courses: Mapped[int | None]
    conditional: Mapped[list[Any]] = mapped_column(default=list)
    """Minima that hold under a condition: `{"when", "min_courses", "min_credits"}`."""
    applies_when: Mapped[str | None] = mapped_column(String(40))
    prior_major_family: Mapped[list[str]] = mapped_column(default=list)
    counts_courses: Mapped[bool] = mapped_column(default=True)
    counts_credits: Mapped[bool] = mapped_column(default=True)

    plan: Mapped[Plan] = relationship(back_populates="groups")
    courses: Mapped[list["PlanCourse"]] = relationship(
        back_populates="group", order_by="PlanCourse.position"
    )


class PlanCourse(Base):
    """A slot of the plan; a practical part names its theory."""

    __tablename__ = "plan_course"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    group_id: Mapped[UUID] = mapped_column(ForeignKey("plan_group.id"), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(5))
    name: Mapped[str] = mapped_column(String(80))
    credits: Mapped[int]
    method: Mapped[str] = mapped_column(String(16))
    theory_code: Mapped[str | None] = mapped_column(String(5))
    is_graduation_work: Mapped[bool] = mapped_column(default=False)

    group: Mapped[PlanGroup] = relationship(back_populates="courses")


class Substitution(Base):
    """Old courses that count as new ones: all of `from_codes` give all of `to_codes`."""

    __tablename__ = "substitution"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    from_codes: Mapped[list[str]]
    to_codes: Mapped[list[str]]
    from_names: Mapped[list[str]] = mapped_column(default=list)
    to_names: Mapped[list[str]] = mapped_column(default=list)
    level: Mapped[str | None] = mapped_column(String(32))
    major_code: Mapped[str | None] = mapped_column(String(8))
    passed_before: Mapped[date | None]
    is_active: Mapped[bool] = mapped_column(default=True)


class CertificateType(Base):
    """A kind of certificate and the courses it can exempt from."""

    __tablename__ = "certificate_type"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(80))
    issuer: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    fields: Mapped[list[str]]
    """What the candidate states besides type and image (`cert_no`, `score`, `level` …)."""
    exempts: Mapped[list[str]]
    min_score: Mapped[int | None]
    levels: Mapped[list[str]] = mapped_column(default=list)
    is_enabled: Mapped[bool] = mapped_column(default=True)
