"""What a server loads: the application on the engine that the settings describe."""

from flask import Flask

from engine.bootstrap import build
from engine.db import migrate
from engine.settings import Settings
from webapp.app import create_app


def create() -> Flask:
    """Return the application; on SQLite its threads carry the jobs as well, if so chosen."""
    settings = Settings()
    engine = build(settings)
    migrate.require_newest(engine.database)
    engine.publish_at_start()
    engine.plan_the_night()
    if settings.workers and engine.database.is_sqlite:
        engine.worker.start(settings.workers)
    return create_app(engine)
