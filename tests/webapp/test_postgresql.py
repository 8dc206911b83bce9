"""The same pages on PostgreSQL, where posts really run side by side."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from sqlalchemy import func, select, text, update

from engine.cases.models import Answer, Case, Draft
from engine.declaration.models import Batch
from tests.webapp import site as sites
from tests.webapp import walk
from tests.webapp.site import person


@pytest.fixture(scope="module")
def site(postgres_template, tmp_path_factory):
    """One site for the module: every test brings a candidate of its own."""
    with ExitStack() as stack:
        url = stack.enter_context(postgres_template.empty())
        settings = sites.settings_for(tmp_path_factory.mktemp("postgresql") / "home", url)
        sites.prepare(settings)
        yield stack.enter_context(sites.opened(settings))


def count(site, table, **where):
    with site.engine.database.read() as session:
        return session.scalar(select(func.count()).select_from(table).filter_by(**where))


def test_a_walk_leads_to_the_seat(site):
    visitor = walk.walk(site, "S10", walk.REVIEW)
    visitor.press("退出登录")
    assert visitor.get("/home").status == 303


def test_posts_at_the_same_moment_are_one_step(site):
    visitor = walk.walk(site, "S7", walk.CONSOLIDATION)
    before = count(site, Answer, element="consolidate_scores")
    with ThreadPoolExecutor(4) as pool:
        posts = [pool.submit(visitor.press_once, "下一步") for _ in range(4)]
        pages = [post.result() for post in posts]
    assert {page.status for page in pages} == {303}
    assert len({page.answer.headers["Location"] for page in pages}) == 1
    assert count(site, Answer, element="consolidate_scores") == before + 1


def test_the_last_seat_goes_to_one_of_two(site):
    first = walk.walk(site, "S9", walk.APPLICATION)
    second = walk.walk(site, "S5", walk.APPLICATION)
    batch = walk.option(first, "batch", "市南区现场审核点 · 第 1 批")
    typed = {"category": "undergraduate", "batch": batch}
    with ThreadPoolExecutor(2) as pool:
        posts = [pool.submit(v.press, "下一步", **typed) for v in (first, second)]
        titles = [post.result().title for post in posts if not post.exception()]
    assert titles.count(walk.REVIEW) == 1
    with site.engine.database.read() as session:
        found = session.scalars(select(Batch).where(Batch.site_id == "shinan", Batch.number == 1))
        assert found.one().taken == 60


def test_whoever_took_the_last_seat_is_told_so_twice(site):
    visitor = walk.walk(site, "S2", walk.APPLICATION)
    with site.engine.database.write() as session:
        session.execute(
            update(Batch)
            .where(Batch.site_id == "laoshan", Batch.number == 2)
            .values(taken=Batch.capacity - 1)
        )
    batch = walk.option(visitor, "batch", "崂山区现场审核点 · 第 2 批")
    typed = {"category": "undergraduate", "batch": batch}
    first, second = (visitor.press_once("下一步", **typed) for _ in range(2))
    assert (first.status, second.status) == (303, 303)
    assert first.answer.headers["Location"] == second.answer.headers["Location"]


@pytest.mark.nightly
def test_while_a_case_is_locked_its_posts_are_put_off(site):
    visitor = walk.walk(site, "S6", walk.CONSOLIDATION)
    with site.engine.database.write() as session:
        session.execute(text("SELECT 1 FROM case_ FOR UPDATE"))
        page = visitor.press_once("下一步")
        assert page.status == 503
        assert page.answer.headers["Retry-After"] == "30"
    visitor.press("下一步")
    assert visitor.page.title == walk.APPLICATION


def test_a_late_post_waits_for_the_same_person(site):
    visitor = walk.walk(site, "S4", walk.CONSOLIDATION)
    site.clock.advance(minutes=40)
    visitor.press("下一步", **{"sources.place": "370700"})
    assert visitor.page.path == "/sign-in"
    assert count(site, Draft) == 1


def test_beginning_twice_at_once_opens_one_case(site):
    visitor = site.verified("S3")
    visitor.open("/home")
    number = {"admission_number": person("S3").admission_number}
    before = count(site, Case)
    with ThreadPoolExecutor(3) as pool:
        posts = [pool.submit(visitor.post, "/declarations", number) for _ in range(3)]
        assert {post.result().status for post in posts} == {303}
    assert count(site, Case) == before + 1
