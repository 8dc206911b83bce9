"""The files that analysts own, as one value: read from folders or from the database."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

SUFFIXES = {"workflows": (".bpmn", ".dmn", ".toml"), "forms": (".form",)}
PACKAGED = Path(__file__).parent.parent / "bundle"
PROJECT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Bundle:
    """Every file by its path below the project (`forms/apply.form`)."""

    files: Mapping[str, bytes]

    @classmethod
    def read(cls, root: Path) -> "Bundle":
        """Read `workflows/` and `forms/` below `root`."""
        found = {
            f"{folder}/{path.name}": path.read_bytes()
            for folder, suffixes in SUFFIXES.items()
            for path in sorted((root / folder).glob("*"))
            if path.suffix in suffixes
        }
        return cls(found)

    @classmethod
    def shipped(cls) -> "Bundle":
        """The product's own: beside the source in a checkout, inside the package in a wheel."""
        return cls.read(PACKAGED if PACKAGED.exists() else PROJECT)

    @property
    def models(self) -> dict[str, bytes]:
        return self._of(".bpmn") | self._of(".dmn")

    @property
    def forms(self) -> dict[str, bytes]:
        """The form documents by name (`apply`)."""
        return {Path(path).stem: content for path, content in self._of(".form").items()}

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What `release.toml` says; empty when there is none."""
        return tomllib.loads(self.files.get("workflows/release.toml", b"").decode())

    @property
    def texts(self) -> bytes:
        return self.files.get("workflows/sms.toml", b"")

    @cached_property
    def digest(self) -> str:
        whole = hashlib.sha256()
        for path, content in sorted(self.files.items()):
            whole.update(f"{path}\0{len(content)}\0".encode())
            whole.update(content)
        return whole.hexdigest()

    def _of(self, suffix: str) -> dict[str, bytes]:
        return {path: content for path, content in self.files.items() if path.endswith(suffix)}
