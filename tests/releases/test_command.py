"""`bishen check`: what it looks at, what it says, how it ends."""

import json
import os

import pytest
from click.testing import CliRunner
from rich.console import Console

from engine.bpmn import Fault
from engine.cli.checking import check_paths, show
from engine.cli.main import main
from tests.releases.editing import edited, shipped

BACK = ("confirm_transcript.form", '"outcome": "back"', '"outcome": "return"')


@pytest.fixture
def put(tmp_path):
    """Write a file of the project, or one like it, into a folder of the test's own."""

    def write(path: str, content: bytes | None = None):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(shipped().files[path] if content is None else content)
        return file

    return write


def run(*arguments):
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_the_project_itself_passes():
    done = run("--json")
    assert done.exit_code == 0
    assert [f for f in json.loads(done.stdout) if f["severity"] == "error"] == []


def test_faults_are_json_with_file_element_text_severity_and_what_to_do(put):
    broken = put("pay.form", b'{"type": "default", "id": "pay", "components": [{"type": "html"}]}')
    done = run("--json", broken)
    assert done.exit_code == 1
    (fault, *_more) = json.loads(done.stdout)
    assert fault.keys() == {"file", "element", "text", "severity", "mend"}
    assert (fault["file"], fault["severity"]) == (str(broken), "error")


def test_people_read_a_line_for_each_fault_and_the_count(put):
    done = run(put("pay.form", b"{"))
    assert done.exit_code == 1
    assert "JSON" in done.stdout
    assert "1 errors" in done.stdout


def test_a_whole_copy_of_the_project_passes(put):
    for path in shipped().files:
        folder = put(path).parent.parent
    assert [f for f in check_paths([folder]) if f.severity == "error"] == []


def test_a_named_form_stands_in_for_the_projects_and_what_it_breaks_there_is_named(put):
    content = edited(*BACK).files["forms/confirm_transcript.form"]
    found = check_paths([put("confirm_transcript.form", content)])
    assert [(f.file, f.element) for f in found if f.severity == "error"] == [
        ("workflows/graduation_declaration.bpmn", "transcript_outcome_to_merge_score_review")
    ]


def test_references_resolve_in_the_project(put):
    content = shipped().files["workflows/on_site_review.bpmn"]
    renamed = content.replace(b'process id="on_site_review"', b'process id="another_review"')
    renamed = renamed.replace(b'processRef="on_site_review"', b'processRef="another_review"')
    assert [f for f in check_paths([put("another.bpmn", renamed)]) if f.severity == "error"] == []


def test_references_resolve_in_the_named_folder_first(put):
    content = (
        shipped()
        .files["workflows/on_site_review.bpmn"]
        .replace(b'name="form" value="correct_fields"', b'name="form" value="mend_fields"')
    )
    folder = put("a/review.bpmn", content).parent
    assert any("没有表单 mend_fields" in f.text for f in check_paths([folder]))
    put("a/mend_fields.form", shipped().files["forms/correct_fields.form"])
    assert [f.text for f in check_paths([folder]) if f.severity == "error"] == []


@pytest.mark.parametrize("name", ["nothing_here.bpmn", "empty", "notes.txt", "pyproject.toml"])
def test_a_path_without_anything_to_check_is_an_error(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "pyproject.toml").write_text("")
    (fault,) = check_paths([tmp_path / name])
    assert (fault.file, fault.severity) == (str(tmp_path / name), "error")


def test_the_same_name_twice_is_an_error(put):
    found = check_paths(
        [put("a/pay.form", shipped().files["forms/pay.form"]), put("b/pay.form", b"{")]
    )
    assert [f.text for f in found if f.severity == "error"] == [
        f"已经有一个同名的文件 {found[0].file.replace('/b/', '/a/')}"
    ]


def test_hidden_folders_and_other_files_are_left_alone(put):
    put("a/.git/pay.form", b"{")
    put("a/README.md", b"{")
    put("a/pyproject.toml", b"{")
    folder = put("a/pay.form", shipped().files["forms/pay.form"]).parent
    assert check_paths([folder]) == []


def test_a_pipe_or_a_loop_of_links_does_not_hang(put, tmp_path):
    folder = put("a/pay.form", shipped().files["forms/pay.form"]).parent
    os.mkfifo(folder / "endless.bpmn")
    (folder / "again").symlink_to(folder)
    (folder / "loop.dmn").symlink_to(folder / "loop.dmn")
    assert check_paths([folder]) == []


def test_a_name_that_is_no_text_is_printed_all_the_same(tmp_path):
    file = tmp_path / os.fsdecode(b"\xff.bpmn")
    file.write_bytes(b"")
    done = run("--json", file)
    assert done.exit_code == 1
    assert "\ufffd.bpmn" in json.loads(done.stdout)[0]["file"]


def test_what_files_say_is_never_markup():
    console = Console(record=True, width=200)
    show([Fault("a[/b].form", "[red]x", "[/] closes nothing", mend="[link=x]")], console)
    printed = console.export_text()
    assert all(part in printed for part in ("a[/b].form", "[red]x", "[/] closes", "[link=x]"))
