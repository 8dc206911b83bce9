"""A process of the product with traps in it: `python -m tests.crash.victim web|worker|migrate`."""

import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask
from granian import Granian

from engine import bootstrap
from engine.cli import main, serving
from engine.jobs import Handler, procrastinate
from engine.payments import orders
from engine.settings import Settings
from tests.crash import seeded, traps
from tests.crash.points import Trap
from webapp import wsgi

SOONER = 4
"""How much sooner than in the product leases end and payments are asked about: a run is short."""
EVERY_FOUR_SECONDS = "* * * * * */4"
OVERDUE = timedelta(seconds=4)


def create() -> Flask:
    """What the server loads in its own process."""
    prepare("web")
    return wsgi.create()


def prepare(role: str) -> None:
    home = Settings().home
    traps.install(role, Trap(home))
    seeded.seed(home)
    _hurry()


def _hurry() -> None:
    """Let what a dead worker held, and what no notice told, be taken up within seconds."""
    reporting = bootstrap._reporting

    def hasty(*given: Any) -> dict[str, Handler]:
        return {
            kind: replace(found, lease=found.lease / SOONER)
            for kind, found in reporting(*given).items()
        }

    bootstrap._reporting = hasty
    procrastinate.EVERY_TWENTY_SECONDS, procrastinate.OVERDUE = EVERY_FOUR_SECONDS, OVERDUE
    orders.ASKED_AFTER = tuple(after / SOONER for after in orders.ASKED_AFTER)


def _server(_target: str, **more: Any) -> Granian:
    return Granian(f"{__spec__.name}:create", **more)


def run(role: str) -> None:
    if role == "web":
        serving.Granian = _server
    else:
        prepare(role)
    main([role])


if __name__ == "__main__":
    run(sys.argv[1])
