"""The links that a member of staff finds below the header, by what their roles let them open."""

from dataclasses import dataclass

from engine.i18n import gettext as _
from engine.people import Person
from webapp.operations.blueprint import LOOK


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    current: bool


def links_for(person: Person | None, path: str) -> list[Link]:
    """Return the links; none where there is only one place to go."""
    if person is None or person.kind != "staff" or not path.startswith("/staff"):
        return []
    places = [(_("任务列表"), "/staff/queue", "/staff/queue")]
    if person.roles & frozenset(LOOK):
        places.append((_("运行管理"), "/staff/operations/", "/staff/operations"))
    if len(places) == 1:
        return []
    return [Link(label, href, path.startswith(below)) for label, href, below in places]
