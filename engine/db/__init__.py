"""Tables, sessions and encryption at rest, on SQLite and PostgreSQL alike."""

from engine.db.base import Base, UtcTime
from engine.db.envelope import Keyring, lookup_index, sealed
from engine.db.session import Database

__all__ = ["Base", "Database", "Keyring", "UtcTime", "lookup_index", "sealed"]
