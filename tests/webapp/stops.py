"""Walks that several tests go on from: walked once, then every test gets a copy of its own."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.webapp import site as sites
from tests.webapp import walk
from tests.webapp.site import Site
from tests.webapp.visitor import Visitor

Begin = Callable[[Site], Visitor]


@dataclass(frozen=True)
class Stop:
    """A home as the walk left it, the moment, and the candidate's browser."""

    home: Path
    now: datetime
    address: str
    cookie: str


def at(key: str, title: str) -> Begin:
    return lambda site: walk.walk(site, key, title)


def with_certificate(site: Site) -> Visitor:
    """S5, whose certificate waits for a reviewer."""
    visitor = walk.walk(site, "S5", walk.REVIEW)
    walk.submit_certificate(visitor, "S5")
    return visitor


def undergraduate(site: Site) -> Visitor:
    """S1, in front of the longest form there is."""
    walk.register(site, "S1")
    return walk.walk(site, "S1", walk.INFORMATION)


STOPS: Mapping[str, Begin] = {
    "consolidation": at("S10", walk.CONSOLIDATION),
    "application": at("S10", walk.APPLICATION),
    "information": undergraduate,
    "printing": at("S10", walk.PRINTING),
    "certificate review": with_certificate,
}


@dataclass
class Walks:
    """What has been walked so far."""

    prepared: Path
    folder: Path
    left: dict[str, Stop] = field(default_factory=dict)

    @contextmanager
    def go_on(self, name: str, folder: Path) -> Iterator[tuple[Site, Visitor]]:
        stop = self.left.get(name) or self._walk(name)
        settings = sites.settings_for(sites.copied(stop.home, folder))
        with sites.opened(settings, stop.now) as site:
            visitor = site.visitor()
            visitor.client.set_cookie("bishen-candidate", stop.cookie)
            visitor.open(stop.address)
            yield site, visitor

    def _walk(self, name: str) -> Stop:
        home = sites.copied(self.prepared, self.folder / name.replace(" ", "-"))
        with sites.opened(sites.settings_for(home)) as site:
            visitor = STOPS[name](site)
            site.engine.worker.run_due()
            now, address = site.clock.now(), visitor.page.path
            self.left[name] = Stop(home, now, address, visitor.cookie() or "")
        return self.left[name]
