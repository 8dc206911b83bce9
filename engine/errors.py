"""What a person may be told: every refusal carries its sentence, already in their language."""

from collections.abc import Mapping


class Refused(Exception):
    """What was asked cannot be done; `str()` is the sentence for the person who asked."""


class NotFound(Refused):
    """There is no such thing, or it is not this person's to see (404)."""


class Conflict(Refused):
    """The thing has changed since the person saw it (409)."""


class Throttled(Refused):
    """Too many tries; later is fine (429)."""


class Invalid(Refused):
    """Some fields need mending (422). `errors` holds one sentence for each field name."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)
