"""Personal data and secrets of a whole walk turn up nowhere they have no business to be."""

import json
import logging
import sqlite3
from dataclasses import dataclass, field

import pytest
import structlog
import zstandard
from sqlalchemy import select

from engine.cases.models import CaseState, Event, Incident
from engine.declaration import demo
from engine.jobs import Job
from tests.webapp import site as sites
from tests.webapp import walk
from tests.webapp.site import Site, person
from tests.webapp.test_faults import failing, replace_service
from tests.webapp.visitor import Visitor

ADDRESS = "市南区金丝雀路77号9单元"
CANARIES = {
    "password": demo.PASSWORD,
    "name": person("S10").name,
    "id number": person("S10").id_number,
    "mobile": person("S10").mobile,
    "address": ADDRESS,
}


@dataclass
class Walked:
    """A walk from beginning to end, with all that was logged on the way."""

    site: Site
    visitor: Visitor
    codes: list[str]
    logged: list[object]
    addresses: list[str] = field(default_factory=list)

    def found_in(self, content: object) -> list[str]:
        """The canaries that sing in this content."""
        said = content if isinstance(content, bytes) else str(content).encode()
        names = {**CANARIES, **{f"code {n}": code for n, code in enumerate(self.codes)}}
        return sorted(name for name, canary in names.items() if canary.encode() in said)


class Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture(scope="module")
def walked(prepared_home, tmp_path_factory):
    """S10 declares from beginning to end and falls over a fault on the way."""
    home, listener = sites.copied(prepared_home, tmp_path_factory.mktemp("canaries")), Listener()
    logging.getLogger().addHandler(listener)
    with sites.opened(sites.settings_for(home)) as site, structlog.testing.capture_logs() as lines:
        visitor, codes = declare(site)
        yield Walked(site, visitor, codes, [*lines, *listener.said], visitor.addresses)
    logging.getLogger().removeHandler(listener)


def declare(site):
    visitor = walk.walk(site, "S10", walk.CODE)
    codes = [site.code("S10")]
    visitor.press("提交", code="000000")
    visitor.press("提交", code=codes[0])
    visitor.press("下一步")
    fall_over(site, visitor)
    walk.apply_as(visitor, "junior_college")
    visitor.press("下一步")
    visitor.press("outcome=confirm")
    walk.upload_photo(visitor)
    typed, files = walk.information("S10")
    visitor.press("下一步", files, status=422, **{**typed, "phone": "1"})
    visitor.press("下一步", files, **{**typed, "home_address": ADDRESS})
    walk.choose_pick_up(site, visitor, "S10")
    site.engine.worker.run_due()
    reviewer = site.staff("onsite2")
    reviewer.press("领取下一件")
    assert ADDRESS in reviewer.page.main
    visitor.open("/home")
    visitor.open("/corrections")
    visitor.addresses += reviewer.addresses
    return visitor, codes


def fall_over(site, visitor):
    working, item = site.engine.cases._house, visitor.page.path
    replace_service(site, "declaration.reserve_seat", failing)
    batch = walk.option(visitor, "batch", "崂山区现场审核点 · 第 3 批")
    visitor.press("下一步", category="junior_college", batch=batch, status=500)
    site.engine.cases._house = working
    visitor.open(item)


def rows(walked, table):
    with walked.site.engine.database.read() as session:
        return session.scalars(select(table)).all()


def test_the_scan_finds_what_is_there(walked):
    file = walked.site.engine.settings.home / "bishen.db"
    assert walked.found_in(f"x{ADDRESS}y{walked.codes[0]}") == ["address", "code 0"]
    assert b"graduation_declaration" in file.read_bytes()


def test_no_log_holds_them(walked):
    assert any("request failed" in str(line) for line in walked.logged)
    assert walked.found_in(walked.logged) == []


def test_no_event_job_incident_or_state_holds_them(walked):
    events = [json.dumps(event.detail, ensure_ascii=False) for event in rows(walked, Event)]
    jobs = [(job.kind, job.payload, job.error) for job in rows(walked, Job)]
    causes = [(incident.cause, incident.element) for incident in rows(walked, Incident)]
    assert events
    assert jobs
    assert causes
    assert walked.found_in((events, jobs, causes)) == []
    for state in rows(walked, CaseState):
        text = zstandard.ZstdDecompressor().decompressobj().decompress(state.content[1:])
        assert b"apply" in text
        assert walked.found_in(text) == []


def test_no_address_and_no_cookie_holds_them(walked):
    assert len(walked.addresses) > 20
    assert walked.found_in(walked.addresses) == []
    assert walked.found_in(walked.visitor.cookie()) == []


def test_no_file_of_the_installation_holds_them_in_the_open(walked):
    home = walked.site.engine.settings.home
    files = {file: walked.found_in(file.read_bytes()) for file in home.rglob("*") if file.is_file()}
    assert len(files) > 3
    assert {file.name: names for file, names in files.items() if names} == {}


def test_no_column_holds_them_in_the_open(walked):
    """As the scan of the file, but by table, so that a finding says where to look."""
    connection = sqlite3.connect(walked.site.engine.database.url.database)
    tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    seen = {
        (table, name)
        for table in tables
        for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of ours
        for value in row
        for name in walked.found_in(value if value is not None else "")
    }
    connection.close()
    assert len(tables) > 30
    assert seen == set()
