"""`bishen demo`: three local processes, a database with people in it, and where to begin."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.table import Table

from engine.bootstrap import build
from engine.db import migrate
from engine.db.tables import import_tables
from engine.declaration import demo
from engine.settings import Settings

HOME = Path(".instance/demo")
console = Console()


def serve(port: int, *, fresh: bool = False, home: Path = HOME) -> None:
    """Prepare the data, start the three processes, and end them all when one is told to end."""
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    settings = settings_for(port, home)
    prepare(settings)
    announce(settings)
    own = environment(settings)
    commands = (
        service("webapp.sandbox.sms_viewer", port + 1, home / "phones"),
        service("webapp.sandbox.payment_platform", port + 2, home / "platform"),
        [sys.executable, "-m", "engine.cli", "web"],
    )
    children = [subprocess.Popen(command, env=own) for command in commands]  # noqa: S603 -- ours

    def stop(_number: int, _frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    children[-1].wait()
    stop(signal.SIGTERM, None)
    for child in children:
        child.wait()


def service(module: str, port: int, folder: Path) -> list[str]:
    return [sys.executable, "-m", module, "--port", str(port), "--folder", str(folder)]


def settings_for(port: int, home: Path) -> Settings:
    return Settings(
        home=home,
        port=port,
        demo=True,
        workers=2,
        sms_provider="viewer",
        sms_viewer_url=f"http://127.0.0.1:{port + 1}",
        payment_provider="sandbox",
        payment_platform_url=f"http://127.0.0.1:{port + 2}",
    )


def environment(settings: Settings) -> Mapping[str, str]:
    """The same settings for a child process."""
    return {
        **settings.surroundings(),
        "BISHEN_HOME": str(settings.home),
        "BISHEN_PORT": str(settings.port),
        "BISHEN_DEMO": "true",
        "BISHEN_WORKERS": str(settings.workers),
        "BISHEN_SMS_PROVIDER": settings.sms_provider,
        "BISHEN_SMS_VIEWER_URL": settings.sms_viewer_url,
        "BISHEN_PAYMENT_PROVIDER": settings.payment_provider,
        "BISHEN_PAYMENT_PLATFORM_URL": settings.payment_platform_url,
    }


def prepare(settings: Settings) -> None:
    """Bring the database up to date and load the demonstration's people, two of them on their
    way; what is there stays."""
    import_tables()
    engine = build(settings)
    migrate.upgrade(engine.database)
    engine.publish()
    with engine.database.write() as session:
        demo.load(session, engine.clock.now())
        demo.open_accounts(session, engine.clock.now())
        demo.begin_declarations(session, engine.cases, engine.clock.now())
    engine.close()


def announce(settings: Settings) -> None:
    """Print where to go and as whom."""
    own = f"http://127.0.0.1:{settings.port}"
    console.print(f"\n[bold]毕申 Bishen[/] — candidates  {own}/")
    console.print(f"               staff       {own}/staff/")
    console.print(f"               SMS viewer  {settings.sms_viewer_url}/")
    console.print(f"               payments    {settings.payment_platform_url}/\n")
    table = Table("who", "sign-in", "password", "note")
    for line in demo.sign_ins():
        table.add_row(*line)
    console.print(table)
