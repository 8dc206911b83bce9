"""The fonts that the build puts beside this module: no document depends on those of the machine.

Whole static TrueType fonts only: fonts sliced for the web print wrong characters without a word.
"""

from pathlib import Path

from engine.documents.print_child.faces import Face, faces_in

FONTS = Path(__file__).parent / "fonts"


class FontsMissing(RuntimeError):
    """The folder of fonts has not been filled; `make run` and `make test` do that."""


def faces_of(folder: Path) -> list[Face]:
    """Return the fonts of a folder, or say that there are none."""
    found = faces_in(folder)
    if not found:
        raise FontsMissing(str(folder))
    return found
