"""Put the demonstration's data into a database; loading again adds nothing twice."""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.declaration.demo.plans import load_plans
from engine.declaration.demo.registry import load_registry
from engine.declaration.demo.seasons import load_season


def load(session: Session, now: datetime) -> None:
    """Load plans, people, and a season that is open at `now`."""
    load_plans(session)
    load_registry(session)
    load_season(session, now)
