"""The built front end: addresses with a hash in them, so that browsers may keep the files."""

import json
from dataclasses import dataclass
from pathlib import Path

MANIFEST = Path(__file__).parent / "static" / "manifest.json"


@dataclass(frozen=True)
class Assets:
    names: dict[str, str]

    @classmethod
    def read(cls) -> "Assets":
        """Read what the build wrote; without it there is nothing to serve."""
        if not MANIFEST.exists():
            raise FileNotFoundError(
                "The front end has not been built: python webapp/frontend/build.py"
            )
        return cls(json.loads(MANIFEST.read_text()))

    def address(self, name: str) -> str:
        return f"/static/{self.names[name]}"
