"""Files that come with a post are decoded and written before the lock; rows follow with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy.orm import Session

from engine.cases.desks import Desk
from engine.cases.house import House
from engine.errors import Refused
from engine.files import File, new_file, room_left, too_many
from engine.files.images import CERTIFICATE, recode
from engine.forms import Submitted, Upload

MOST_KEPT = 20
"""Files of one post that has to be shown again; no page asks for as many."""


@dataclass
class Gathering:
    """The uploads of one post: `files` are rows to add, `errors` what was refused, by name.

    `room` is how many the case may still gather here; the rows are counted again when they are
    added, for another post may have been faster."""

    house: House
    desk: Desk
    room: int
    files: list[File] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, house: House, session: Session, desk: Desk) -> Self:
        return cls(house, desk, room_left(session, desk.case.id, purpose_of(desk)))

    def keep_all(self, value: Any, name: str = "") -> Any:
        """Return the value with every upload replaced by a reference to its stored file."""
        if isinstance(value, Upload):
            return self._keep(value, name)
        if isinstance(value, Mapping):
            return {k: self.keep_all(v, f"{name}.{k}" if name else k) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self.keep_all(v, f"{name}.{i}") for i, v in enumerate(value)]
        return value

    def keep_posted(self, submitted: Submitted) -> dict[str, Any]:
        """Keep what can be kept of a post that has to be shown again, by posted name.

        Files that the form does not ask for are not even looked at."""
        unknown = frozenset(self.desk.form.bind(self.desk.context, submitted).unknown)
        known = [(n, found[0]) for n, found in submitted.files.items() if n not in unknown]
        kept = {name: self._keep(upload, name) for name, upload in known[:MOST_KEPT]}
        return {name: reference for name, reference in kept.items() if reference}

    def _keep(self, upload: Upload, name: str) -> dict[str, Any] | None:
        if len(self.files) >= self.room:
            self.errors[name] = str(too_many())
            return None
        try:
            picture = recode(upload.content, CERTIFICATE)
        except Refused as refused:
            self.errors[name] = str(refused)
            return None
        row = new_file(
            self.house.files.put(picture.content),
            media_type="image/jpeg",
            name=upload.filename,
            owner_id=self.desk.case.owner_id,
            case_id=self.desk.case.id,
            purpose=purpose_of(self.desk),
            now=self.house.clock.now(),
        )
        self.files.append(row)
        return {"file_id": str(row.id), "name": row.name}


def purpose_of(desk: Desk) -> str:
    return desk.item.element[:40]
