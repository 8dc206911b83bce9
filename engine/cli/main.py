"""The commands of `bishen`, one function each."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from engine.bootstrap import Engine, build, master_key
from engine.cli import demonstration, serving
from engine.cli.checking import show
from engine.cli.checking_apart import check_apart
from engine.db import Database, migrate
from engine.db.tables import import_tables
from engine.declaration.consistency import broken_invariants
from engine.releases.check import BundleRefused
from engine.settings import Settings

console = Console()
ELSEWHERE = "BISHEN_HOME names the installation; the demonstration lives in .instance/demo."


@click.group()
def main() -> None:
    """Graduation declarations of the self-taught examination, run as BPMN cases."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A JSON list on standard output.")
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Name every fault of diagrams, tables and forms; exit 1 if one is an error."""
    faults = check_apart(paths)
    if as_json:
        click.echo(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False))
    else:
        show(faults, console)
    raise SystemExit(any(fault.severity == "error" for fault in faults))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="A JSON list on standard output.")
def fsck(as_json: bool) -> None:
    """Name every broken invariant of the data; exit 1 if there is one."""
    engine = _engine()
    broken = broken_invariants(engine.database, engine.files, engine.library, engine.clock.now())
    if as_json:
        click.echo(json.dumps([asdict(fault) for fault in broken], ensure_ascii=False))
    else:
        table = Table("invariant", "where", "what is broken")
        for fault in broken:
            table.add_row(fault.invariant, fault.where, fault.text)
        console.print(table if broken else "Every invariant holds.")
    raise SystemExit(bool(broken))


@main.command("migrate")
def migrate_command() -> None:
    """Bring the database to this version's schema."""
    import_tables()
    settings = _settings_with_home()
    # A database without a key is taken for one whose key was lost, so the key comes first.
    master_key(settings)
    database = Database(settings.url)
    migrate.upgrade(database)
    database.close()
    console.print("The database is at this version's schema.")


@main.group()
def release() -> None:
    """What new cases run on."""


@release.command("publish")
def publish() -> None:
    """Publish the product's own workflows and forms, if they differ from the newest release."""
    engine = _engine()
    try:
        engine.publish()
    except BundleRefused as refused:
        show(refused.faults, console)
        raise SystemExit(1) from refused
    with engine.database.read() as session:
        newest = engine.library.newest(session)
    console.print(f"Release {newest.number if newest else 0} is what new cases run on.")


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Throw the demonstration's data away first.")
def demo(port: int, fresh: bool) -> None:
    """Serve the demonstration on this machine, with its SMS viewer and payment platform."""
    demonstration.serve(port, fresh=fresh)


@main.command()
def web() -> None:
    """Serve the product as `BISHEN_…` and `bishen.env` say."""
    serving.web(Settings())


@main.command()
def worker() -> None:
    """Carry jobs until told to stop."""
    serving.worker(_engine())


def _settings_with_home() -> Settings:
    settings = Settings()
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings


def _engine() -> Engine:
    """Return the engine of an installation that is there; asking for one makes none."""
    settings = Settings()
    file = make_url(settings.url).database or ""
    if settings.url.startswith("sqlite") and not Path(file).is_file():
        raise click.ClickException(f"There is no database {file}. {ELSEWHERE}")
    engine = build(settings)
    try:
        migrate.require_newest(engine.database)
    except migrate.SchemaIsOld as old:
        raise click.ClickException(f"{old}. Run `bishen migrate`. {ELSEWHERE}") from old
    return engine
