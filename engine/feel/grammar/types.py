"""Names of types, as `instance of` and the parameters of functions write them."""

from engine.feel.grammar.cursor import Cursor
from engine.feel.tokens import Kind
from engine.feel.values.types import SIMPLE, Type
from engine.i18n import gettext as _


class Types(Cursor):
    def type_name(self) -> Type | None:
        """Read a type: a name, `list<number>`, `context<a: string>`, `function<number> -> Any`."""
        at = self.at
        name = self.one_of(SIMPLE)
        if name is None:
            self.meaningless(_("不认识的类型“%(name)s”", name=self.token.text), at)
            if self.token.kind is not Kind.NAME:
                raise self.unexpected()
            self.take()
            return None
        if not self.follows("<"):
            return Type(name)
        if name in ("list", "range"):
            return Type(name, of=self._inside())
        if name == "context":
            return Type(name, entries=self._entries())
        if name == "function":
            return self._function()
        raise self.unexpected()

    def _inside(self) -> Type | None:
        self.expect("<")
        with self.deeper():
            found = self.type_name()
        self.expect(">")
        return found

    def _entries(self) -> dict[str, Type]:
        self.expect("<")
        found: dict[str, Type] = {}
        while not found or self.skip(","):
            key = self.key(":")
            if not key:
                raise self.fault(_("这里应为名称"))
            self.expect(":")
            with self.deeper():
                found[key] = self.type_name() or Type("Any")
        self.expect(">")
        return found

    def _function(self) -> Type:
        """Read `<number, string> -> Any`; of a function, only that it is one can be told."""
        self.expect("<")
        while not self.skip(">"):
            self.skip(",")
            with self.deeper():
                self.type_name()
        if self.skip("->"):
            with self.deeper():
                self.type_name()
        return Type("function")
