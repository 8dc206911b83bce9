"""Bytes to a tree, strictly: no DOCTYPE, no entities, nothing fetched, nothing huge."""

from typing import Any

from lxml import etree

MAX_BYTES = 2_000_000

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"


class NotAModel(ValueError):
    """The bytes are no document that this package reads; the message says why."""


def bpmn(name: str) -> str:
    """Return the full name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def spiff(name: str) -> str:
    """Return the full name of one of our extension elements."""
    return f"{{{SPIFF}}}{name}"


def read(content: bytes) -> Any:
    """Return the root of a diagram, stripped of everything that is not the model itself: drawing,
    comments, and what other tools keep there. Raise `NotAModel` for anything else."""
    root = parsed(content)
    _strip(root)
    return root


def parsed(content: bytes) -> Any:
    """Return the root of a diagram with everything that lies in it, its drawing too."""
    if len(content) > MAX_BYTES:
        raise NotAModel("larger than 2 MB")
    try:
        root = etree.fromstring(content, _parser())
    except (etree.XMLSyntaxError, ValueError) as cause:
        raise NotAModel(str(cause)) from cause
    kind = root.getroottree().docinfo
    if kind.doctype or kind.internalDTD is not None:
        raise NotAModel("DOCTYPE is not allowed")
    if root.tag != bpmn("definitions"):
        raise NotAModel("no BPMN definitions")
    return root


def tag_of(element: Any) -> str:
    """Return the BPMN name of an element, `""` for anything of another namespace."""
    tag = element.tag
    return tag.removeprefix(bpmn("")) if isinstance(tag, str) and tag.startswith(bpmn("")) else ""


def _strip(root: Any) -> None:
    """The library looks for elements at any depth, so nothing foreign may lie about."""
    extensions = set(root.iter(bpmn("extensionElements")))
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is None:
            continue
        wanted = spiff("") if parent in extensions or parent.tag.startswith(spiff("")) else bpmn("")
        if not isinstance(element.tag, str) or not element.tag.startswith(wanted):
            parent.remove(element)


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
        encoding="utf-8",
    )
