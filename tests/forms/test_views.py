"""What a template gets to draw."""

from datetime import date
from decimal import Decimal

from engine.forms import GENERIC_TYPES, FieldType, error_links
from engine.i18n import speaking
from tests.forms.documents import button, choices, component, form_of

METHOD = component("radio", "method", values=choices("pickup", "mail"))
CITY = component("textfield", "city", label="城市", conditional={"hide": '=method != "mail"'})


class Panel(FieldType):
    type = "panel"

    def bind(self, definition, submitted, context):
        return None


def view_of(definition, values=None, errors=None, **context):
    return form_of(definition).view(context, values, errors)[0]


def test_hidden_components_are_not_there():
    form = form_of(METHOD, CITY)
    assert [v.name for v in form.view({}, {"method": "pickup"}) if v.name] == ["method"]
    assert [v.name for v in form.view({}, {"method": "mail"}) if v.name] == ["method", "city"]


def test_a_field_that_decides_what_is_shown_says_so():
    views = form_of(METHOD, CITY).view({}, {"method": "mail"})
    assert [v.updates for v in views] == [True, False, False]


def test_a_name_in_a_text_decides_nothing():
    views = form_of(component("textfield", "name"), component("text", text="{{ name }}")).view({})
    assert not any(view.updates for view in views)


def test_typed_values_and_typed_texts_show_alike():
    assert view_of(component("number", "n"), {"n": Decimal("80.50")}).value == "80.50"
    assert view_of(component("number", "n"), {"n": "八十"}).value == "八十"
    boxes = {"year": "1990", "month": "3", "day": "15"}
    assert view_of(component("datetime", "d"), {"d": date(1990, 3, 15)}).value == boxes
    assert view_of(component("datetime", "d"), {"d": {**boxes, "day": "x"}}).value["day"] == "x"
    assert view_of(component("datetime", "d"), {"d": "1990-03-15"}).value == boxes


def test_defaults_stand_where_nothing_is_known():
    field = component("textfield", "name", defaultValue="=person.name")
    assert view_of(field, person={"name": "张三"}).value == "张三"
    assert view_of(field, {"name": None}, person={"name": "张三"}).value == ""


def test_a_default_decides_what_is_shown():
    form = form_of({**METHOD, "defaultValue": "mail"}, CITY)
    assert "city" in [view.name for view in form.view({})]


def test_texts_are_in_the_readers_language_and_filled_in():
    field = component(
        "textfield",
        "name",
        label="姓名（{{ level }}）",
        description="与证件一致",
        properties={"label.en": "Name ({{ level }})", "description.en": "As on the card"},
    )
    assert view_of(field, level="本科").label == "姓名（本科）"
    with speaking("en"):
        view = view_of(field, level="BA")
    assert (view.label, view.hint) == ("Name (BA)", "As on the card")


def test_options_are_in_the_readers_language():
    values = [
        {"value": "a", "label": "邮寄", "label.en": "By mail"},
        {"value": "b", "label": "自取"},
    ]
    with speaking("en"):
        options = view_of(component("radio", "x", values=values), {"x": "a"}).options
    assert [(o.value, o.label, o.checked) for o in options] == [
        ("a", "By mail", True),
        ("b", "自取", False),
    ]


def test_a_list_starts_with_a_blank_row_and_shows_its_rows():
    rows = component("dynamiclist", path="l", label="l", components=[component("textfield", "p")])
    assert len(view_of(rows).rows) == 1
    shown = view_of(rows, {"l": [{"p": "厂"}, {"p": "店"}]}, {"l.1.p": "错"})
    assert [row[0].value for row in shown.rows] == ["厂", "店"]
    assert [row[0].error for row in shown.rows] == [None, "错"]
    assert shown.rows[1][0].name == "l.1.p"
    assert view_of(rows, {"l": []}).rows == []


def test_a_full_list_offers_no_more_rows():
    rows = component(
        "dynamiclist", path="l", label="l", properties={"max_rows": "1"}, components=[]
    )
    assert view_of(rows, {"l": [{}]}).action == ""
    assert view_of(rows, {"l": []}).action == "添加一行"


def test_a_read_only_field_shows_what_it_holds():
    view = view_of(component("textfield", "name", readonly=True), {"name": "forged"}, name="张三")
    assert (view.readonly, view.said) == (True, "张三")


def test_what_is_said_for_values():
    when = component("datetime", "d", properties={"precision": "month"})
    money = component("number", "n", appearance={"suffixAdorner": "元"})
    assert view_of(METHOD, {"method": "mail"}).said == "选项 mail"
    assert view_of(component("checkbox", "c"), {"c": True}).said == "是"
    assert view_of(component("datetime", "d"), {"d": date(1990, 3, 15)}).said == "1990年3月15日"
    assert view_of(when, {"d": date(1990, 3, 1)}).said == "1990年3月"
    assert view_of(money, {"n": Decimal(12)}).said == "12元"
    many = component("checklist", "m", values=choices("a", "b"))
    assert view_of(many, {"m": ["a", "b"]}).said == "选项 a、选项 b"
    kept = {"scan": {"name": "证书.jpg"}}
    assert view_of(component("filepicker", "scan"), __kept__=kept).said == "证书.jpg"


def test_a_domain_component_gets_its_facts_and_what_was_posted():
    form = form_of({"type": "panel", "key": "p"}, types={**GENERIC_TYPES, "panel": Panel()})
    facts = {"rows": [1]}
    plain = form.view({"p": facts}, {"p": {"chosen": 1}})[0]
    assert (plain.facts, plain.value, plain.posted) == (facts, {"chosen": 1}, {})
    again = form.view({"p": facts}, {"p": {"posted": {"row.0": ["z"]}}}, {"p.row.0": "请选择"})[0]
    assert (again.value, again.text("row.0"), again.errors) == (None, "z", {"row.0": "请选择"})
    assert (again.name_of("row.0"), again.id_of("row.0")) == ("p.row.0", "field-p-row-0")


def test_nothing_posted_for_a_domain_component_is_no_value():
    form = form_of({"type": "panel", "key": "p"}, types={**GENERIC_TYPES, "panel": Panel()})
    view = form.view({"p": {}}, form.bind({"p": {}}, {}).entered)[0]
    assert (view.value, view.posted) == (None, {})


def test_rows_of_a_table_come_from_what_is_known():
    columns = [{"key": "code", "label": "代码", "label.en": "Code"}, {"key": "score"}]
    table = component("table", label="成绩", dataSource="=records", columns=columns)
    view = view_of(table, records=[{"code": "00015", "score": Decimal(80)}, {"code": "00018"}])
    assert view.columns == ["代码", ""]
    assert view.rows == [["00015", "80"], ["00018", ""]]


def test_computed_values_are_shown_with_what_was_typed():
    fee = component("expression", "fee", label="邮费", expression="=n * 2")
    assert form_of(component("number", "n"), fee).view({}, {"n": "3"})[1].said == "6"


def test_every_error_leads_to_the_first_thing_to_mend():
    rows = component("dynamiclist", path="l", label="l", components=[component("datetime", "d")])
    form = form_of(component("datetime", "born"), METHOD, rows)
    errors = {
        "born": "1",
        "method": "2",
        "l": "3",
        "l.0.d": "4",
        "l.0.d.month": "5",
        "outcome": "6",
    }
    links = error_links(form.view({}, {}, errors), errors)
    assert [(link.text, link.anchor) for link in links] == [
        ("1", "field-born-year"),
        ("2", "field-method"),
        ("3", "field-l-0-d-year"),
        ("4", "field-l-0-d-year"),
        ("5", "field-l-0-d-month"),
        ("6", ""),
    ]


def test_outcomes_tell_how_their_buttons_look():
    form = form_of(
        button(properties={"label.en": "Next"}),
        button("back", label="上一步", properties={"validate": "false"}),
        button("reject", properties={"style": "warning"}),
    )
    assert [(o.name, o.label_en, o.style, o.validates) for o in form.outcomes] == [
        ("next", "Next", "primary", True),
        ("back", "", "secondary", False),
        ("reject", "", "warning", True),
    ]
    assert [view.style for view in form.view({})] == ["primary", "secondary", "warning"]
