"""What `bishen check` looks at: the files named, with the project's own behind them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from engine.bootstrap import check_house
from engine.bpmn import Fault
from engine.bpmn.checks.calls import called_by
from engine.bpmn.checks.reading import Models, read_models
from engine.bpmn.model import CALLS
from engine.bpmn.naming import decision_of
from engine.i18n import gettext as _
from engine.releases import Bundle
from engine.releases.bundle import SUFFIXES
from engine.releases.check import check
from engine.releases.checks.bundle_reading import SETTINGS, TEXTS

TEXT_FILES = frozenset({Path(SETTINGS).name, Path(TEXTS).name})
FOLDERS = {suffix: folder for folder, suffixes in SUFFIXES.items() for suffix in suffixes}
LARGEST = 2_000_001
"""One byte more than anything may have: what is larger is refused without being read whole."""
MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Given:
    """The named files by their place in a bundle, the names they were given by, and what could
    not be read."""

    files: Mapping[str, bytes]
    names: Mapping[str, str]
    faults: list[Fault]


def check_paths(paths: Iterable[Path]) -> list[Fault]:
    """Return the faults of the named files; references resolve in them, then in the project.

    Without a path, the project's own bundle is checked. A file with the name of one of the
    project's stands in for it, and what it breaks elsewhere in the project is named, too.
    """
    named = list(paths)
    house, own = check_house(), dict(Bundle.shipped().files)
    if not named:
        return check(Bundle(own), house)
    given = _read(named)
    if not given.files:
        return given.faults
    if given.files.keys() <= own.keys():
        before = set(check(Bundle(own), house)) if given.files.keys() < own.keys() else set()
        found = check(Bundle({**own, **given.files}), house)
        faults = [f for f in found if f.file in given.files or not f.file or f not in before]
    else:
        whole = Bundle({**_referred_to(given.files, own), **given.files})
        faults = [f for f in check(whole, house) if f.file in given.files or not f.file]
    return [*given.faults, *(replace(f, file=given.names.get(f.file, f.file)) for f in faults)]


def show(faults: Iterable[Fault], console: Console) -> None:
    """Print the faults for people; what files say is never taken for markup."""
    listed = list(faults)
    for fault in listed:
        mark = "[red]error[/]" if fault.severity == "error" else "[yellow]warning[/]"
        where = f"{escape(fault.file)}  [bold]{escape(fault.element)}[/]"
        console.print(f"{mark}  {where}  {escape(fault.text)}", soft_wrap=True)
        if fault.mend:
            console.print(f"        {escape(fault.mend)}", style="dim", soft_wrap=True)
    errors = sum(fault.severity == "error" for fault in listed)
    console.print(f"{errors} errors, {len(listed)} faults in all")


def _read(named: Iterable[Path]) -> Given:
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    faults: list[Fault] = []
    for path in named:
        found = _files(path)
        if not found:
            text = _("没有这个文件，或里面没有可检查的文件")
            faults.append(Fault(_spelled(path), "", text, mend=_("请检查路径")))
        for file in found[:MOST_FILES]:
            _add(file, files, names, faults)
        if len(found) > MOST_FILES:
            text = _("文件太多，只检查了前 %(n)s 个", n=MOST_FILES)
            faults.append(Fault(_spelled(path), "", text, mend=_("请分几次检查")))
    return Given(files, names, faults)


def _files(path: Path) -> list[Path]:
    """Return a file itself; of a folder what is ours, its hidden folders left alone."""
    if not path.is_dir():
        return [path] if path.is_file() else []
    found = (f for f in path.rglob("*") if _is_known(f) and f.is_file())
    return sorted(f for f in found if not _is_hidden(f.relative_to(path)))


def _is_known(file: Path) -> bool:
    return file.name in TEXT_FILES or (file.suffix in FOLDERS and file.suffix != ".toml")


def _is_hidden(file: Path) -> bool:
    return any(part.startswith(".") for part in file.parts)


def _add(file: Path, files: dict[str, bytes], names: dict[str, str], faults: list[Fault]) -> None:
    name = _spelled(file)
    if not _is_known(file):
        kinds = "、".join([*sorted(FOLDERS.keys() - {".toml"}), *sorted(TEXT_FILES)])
        text = _("不认识这种文件，可检查的有：%(kinds)s", kinds=kinds)
        faults.append(Fault(name, "", text, mend=_("请检查路径")))
        return
    place = f"{FOLDERS[file.suffix]}/{_spelled(Path(file.name))}"
    if place in files:
        text = _("已经有一个同名的文件 %(file)s", file=names[place])
        faults.append(Fault(name, "", text, mend=_("请改名，或分开检查")))
        return
    try:
        with file.open("rb") as stream:
            files[place] = stream.read(LARGEST)
    except OSError as cause:
        text = _("读不了这个文件：%(why)s", why=cause.strerror or "")
        faults.append(Fault(name, "", text, mend=_("请检查权限")))
        return
    names[place] = name


def _spelled(path: Path) -> str:
    """A name that can be printed, whatever bytes the file system has for it."""
    return os.fsencode(path).decode(errors="replace")


def _referred_to(given: Mapping[str, bytes], own: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return those of the project's files that the given ones need, directly or through others."""
    project = read_models(Bundle(own).models)
    files: dict[str, bytes] = {}
    while True:
        here = read_models(Bundle({**files, **given}).models)
        missing = set(_places_of_references(here, project)) - {*files, *given}
        wanted = {place: own[place] for place in missing if place in own}
        if not wanted:
            return files
        files |= wanted


def _places_of_references(here: Models, project: Models) -> Iterator[str]:
    """Yield where the project keeps what diagrams name and do not bring along."""
    yield "workflows/sms.toml"
    for node in here.nodes:
        called = called_by(node) if node.kind in CALLS else ""
        if called and called not in here.processes and called in project.processes:
            yield project.processes[called].file
        decision = decision_of(node)
        if decision and decision not in here.decisions and decision in project.decisions:
            yield project.decision_files[decision]
        if node.kind == "userTask":
            yield f"forms/{node.properties.get('form', '')}.form"
