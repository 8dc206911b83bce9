"""Only `engine.bpmn` knows the library that runs the diagrams."""

from pathlib import Path

from tests.architecture.tree import PROJECT, is_below, modules, require_none

LIBRARY = "SpiffWorkflow"
AT_HOME = ("engine/bpmn", "tests/bpmn", "bench/peers/spiff.py")
"""The last is the library itself, measured as a peer of the product."""


def violations(root: Path) -> list[str]:
    return [
        module.at(node, f"imports {name}")
        for module in modules(root, "engine", "webapp", "tests", "bench")
        if not is_below(module.path, *AT_HOME)
        for node, name in module.imports()
        if name.split(".")[0] == LIBRARY
    ]


def test_only_the_bpmn_package_imports_spiffworkflow():
    require_none(violations(PROJECT))
