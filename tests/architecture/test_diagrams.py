"""Whatever a diagram names is there, and whatever is there for the diagrams is named by one."""

import ast
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from engine.bpmn import Definition
from engine.bpmn.naming import NamedUse, ServiceUse
from engine.releases import Bundle
from tests.architecture.tree import PROJECT, Module, modules, require_none

SERVICE_TABLES = re.compile(r"[A-Z_]*SERVICES")
SENDS_TEXTS = "sms.send"


def violations(root: Path) -> list[str]:
    bundle = Bundle.read(root)
    definition = Definition.parse(bundle.models)
    said = _said(root)
    return [
        *_forms(definition, bundle),
        *_services(definition, services(root)),
        *_decisions(definition, said),
        *_messages(definition, said),
        *_texts(definition, bundle, said),
    ]


def services(root: Path) -> dict[str, Module]:
    """Return every name under which a package offers a service, with the module that does."""
    found = {}
    for module in modules(root, "engine"):
        for node in module.tree.body:
            if isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Dict):
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                if isinstance(target, ast.Name) and SERVICE_TABLES.fullmatch(target.id):
                    keys = [k.value for k in node.value.keys if isinstance(k, ast.Constant)]
                    found |= dict.fromkeys(keys, module)
    return found


def _said(root: Path) -> frozenset[str]:
    """Return every text that stands in the code: what is named there is used there."""
    return frozenset(
        text for module in modules(root, "engine", "webapp") for text in module.texts()
    )


def _forms(definition: Definition, bundle: Bundle) -> list[str]:
    named = {task.form or "": task.element for task in definition.user_tasks()}
    return [
        *(f"{named[form]}: there is no form {form}" for form in named.keys() - bundle.forms.keys()),
        *(f"forms/{form}.form: no task opens it" for form in bundle.forms.keys() - named.keys()),
    ]


def _services(definition: Definition, offered: Mapping[str, Module]) -> list[str]:
    uses = definition.services_named()
    called = {use.service for use in uses}
    return [
        *(_of(use, f"there is no service {use.service}") for use in uses if _is_new(use, offered)),
        *(
            f"{offered[name].path}: no diagram calls {name}"
            for name in sorted(offered.keys() - called)
        ),
    ]


def _is_new(use: ServiceUse, offered: Mapping[str, Module]) -> bool:
    return use.service not in offered


def _decisions(definition: Definition, said: frozenset[str]) -> list[str]:
    uses = definition.decisions_named()
    asked = {use.name for use in uses} | said
    return [
        *(_of(u, f"no table {u.name}") for u in uses if u.name not in definition.decisions),
        *(
            f"workflows: nobody asks the decision {name}"
            for name in sorted(definition.decisions.keys() - asked)
        ),
    ]


def _messages(definition: Definition, said: frozenset[str]) -> list[str]:
    """A message is offered to a person, or is named in the code that sends it."""
    offered = {
        node.id
        for process in definition.process_ids
        for node in definition.elements(process)
        if "offer" in node.properties
    }
    return [
        _of(use, f"nobody sends the message {use.name}")
        for use in definition.messages_named()
        if use.element not in offered and use.name not in said
    ]


def _texts(definition: Definition, bundle: Bundle, said: frozenset[str]) -> list[str]:
    kept = tomllib.loads(bundle.texts.decode()).keys()
    sent = {
        value.strip('"'): use
        for use in definition.services_named()
        if use.service == SENDS_TEXTS
        for name, value in use.parameters
        if name == "text"
    }
    return [
        *(_of(sent[name], f"there is no text {name}") for name in sorted(sent.keys() - kept)),
        *(f"workflows/sms.toml: nobody sends {name}" for name in sorted(kept - sent.keys() - said)),
    ]


def _of(use: NamedUse | ServiceUse, what: str) -> str:
    return f"{use.file}: {use.element}: {what}"


def test_what_diagrams_name_is_there_and_nothing_is_left_over():
    require_none(violations(PROJECT))
