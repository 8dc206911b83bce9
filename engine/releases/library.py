"""Releases as they are used: parsed once for each process, never changed by a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from engine.bpmn import Definition, Picture, pictures_of
from engine.forms import FieldType, Form
from engine.releases.bundle import Bundle
from engine.releases.models import Release, ReleaseFile
from engine.sms.texts import Texts


@dataclass(frozen=True)
class OpenRelease:
    """A release ready to run cases on."""

    id: UUID
    definition: Definition
    forms: Mapping[str, Form]
    texts: Texts
    settings: Mapping[str, Any]

    @property
    def main_process(self) -> str:
        return str(self.settings["main_process"])

    def decide(self, name: str, inputs: Mapping[str, Any]) -> Any:
        """Evaluate a decision table on values by input name."""
        return self.definition.decisions[name].evaluate(inputs).value


class Library:
    """The releases of one installation; `types` are the component types its forms may use."""

    def __init__(self, types: Mapping[str, FieldType]) -> None:
        self._types = types
        self._open: dict[UUID, OpenRelease] = {}
        self._pictures: dict[UUID, Mapping[str, Picture]] = {}
        self._lock = Lock()

    def publish(self, session: Session, bundle: Bundle, *, now: datetime) -> Release:
        """Store the bundle as the newest release, unless the newest one is the same."""
        newest = self.newest(session)
        if newest and newest.digest == bundle.digest:
            return newest
        number = (session.scalar(select(func.max(Release.number))) or 0) + 1
        release = Release(number=number, digest=bundle.digest, published_at=now)
        session.add(release)
        session.add_all(
            ReleaseFile(release_id=release.id, path=path, content=content)
            for path, content in bundle.files.items()
        )
        session.flush()
        return release

    def newest(self, session: Session) -> Release | None:
        return session.scalar(select(Release).order_by(Release.number.desc()).limit(1))

    def has_published(self, session: Session, bundle: Bundle) -> bool:
        """Tell whether these very files were a release at any time."""
        return session.scalar(select(exists().where(Release.digest == bundle.digest))) is True

    def open(self, session: Session, release_id: UUID) -> OpenRelease:
        """Return the parsed release; the first call in a process reads and parses its bytes."""
        if release_id not in self._open:
            bundle = stored_bundle(session, release_id)
            with self._lock:
                self._open.setdefault(release_id, self._parse(release_id, bundle))
        return self._open[release_id]

    def pictures(self, session: Session, release_id: UUID) -> Mapping[str, Picture]:
        """Return the drawings of a release by process; read once in a process."""
        if release_id not in self._pictures:
            models = stored_bundle(session, release_id).models
            self._pictures.setdefault(release_id, pictures_of(models))
        return self._pictures[release_id]

    def _parse(self, release_id: UUID, bundle: Bundle) -> OpenRelease:
        return OpenRelease(
            id=release_id,
            definition=Definition.parse(bundle.models),
            forms={name: Form.parse(doc, self._types) for name, doc in bundle.forms.items()},
            texts=Texts.parse(bundle.texts),
            settings=bundle.settings,
        )


def stored_bundle(session: Session, release_id: UUID) -> Bundle:
    rows = session.execute(
        select(ReleaseFile.path, ReleaseFile.content)
        .where(ReleaseFile.release_id == release_id)
        .order_by(ReleaseFile.path)
    )
    return Bundle({row.path: row.content for row in rows})
