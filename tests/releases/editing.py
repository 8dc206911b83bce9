"""The project's own bundle, changed as an analyst with a text editor would change it."""

import re
from functools import cache

from engine.bootstrap import check_house
from engine.bpmn import Fault
from engine.releases import Bundle
from engine.releases.check import House, check


@cache
def shipped() -> Bundle:
    return Bundle.shipped()


@cache
def house() -> House:
    return check_house()


def path_of(file: str) -> str:
    return f"forms/{file}" if file.endswith(".form") else f"workflows/{file}"


def edited(file: str, before: str, after: str) -> Bundle:
    """Replace the first place that a pattern matches."""
    path = path_of(file)
    changed, times = re.subn(
        before, after, shipped().files[path].decode(), count=1, flags=re.DOTALL
    )
    assert times, f"{file} has no {before}"
    return with_file(file, changed.encode())


def with_file(file: str, content: bytes) -> Bundle:
    return Bundle({**shipped().files, path_of(file): content})


def without(file: str) -> Bundle:
    return Bundle({path: c for path, c in shipped().files.items() if path != path_of(file)})


def faults_of(bundle: Bundle) -> list[Fault]:
    return check(bundle, house())


def errors_of(bundle: Bundle) -> list[Fault]:
    return [fault for fault in faults_of(bundle) if fault.severity == "error"]
