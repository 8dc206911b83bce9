"""Remove contents that no row speaks of: uploads that were broken off before their commit."""

from datetime import datetime

from sqlalchemy import select

from engine.db import Database
from engine.files.models import File
from engine.files.store import FileStore


def sweep_orphans(database: Database, store: FileStore, *, now: datetime) -> int:
    """Remove orphans older than two days, unfinished writes after an hour; return how many."""
    # What is written while we look is younger than that, so no transaction is held meanwhile.
    with database.read() as session:
        known = set(session.scalars(select(File.sha256).distinct().order_by(File.sha256)))
    return store.remove_others(known, now=now)
