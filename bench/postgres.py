"""A PostgreSQL server of the bench's own: durable as in production, gone when it ends."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

OWNERS = ("postgres", "nobody")


def is_installed() -> bool:
    return bool(_binaries())


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the address of an empty database; `fsync` and `synchronous_commit` stay on."""
    folder = Path(tempfile.mkdtemp(prefix="bishen-bench-pg-"))
    user = _ordinary_user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, tools = folder / "data", _binaries()[-1]

    def run(*command: str | Path) -> None:
        subprocess.run(  # noqa: S603 -- the programs of the installed server
            list(map(str, command)),
            check=True,
            cwd=folder,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            stdout=subprocess.DEVNULL,
        )

    run(tools / "initdb", "-D", data, "-U", "bishen", "-A", "trust", "-E", "UTF8")
    options = f"-k {folder} -h '' -c max_connections=200"
    run(tools / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://bishen@/postgres?host={folder}"
    finally:
        run(tools / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> list[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(found, key=lambda path: int(path.parent.name))


def _ordinary_user() -> pwd.struct_passwd | None:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in OWNERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("PostgreSQL refuses to run as root and no ordinary user was found.")
