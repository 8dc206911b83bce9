"""Walking over the tokens, with the names of several words that may stand among them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager

from engine.feel.builtins import BUILTINS
from engine.feel.errors import FeelError, Position
from engine.feel.grammar.known import SIGNS, KnownNames, spelled
from engine.feel.nodes.literals import Literal
from engine.feel.nodes.node import Node
from engine.feel.tokens import Kind, Token, tokens_of
from engine.feel.values.properties import NAMES as PROPERTY_NAMES
from engine.i18n import gettext as _

NESTING = 80
"""Expressions inside one another while parsing; the tree that results has a limit of its own."""

IS_DEFINED = "is defined"
"""Called like a function, but it asks about the path itself, not about its value."""

FUNCTIONS = BUILTINS.keys() | {IS_DEFINED}
_LONGEST_NAME = 6
_WORDS = (Kind.NAME, Kind.KEYWORD)


class Cursor(ABC):
    """The tokens of one expression and the place the parser has reached."""

    def __init__(self, source: str, names: AbstractSet[str], *, strict: bool = True) -> None:
        self._tokens = tokens_of(source, strict=strict)
        self._next = 0
        self._nesting = 0
        self._strict = strict
        self.names = KnownNames(names)

    @abstractmethod
    def expression(self, level: int = 1) -> Node:
        """Read one whole expression, or one whose operators bind as tight as `level`."""

    @property
    def token(self) -> Token:
        return self._tokens[self._next]

    def second(self) -> Token:
        """Return the token behind the next one."""
        return self._tokens[min(self._next + 1, len(self._tokens) - 1)]

    @property
    def at(self) -> Position:
        return self.token.at

    def follows(self, *texts: str) -> bool:
        """Tell whether the next token is one of these signs or keywords."""
        return self.token.kind in (Kind.SIGN, Kind.KEYWORD) and self.token.text in texts

    def is_word(self, text: str) -> bool:
        """Tell whether the next token is this word, which is no keyword everywhere."""
        return self.token.kind is Kind.NAME and self.token.text == text

    def skip(self, text: str) -> bool:
        """Take the next token if it is this one."""
        if not self.follows(text):
            return False
        self._next += 1
        return True

    def take(self) -> Token:
        token = self.token
        if token.kind is not Kind.END:
            self._next += 1
        return token

    def back_to(self, token: Token) -> None:
        """Go back to a token that was taken."""
        while self.token is not token:
            self._next -= 1

    def expect(self, text: str) -> Token:
        if not self.follows(text):
            raise self.fault(_("这里应为“%(found)s”", found=text))
        return self.take()

    def fault(self, message: str, at: Position | None = None) -> FeelError:
        return FeelError(message, *(at or self.at))

    def meaningless(self, message: str, at: Position) -> Literal:
        """Refuse what can be read and means nothing; to the standard, which asks for a value, it
        is null."""
        if self._strict:
            raise self.fault(message, at)
        return Literal(at, None)

    def unexpected(self) -> FeelError:
        if self.token.kind is Kind.END:
            return self.fault(_("表达式不完整"))
        return self.fault(_("这里不应出现“%(found)s”", found=self.token.text))

    def end(self) -> None:
        """Refuse whatever still follows."""
        if self.token.kind is not Kind.END:
            raise self.unexpected()

    @contextmanager
    def deeper(self) -> Iterator[None]:
        self._nesting += 1
        if self._nesting > NESTING:
            raise self.fault(_("表达式嵌套太深"))
        yield
        self._nesting -= 1

    def name(self) -> str | None:
        """Take a name: one word, words that are known as one name, or a name in backticks."""
        token = self.token
        if token.kind is Kind.QUOTED:
            return self.take().text
        return self._known() or (self.take().text if token.kind is Kind.NAME else None)

    def member_name(self) -> str:
        """Take the name behind a dot; keywords are names there."""
        found = self._known() or self.one_of(PROPERTY_NAMES) or self.name()
        if found is None and self.token.kind is Kind.KEYWORD:
            found = self.take().text
        if found is None:
            raise self.fault(_("点号后面应为名称"))
        return found

    def key(self, *ends: str) -> str | None:
        """Take the words before one of the signs as one name; none when anything else is there."""
        if self.token.kind in (Kind.TEXT, Kind.QUOTED) and self._sign_at(1) in ends:
            token = self.take()
            return token.text if token.kind is Kind.QUOTED else str(token.value)
        count = self._words(parts=True)
        return self._take_name(count) if count and self._sign_at(count) in ends else None

    def builtin_name(self) -> str | None:
        """Take the name of a built-in function that is called here."""
        for count in range(min(self._words(), _LONGEST_NAME), 0, -1):
            if self._joined(count) in FUNCTIONS and self._sign_at(count) == "(":
                return self._take_words(count)
        return None

    def words_before(self, word: str) -> str | None:
        """Take the words before this one as one name."""
        for count in range(1, self._words()):
            if self._tokens[self._next + count].text == word:
                return self._take_words(count)
        return None

    def one_of(self, names: AbstractSet[str]) -> str | None:
        """Take the longest of these names that stands here."""
        for count in range(min(self._words(), _LONGEST_NAME), 0, -1):
            if self._joined(count) in names:
                return self._take_words(count)
        return None

    def _known(self) -> str | None:
        """Take the longest known name of more than one word that stands here."""
        name, count = self.names.longest([token.text for token in self._ahead()])
        self._next += count
        return name

    def _ahead(self) -> list[Token]:
        return self._tokens[self._next : self._next + self.names.longest_name]

    def _words(self, *, parts: bool = False) -> int:
        """Count the words here; with `parts`, what else a name may hold counts behind the first."""
        count = 0
        while self._is_part(self._tokens[self._next + count], parts=parts and count > 0):
            count += 1
        return count

    def _is_part(self, token: Token, *, parts: bool) -> bool:
        return token.kind in _WORDS or (
            parts and (token.kind is Kind.NUMBER or token.text in SIGNS)
        )

    def _take_name(self, count: int) -> str:
        """Take so many tokens as one name, with the space between them as it is in the source."""
        tokens = self._tokens[self._next : self._next + count]
        self._next += count
        return spelled(tokens)

    def _joined(self, count: int) -> str:
        return " ".join(token.text for token in self._tokens[self._next : self._next + count])

    def _take_words(self, count: int) -> str:
        text = self._joined(count)
        self._next += count
        return text

    def _sign_at(self, count: int) -> str:
        token = self._tokens[min(self._next + count, len(self._tokens) - 1)]
        return token.text if token.kind is Kind.SIGN else ""
