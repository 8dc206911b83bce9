"""The filters of the list of cases, read from an address and written into links."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from engine.cases.case_lists import CaseFilter
from engine.cases.models import CaseStatus
from engine.cases.paging import Position
from engine.clock import SHANGHAI

LONGEST = 80
FIELDS = ("number", "workflow", "status", "step", "release", "place", "from", "until", "incident")


def typed(arguments: MultiDict[str, str]) -> dict[str, str]:
    """Return what stands in the fields, as it was typed."""
    return {name: _printable(arguments.get(name, "")) for name in FIELDS}


def filter_of(fields: dict[str, str]) -> CaseFilter:
    """Return what is looked for; what cannot be read does not matter."""
    until = _day(fields["until"])
    return CaseFilter(
        number=fields["number"],
        workflow=fields["workflow"],
        status=fields["status"] if fields["status"] in set(CaseStatus) else "",
        step=fields["step"],
        release=_whole(fields["release"]),
        place=fields["place"],
        opened_from=_begin(_day(fields["from"])),
        opened_before=_begin(until + timedelta(days=1) if until else None),
        has_incident=bool(fields["incident"]),
    )


def unreadable(fields: dict[str, str]) -> list[str]:
    """Name the dates that cannot be read, so that nobody takes all cases for the filtered ones."""
    return [name for name in ("from", "until") if fields[name] and _day(fields[name]) is None]


def query(fields: dict[str, str], following: Position | None) -> str:
    """Return the query of the next page, "" when there is none."""
    if following is None:
        return ""
    kept = {name: text for name, text in fields.items() if text}
    return "?" + urlencode({**kept, "after": str(following)})


def _printable(text: str) -> str:
    """What cannot be printed is found nowhere, and PostgreSQL refuses to look for some of it."""
    return "".join(letter for letter in text.strip() if letter.isprintable())[:LONGEST]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # A day of which the day after is no date any more is no day to look for.
    return found if date.min < found < date.max else None


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, SHANGHAI) if day else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
