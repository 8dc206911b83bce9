"""The engine that this application was made for."""

from typing import cast

from flask import current_app

from engine.bootstrap import Engine


def engine() -> Engine:
    return cast("Engine", current_app.extensions["bishen"])
