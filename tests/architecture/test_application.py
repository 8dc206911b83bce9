"""The application as it is served: no address is open that nobody has thought about."""

import pytest

from engine.bootstrap import build
from engine.settings import Settings
from webapp.app import create_app

KEY_OF_THE_TESTS = bytes(range(32)).hex()


@pytest.fixture
def application(tmp_path, clock):
    engine = build(
        Settings(
            home=tmp_path, master_key=KEY_OF_THE_TESTS, demo=True, trusted_hosts=["localhost"]
        ),
        clock=clock,
    )
    yield create_app(engine)
    engine.close()


def test_no_address_is_served_without_a_rule_of_access(application):
    rules = [rule for rule in application.url_map.iter_rules() if rule.endpoint != "static"]
    views = application.view_functions
    assert [rule.rule for rule in rules if not getattr(views[rule.endpoint], "access", "")] == []
    assert len(rules) > 20
