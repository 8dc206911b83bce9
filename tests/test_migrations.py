"""The schema of an installation is what its migrations make, and nothing else."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.cases.models import OperatorAct
from engine.db import Base, Database, migrate
from engine.db.tables import import_tables
from tests.cases.world import World
from tests.support.databases import empty_database


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request, tmp_path):
    import_tables()
    with empty_database(request, tmp_path) as address:
        database = Database(address)
        migrate.upgrade(database)
        yield database
        database.close()


def test_every_table_has_a_migration(migrated):
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _i, name, *_: not (name or "").startswith("procrastinate")
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(migrated):
    migrate.upgrade(migrated)
    migrate.require_newest(migrated)


def test_an_old_schema_is_refused(sqlite):
    with pytest.raises(migrate.SchemaIsOld):
        migrate.require_newest(sqlite)


@pytest.mark.parametrize("statement", ["UPDATE event SET kind = 'x'", "DELETE FROM event"])
def test_a_line_of_the_audit_can_be_neither_changed_nor_removed(
    migrated, clock, tmp_path, statement
):
    World(migrated, clock, tmp_path / "files").start()
    with pytest.raises(DBAPIError, match="only grows"), migrated.write() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement", ["UPDATE operator_act SET kind = 'x'", "DELETE FROM operator_act"]
)
def test_what_an_operator_did_can_be_neither_changed_nor_removed(
    migrated, clock, tmp_path, statement
):
    world = World(migrated, clock, tmp_path / "files")
    with migrated.write() as session:
        session.add(
            OperatorAct(at=clock.now(), actor_id=world.reviewer.account_id, kind="job retried")
        )
    with pytest.raises(DBAPIError, match="only grows"), migrated.write() as session:
        session.execute(text(statement))
