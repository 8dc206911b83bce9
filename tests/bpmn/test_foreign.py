"""A diagram of another tool is answered at its elements, never with a crash."""

import pytest

from engine.bpmn.check import check
from tests.bpmn.foreign import EXPECTED


@pytest.mark.parametrize("tool", EXPECTED)
def test_a_diagram_of_another_tool_is_refused_at_its_elements(tool):
    content, elements = EXPECTED[tool]
    found = check({"x.bpmn": content.encode()}, services={}, forms={}, roles={"candidate"})
    assert {f.element for f in found if f.severity == "error" and f.mend} >= elements
