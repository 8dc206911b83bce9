"""A process of the product with traps in it: `python -m tests.crash.victim web|worker|migrate`."""

import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial

from flask import Flask
from granian import Granian

from engine import bootstrap
from engine.cli import main, serving
from engine.jobs import Handler, procrastinate
from engine.settings import Settings
from tests.crash.points import Trap, install
from webapp import wsgi

LEASE = timedelta(seconds=8)
"""Leases end sooner than in the product, so that a run sees many of them end."""


def create() -> Flask:
    """What the server loads in its own process."""
    prepare("web")
    return wsgi.create()


def prepare(role: str) -> None:
    install(role, Trap(Settings().home))
    reporting = bootstrap._reporting

    def hasty(*given: object) -> dict[str, Handler]:
        return {kind: replace(found, lease=LEASE) for kind, found in reporting(*given).items()}

    bootstrap._reporting = hasty
    procrastinate.OVERDUE, procrastinate.EVERY_TWENTY_SECONDS = timedelta(seconds=4), "* * * * * */4"


def run(role: str) -> None:
    if role == "web":
        serving.Granian = lambda _target, **more: partial(Granian, f"{__spec__.name}:create")(**more)
    else:
        prepare(role)
    main([role])


if __name__ == "__main__":
    run(sys.argv[1])
