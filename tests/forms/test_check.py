"""Every fault of a document is found before anyone sees the form."""

import json

import pytest

from engine.forms import Form, FormFaults
from tests.forms.documents import button, choices, component, form_of


def faults(*components):
    try:
        return [
            (p.component, p.text) for p in form_of(*components).warnings if p.severity == "error"
        ]
    except FormFaults as found:
        return [(p.component, p.text) for p in found.problems if p.severity == "error"]


FIELD = component("textfield", "x")


@pytest.mark.parametrize(
    ("components", "where", "what"),
    [
        ([component("hologram", "x")], "x", "没有组件类型“hologram”"),
        ([component("html", "x", content="<b>")], "x", "不允许使用组件“html”"),
        ([component("iframe", "x", url="https://e")], "x", "不允许使用组件“iframe”"),
        ([component("image", "x", source="https://e")], "x", "不允许使用组件“image”"),
        ([component("documentPreview", "x")], "x", "不允许使用组件“documentPreview”"),
        ([FIELD, FIELD], "x", "键“x”出现了两次"),
        ([FIELD, component("textfield", "x.y")], "x.y", "和另一个键的路径相冲突"),
        ([component("textfield", "_x")], "_x", "“_x”不能作键"),
        ([component("textfield", "outcome")], "outcome", "页面自己要用的名字"),
        ([component("textfield", "version")], "version", "页面自己要用的名字"),
        ([component("number", "x", validate={"max": "many"})], "x", "max 应当是数字"),
        ([component("number", "x", validate={"min": "5", "max": 2})], "x", "min 大于 max"),
        ([component("number", "x", decimalDigits=-1)], "x", "小数位数"),
        ([component("datetime", "x", properties={"max": "2016"})], "x", "max 应当是表达式"),
        ([component("textarea", "x", properties={"secret": True})], "x", "只有单行文本可以保密"),
        ([component("textfield", "x-y")], "x-y", "“x-y”不能作键"),
        ([{"type": "textfield", "label": "x", "id": "Field_1"}], "Field_1", "没有键：请填写 key"),
        ([{"type": "textfield", "key": "x"}], "x", "没有标签"),
        ([component("textfield", "x", conditional={"hide": "=a ="})], "x", "conditional.hide"),
        ([component("textfield", "x", conditional={"hide": "=x = 1"})], "x", "显示条件不能取决于"),
        ([component("textfield", "x", validate={"maxLength": "=1 +"})], "x", "validate.maxLength"),
        ([component("textfield", "x", validate={"maxLength": "ten"})], "x", "应当是整数"),
        ([component("textfield", "x", label="{{ 1 + }}")], "x", "label 的表达式"),
        ([{"type": "text", "id": "T", "text": "{{ a. }}"}], "T", "text 的表达式"),
        ([component("textfield", "x", validate={"pattern": "(?=a)"})], "x", "正则表达式无法使用"),
        ([component("textfield", "x", validate={"validationType": "iban"})], "x", "校验类型“iban”"),
        (
            [component("textfield", "x", validate={"minLength": 5, "maxLength": 2})],
            "x",
            "minLength 大于 maxLength",
        ),
        ([component("select", "x")], "x", "没有选项"),
        ([component("radio", "x", values=[])], "x", "没有选项"),
        ([component("checklist", "x", values=choices("a", "a"))], "x", "选项“a”出现了两次"),
        ([component("select", "x", values=[{"label": "无值"}])], "x", "有的选项没有 value"),
        ([{"type": "button", "label": "好", "id": "B"}], "B", "按钮没有结果"),
        ([button(), button()], "button", "结果“next”有两个按钮"),
        ([button(properties={"style": "rainbow"})], "button", "按钮样式只有"),
        ([component("datetime", "x", subtype="time")], "x", "只支持日期"),
        ([component("number", "x", increment="-1")], "x", "步长"),
        ([component("filepicker", "x", properties={"max_size": "50K"})], "x", "max_size"),
        ([component("table", id="T")], "T", "表格没有数据来源"),
        ([component("expression", "x")], "x", "没有表达式"),
        (
            [component("textfield", "x", properties={"route": True, "secret": True})],
            "x",
            "不能用于流转",
        ),
        ([component("checklist", "x", valuesKey="v", properties={"route": True})], "x", "单个值"),
        (
            [component("dynamiclist", path="l", label="l", components=[button()])],
            "button",
            "行里不能放按钮",
        ),
        (
            [
                component(
                    "dynamiclist",
                    path="l",
                    label="l",
                    components=[component("dynamiclist", path="m", label="m")],
                )
            ],
            "m",
            "列表里不能再放列表",
        ),
        (
            [
                component(
                    "dynamiclist",
                    path="l",
                    label="l",
                    components=[component("textfield", "x", properties={"secret": "true"})],
                )
            ],
            "x",
            "列表里的字段不能用于流转或保密",
        ),
        ([component("dynamiclist", label="l", id="L")], "L", "列表没有路径"),
        (
            [component("dynamiclist", path="l", label="l", properties={"max_rows": "many"})],
            "l",
            "应当是整数",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(components, where, what):
    found = faults(*components)
    assert any(what in text for _where, text in found), found
    assert where in {place for place, _text in found}


def test_a_formula_fault_has_line_and_column():
    [(_where, text)] = faults(component("textfield", "x", conditional={"hide": "=a and\n  )"}))
    assert "第 2 行第 3 列" in text


def test_every_fault_is_told_at_once():
    assert (
        len(faults(component("html", "a"), component("textfield", "b-c"), component("radio", "d")))
        == 3
    )


def test_components_and_depth_are_limited():
    assert any("组件太多" in text for _p, text in faults(*[{"type": "spacer"}] * 300))
    deep = component("textfield", "x")
    for _level in range(6):
        deep = {"type": "group", "components": [deep]}
    assert any("嵌套太深" in text for _p, text in faults(deep))
    many = [component("textfield", f"f{n}") for n in range(61)]
    assert any("字段太多" in text for _p, text in faults(*many))


@pytest.mark.parametrize(
    ("document", "what"),
    [
        (b"{", "不是有效的 JSON"),
        (b"[]", "缺少 components"),
        (b'{"components": {}}', "缺少 components"),
        (b'{"components": [], "type": "page"}', "type 应当是 default"),
        (b'{"components": []}', "表单没有 id"),
        (b"[" * 100_000, "不是有效的 JSON"),
        (b" " * 600_000, "表单文件太大"),
        (b"\xff\xfe", "不是有效的 JSON"),
        (b'{"components": [1], "id": "x"}', "有一项不是组件"),
    ],
)
def test_a_file_that_is_no_form_is_refused(document, what):
    with pytest.raises(FormFaults, match=what):
        Form.parse(document)


def test_a_document_may_come_as_bytes():
    document = {"id": "f", "components": [button()], "type": "default", "schemaVersion": 19}
    assert Form.parse(json.dumps(document).encode()).id == "f"


def warnings(*components):
    return [(p.component, p.text) for p in form_of(*components).warnings]


def test_missing_english_is_a_warning():
    field = component("radio", "x", label="方式", values=[{"value": "a", "label": "邮寄"}])
    english = {"outcome": "next", "label.en": "Next"}
    found = warnings(field, {"type": "button", "label": "下一步", "properties": english})
    assert found == [
        ("x", "缺少英文文字：请填写属性 label.en"),
        ("x", "“邮寄”缺少英文（label.en）"),
    ]


def test_a_form_in_both_languages_has_nothing_to_warn_of():
    field = component(
        "select",
        "x",
        label="方式",
        description="说明",
        values=[{"value": "a", "label": "邮寄", "label.en": "By mail"}],
        properties={"label.en": "Method", "description.en": "Hint"},
    )
    done = {"type": "button", "label": "好", "properties": {"outcome": "n", "label.en": "OK"}}
    assert warnings(field, done) == []


def test_a_form_without_a_button_is_a_warning():
    form = Form.parse({"id": "f", "components": []})
    assert [(p.text, p.severity) for p in form.warnings] == [
        ("表单没有按钮，任务将无法完成", "warning")
    ]


def test_a_pattern_without_anchors_is_a_warning():
    field = component("textfield", "x", validate={"pattern": "[0-9]{12}"})
    assert any("首尾" in text for _where, text in warnings(field))


def test_a_newer_schema_is_a_warning():
    form = Form.parse({"id": "f", "components": [button()], "schemaVersion": 99})
    assert any("schemaVersion" in p.text for p in form.warnings)


def test_every_expression_of_a_form_can_be_listed():
    form = form_of(
        component("textfield", "a", conditional={"hide": "=b"}, validate={"required": "=c"}),
        component("select", "d", valuesKey="e"),
        component("text", id="T", text="{{ f }} and {{g}}"),
    )
    assert [(e.component, e.place, e.text) for e in form.expressions()] == [
        ("a", "conditional.hide", "b"),
        ("a", "validate.required", "c"),
        ("d", "valuesKey", "e"),
        ("T", "text", "f"),
        ("T", "text", "g"),
    ]
