"""Posted names: whose they are, how rows are numbered, what a browser would post."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.forms.fields.lists import MOST_ROWS
from engine.forms.nested import ABSENT, find
from engine.forms.tree import RESERVED, FormComponent, in_form
from engine.forms.types import Submitted, Upload

ROW = "_row"
"""Posted once for every row, so that a row with nothing ticked in it is still a row."""
_PAGE_NAME = re.compile(r"_[a-z][a-z_]*")

Posted = Mapping[str, str | Sequence[str]]


def submitted_from(
    values: Submitted | Posted, files: Mapping[str, Upload | Sequence[Upload]] | None
) -> Submitted:
    """Accept a post as it came, or a plain mapping of names to texts."""
    if isinstance(values, Submitted):
        return values
    texts = {name: [v] if isinstance(v, str) else list(v) for name, v in values.items()}
    uploads = {name: [f] if isinstance(f, Upload) else list(f) for name, f in (files or {}).items()}
    return Submitted(texts, uploads)


def renumbered(components: Iterable[FormComponent], submitted: Submitted) -> Submitted:
    """Return the same post with the rows of every list numbered 0, 1, 2 … in their order.

    Only one row more than a list can ever have is kept: enough to say that there are too many.
    """
    for component in in_form(components):
        if component.type.holds == "rows":
            submitted = _renumbered(component.name, submitted)
    return submitted


def count_of_rows(name: str, submitted: Submitted) -> int:
    """Return how many rows were posted for a list; they are numbered already."""
    return len(_numbers(name, [*submitted.values, *submitted.files]))


def unknown_names(components: Sequence[FormComponent], submitted: Submitted) -> list[str]:
    """Return the posted names that belong to no component and not to the page itself."""
    names = dict.fromkeys([*submitted.values, *submitted.files])
    return [name for name in names if not _is_known(components, name)]


def posted_for(components: Iterable[FormComponent], values: Mapping[str, Any]) -> Submitted:
    """Return what a browser would post for values that were typed or bound before."""
    return Submitted(dict(_texts_for(components, values, "")))


def _texts_for(
    components: Iterable[FormComponent], values: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, Sequence[str]]]:
    for component in in_form(components):
        value, name = find(values, component.name or "."), f"{prefix}{component.name}"
        if value is ABSENT:
            continue
        if component.type.holds == "rows":
            for number, row in enumerate(value or ()):
                yield f"{name}.{number}.{ROW}", [""]
                yield from _texts_for(component.children, row, f"{name}.{number}.")
        elif component.type.takes_value:
            for part, texts in component.type.posted(component.definition, value).items():
                yield (f"{name}.{part}" if part else name), texts


def _renumbered(name: str, submitted: Submitted) -> Submitted:
    numbers = _numbers(name, [*submitted.values, *submitted.files])[: MOST_ROWS + 1]
    new = {f"{name}.{old}.": f"{name}.{at}." for at, old in enumerate(numbers)}
    pattern = re.compile(rf"{re.escape(name)}\.[0-9]+\.")

    def moved(posted: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for posted_name, value in posted.items():
            start = pattern.match(posted_name)
            if start is None:
                found[posted_name] = value
            elif start[0] in new:
                found[new[start[0]] + posted_name[start.end() :]] = value
        return found

    return Submitted(moved(submitted.values), moved(submitted.files))


def _numbers(name: str, posted_names: Iterable[str]) -> list[str]:
    pattern = re.compile(rf"{re.escape(name)}\.(0|[1-9][0-9]{{0,3}})\..+")
    found = {match[1] for posted in posted_names if (match := pattern.fullmatch(posted))}
    return sorted(found, key=int)


def _is_known(components: Iterable[FormComponent], name: str) -> bool:
    if name in RESERVED or _PAGE_NAME.fullmatch(name):
        return True
    return any(_owns(component, name) for component in in_form(components))


def _owns(component: FormComponent, name: str) -> bool:
    if component.type.holds == "rows":
        row = re.fullmatch(rf"{re.escape(component.name)}\.[0-9]+\.(.+)", name)
        return row is not None and _is_known(component.children, row[1])
    if not component.name:
        return False
    if component.type.parts is None:
        return name == component.name or name.startswith(f"{component.name}.")
    return any(
        name == (f"{component.name}.{part}" if part else component.name)
        for part in component.type.parts
    )
