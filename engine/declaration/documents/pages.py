"""Put a document's page together: its content out of the tables, its HTML, what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import Environment, FileSystemLoader
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import local
from engine.declaration import codes, transcripts
from engine.declaration.documents.amounts import capital_yuan
from engine.declaration.documents.answers import delivery_of, information_of
from engine.declaration.documents.fitting import SIZES, fitted, flowed, style_name
from engine.declaration.documents.information import Information
from engine.declaration.documents.mailing import Delivery
from engine.declaration.documents.office import Office
from engine.declaration.documents.subjects import subject_of
from engine.declaration.models import Declaration, DocumentIssue, DocumentKind, Photo
from engine.documents import environment, qr_image
from engine.files import File
from engine.payments import orders
from engine.payments.money import yuan

TEMPLATES = Path(__file__).parent / "templates"
PHOTO, CODE, NUMBER = "app://photo", "app://code", "app://number"
Content: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready for the press, except for the photo, which is a stored file."""

    html: str
    marks: Mapping[str, bytes] = field(repr=False)
    photo: str | None = None
    """Digest of the photo's content."""


def page_of(
    session: Session,
    declaration: Declaration,
    issue: DocumentIssue,
    *,
    office: Office,
    base_url: str,
    now: datetime,
) -> Page:
    """Read what the document says and write it out; nothing is printed yet."""
    subject = subject_of(session, declaration, now)
    address = f"{base_url.rstrip('/')}/verify/{issue.verification_code}"
    photo = _photo(session, declaration)
    html = (
        _environment()
        .get_template(f"{issue.kind}.html")
        .render(
            office=office,
            subject=subject,
            issue=issue,
            title=codes.label_of(codes.DOCUMENTS, issue.kind),
            address=address,
            issued_on=local(now),
            has_photo=photo is not None,
            **CONTENTS[DocumentKind(issue.kind)](session, declaration, now),
        )
    )
    return Page(html, {CODE: qr_image(address), NUMBER: qr_image(subject.number)}, photo)


def _registration_form(session: Session, declaration: Declaration, now: datetime) -> Content:
    return {
        "information": Information.of(information_of(session, declaration)),
        "sheet": transcripts.sheet_of(session, declaration, now),
    }


def _application_form(session: Session, declaration: Declaration, now: datetime) -> Content:
    return {
        "information": Information.of(information_of(session, declaration)),
        "sheet": transcripts.sheet_of(session, declaration, now),
        "originals": codes.ORIGINALS,
        "is_mailed": delivery_of(session, declaration) is not None,
    }


def _transcript(session: Session, declaration: Declaration, now: datetime) -> Content:
    return {"sheet": transcripts.sheet_of(session, declaration, now), "plan": declaration.plan}


def _mailing_slip(session: Session, declaration: Declaration, now: datetime) -> Content:
    delivery = delivery_of(session, declaration) or {}
    return {
        "delivery": Delivery.of(delivery),
        "order": orders.paid_of(session, declaration.case_id),
    }


def _receipt(session: Session, declaration: Declaration, now: datetime) -> Content:
    return {"order": orders.paid_of(session, declaration.case_id)}


CONTENTS: Mapping[DocumentKind, Callable[[Session, Declaration, datetime], Content]] = {
    DocumentKind.REGISTRATION_FORM: _registration_form,
    DocumentKind.APPLICATION_FORM: _application_form,
    DocumentKind.TRANSCRIPT: _transcript,
    DocumentKind.MAILING_SLIP: _mailing_slip,
    DocumentKind.RECEIPT: _receipt,
}


def _photo(session: Session, declaration: Declaration) -> str | None:
    return session.scalar(
        select(File.sha256)
        .join(Photo, Photo.file_id == File.id)
        .where(Photo.declaration_id == declaration.id, Photo.replaced_at.is_(None))
    )


@cache
def _environment() -> Environment:
    found = environment(FileSystemLoader(TEMPLATES))
    found.globals["sizes"] = [(style_name(size), size) for size in SIZES]
    found.filters.update(
        flowed=flowed,
        fit=lambda text, *box: style_name(fitted(str(text), *box)),
        day=lambda when: f"{when.year}年{when.month}月{when.day}日",
        month=lambda when: f"{when.year}年{when.month:02}月",
        dotted=lambda when: f"{when:%Y.%m}",
        minute=lambda when: f"{local(when):%Y-%m-%d %H:%M}",
        yuan=yuan,
        capital_yuan=capital_yuan,
    )
    return found
