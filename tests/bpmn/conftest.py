"""What the tests of diagrams share."""

import pytest

FEE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
  namespace="https://bishen.example/dmn">
  <decision id="delivery_fee" name="邮费">
    <decisionTable id="t" hitPolicy="FIRST">
      <input id="i1" label="方式"><inputExpression id="e1" typeRef="string">
        <text>choose.method</text></inputExpression></input>
      <output id="o1" name="amount" typeRef="number"/>
      <rule id="r1"><inputEntry id="x1"><text>"post"</text></inputEntry>
        <outputEntry id="y1"><text>2200</text></outputEntry></rule>
      <rule id="r2"><inputEntry id="x2"><text>-</text></inputEntry>
        <outputEntry id="y2"><text>0</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


@pytest.fixture
def fee_table() -> bytes:
    return FEE.encode()
