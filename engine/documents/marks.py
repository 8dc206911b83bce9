"""The square code that a phone reads from paper."""

import io

import segno


def qr_image(text: str) -> bytes:
    """Return a QR code as an SVG picture, to be handed to `render` as an asset."""
    file = io.BytesIO()
    segno.make_qr(text, error="m").save(file, kind="svg", border=2, xmldecl=False, omitsize=True)
    return file.getvalue()
