"""Who is told that a job was written: nobody, the threads of this process, or Procrastinate.

A carrier is attached to a database at start-up. Without one, jobs simply wait in the ledger for
`Worker.run_due`.
"""

from typing import Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from engine.db import Database
from engine.jobs.models import Job


class Carrier(Protocol):
    def carry(self, session: Session, job: Job) -> None:
        """See to it that the job is run at its time, if and only if the session commits."""
        ...


_attached: WeakKeyDictionary[Engine, Carrier] = WeakKeyDictionary()


def attach(database: Database, carrier: Carrier) -> None:
    """Let this carrier hear of every job written to the database from now on."""
    _attached[database.engine] = carrier


def detach(database: Database) -> None:
    _attached.pop(database.engine, None)


def carry(session: Session, job: Job) -> None:
    """Hand the job to the carrier of the session's database, if there is one."""
    carrier = _attached.get(session.get_bind().engine)
    if carrier:
        carrier.carry(session, job)
