"""`bishen check` reads strangers' files in a child: an answer for each, whatever they hold."""

import io
import time
import zipfile

import pytest

from engine.cli.checking_apart import check_apart
from engine.i18n import speaking
from tests.bpmn.drawing import HEAD
from tests.bpmn.foreign import EXPECTED
from tests.releases.editing import shipped
from tests.releases.test_hostile import LAUGHS, STRANGER

LIMITED = "from engine.cli.check_child import limit; "
FATAL = {
    "never ends": "main = lambda: any(iter(int, 1))",
    "wants all memory": LIMITED + "main = lambda: (limit(), bytearray(2**36))",
    "falls over": "import os; main = lambda: os.abort()",
    "raises": "main = lambda: 1 / 0",
}


def packed() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.bpmn", b"0" * 10_000_000)
    return stream.getvalue()


HOSTILE = {
    "laughs": LAUGHS,
    "stranger": STRANGER,
    "quadratic": b'<!DOCTYPE x [<!ENTITY a "'
    + b"a" * 100_000
    + b'">]><x>'
    + b"&a;" * 9_000
    + b"</x>",
    "doctype": b"<!DOCTYPE definitions>" + HEAD.encode() + b"</bpmn:definitions>",
    "nested": HEAD.encode() + b"<a>" * 200_000,
    "closed_nesting": HEAD.encode() + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</bpmn:definitions>",
    "attributes": b"<a " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>",
    "one_attribute": b'<a b="' + b"x" * 1_900_000 + b'"/>',
    "namespaces": b"<a " + b" ".join(b'xmlns:n%d="u%d"' % (n, n) for n in range(50_000)) + b"/>",
    "packed": packed(),
    "zeros": b"\0" * 1_000_000,
    "text": b"%PDF-1.7 is no diagram",
    "utf_16": (HEAD + "</bpmn:definitions>").encode("utf-16"),
    "utf_7": b'<?xml version="1.0" encoding="utf-7"?><a/>',
    "include": b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/passwd"/></a>',
    "style": b'<?xml-stylesheet href="http://127.0.0.1:9/"?><a/>',
}


def test_every_hostile_file_and_every_other_tools_diagram_gets_an_answer(tmp_path):
    for name, content in HOSTILE.items():
        (tmp_path / f"{name}.bpmn").write_bytes(content)
        (tmp_path / f"{name}_table.dmn").write_bytes(content)
    for name, (content, _elements) in EXPECTED.items():
        (tmp_path / f"{name}.bpmn").write_text(content, encoding="utf-8")
    with (tmp_path / "hundred_megabytes.bpmn").open("wb") as file:
        file.truncate(100_000_000)
    begun = time.monotonic()
    found = check_apart([tmp_path])
    assert time.monotonic() - begun < 60
    errors = {fault.file for fault in found if fault.severity == "error"}
    assert errors >= {str(path) for path in tmp_path.iterdir()}
    assert not any("root:" in fault.text for fault in found)


@pytest.mark.parametrize("case", FATAL)
def test_a_child_that_cannot_finish_is_a_fault_of_what_it_was_given(tmp_path, case):
    begun = time.monotonic()
    (fault,) = check_apart([tmp_path / "x.bpmn"], patience=3, load=FATAL[case])
    assert (fault.file, fault.severity) == (str(tmp_path / "x.bpmn"), "error")
    assert time.monotonic() - begun < 10


def test_the_child_speaks_the_language_of_whoever_asked(tmp_path):
    (tmp_path / "pay.form").write_bytes(shipped().files["forms/pay.form"][:-20])
    with speaking("en"):
        (fault,) = check_apart([tmp_path / "pay.form"])
    assert fault.text.isascii()
