"""WeasyPrint with one set of fonts for all pages, and limits on the pages themselves."""

from collections import deque
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from .faces import faces_in, style
from .fetching import OnlyAssets

BASE = "app://none/"
DEEPEST = 100
MOST_ELEMENTS = 20_000


class _Fault(Exception):
    """Holds what is wrong with the page, in words for operators."""


class Printer:
    def __init__(self, fonts: Path) -> None:
        faces = faces_in(fonts)
        fetcher = OnlyAssets({face.url: face.path.read_bytes() for face in faces})
        self._fonts = FontConfiguration()
        self._style = CSS(
            string=style(faces), font_config=self._fonts, url_fetcher=fetcher, base_url=BASE
        )

    def answer(self, page: str, assets: dict[str, bytes]) -> tuple[dict[str, Any], bytes]:
        """Return the length of the PDF and the PDF, or what is wrong with the page."""
        try:
            pdf = self._print(page, assets)
        except _Fault as fault:
            return {"fault": str(fault)}, b""
        except FatalURLFetchingError as fault:
            return {"fault": f"the page asks for {fault}"}, b""
        except RecursionError:
            return {"fault": "the page is nested too deeply"}, b""
        except MemoryError:
            return {"fault": "the page takes too much memory"}, b""
        except Exception as fault:  # noqa: BLE001 -- whatever it is, the next page must be printed
            return {"fault": f"the page cannot be laid out ({type(fault).__name__})"}, b""
        return {"pdf": len(pdf)}, pdf

    def _print(self, page: str, assets: dict[str, bytes]) -> bytes:
        html = HTML(string=page, url_fetcher=OnlyAssets(assets), base_url=BASE)
        _check_shape(html.etree_element)
        pdf = html.write_pdf(stylesheets=[self._style], font_config=self._fonts)
        return bytes(pdf)


def _check_shape(root: Element) -> None:
    waiting, seen = deque([(root, 1)]), 0
    while waiting:
        element, depth = waiting.popleft()
        seen += 1
        if depth > DEEPEST:
            raise _Fault("the page is nested too deeply")
        if seen > MOST_ELEMENTS:
            raise _Fault("the page has too many elements")
        waiting.extend((child, depth + 1) for child in element)
