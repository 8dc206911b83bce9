"""Hostile files are refused with a sentence, soon, and nothing of them is ever carried out."""

import json
import time

import pytest

from tests.releases.editing import edited, errors_of, path_of, with_file

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&f;</definitions>"""
STRANGER = b"""<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
<process id="p" name="&secret;"/></definitions>"""
MODEL = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">'
FILES = ("graduation_declaration.bpmn", "exemption.dmn", "apply.form", "release.toml", "sms.toml")
CONTENTS = {
    "nothing": b"",
    "blanks": b" \n\t " * 100,
    "binary": bytes(range(256)) * 40,
    "zeros": b"\0" * 1000,
    "no_text": b"\xff\xfe<\x00d\x00",
    "five_megabytes": b"<a>" + b"x" * 5_000_000 + b"</a>",
    "five_megabytes_of_digits": b"9" * 5_000_000,
    "entities": LAUGHS,
    "a_file_of_the_machine": STRANGER,
    "nested_elements": b"<a>" * 100_000,
    "nested_processes": MODEL + b'<subProcess id="s">' * 3_000,
    "nested_lists": b"[" * 100_000,
    "nested_tables": b"a = " + b"[" * 100_000,
    "nested_objects": b'{"components":[' * 20_000,
    "nested_inline_tables": b"a = " + b"{b = " * 20_000,
    "null": b"null",
    "a_number": b"1e999999",
    "an_object": b"{}",
    "html": b"<!doctype html><script>alert(1)</script>",
}
FORMULAS = {
    "long": "1+" * 20_000 + "1",
    "nested": "(" * 5_000 + "1" + ")" * 5_000,
    "lists": "[" * 2_000 + "]" * 2_000,
    "quotes": '"' * 2_001,
    "python": "().__class__.__base__.__subclasses__()",
    "import": "__import__('os').system('id')",
    "names": ".".join("a" * 2_000),
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("content", CONTENTS)
def test_hostile_content_is_an_error_of_its_file(file, content):
    if file.endswith("sms.toml") and content in {"nothing", "blanks"}:
        expected = {"certificate_review.bpmn", "sms.toml"}
    else:
        expected = {file}
    begun = time.process_time()
    found = errors_of(with_file(file, CONTENTS[content]))
    assert time.process_time() - begun < 2
    assert {path_of(name) for name in expected} <= {fault.file for fault in found}
    assert all(fault.text and len(fault.text) < 1_000 for fault in found)
    assert not any("root:" in fault.text for fault in found)


@pytest.mark.parametrize("formula", FORMULAS)
def test_hostile_formulas_are_read_soon_and_never_carried_out(formula):
    text = FORMULAS[formula]
    components = [
        {"type": "text", "id": "t", "text": "x", "conditional": {"hide": f"={text}"}},
        {"type": "text", "id": "u", "text": f"{{{{ {text} }}}}"},
    ]
    document = {"type": "default", "id": "apply", "schemaVersion": 19, "components": components}
    begun = time.process_time()
    found = errors_of(with_file("apply.form", json.dumps(document).encode()))
    assert time.process_time() - begun < 2
    assert any(fault.file == "forms/apply.form" for fault in found)


def test_a_formula_that_would_never_end_is_only_read():
    text = '"text": "{{ for i in 1..1000000000 return i }}"'
    begun = time.process_time()
    errors_of(edited("pay.form", '"text": "[^"]*"', text))
    assert time.process_time() - begun < 2


def test_ten_thousand_components_are_refused_soon():
    components = [{"type": "text", "id": f"t{n}", "text": "x"} for n in range(10_000)]
    document = {"type": "default", "id": "apply", "components": components}
    begun = time.process_time()
    found = errors_of(with_file("apply.form", json.dumps(document).encode()))
    assert time.process_time() - begun < 2
    assert found


def test_three_thousand_stages_are_checked_soon():
    stages = '[[stages]]\nname = "x"\nelements = ["x"]\n' * 3_000
    begun = time.process_time()
    assert errors_of(with_file("release.toml", stages.encode()))
    assert time.process_time() - begun < 2
