"""The page of one case, as it is looked at, and as it is shown again behind an act."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from engine.bpmn import Picture
from engine.cases import case_board
from engine.cases.case_board import CaseBoard
from engine.cases.models import WorkItem
from engine.cases.operating import Shown
from engine.declaration.sites import site_names
from engine.i18n import chosen
from engine.people import Role, masks
from engine.releases import OpenRelease
from webapp.database import reading
from webapp.engine import engine
from webapp.identity import person
from webapp.operations import answers, drawing, wording
from webapp.operations.history import Names, element_name, history_lines

LONGEST_NUMBER = 9
"""Digits of a line number in an address."""


def show(
    case_id: UUID,
    *,
    shown: Shown | None = None,
    errors: Mapping[str, str] | None = None,
    typed: str = "",
    act: str = "",
) -> str:
    """Draw the page. `act` names the form that was refused, `typed` is what stood in it."""
    board = case_board.case_board(reading(), case_id)
    release = engine().library.open(reading(), board.case.release_id)
    pictures = engine().library.pictures(reading(), board.case.release_id)
    names = release.definition.names()
    page = case_board.history(reading(), case_id, _before())
    staff = case_board.staff_names(reading(), board.people)
    return render_template(
        "operations/case.html",
        tab="cases",
        board=board,
        now=engine().clock.now(),
        owner=_owner(board, shown),
        revealed=answers.lines_of_answers(board, release, shown) if shown else None,
        diagram=_diagram(board, release, pictures),
        process_names=_process_names(pictures),
        names=names,
        element_name=element_name,
        outcome_name=lambda item: _outcome_name(release, item),
        site_names=site_names(reading()),
        history=page,
        lines=history_lines(reading(), page, names, board.case.owner_id),
        staff_names=staff,
        words=wording,
        may_act=may_act(),
        errors=[{"text": text, "anchor": f"field-{act}"} for text in (errors or {}).values()],
        refused_act=act,
        typed=typed,
        here=url_for("operations.case", case_id=case_id),
    )


def may_act() -> bool:
    return person().has(Role.OPERATOR)


def process_names() -> dict[str, str]:
    """What the processes of the newest release are called."""
    newest = engine().library.newest(reading())
    return _process_names(engine().library.pictures(reading(), newest.id)) if newest else {}


def workflows_begun() -> list[str]:
    """The processes of the newest release that no other calls: cases begin with them."""
    newest = engine().library.newest(reading())
    pictures = engine().library.pictures(reading(), newest.id) if newest else {}
    called = {process for picture in pictures.values() for process in picture.calls}
    return sorted(pictures.keys() - called)


def newest_names() -> Names:
    """What the elements of the newest release are called."""
    newest = engine().library.newest(reading())
    if newest is None:
        return {}
    return engine().library.open(reading(), newest.id).definition.names()


def _outcome_name(release: OpenRelease, item: WorkItem) -> str:
    """What stands on the button that was pressed, or its outcome where that is no button's."""
    outcomes = {outcome.name: outcome for outcome in release.forms[item.form].outcomes}
    pressed = outcomes.get(item.outcome or "")
    return (chosen(pressed.label, pressed.label_en) if pressed else "") or item.outcome or ""


def _process_names(pictures: Mapping[str, Picture]) -> dict[str, str]:
    return {p.process: chosen(p.name, p.name_en) or p.process for p in pictures.values()}


def _before() -> int | None:
    text = request.args.get("before", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


def _owner(board: CaseBoard, shown: Shown | None) -> dict[str, str]:
    """Name, ID number and phone: masked, or whole for the page that gave a reason."""
    account = shown.owner if shown else board.owner
    name, id_number, mobile = account.name or "", account.id_number or "", account.mobile or ""
    if shown:
        return {"name": name, "id_number": id_number, "mobile": mobile}
    return {
        "name": masks.masked(name, masks.mask_name),
        "id_number": masks.masked(id_number, masks.mask_id_number),
        "mobile": masks.masked(mobile, masks.mask_mobile),
    }


def _diagram(
    board: CaseBoard, release: OpenRelease, pictures: Mapping[str, Picture]
) -> dict[str, Any] | None:
    """The process that is looked at, its drawing, and every process that can be looked at."""
    reached = drawing.called_from(pictures, board.case.workflow)
    if not reached:
        return None
    process_of = {
        node.id: process
        for process in release.definition.process_ids
        for node in release.definition.elements(process)
    }
    opened = [item.element for item in board.open_items]
    waiting = [wait.element for wait in board.waits]
    failed = [i.element for i in board.incidents if i.resolved_at is None and i.element]
    # What has failed is what an operator comes for, then what somebody has in hand.
    standing = [process_of.get(element, "") for element in (*failed, *opened, *waiting)]
    wanted = request.args.get("diagram", "")
    first = next((process for process in standing if process in reached), reached[0])
    process = wanted if wanted in reached else first
    marks = drawing.with_calls(
        drawing.Marks(opened, waiting, failed, board.finished),
        {name: pictures[name] for name in reached},
    )
    return {
        "process": process,
        "drawing": drawing.drawing_of(pictures[process], marks),
        "reached": reached,
        "standing": set(standing),
        "here": [e for e in (*failed, *opened, *waiting) if process_of.get(e) == process],
    }
