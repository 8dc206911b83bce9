"""Bring a database to the shape that this version of the product needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.db.session import Database

SCRIPTS = Path(__file__).parent / "migrations"


class SchemaIsOld(RuntimeError):
    """The database is not at the newest migration; run `bishen migrate`."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Run every migration that is missing, each in a transaction of its own."""
    with database.engine.begin() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def require_newest(database: Database) -> None:
    """Refuse to serve on a schema that is not this version's."""
    with database.engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    if here != newest:
        raise SchemaIsOld(f"the database is at {here}, this version needs {newest}")


def configuration() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("version_path_separator", "os")
    return config
