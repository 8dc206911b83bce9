"""The demonstration's data: loaded once however often, open whenever it is loaded."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from engine.db import Base
from engine.declaration import demo
from engine.declaration.identity import read_id_number
from engine.declaration.models import (
    Batch,
    RegistryEntry,
    ScoreRecord,
    Season,
    Seat,
    SeatState,
)
from engine.declaration.plan_reading import (
    certificate_rules,
    course_names,
    plan_rules,
    substitution_rules,
)
from engine.people.person import Role
from tests.conftest import START
from tests.declaration.demo.rules import demo_plan, demo_rules


@pytest.fixture
def loaded(database):
    with database.write() as session:
        demo.load(session, START)
    return database


def counts(session) -> dict[str, int]:
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
    }


def test_loading_again_adds_nothing(loaded):
    with loaded.read() as session:
        before = counts(session)
    with loaded.write() as session:
        demo.load(session, START + timedelta(hours=20))
    with loaded.read() as session:
        assert counts(session) == before


def test_what_is_loaded_is_what_the_rules_read(loaded):
    with loaded.read() as session:
        assert plan_rules(session, "DEMO-SD-120402") == demo_plan("DEMO-SD-120402")
        assert substitution_rules(session) == tuple(sorted(demo_rules(), key=lambda r: r.id))
        assert course_names(session)["00139"] == "西方经济学"
        assert "初级会计专业技术资格" not in [r.name for r in certificate_rules(session)]


def test_everyone_is_registered_with_every_score(loaded):
    with loaded.read() as session:
        for person in demo.CANDIDATES:
            entry = session.scalar(
                select(RegistryEntry).where(
                    RegistryEntry.admission_number == person.admission_number
                )
            )
            assert (entry.name, entry.id_number) == (person.name, person.id_number)
            assert len(entry.scores) == len(person.numbers[0].scores)
        assert all(s.passed_on < date(2026, 1, 1) for s in session.scalars(select(ScoreRecord)))


def test_both_numbers_of_one_person_are_found_together(loaded):
    with loaded.read() as session:
        rows = session.scalars(
            select(RegistryEntry.admission_number)
            .where(
                RegistryEntry.id_number_index.in_(
                    select(RegistryEntry.id_number_index).where(
                        RegistryEntry.admission_number == "020119200002"
                    )
                )
            )
            .order_by(RegistryEntry.admission_number)
        )
        assert list(rows) == ["020115200777", "020119200002"]


def test_the_first_batch_has_one_seat_left_and_the_second_none(loaded):
    with loaded.read() as session:
        batches = session.scalars(
            select(Batch).where(Batch.site_id == "shinan").order_by(Batch.number)
        ).all()
        assert [batch.seats_left for batch in batches[:3]] == [1, 0, 38]


def test_the_counters_agree_with_the_seats(loaded):
    with loaded.read() as session:
        for batch in session.scalars(select(Batch)):
            seats = session.scalar(
                select(func.count()).where(
                    Seat.batch_id == batch.id, Seat.state != SeatState.RELEASED
                )
            )
            assert seats == batch.taken


@pytest.mark.parametrize("days", [0, 1, 29, 100, 400])
def test_the_season_is_open_and_offers_seats_whenever_it_is_loaded(sqlite, days):
    with sqlite.write() as session:
        demo.load(session, START)
    now = START + timedelta(days=days)
    with sqlite.write() as session:
        demo.load(session, now)
    with sqlite.read() as session:
        assert session.scalars(select(Season)).one().is_open(now + timedelta(days=29))
        for site in ("shinan", "laoshan", "huangdao"):
            offered = session.scalars(select(Batch).where(Batch.site_id == site)).all()
            assert any(b.is_offered(now) and b.seats_left > 30 for b in offered)


def test_every_role_has_an_account():
    assert {role for member in demo.STAFF for role in member.roles} == set(Role) - {Role.CANDIDATE}
    assert len({member.username for member in demo.STAFF}) == len(demo.STAFF)


@pytest.mark.parametrize("person", demo.CANDIDATES, ids=lambda person: person.key)
def test_every_id_number_is_valid(person):
    assert read_id_number(person.id_number, START.date()).area_is_known
