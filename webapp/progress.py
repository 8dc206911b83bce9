"""The step bar: the stages that a release names, and where a work item stands among them."""

from dataclasses import dataclass

from engine.i18n import chosen
from engine.releases import OpenRelease


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is done, current or todo."""

    title: str
    state: str


def steps_of(release: OpenRelease, element: str) -> list[Step]:
    """Return the stages of `release.toml`; none when the element belongs to no stage."""
    stages = release.settings.get("stages", [])
    here = next((i for i, s in enumerate(stages) if element in s["elements"]), None)
    if here is None:
        return []
    return [
        Step(chosen(stage["name"], stage.get("name_en")), _state(i, here))
        for i, stage in enumerate(stages)
    ]


def before_verification(release: OpenRelease) -> frozenset[str]:
    """The elements whose pages may be seen before the phone was checked: they check it."""
    return frozenset(release.settings.get("before_verification", ()))


def _state(index: int, here: int) -> str:
    if index < here:
        return "done"
    return "current" if index == here else "todo"
