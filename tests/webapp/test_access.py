"""Every address says who may call it, and answers everybody as its row of the matrix says."""

from collections.abc import Iterator

import pytest

from tests.webapp.crowd import gather
from tests.webapp.matrix import ROWS, WHO


def served(app) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.endpoint != "static":
                yield method, rule.endpoint


@pytest.fixture(scope="module")
def crowd(walks, tmp_path_factory):
    return gather(walks, tmp_path_factory.mktemp("crowd"))


def test_every_address_has_a_rule_of_access(site):
    views = site.app.view_functions
    ruleless = [e for _m, e in served(site.app) if not getattr(views[e], "access", "")]
    assert ruleless == []


def test_every_address_has_a_row_in_the_matrix(site):
    assert set(served(site.app)) == set(ROWS)


def test_no_two_views_share_an_address(site):
    """The second would never be asked."""
    named = []
    for rule in site.app.url_map.iter_rules():
        plain = rule.rule
        for name in rule.arguments:
            plain = plain.replace(name, "*")
        named += [(plain, method) for method in rule.methods - {"HEAD", "OPTIONS"}]
    assert len(named) == len(set(named))


def ask(site, browser, method, address, fields):
    visitor = browser.on(site)
    if method == "GET":
        return visitor.get(address).status
    return visitor.post(address, {"csrf_token": browser.token_for(address), **fields}).status


@pytest.mark.parametrize(("method", "endpoint"), ROWS, ids=lambda value: value)
def test_an_address_answers_everybody_as_it_should(crowd, tmp_path, method, endpoint):
    row, found = ROWS[method, endpoint], {}
    with crowd.gathered(tmp_path) as site:
        address = crowd.address(site, method, endpoint)
        for who in WHO:
            statuses = {ask(site, b, method, address, row.fields) for b in crowd.browsers[who]}
            found[who] = statuses
    assert found == {who: {row.answer_for(who)} for who in WHO}
