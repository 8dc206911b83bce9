"""Writes small decision tables as the editor would."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(
    inputs: Sequence[str],
    outputs: Sequence[str],
    rules: Sequence[Sequence[str]],
    *,
    policy: str = "UNIQUE",
    values: Sequence[str] = (),
    attributes: str = "",
    namespace: str = DMN_1_3,
) -> bytes:
    """Return a file with one table: `rules` are the cells of each row, r1, r2, … are their ids;
    `values` are the allowed values of the outputs."""
    columns = [
        f'<input id="i{n}"><inputExpression id="ie{n}" typeRef="string">{_text(each)}'
        "</inputExpression></input>"
        for n, each in enumerate(inputs, 1)
    ]
    for n, each in enumerate(outputs, 1):
        allowed = values[n - 1] if n <= len(values) else ""
        inside = f"<outputValues id='ov{n}'>{_text(allowed)}</outputValues>" if allowed else ""
        columns.append(f'<output id="o{n}" name={quoteattr(each)}>{inside}</output>')
    rows = [_row(n, cells, len(inputs)) for n, cells in enumerate(rules, 1)]
    body = "".join(columns + rows)
    head = f'<decisionTable id="t" hitPolicy="{policy}" {attributes}>'
    return document(
        f'<decision id="d" name="决策">{head}{body}</decisionTable></decision>', namespace
    )


def document(inside: str, namespace: str = DMN_1_3) -> bytes:
    """Return a DMN file with this inside its `<definitions>`."""
    head = f'<definitions xmlns="{namespace}" id="defs" name="n" namespace="x">'
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}{inside}</definitions>'.encode()


def _row(number: int, cells: Sequence[str], inputs: int) -> str:
    entries = [
        f'<inputEntry id="r{number}i{n}">{_text(cell)}</inputEntry>'
        for n, cell in enumerate(cells[:inputs], 1)
    ]
    entries += [
        f'<outputEntry id="r{number}o{n}">{_text(cell)}</outputEntry>'
        for n, cell in enumerate(cells[inputs:], 1)
    ]
    return f'<rule id="r{number}">{"".join(entries)}</rule>'


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"
