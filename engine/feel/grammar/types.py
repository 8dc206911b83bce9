"""Names of types, as `instance of` and the parameters of functions write them."""

from engine.feel.grammar.cursor import Cursor
from engine.feel.values.types import SIMPLE, Type
from engine.i18n import gettext as _


class Types(Cursor):
    def type_name(self) -> Type:
        """Read a type: a name, `list<number>`, `range<date>` or `context<a: string>`."""
        at = self.at
        name = self.one_of(SIMPLE)
        if name is None:
            raise self.fault(_("不认识的类型“%(name)s”", name=self.token.text), at)
        if not self.follows("<"):
            return Type(name)
        if name in ("list", "range"):
            return Type(name, of=self._inside())
        if name == "context":
            return Type(name, entries=self._entries())
        raise self.unexpected()

    def _inside(self) -> Type:
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
                found[key] = self.type_name()
        self.expect(">")
        return found
