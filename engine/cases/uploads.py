"""Files that come with a post are decoded and written before the lock; rows follow with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from engine.cases.desks import Desk
from engine.cases.house import House
from engine.errors import Refused
from engine.files import File
from engine.files.images import CERTIFICATE, recode
from engine.forms import Upload


@dataclass
class Gathering:
    """The uploads of one post: `files` are rows to add, `errors` what was refused, by name."""

    house: House
    desk: Desk
    files: list[File] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def keep_all(self, value: Any, name: str = "") -> Any:
        """Return the value with every upload replaced by a reference to its stored file."""
        if isinstance(value, Upload):
            return self._keep(value, name)
        if isinstance(value, Mapping):
            return {k: self.keep_all(v, f"{name}.{k}" if name else k) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self.keep_all(v, f"{name}.{i}") for i, v in enumerate(value)]
        return value

    def keep_posted(self, uploads: Mapping[str, Sequence[Upload]]) -> dict[str, Any]:
        """Keep what can be kept of a post that has to be shown again, by posted name."""
        kept = {name: self._keep(found[0], name) for name, found in uploads.items() if found}
        return {name: reference for name, reference in kept.items() if reference}

    def _keep(self, upload: Upload, name: str) -> dict[str, Any] | None:
        try:
            picture = recode(upload.content, CERTIFICATE)
        except Refused as refused:
            self.errors[name] = str(refused)
            return None
        stored = self.house.files.put(picture.content)
        row = File(
            id=uuid4(),
            sha256=stored.sha256,
            size=stored.size,
            media_type="image/jpeg",
            name=upload.filename,
            owner_id=self.desk.case.owner_id,
            case_id=self.desk.case.id,
            purpose=self.desk.item.element[:40],
            created_at=self.house.clock.now(),
        )
        self.files.append(row)
        return {"file_id": str(row.id), "name": upload.filename}
