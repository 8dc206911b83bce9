"""`bishen fsck`: what it prints, how it ends, and a start that is refused."""

import json

import pytest
from alembic import command
from click.testing import CliRunner
from sqlalchemy import select, text, update

from engine.cli.main import main
from engine.db import migrate
from engine.declaration.models import Batch
from engine.releases.check import BundleRefused
from engine.releases.models import Release
from tests.consistency.walked import opened
from tests.releases.editing import edited


@pytest.fixture
def installation(sqlite, clock, tmp_path, monkeypatch):
    """An installation without cases, as the command finds it by its surroundings."""
    url = sqlite.url.render_as_string(hide_password=False)
    for name, value in {
        "BISHEN_HOME": str(tmp_path / "home"),
        "BISHEN_DATABASE_URL": url,
        "BISHEN_MASTER_KEY": bytes(range(32)).hex(),
    }.items():
        monkeypatch.setenv(name, value)
    walked = opened(url, tmp_path / "home", clock)
    with sqlite.engine.begin() as connection:
        config = migrate.configuration()
        config.attributes["connection"] = connection
        command.stamp(config, "head")
    with sqlite.write() as session:
        walked.load(session)
    yield walked
    walked.engine.close()


def run(*arguments):
    return CliRunner().invoke(main, ["fsck", *arguments])


def test_good_data_ends_well(installation):
    assert (run().exit_code, run("--json").stdout) == (0, "[]\n")


def test_broken_data_is_named_and_ends_with_one(installation):
    with installation.engine.database.write() as session:
        session.execute(update(Batch).where(Batch.number == 1).values(taken=0))
    done = run("--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert [broken["invariant"] for broken in found] == ["seats-counted"] * 3
    assert found[0].keys() == {"invariant", "where", "text"}
    assert "seats-counted" in run().stdout


def test_where_there_is_no_installation_none_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("BISHEN_HOME", str(tmp_path / "nowhere"))
    monkeypatch.delenv("BISHEN_DATABASE_URL", raising=False)
    done = run()
    assert done.exit_code == 1
    assert "There is no database" in done.output
    assert "BISHEN_HOME" in done.output
    assert not (tmp_path / "nowhere").exists()


def test_an_old_schema_is_told_to_migrate(installation):
    with installation.engine.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    done = run()
    assert done.exit_code == 1
    assert "bishen migrate" in done.output


def test_a_bundle_with_errors_never_becomes_a_release(installation):
    broken = edited("confirm_transcript.form", '"outcome": "back"', '"outcome": "return"')
    with pytest.raises(BundleRefused, match=r"graduation_declaration\.bpmn .*没有结果 back"):
        installation.engine.publish(broken)
    with installation.engine.database.read() as session:
        assert session.scalar(select(Release.id)) is None
    installation.engine.publish()
    with installation.engine.database.read() as session:
        assert session.scalar(select(Release.number)) == 1
