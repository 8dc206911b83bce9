"""What a start publishes: the product's own files once, and nothing over what came later."""

import pytest
from sqlalchemy import select

from engine.bootstrap import build
from engine.releases import Bundle
from engine.releases.models import Release
from engine.settings import Settings
from tests.releases.editing import edited
from tests.webapp.site import MASTER_KEY


@pytest.fixture
def start(sqlite, tmp_path):
    """Begin like a server, in an installation or in the demonstration."""
    engines = []

    def begin(*, demo=False):
        settings = Settings(
            home=tmp_path / "home",
            database_url=sqlite.url.render_as_string(hide_password=False),
            master_key=MASTER_KEY,
            demo=demo,
            _env_file=None,
        )
        engines.append(build(settings))
        engines[-1].publish_at_start()
        return engines[-1]

    yield begin
    for engine in engines:
        engine.close()


def releases(engine):
    with engine.database.read() as session:
        return session.scalars(select(Release.digest).order_by(Release.number)).all()


@pytest.fixture
def later():
    """What an analyst has made of the product's own files."""
    return edited("confirm_transcript.form", "考生成绩单", "成绩单")


def test_the_first_start_publishes_what_was_shipped(start):
    assert releases(start()) == [Bundle.shipped().digest]


def test_a_start_never_replaces_what_was_published_later(start, later, capsys):
    start().publish(later)
    capsys.readouterr()
    assert releases(start()) == [Bundle.shipped().digest, later.digest]
    assert "bundle not published" not in capsys.readouterr().out


def test_files_that_were_never_published_are_named_in_the_log(start, later, monkeypatch, capsys):
    engine = start()
    before = releases(engine)
    monkeypatch.setattr(Bundle, "shipped", lambda: later)
    assert releases(start()) == before
    said = capsys.readouterr().out
    assert "bundle not published" in said
    assert "bishen release publish" in said
    engine.publish()
    assert releases(start()) == [*before, later.digest]
    assert "bundle not published" not in capsys.readouterr().out


def test_the_demonstration_always_runs_on_the_files_as_they_are(start, later, monkeypatch):
    first = releases(start(demo=True))
    monkeypatch.setattr(Bundle, "shipped", lambda: later)
    assert releases(start(demo=True)) == [*first, later.digest]
