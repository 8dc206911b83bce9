"""`python -m tests.crash`: kill the product on both databases, and say what was lost."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from tests.crash.killing import ALL
from tests.crash.load import DONE, WITHDRAWN
from tests.crash.run import Report, Run
from tests.crash.seeded import FAULTS
from tests.support import postgres

console = Console()


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgresql", "both"]), default="both")
@click.option("--seconds", default=150, show_default=True, help="Of load, on each database.")
@click.option("--rounds", default=3, show_default=True, help="Kills at each point.")
@click.option("--people", default=120, show_default=True)
@click.option("--clients", default=6, show_default=True, help="People at a time.")
@click.option("--patience", default=240, show_default=True, help="Seconds until one is stuck.")
@click.option("--seed", type=int, help="Repeat the order of a run.")
@click.option("--only", multiple=True, type=click.Choice(ALL), help="Kill here, nowhere else.")
@click.option(
    "--seed-fault", "fault", type=click.Choice(list(FAULTS)), help="Break the product first."
)
@click.option("--keep", type=click.Path(path_type=Path), help="Leave data and logs in this folder.")
def main(
    *, database: str, seed: int | None, only: tuple[str, ...], keep: Path | None, **more: Any
) -> None:
    """Exit with 1 if anything was lost, doubled or broken, or a point was never hit."""
    seed = random.randrange(10**6) if seed is None else seed  # noqa: S311 -- an order, not a secret
    console.print(f"seed {seed}")
    reports = []
    for kind in ("sqlite", "postgresql"):
        if database in (kind, "both"):
            with _home(keep, kind) as home, _address(kind) as address:
                chance = random.Random(seed)  # noqa: S311 -- as above
                run = Run(home, address, chance=chance, points=only or ALL, **more)
                reports.append(run())
                show(reports[-1])
    raise SystemExit(any(report.faults or report.missed for report in reports))


def show(report: Report) -> None:
    """Print kills and effects point by point, and everything that is wrong."""
    table = Table("point", "kills", "effects", title=report.database)
    for point in report.points:
        here = [kill for kill in report.kills if kill.point == point]
        counted = [kill.effects for kill in here if kill.effects is not None]
        table.add_row(point, str(len(here)), f"{sum(counted)} of {len(counted)}" if counted else "")
    console.print(table)
    console.print(
        f"{report.ends.total()} declarations: {report.ends[DONE]} to the end,"
        f" {report.ends[WITHDRAWN]} withdrawn;"
        f" {report.acknowledged} steps acknowledged, {report.asked_again} of them asked again;"
        f" {report.seconds:.0f} s",
        soft_wrap=True,
    )
    for point in report.missed:
        console.print(f"[red]never hit[/] {point}")
    for fault in report.faults:
        console.print(f"[red]fault[/] {fault}", soft_wrap=True, highlight=False)


@contextmanager
def _home(keep: Path | None, kind: str) -> Iterator[Path]:
    if keep:
        yield keep / kind
        return
    with tempfile.TemporaryDirectory(prefix="bishen-crash-") as folder:
        yield Path(folder) / "home"


@contextmanager
def _address(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with postgres.server() as address:
        yield address


if __name__ == "__main__":
    main()
