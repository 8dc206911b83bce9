"""Break names into lines that fit a shape; a drawing on a page breaks none by itself."""

SIZE = 12.0
"""The letters of a drawing, in its own units."""
LEADING = 15.0
NARROW = 0.56
"""How wide a Latin letter is, measured in Chinese characters."""


def lines_of(text: str, width: float, most: int = 4) -> list[str]:
    """Return the lines of a text, the last one cut short when there are more than `most`."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_of(line + piece.rstrip()) > width:
            lines.append(line.strip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.strip())
    found = [each for each in lines if each]
    return found if len(found) <= most else [*found[: most - 1], found[most - 1][:-1] + "…"]


def width_of(text: str) -> float:
    return sum(SIZE if _is_wide(letter) else SIZE * NARROW for letter in text)


def _pieces(text: str) -> list[str]:
    """Cut where a line may end: behind a space or a Chinese character."""
    pieces, piece = [], ""
    for letter in text:
        piece += letter
        if letter.isspace() or _is_wide(letter):
            pieces.append(piece)
            piece = ""
    return [*pieces, piece] if piece else pieces


def _is_wide(letter: str) -> bool:
    return letter >= "\u2e80"
