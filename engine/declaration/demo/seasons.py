"""An open season with sites and batches; each load keeps it open and adds batches to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.clock import SHANGHAI, local
from engine.declaration.models import Batch, HalfDay, ReviewSite, Season, Seat, SeatState

CODE = "demo"
LASTS = timedelta(days=45)
AT_LEAST = timedelta(days=30)
FIRST_BATCH = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class DemoSite:
    id: str
    name: str
    name_en: str
    address: str
    address_en: str
    taken: tuple[int, ...]
    """Seats already taken in its first batches: the first has one left, the second none."""


SITES = (
    DemoSite(
        "shinan",
        "市南区现场审核点",
        "Shinan review site",
        "市南区演示路1号",
        "1 Yanshi Road, Shinan",
        (59, 60, 22, 5, 0, 0, 0, 0),
    ),
    DemoSite(
        "laoshan",
        "崂山区现场审核点",
        "Laoshan review site",
        "崂山区演示路2号",
        "2 Yanshi Road, Laoshan",
        (31, 12, 0, 0, 0, 0),
    ),
    DemoSite(
        "huangdao",
        "黄岛区现场审核点",
        "Huangdao review site",
        "黄岛区演示路3号",
        "3 Yanshi Road, Huangdao",
        (17, 0, 0, 0),
    ),
)


def load_season(session: Session, now: datetime) -> None:
    season = session.scalar(select(Season).where(Season.code == CODE)) or _begin(session, now)
    if season.closes_at < now + AT_LEAST:
        season.closes_at = now + LASTS
    for site in SITES:
        if session.get(ReviewSite, site.id) is None:
            session.add(_site(site))
            session.flush()
        _keep_offering(session, season, site, now)
    session.flush()


def _begin(session: Session, now: datetime) -> Season:
    today = local(now).date()
    half, half_en = ("上半年", "first half") if today.month <= 6 else ("下半年", "second half")
    season = Season(
        code=CODE,
        name=f"{today.year}年{half}",
        name_en=f"{today.year}, {half_en}",
        opens_at=now - timedelta(days=7),
        closes_at=now + LASTS,
    )
    session.add(season)
    session.flush()
    return season


def _site(site: DemoSite) -> ReviewSite:
    return ReviewSite(
        id=site.id,
        name=site.name,
        name_en=site.name_en,
        address=site.address,
        address_en=site.address_en,
    )


def _keep_offering(session: Session, season: Season, site: DemoSite, now: datetime) -> None:
    """Open the site's batches once, and a new set of empty ones when the last is near."""
    count, last = session.execute(
        select(func.count(), func.max(Batch.day)).where(
            Batch.season_id == season.id, Batch.site_id == site.id
        )
    ).one()
    start = local(now).date() + FIRST_BATCH
    if last is not None and last >= start:
        return
    taken = site.taken if not count else (0,) * len(site.taken)
    for number, (day, half), seats in zip(
        range(count + 1, count + 1 + len(taken)), _half_days(start), taken, strict=False
    ):
        batch = _batch(season, site, number, day, half, now)
        session.add(batch)
        session.flush()
        _give_away(session, batch, seats, now)


def _batch(
    season: Season, site: DemoSite, number: int, day: date, half: HalfDay, now: datetime
) -> Batch:
    evening_before = datetime.combine(day - timedelta(days=1), time(18), SHANGHAI)
    return Batch(
        season_id=season.id,
        site_id=site.id,
        number=number,
        day=day,
        half_day=half,
        opens_at=min(season.opens_at, now),
        closes_at=evening_before.astimezone(UTC),
    )


def _give_away(session: Session, batch: Batch, count: int, now: datetime) -> None:
    """Take seats for people who came to the counter: they have no declaration here."""
    batch.taken = count
    session.add_all(_counter_seat(batch.id, batch.season_id, now) for _ in range(count))


def _counter_seat(batch_id: UUID, season_id: UUID, now: datetime) -> Seat:
    return Seat(batch_id=batch_id, season_id=season_id, state=SeatState.FINAL, taken_at=now)


def _half_days(start: date) -> Iterator[tuple[date, HalfDay]]:
    """Yield mornings and afternoons of working days."""
    day = start
    while True:
        if day.weekday() < 5:
            yield day, HalfDay.MORNING
            yield day, HalfDay.AFTERNOON
        day += timedelta(days=1)
