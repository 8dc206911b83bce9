"""Uploaded files, and those kept from before."""

import pytest

from engine.forms import Upload
from tests.forms.documents import bind, component

PICTURE = Upload("证书.JPG", "image/jpeg", b"picture")
FIELD = component("filepicker", "scan", label="证书", accept=".jpg,image/png")
REQUIRED = {**FIELD, "validate": {"required": True}}


def test_an_upload_is_the_value():
    assert bind(FIELD, {}, {"scan": PICTURE}).values["scan"] is PICTURE


def test_a_file_kept_from_before_satisfies_the_form():
    bound = bind(REQUIRED, {}, __kept__={"scan": {"id": 7, "name": "旧.jpg"}})
    assert bound.values["scan"] == {"id": 7, "name": "旧.jpg"}


def test_a_new_file_replaces_the_kept_one():
    assert bind(FIELD, {}, {"scan": PICTURE}, __kept__={"scan": "old"}).values["scan"] is PICTURE


def test_a_kept_file_can_be_let_go():
    bound = bind(REQUIRED, {"scan.discard": "0"}, __kept__={"scan": "old"})
    assert bound.errors == {"scan": "请上传证书。"}


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ([], "请上传证书。"),
        ([Upload("", "", b"")], "请上传证书。"),
        ([Upload("空.jpg", "image/jpeg", b"")], "文件“空.jpg”是空的，请重新选择。"),
        ([PICTURE, PICTURE], "证书最多上传 1 个文件。"),
        (
            [Upload("a.exe", "application/x-msdownload", b"MZ")],
            "不能用文件“a.exe”，可用的类型：.jpg,image/png。",
        ),
    ],
)
def test_files_that_are_not_taken(files, error):
    assert bind(REQUIRED, {}, {"scan": files}).errors == {"scan": error}


def test_a_file_that_is_too_big_is_named():
    field = {**FIELD, "properties": {"max_size": "51200"}}
    big = Upload("大.jpg", "image/jpeg", b"x" * 51_201)
    assert bind(field, {}, {"scan": big}).errors == {"scan": "文件“大.jpg”太大，最大 50 KB。"}


def test_several_files_join_the_kept_ones():
    field = {**FIELD, "multiple": True}
    bound = bind(field, {"scan.discard": "0"}, {"scan": [PICTURE]}, __kept__={"scan": ["a", "b"]})
    assert bound.values["scan"] == ["b", PICTURE]
