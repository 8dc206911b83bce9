"""Everybody at once in front of one case, each with a browser of their own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select

from engine.cases.models import Case, CatchEvent, WorkItem
from engine.declaration import demo
from engine.files import File
from tests.webapp import site as sites
from tests.webapp.site import Site
from tests.webapp.stops import Walks
from tests.webapp.visitor import Visitor

COOKIES = ("bishen-candidate", "bishen-staff")
COLLEAGUES = {
    "cert1": "certificate",
    "cert2": "colleague",
    "operator": "operator",
    "operator2": "overseer",
    "auditor": "overseer",
}


@dataclass(frozen=True)
class Browser:
    """What a browser holds: its cookies, and the token that each entrance gave to it."""

    jar: Mapping[str, str]
    tokens: Mapping[str, str]

    def on(self, site: Site) -> Visitor:
        visitor = site.visitor()
        for name, value in self.jar.items():
            visitor.client.set_cookie(name, value)
        return visitor

    def token_for(self, address: str) -> str:
        return self.tokens["staff" if address.startswith("/staff") else "candidate"]


@dataclass(frozen=True)
class Crowd:
    """The home as it stands when everybody has signed in, and what their browsers hold."""

    home: Path
    now: datetime
    browsers: Mapping[str, list[Browser]]
    ids: Mapping[str, UUID]

    @contextmanager
    def gathered(self, folder: Path) -> Iterator[Site]:
        """A site of one's own, where everybody is signed in already."""
        settings = sites.settings_for(sites.copied(self.home, folder))
        with sites.opened(settings, self.now) as site:
            yield site

    def address(self, site: Site, method: str, endpoint: str) -> str:
        """The address of a view for this very case, its file and its work items."""
        is_staff = endpoint.startswith(("staff_tasks.", "review."))
        values = {
            **self.ids,
            "work_item_id": self.ids["staff" if is_staff else "candidate"],
            "issue_id": uuid4(),
            "incident_id": uuid4(),
            "job_id": uuid4(),
            "captcha_id": uuid4(),
            "key": "certificates",
            "action": "submit_certificate",
            "code": "nothing",
        }
        rule = next(r for r in site.app.url_map.iter_rules(endpoint) if method in r.methods)
        named = {name: values[name] for name in rule.arguments}
        return site.app.url_map.bind("localhost").build(endpoint, named, method=method)


def gather(walks: Walks, folder: Path) -> Crowd:
    """Let everybody sign in, and one reviewer take the case of S5 in hand."""
    with walks.go_on("certificate review", folder) as (site, owner):
        site.clock.advance(seconds=61)
        present = {
            "anonymous": [site.visitor()],
            "unverified": [site.candidate("S5")],
            "owner": [owner],
            "stranger": [site.verified("S3")],
            "certificate": [],
            "colleague": [],
            "operator": [],
            "overseer": [],
            "staff": [],
        }
        for member in demo.STAFF:
            kind = COLLEAGUES.get(member.username, "staff")
            present[kind].append(site.staff(member.username))
        present["certificate"][0].press("领取下一件")
        browsers = {who: [_browser(v) for v in visitors] for who, visitors in present.items()}
        return Crowd(folder / "home", site.clock.now(), browsers, _ids(site))


def _ids(site: Site) -> dict[str, UUID]:
    with site.engine.database.read() as session:
        case = session.scalars(select(Case)).one()
        items = {item.element: item.id for item in session.scalars(select(WorkItem))}
        offered = session.scalars(
            select(CatchEvent).where(CatchEvent.offered_to == "candidate")
        ).first()
        file = session.scalars(select(File).where(File.case_id == case.id)).first()
        return {
            "candidate": items["review_scores"],
            "staff": items["review_certificates"],
            "case_id": case.id,
            "catch_event_id": offered.id,
            "file_id": file.id,
        }


def _browser(visitor: Visitor) -> Browser:
    tokens = {
        "candidate": visitor.open("/help").value("csrf_token") or "",
        "staff": visitor.open("/staff/").value("csrf_token") or "",
    }
    return Browser({name: visitor.cookie(name) or "" for name in COOKIES}, tokens)
