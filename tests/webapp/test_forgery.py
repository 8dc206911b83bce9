"""No other site can make a browser post here: every post needs the token of its own cookie."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from engine.cases.models import Case
from tests.webapp.site import person
from webapp.security import OPEN_POSTS, csrf


def posts(app):
    """Every address that can be posted to, with ids that belong to nobody."""
    ids = {"work_item_id": uuid4(), "catch_event_id": uuid4(), "key": "photo", "action": "upload"}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods:
            values = {name: ids.get(name, uuid4()) for name in rule.arguments}
            yield adapter.build(rule.endpoint, values, method="POST")


def visitor_for(site, path):
    visitor = site.staff("cert1") if path.startswith("/staff") else site.verified("S10")
    visitor.open("/staff/queue" if path.startswith("/staff") else "/home")
    return visitor


@pytest.fixture
def signed_in(site):
    return {True: visitor_for(site, "/staff"), False: visitor_for(site, "/")}


def test_only_two_posts_need_no_token(site):
    paths = set(posts(site.app))
    assert paths >= OPEN_POSTS
    assert csrf._exempt_views == {
        f"{view.__module__}.{view.__name__}"
        for endpoint in ("payments.callback", "account.csp_report")
        for view in [site.app.view_functions[endpoint]]
    }
    assert len(paths) > 15


def test_a_post_without_a_token_is_refused(site, signed_in):
    for path in set(posts(site.app)) - OPEN_POSTS:
        page = signed_in[path.startswith("/staff")].post(path, {"csrf_token": ""})
        assert (path, page.status) == (path, 400)
        assert "页面已经过期" in page.main


def test_the_token_of_someone_else_is_refused(site, signed_in):
    stranger = site.verified("S3")
    stranger.open("/home")
    for path in set(posts(site.app)) - OPEN_POSTS:
        visitor = signed_in[path.startswith("/staff")]
        assert visitor.post(path, {"csrf_token": stranger.token()}).status == 400


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost.evil.example", "https://localhost", ""],
)
def test_a_post_from_elsewhere_is_refused_even_with_the_token(site, signed_in, origin):
    for path in set(posts(site.app)) - OPEN_POSTS:
        visitor = signed_in[path.startswith("/staff")]
        page = visitor.post(path, headers={"Origin": origin})
        assert (path, page.status) == (path, 403)


def test_a_forged_post_changes_nothing(site):
    visitor = site.verified("S10")
    visitor.open("/home")
    number = person("S10").admission_number
    for forged in ({"csrf_token": ""}, {"csrf_token": "x" * 90}):
        assert visitor.post("/declarations", {**forged, "admission_number": number}).status == 400
    page = visitor.post(
        "/declarations", {"admission_number": number}, headers={"Origin": "https://evil.example"}
    )
    assert page.status == 403
    with site.engine.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0
    assert visitor.post("/declarations", {"admission_number": number}).status == 303


def test_nobody_can_be_signed_in_from_elsewhere(site):
    """Else an attacker signs the victim in to the attacker's case and reads what they type."""
    victim = site.visitor()
    victim.open("/sign-in")
    assert victim.post("/sign-in", {"csrf_token": "", "admission_number": "1"}).status == 400
    page = victim.post("/sign-in", headers={"Origin": "https://evil.example"})
    assert page.status == 403


def test_nobody_can_be_signed_out_from_elsewhere(site):
    visitor = site.verified("S2")
    assert visitor.get("/sign-out").status == 405
    assert visitor.post("/sign-out", {"csrf_token": ""}).status == 400
    assert visitor.get("/home").status == 200
