"""The font files of a folder as the faces of two families: ours, and one for rare characters."""

from dataclasses import dataclass
from pathlib import Path

FAMILY = "Bishen Sans"
RARE = "Bishen Rare"
COMMON_FILES = "NotoSansSC-"
KINDS = frozenset({".ttf", ".otf", ".ttc"})


@dataclass(frozen=True, slots=True)
class Face:
    path: Path
    family: str
    weight: int

    @property
    def url(self) -> str:
        return f"app://fonts/{self.path.name}"


def faces_in(folder: Path) -> list[Face]:
    """Return the faces of a folder, by name; what is not Noto Sans SC is for rare characters."""
    return [
        Face(
            path,
            FAMILY if path.name.startswith(COMMON_FILES) else RARE,
            700 if "Bold" in path.name else 400,
        )
        for path in sorted(folder.glob("*"))
        if path.suffix in KINDS
    ]


def style(faces: list[Face]) -> str:
    """Return the rules that name the faces and make them the default."""
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f' src: url("{face.url}"); }}'
        for face in faces
    ]
    return "\n".join([*rules, f'html {{ font-family: "{FAMILY}", "{RARE}"; }}'])
