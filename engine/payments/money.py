"""Money is whole fen everywhere; this is how people read it."""


def yuan(fen: int) -> str:
    """Return `2200` as `22.00`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02}"
