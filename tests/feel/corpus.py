"""Expressions and unary tests made by chance, the same ones in every run."""

from random import Random

CONTEXT = {
    "a": 1,
    "b": 2.5,
    "s": "foobar",
    "t": True,
    "n": None,
    "xs": [1, 2, 3, 4],
    "ys": ["a", "b"],
    "o": {"x": 1, "y": {"z": "deep"}},
    "rs": [{"k": 1, "v": "one"}, {"k": 2, "v": "two"}, {"k": 3}],
}
_NUMBERS = ("0", "1", "2", "3", "7", "-4", "0.5", "a", "b", "o.x", "xs[1]", "xs[-1]", "count(xs)")
_TEXTS = ('"a"', '"foobar"', '""', '"毕业"', "s", "o.y.z", "ys[1]")
_TRUTHS = ("true", "false", "t")
_DAYS = ('@"2024-02-28"', '@"2026-03-01"', 'date("1999-12-31")', "date(2025, 6, 15)")
_SPANS = ('@"P1D"', '@"P2M"', '@"P1Y"', '@"-P10D"', 'duration("P3D")')
_LISTS = ("xs", "[1, 2]", "[]", "[3, 1, 2, 1]", "xs[item > 2]", "rs.k", "reverse(xs)")


class Corpus:
    """Makes expressions of a wanted kind, each out of others that are less deep."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311  # chance that can be repeated, no secret

    def expression(self) -> str:
        makers = (self.number, self.truth, self.text, self.items, self.day)
        return self._one(makers)(self._chance.randint(1, 3))

    def test(self) -> str:
        """Return a cell about a number."""
        number, other = self.number(1), self.number(1)
        return self._one(
            (
                f"{self._one(('<', '<=', '>', '>='))} {number}",
                number,
                f"{number}, {other}",
                f"[{self._chance.randint(0, 3)}..{self._chance.randint(4, 9)}]",
                f"({self._chance.randint(0, 3)}..{self._chance.randint(4, 9)})",
                f"not({number}, {other})",
                f"? > {number} and ? < {other}",
                "-",
            )
        )

    def number(self, depth: int) -> str:
        if not depth:
            return self._one(_NUMBERS)
        left, right, items = self.number(depth - 1), self.number(depth - 1), self.items(depth - 1)
        return self._one(
            (
                f"{left} + {right}",
                f"({left} - {right})",
                f"({left}) * ({right})",
                f"-({left})",
                f"if {self.truth(depth - 1)} then {left} else {right}",
                f"count({items})",
                f"sum({items})",
                f"min({items})",
                f"max({items})",
                f"abs({left})",
                f"floor({left})",
                f"ceiling({left})",
                f"string length({self.text(depth - 1)})",
                f"({items})[{self._chance.randint(1, 4)}]",
                f"modulo({left}, 3)",
            )
        )

    def truth(self, depth: int) -> str:
        if not depth:
            return self._one(_TRUTHS)
        left, right = self.number(depth - 1), self.number(depth - 1)
        one, other, text = self.truth(depth - 1), self.truth(depth - 1), self.text(depth - 1)
        return self._one(
            (
                f"({left}) {self._one(('=', '!=', '<', '<=', '>', '>='))} ({right})",
                f"({one}) and ({other})",
                f"({one}) or ({other})",
                f"not({one})",
                f"({left}) between 0 and ({right})",
                f"({left}) in [1..3]",
                f"({left}) in (1, 2, ({right}))",
                f"some i in {self.items(depth - 1)} satisfies i > 1",
                f"every i in {self.items(depth - 1)} satisfies i > 0",
                f"contains({text}, {self.text(0)})",
                f"starts with({text}, {self.text(0)})",
                f"list contains({self.items(depth - 1)}, {left})",
                f"({text}) = ({self.text(0)})",
                f"n = null and ({one})",
                f"({left}) = n",
                f"({left}) = ({text})",
                f"{self.day(depth - 1)} < {self.day(0)}",
                f"({left}) instance of number",
            )
        )

    def text(self, depth: int) -> str:
        if not depth:
            return self._one(_TEXTS)
        inner = self.text(depth - 1)
        return self._one(
            (
                f"{inner} + {self.text(0)}",
                f"upper case({inner})",
                f"substring({inner}, {self._one(('1', '2', '-1'))})",
                f"substring before({inner}, {self.text(0)})",
                f"substring after({inner}, {self.text(0)})",
                f"string({self._one((self.truth(depth - 1), inner))})",
                f'replace({inner}, "[ao]+", "-")',
                f"string join(ys, {self.text(0)})",
                f"if {self.truth(depth - 1)} then {inner} else {self.text(0)}",
            )
        )

    def items(self, depth: int) -> str:
        if not depth:
            return self._one(_LISTS)
        inner = self.items(depth - 1)
        return self._one(
            (
                f"[{self.number(depth - 1)}, {self.number(depth - 1)}]",
                f"append({inner}, {self.number(0)})",
                f"concatenate({inner}, {self.items(0)})",
                f"distinct values({inner})",
                f"sort({inner}, function(x, y) x < y)",
                f"for i in {inner} return i * 2",
                "for i in 1..3 return i",
                f"({inner})[item > 1]",
                f"reverse({inner})",
                f"flatten([{inner}, {self.items(0)}])",
                f"index of({inner}, {self.number(0)})",
            )
        )

    def day(self, depth: int) -> str:
        if not depth:
            return self._one(_DAYS)
        inner = self.day(depth - 1)
        return self._one((f"({inner}) + {self._one(_SPANS)}", f"({inner}) - {self._one(_SPANS)}"))

    def _one(self, of):
        return self._chance.choice(of)
