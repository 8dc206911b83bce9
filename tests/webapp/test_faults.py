"""When something goes wrong there is a page that says what to do, and nothing is lost."""

import dataclasses
import fcntl
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from engine.cases.models import Case, Incident, WorkItem
from engine.db import turns
from engine.declaration.components.photo import PhotoComponent
from tests.webapp import walk
from tests.webapp.site import person

SECRET = "市南区不可外传路9号"


def rows(site, table):
    with site.engine.database.read() as session:
        return session.scalars(select(table)).all()


def replace_service(site, name, function):
    """Put another function behind a service of the diagrams."""
    house = site.engine.cases._house
    services = {**house.services, name: function}
    site.engine.cases._house = dataclasses.replace(house, services=services)


def failing(context, **params):
    raise LookupError(f"cannot work with {SECRET}")


def test_a_failing_service_leaves_the_case_and_keeps_what_was_typed(go_on, capsys):
    site, visitor = go_on("application")
    (before,) = rows(site, Case)
    replace_service(site, "declaration.reserve_seat", failing)
    item = visitor.page.path
    batch = walk.option(visitor, "batch", "崂山区现场审核点 · 第 3 批")
    page = visitor.press("下一步", category="junior_college", batch=batch, status=500)
    assert "错误 500" in page.main
    assert SECRET not in page.answer.text
    (after,) = rows(site, Case)
    assert (after.version, after.event_count) == (before.version, before.event_count)
    (incident,) = rows(site, Incident)
    assert (incident.case_id, incident.element) == (after.id, "reserve_seat")
    assert incident.cause == "builtins.LookupError"
    assert SECRET not in capsys.readouterr().out
    visitor.open(item)
    assert visitor.page.value("category") == "junior_college"
    assert visitor.page.value("batch") == batch


def test_once_the_service_works_again_the_draft_goes_on(go_on):
    site, visitor = go_on("application")
    right, item = site.engine.cases, visitor.page.path
    working = right._house
    replace_service(site, "declaration.reserve_seat", failing)
    batch = walk.option(visitor, "batch", "崂山区现场审核点 · 第 3 批")
    visitor.press("下一步", category="junior_college", batch=batch, status=500)
    site.engine.cases._house = working
    visitor.open(item)
    visitor.press("下一步")
    assert visitor.page.title == walk.REVIEW


def test_a_fault_outside_the_process_keeps_what_was_typed_as_well(go_on, monkeypatch):
    site, visitor = go_on("information")

    def broken(*_args, **_more):
        raise KeyError(SECRET)

    monkeypatch.setattr(PhotoComponent, "act", broken)
    item = visitor.page.path
    page = visitor.press(
        "上传照片", {"photo.image": walk.portrait()}, native_place="山东即墨", status=500
    )
    assert SECRET not in page.answer.text
    (incident,) = rows(site, Incident)
    assert incident.case_id is not None
    assert visitor.open(item).value("native_place") == "山东即墨"


def test_a_page_that_is_not_there_says_so(site):
    for visitor in (site.visitor(), site.verified("S2")):
        page = visitor.open("/nothing-here", status=404)
        assert "错误 404" in page.main
        assert "回到首页" in page.main


def test_a_right_that_is_missing_is_told(site):
    page = site.visitor().post("/language", headers={"Origin": "https://evil.example"})
    assert page.status == 403
    assert "错误 403" in page.main


def test_errors_are_told_in_the_language_of_the_visitor(site):
    visitor = site.visitor()
    visitor.open("/help?lang=en")
    missing = visitor.open("/nothing-here", status=404)
    assert missing.soup.html["lang"] == "en"
    forged = visitor.post("/language", {"csrf_token": ""})
    assert (forged.status, forged.soup.html["lang"]) == (400, "en")
    large = visitor.post("/language", {"x": "y" * 400_000})
    assert (large.status, large.soup.html["lang"]) == (413, "en")
    assert site.visitor().get("/nothing-here").soup.html["lang"] == "zh-CN"


@pytest.fixture
def impatient(go_on):
    """A site whose writers wait for a moment only, so that the test need not wait for long."""
    site, visitor = go_on("consolidation")
    writers = site.engine.database.engine

    @event.listens_for(writers, "connect")
    def wait_less(connection, _record):
        connection.execute("PRAGMA busy_timeout=20")

    writers.dispose()
    return site, visitor


def test_while_the_database_is_locked_posts_are_put_off(impatient):
    site, visitor = impatient
    item = visitor.page.path
    other = sqlite3.connect(site.engine.database.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = visitor.press_once("下一步")
    assert page.status == 503
    assert page.answer.headers["Retry-After"] == "30"
    assert "错误 503" in page.main
    assert visitor.get(item).status == 200
    site.clock.advance(minutes=5)
    assert visitor.get(item).status == 200
    other.execute("ROLLBACK")
    other.close()
    visitor.press("下一步")
    assert visitor.page.title == walk.APPLICATION


def test_a_post_does_not_wait_for_ever_behind_another_process(go_on, monkeypatch):
    site, visitor = go_on("consolidation")
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    lock = Path(site.engine.database.url.database).with_suffix(".lock")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        page = visitor.press_once("下一步")
        assert page.status == 503
        assert page.answer.headers["Retry-After"] == "30"
    visitor.press("下一步")
    assert visitor.page.title == walk.APPLICATION


def test_without_a_database_there_is_a_calm_page(go_on):
    site, visitor = go_on("consolidation")
    path = visitor.page.path
    for engine in (site.engine.database._readers, site.engine.database._writers):
        engine.dispose()
        event.listen(engine, "do_connect", _no_connection)
    for address in (path, "/sign-in", "/home"):
        page = visitor.get(address)
        assert (address, page.status) == (address, 503)
        assert page.answer.headers["Retry-After"] == "30"
    assert visitor.get("/help").status == 503
    assert site.visitor().get("/help").status == 200
    for engine in (site.engine.database._readers, site.engine.database._writers):
        event.remove(engine, "do_connect", _no_connection)
    assert visitor.get(path).status == 200


def _no_connection(*_):
    raise OperationalError("", {}, sqlite3.OperationalError("unable to open database file"))


def test_a_refusal_of_a_component_is_told_on_the_page_itself(go_on):
    """The last seat went while the page stood open: what was typed stays, the sentence is there."""
    site, visitor = go_on("application")
    item = visitor.page.path
    batch = walk.option(visitor, "batch", "市南区现场审核点 · 第 1 批")
    other = walk.walk(site, "S9", walk.APPLICATION)
    other.press("下一步", category="undergraduate", batch=batch)
    visitor.press("下一步", category="junior_college", batch=batch, status=422)
    assert visitor.page.path == item
    assert visitor.page.errors
    assert visitor.page.value("category") == "junior_college"
    assert {i.element for i in rows(site, WorkItem) if i.is_open} >= {"apply"}
    assert person("S10").name in visitor.page.main
