"""Reading the XML of decision tables: nothing is loaded from elsewhere, nothing is expanded."""

from typing import Any

from lxml import etree

from engine.dmn.faults import DmnFault, DmnFaults
from engine.i18n import gettext as _

LARGEST = 2_000_000
MODELS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
}
"""The namespaces of DMN 1.1 to 1.5."""

FEEL = {
    "feel",
    "http://www.omg.org/spec/FEEL/20140401",
    "http://www.omg.org/spec/DMN/20180521/FEEL/",
    "https://www.omg.org/spec/DMN/20191111/FEEL/",
    "https://www.omg.org/spec/DMN/20211108/FEEL/",
    "https://www.omg.org/spec/DMN/20230324/FEEL/",
}


def root_of(xml: bytes) -> Any:
    """Return the root element, `<definitions>` in one of DMN's namespaces."""
    if len(xml) > LARGEST:
        raise _refused(_("文件超过 2 MB"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise _refused(_("不是合格的 XML：%(fault)s", fault=str(fault))) from None
    document = root.getroottree().docinfo
    if document.doctype or document.internalDTD is not None:
        raise _refused(_("不允许使用 DOCTYPE"))
    if etree.QName(root).localname != "definitions" or etree.QName(root).namespace not in MODELS:
        raise _refused(_("不是 DMN 文件"))
    return root


def children(element: Any, *names: str) -> list[Any]:
    """Return the child elements with one of these names, in the element's own namespace."""
    return [child for child in element if tag(child) in names and _is_own(child, element)]


def child(element: Any, name: str) -> Any | None:
    return next(iter(children(element, name)), None)


def tag(element: Any) -> str:
    """Return the local name of an element, nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def id_of(element: Any) -> str:
    """Return the id of an element, or of the nearest one around it that has one."""
    while element is not None and not element.get("id"):
        element = element.getparent()
    return "" if element is None else str(element.get("id"))


def text_in(element: Any | None) -> str:
    """Return the `<text>` inside an element, without the space around it."""
    found = None if element is None else child(element, "text")
    return "" if found is None else "".join(found.itertext()).strip()


def _is_own(found: Any, element: Any) -> bool:
    return bool(etree.QName(found).namespace == etree.QName(element).namespace)


def _refused(text: str) -> DmnFaults:
    return DmnFaults([DmnFault("", text)])
