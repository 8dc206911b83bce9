"""Both databases: what is written in one block is there together, or not at all."""

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import text

from engine.db import lookup_index
from engine.db.envelope import keyring


def test_a_block_that_fails_leaves_nothing(database):
    with database.write() as session:
        session.execute(text("CREATE TABLE note (body VARCHAR(20))"))
    with pytest.raises(RuntimeError):
        _write_and_fail(database)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM note")) == 0


def test_a_sealed_value_opens_only_in_its_own_row():
    content = keyring().seal("测试甲".encode(), "candidate:1:name")
    assert keyring().open(content, "candidate:1:name").decode() == "测试甲"
    with pytest.raises(InvalidTag):
        keyring().open(content, "candidate:2:name")


def test_equal_values_are_found_by_a_keyed_index():
    assert lookup_index("370200", "id number") == lookup_index("370200", "id number")
    assert lookup_index("370200", "id number") != lookup_index("370200", "mobile")


def _write_and_fail(database):
    with database.write() as session:
        session.execute(text("INSERT INTO note VALUES ('lost')"))
        raise RuntimeError("stop")
