"""Names of several words, or with signs in them, which can be read because they are known."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from engine.feel.errors import FeelError
from engine.feel.tokens import Kind, Token, tokens_of

SIGNS = frozenset({"+", "-", "*", "/", "'", "**"})
"""Signs a name may hold, as in `pre-bureau risk`."""


class KnownNames:
    """Names by their tokens, so that the space between them does not matter."""

    def __init__(self, names: AbstractSet[str]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._single: set[str] = set()
        self.longest_name = 1
        for name in names:
            self.add(name)
            for part in name.split("."):
                self.add(part)

    def add(self, name: str) -> None:
        try:
            words = tuple(token.text for token in tokens_of(name)[:-1])
        except FeelError:
            # Such a name can be read in backticks or with get value().
            return
        if len(words) > 1:
            self._names[words] = name
            self.longest_name = max(self.longest_name, len(words))
        else:
            self._single.add(name)

    def __contains__(self, name: str) -> bool:
        return name in self._single or name in self._names.values()

    def longest(self, texts: Sequence[str]) -> tuple[str | None, int]:
        """Return the longest known name that these words begin with, and how many it takes."""
        for count in range(len(texts), 1, -1):
            found = self._names.get(tuple(texts[:count]))
            if found:
                return found, count
        return None, 0


def spelled(tokens: Iterable[Token]) -> str:
    """Return the name these tokens make: signs keep their place, space counts as one."""
    text, end = "", None
    for token in tokens:
        gap = " " if end is not None and token.at != end else ""
        text += gap + token.text
        end = token.at._replace(column=token.at.column + len(token.text))
    return text


def needs_knowing(name: str) -> bool:
    """Tell whether a name can be read only where it is known: it is not one plain word."""
    return not name.isidentifier() and _is_readable(name)


def _is_readable(name: str) -> bool:
    try:
        tokens = tokens_of(name)[:-1]
    except FeelError:
        return False
    fine = all(t.kind in (Kind.NAME, Kind.KEYWORD, Kind.NUMBER) or t.text in SIGNS for t in tokens)
    return len(tokens) > 1 and tokens[0].kind in (Kind.NAME, Kind.KEYWORD) and fine
