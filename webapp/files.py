"""Hands out stored pictures: to their owner, and to staff who have the case in hand."""

from uuid import UUID

from flask import Response, abort

from engine.files import File
from webapp.database import reading
from webapp.engine import engine

SAFE = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
}


def send_file_of(file_id: UUID, *, owner_id: UUID) -> Response:
    """Send the file if it is this owner's; there is no other file under that id (404)."""
    row = reading().get(File, file_id)
    if row is None or row.owner_id != owner_id:
        abort(404)
    return picture(row)


def picture(row: File) -> Response:
    return Response(engine().files.get(row.sha256), mimetype=row.media_type, headers=SAFE)
