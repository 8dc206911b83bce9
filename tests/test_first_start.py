"""A new installation: `bishen migrate` is the first command that an operator gives."""

import stat
import subprocess
import sys

import pytest

from engine.bootstrap import KEY_FILE, master_key
from engine.settings import Settings


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Where an installation will be, which no other setting tells of."""
    monkeypatch.setenv("BISHEN_HOME", str(tmp_path / "home"))
    for name in ("BISHEN_MASTER_KEY", "BISHEN_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


def bishen(command):
    """Give a command as an operator does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "engine.cli", command], capture_output=True, text=True, check=False
    )


def test_what_migrate_has_prepared_opens(home):
    assert bishen("migrate").returncode == 0
    checked = bishen("fsck")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_key_is_made_once_and_for_its_owner_alone(home):
    home.mkdir()
    settings = Settings(home=home, _env_file=None)
    made = master_key(settings)
    assert len(made) == 32
    assert master_key(settings) == made
    assert stat.S_IMODE((home / KEY_FILE).stat().st_mode) == 0o600
    assert [file.name for file in home.iterdir()] == [KEY_FILE]
