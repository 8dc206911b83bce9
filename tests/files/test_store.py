"""Contents on disk: sealed, whole, private, found again, swept when nobody speaks of them."""

import os
import stat
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine.db import Keyring
from engine.files import (
    File,
    FileDamaged,
    FileMissing,
    FileStore,
    TooManyFiles,
    add_file,
    records,
    sweep_orphans,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CONTENT = "毕业生登记表".encode() * 50


@pytest.fixture
def keyring():
    return Keyring({1: bytes(range(32))})


@pytest.fixture
def store(tmp_path, keyring):
    return FileStore(tmp_path / "files", keyring)


def on_disk(store):
    return sorted(path for path in store._folder.rglob("*") if path.is_file())


def blobs(store):
    return [path for path in on_disk(store) if path.name != ".lock"]


def record(session, stored, **options):
    given = {
        "media_type": "image/jpeg",
        "name": "照片.jpg",
        "owner_id": None,
        "case_id": None,
        "purpose": "photo",
        "now": NOW,
    }
    return add_file(session, stored, **given | options)


def age(path, **by):
    moment = (NOW - timedelta(**by)).timestamp()
    os.utime(path, (moment, moment))


def test_what_was_put_is_got(store):
    stored = store.put(CONTENT)
    assert stored.size == len(CONTENT)
    assert store.get(stored.sha256) == CONTENT


def test_an_empty_content_is_a_content(store):
    assert store.get(store.put(b"").sha256) == b""


def test_the_disk_tells_neither_content_nor_digest(store):
    stored = store.put(CONTENT)
    (blob,) = blobs(store)
    assert CONTENT[:12] not in blob.read_bytes()
    assert stored.sha256[:8] not in str(blob)


def test_only_the_owner_of_the_process_may_look(store):
    store.put(CONTENT)
    for path in [store._folder, *store._folder.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_the_same_content_twice_is_one_blob(store):
    assert store.put(CONTENT) == store.put(CONTENT)
    assert len(blobs(store)) == 1


def test_putting_again_makes_an_old_blob_young(store):
    store.put(CONTENT)
    (blob,) = blobs(store)
    age(blob, days=30)
    before = blob.stat().st_mtime
    store.put(CONTENT)
    assert blob.stat().st_mtime > before


def test_a_content_that_is_not_there_is_named(store):
    with pytest.raises(FileMissing):
        store.get("0" * 64)


@pytest.mark.parametrize("damage", [b"", b"\x01", b"\x01\x01" + b"x" * 40])
def test_a_damaged_blob_is_not_served(store, damage):
    stored = store.put(CONTENT)
    blobs(store)[0].write_bytes(damage)
    with pytest.raises(FileDamaged):
        store.get(stored.sha256)


def test_a_blob_moved_to_another_address_is_not_served(store):
    first, second = store.put(CONTENT), store.put(b"another")
    store.path_of(second.sha256).write_bytes(store.path_of(first.sha256).read_bytes())
    with pytest.raises(FileDamaged):
        store.get(second.sha256)


def test_old_blobs_open_after_a_new_master_key(store, tmp_path):
    stored = store.put(CONTENT)
    newer = FileStore(tmp_path / "files", Keyring({1: bytes(range(32)), 2: bytes(32)}))
    assert newer.get(stored.sha256) == CONTENT


def test_a_write_that_fails_leaves_nothing(store, monkeypatch):
    def full(file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(CONTENT)
    assert blobs(store) == []


def test_everything_is_on_disk_before_put_returns(store, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda file: (synced.append(os.fstat(file).st_mode), real(file))
    )
    store.put(CONTENT)
    kinds = [stat.S_ISDIR(mode) for mode in synced]
    assert kinds == [True, False, True]


def test_the_sweep_removes_what_no_row_speaks_of(database, store):
    kept, orphan = store.put(CONTENT), store.put(b"orphan")
    for path in blobs(store):
        age(path, days=3)
    with database.write() as session:
        record(session, kept)
    assert sweep_orphans(database, store, now=NOW) == 1
    assert store.get(kept.sha256) == CONTENT
    with pytest.raises(FileMissing):
        store.get(orphan.sha256)


def test_the_sweep_leaves_an_upload_under_way(sqlite, store):
    store.put(CONTENT)
    age(blobs(store)[0], hours=47)
    assert sweep_orphans(sqlite, store, now=NOW) == 0


def test_an_upload_broken_off_is_swept_after_an_hour(sqlite, store):
    (folder := store._folder / "ab").mkdir()
    for name, minutes in (("old.part", 61), ("young.part", 30)):
        (folder / name).write_bytes(b"half")
        age(folder / name, minutes=minutes)
    assert sweep_orphans(sqlite, store, now=NOW) == 1
    assert [path.name for path in blobs(store)] == ["young.part"]


def test_a_row_keeps_its_name_sealed(database, store):
    with database.write() as session:
        record(session, store.put(CONTENT), name="张伟的证书.jpg", case_id=uuid4())
    with database.read() as session:
        file = session.scalars(select(File)).one()
        assert file.name == "张伟的证书.jpg"
        assert "张伟".encode() not in file.name_sealed


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("照片.jpg", "照片.jpg"),
        ("C:\\Users\\a\\证书.png", "证书.png"),
        ("../../etc/passwd", "passwd"),
        ('a"\r\nSet-Cookie: x=1.jpg', 'a"Set-Cookie: x=1.jpg'),
        ("gpj.\u202eexe", "gpj.exe"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_names_lose_what_could_do_harm(sqlite, store, given, kept):
    with sqlite.write() as session:
        assert record(session, store.put(CONTENT), name=given).name == kept


def test_a_case_gathers_only_so_many_files_for_one_purpose(sqlite, store, monkeypatch):
    monkeypatch.setattr(records, "QUOTA", 2)
    case_id = uuid4()
    with sqlite.write() as session:
        for _ in range(2):
            record(session, store.put(CONTENT), case_id=case_id)
        with pytest.raises(TooManyFiles):
            record(session, store.put(CONTENT), case_id=case_id)
        record(session, store.put(CONTENT), case_id=case_id, purpose="certificate")
        record(session, store.put(CONTENT), case_id=uuid4())
