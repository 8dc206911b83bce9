"""Documents on paper: HTML of our own templates to PDF, in fonts that travel with the product."""

from engine.documents.codes import typed_code, verification_code
from engine.documents.faults import NotPrinted, Unprintable
from engine.documents.fonts_kept import FONTS, FontsMissing
from engine.documents.glyphs import check_glyphs
from engine.documents.marks import qr_image
from engine.documents.press import Press, render
from engine.documents.templates import environment

__all__ = [
    "FONTS",
    "FontsMissing",
    "NotPrinted",
    "Press",
    "Unprintable",
    "check_glyphs",
    "environment",
    "qr_image",
    "render",
    "typed_code",
    "verification_code",
]
