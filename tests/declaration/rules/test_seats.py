"""Seats: the last one goes to one person, a new one is taken before the old one is let go."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from engine.declaration import seats
from engine.declaration.demo.plans import load_plans
from engine.declaration.models import (
    Batch,
    Declaration,
    HalfDay,
    RegistryEntry,
    ReviewSite,
    Season,
    Seat,
    SeatState,
)
from engine.declaration.seats import BatchClosed, SeatLost, SeatTaken
from tests.conftest import START

HELD_UNTIL = START + timedelta(hours=72)


@pytest.fixture
def loaded(database):
    """One season, one site, four batches: one seat left, none, 38, 55."""
    with database.write() as session:
        load_plans(session)
        season, site = make_season(), make_site()
        session.add_all([season, site])
        session.flush()
        for number, count in enumerate((59, 60, 22, 5), 1):
            batch = make_batch(season, site, number, count)
            session.add(batch)
            session.flush()
            session.add_all(make_seat(batch) for _ in range(count))
    return database


def make_season() -> Season:
    days = timedelta(days=1)
    return Season(
        code="s", name="季", name_en="s", opens_at=START - days, closes_at=START + 45 * days
    )


def make_site() -> ReviewSite:
    return ReviewSite(id="shinan", name="市南", name_en="Shinan", address="路", address_en="Road")


def make_batch(season: Season, site: ReviewSite, number: int, count: int) -> Batch:
    return Batch(
        season_id=season.id,
        site_id=site.id,
        number=number,
        day=START.date() + timedelta(days=10 + number),
        half_day=HalfDay.MORNING,
        taken=count,
        opens_at=season.opens_at,
        closes_at=START + timedelta(days=10),
    )


def make_seat(batch: Batch, declaration_id: UUID | None = None) -> Seat:
    return Seat(
        batch_id=batch.id,
        season_id=batch.season_id,
        declaration_id=declaration_id,
        state=SeatState.FINAL,
        taken_at=START,
    )


@pytest.fixture
def batches(loaded) -> list[UUID]:
    with loaded.read() as session:
        return list(session.scalars(select(Batch.id).order_by(Batch.number)))


def declare(database, count: int = 1) -> list[UUID]:
    """Start declarations of so many people, and return their ids."""
    with database.write() as session:
        season = session.scalars(select(Season)).one()
        entries = [make_entry(number) for number in range(count)]
        session.add_all(entries)
        session.flush()
        made = [make_declaration(season, entry) for entry in entries]
        session.add_all(made)
        return [declaration.id for declaration in made]


def make_entry(number: int) -> RegistryEntry:
    return RegistryEntry(
        admission_number=f"02012010{number:04}",
        id_number_index=f"{number}",
        name_index="n",
        plan_id="JS2024-120402",
    )


def make_declaration(season: Season, entry: RegistryEntry) -> Declaration:
    return Declaration(
        case_id=uuid4(),
        owner_id=uuid4(),
        season_id=season.id,
        entry_id=entry.id,
        plan_id=entry.plan_id,
        opened_at=START,
    )


def hold(database, declaration_id: UUID, batch_id: UUID, *, now=START, held_until=HELD_UNTIL):
    with database.write() as session:
        declaration = session.get(Declaration, declaration_id)
        return seats.hold(session, declaration, batch_id, now=now, held_until=held_until).id


def taken(database, batch_id: UUID) -> int:
    """Return the counter, after comparing it with the seats that count."""
    with database.read() as session:
        counter = session.get(Batch, batch_id).taken
        rows = session.scalar(
            select(func.count()).where(Seat.batch_id == batch_id, Seat.state != SeatState.RELEASED)
        )
        assert counter == rows
        return counter


def test_the_last_seat_goes_to_exactly_one_of_many(loaded, batches):
    people = declare(loaded, 24)

    def run(person: UUID) -> bool:
        try:
            hold(loaded, person, batches[0])
        except SeatTaken:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(run, people)) == 1
    assert taken(loaded, batches[0]) == 60


def test_people_who_swap_batches_never_wait_for_each_other(loaded, batches):
    people = declare(loaded, 16)
    there, here = batches[2], batches[3]
    for place, person in enumerate(people):
        hold(loaded, person, (there, here)[place % 2])
    before = taken(loaded, there) + taken(loaded, here)

    def swap(place: int) -> None:
        hold(loaded, people[place], (here, there)[place % 2])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(swap, range(len(people))))
    assert taken(loaded, there) + taken(loaded, here) == before


def test_a_full_batch_leaves_the_old_seat_as_it_was(loaded, batches):
    (person,) = declare(loaded)
    first = hold(loaded, person, batches[2])
    with pytest.raises(SeatTaken):
        hold(loaded, person, batches[1])
    with loaded.read() as session:
        assert seats.seat_of(session, person).id == first
    assert (taken(loaded, batches[1]), taken(loaded, batches[2])) == (60, 23)


def test_a_new_seat_lets_go_of_the_old_one(loaded, batches):
    (person,) = declare(loaded)
    hold(loaded, person, batches[2])
    hold(loaded, person, batches[3])
    assert (taken(loaded, batches[2]), taken(loaded, batches[3])) == (22, 6)


def test_asking_twice_for_one_batch_gives_the_same_seat_held_no_longer(loaded, batches):
    (person,) = declare(loaded)
    first = hold(loaded, person, batches[2])
    again = hold(loaded, person, batches[2], held_until=HELD_UNTIL + timedelta(hours=72))
    assert first == again
    assert taken(loaded, batches[2]) == 23
    with loaded.read() as session:
        assert seats.seat_of(session, person).held_until == HELD_UNTIL


def test_a_seat_is_released_exactly_once(loaded, batches):
    (person,) = declare(loaded)
    hold(loaded, person, batches[2])
    with loaded.write() as session:
        assert seats.release(session, person, now=START) is True
        assert seats.release(session, person, now=START) is False
    assert taken(loaded, batches[2]) == 22


def test_whoever_saw_the_seat_before_it_was_released_does_not_release_it_again(loaded, batches):
    (person,) = declare(loaded)
    hold(loaded, person, batches[2])
    with loaded.open_write() as late:
        seen = seats.seat_of(late, person)
        late.commit()
        with loaded.write() as session:
            assert seats.release(session, person, now=START) is True
        assert seats._let_go(late, seen, START) is False
        late.commit()
    assert taken(loaded, batches[2]) == 22


def test_a_held_seat_becomes_final_and_stays_so(loaded, batches):
    (person,) = declare(loaded)
    hold(loaded, person, batches[2])
    for _ in range(2):
        with loaded.write() as session:
            seat = seats.make_final(session, person, now=START)
            assert (seat.state, seat.held_until) == (SeatState.FINAL, None)


@pytest.mark.parametrize("hours", [None, 72])
def test_what_is_no_longer_held_cannot_become_final(loaded, batches, hours):
    (person,) = declare(loaded)
    if hours:
        hold(loaded, person, batches[2])
    with loaded.write() as session, pytest.raises(SeatLost):
        seats.make_final(session, person, now=START + timedelta(hours=hours or 0))


@pytest.mark.parametrize("days", [-8, 60], ids=["before it opens", "after it closes"])
def test_a_batch_outside_its_time_is_not_offered(loaded, batches, days):
    (person,) = declare(loaded)
    with pytest.raises(BatchClosed):
        hold(loaded, person, batches[2], now=START + timedelta(days=days))


def test_a_cancelled_batch_is_not_offered(loaded, batches):
    (person,) = declare(loaded)
    with loaded.write() as session:
        session.get(Batch, batches[2]).cancelled_at = START
    with pytest.raises(BatchClosed):
        hold(loaded, person, batches[2])
    with loaded.read() as session:
        season = session.scalars(select(Season)).one()
        assert batches[2] not in [b.id for b in seats.batches_of(session, season.id, START)]


def test_a_batch_that_does_not_exist_is_not_offered(loaded):
    (person,) = declare(loaded)
    with pytest.raises(BatchClosed):
        hold(loaded, person, uuid4())


@pytest.mark.parametrize("count", [61, -1])
def test_the_table_itself_refuses_an_impossible_count(loaded, batches, count):
    with pytest.raises(IntegrityError), loaded.write() as session:
        session.get(Batch, batches[0]).taken = count


def test_capacity_is_not_lowered_below_what_is_taken(loaded, batches):
    with pytest.raises(IntegrityError), loaded.write() as session:
        session.get(Batch, batches[0]).capacity = 58


def test_two_seats_of_one_declaration_are_refused_by_the_table(loaded, batches):
    (person,) = declare(loaded)
    hold(loaded, person, batches[2])
    with loaded.read() as session:
        other = session.get(Batch, batches[3])
    with pytest.raises(IntegrityError), loaded.write() as session:
        session.add(make_seat(other, person))
