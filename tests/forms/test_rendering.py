"""Pages drawn from views: every input has a label, every error leads to its input, all is inert."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.forms import GENERIC_TYPES, error_links
from engine.forms.types import Upload
from engine.i18n import gettext, speaking
from tests.forms.documents import button, choices, component, form_of

TEMPLATES = Path(__file__).parents[2] / "webapp" / "templates"
PAGE = """
{% from "macros/fields.html" import draw, error_summary with context %}
{{ error_summary(links) }}<form method="post">{{ draw(views) }}</form>
"""
HOSTILE = "\"><script>alert(1)</script>{{ 7 * 7 }}'"
REQUIRED = {"required": True}
EVERYTHING = form_of(
    component("text", text="# 说明\n请看**这里**\n- 一\n- 二\n\n1. 甲\n\n`码` [去](/x) {{ fact }}"),
    component("textfield", "name", validate=REQUIRED, description="与证件一致"),
    component("textarea", "note", validate=REQUIRED, description="写几句"),
    component(
        "number",
        "fee",
        validate=REQUIRED,
        appearance={"prefixAdorner": "约", "suffixAdorner": "元"},
    ),
    component("datetime", "born", validate=REQUIRED, properties={"autocomplete": "bday"}),
    component("select", "site", values=choices("a", "b"), validate=REQUIRED),
    component("radio", "method", values=choices("pickup", "mail"), validate=REQUIRED),
    component(
        "checklist", "many", values=choices("a", "b"), validate=REQUIRED, description="可多选"
    ),
    component("checkbox", "agree", validate=REQUIRED, description="读过须知"),
    component("filepicker", "scan", validate=REQUIRED, accept=".jpg"),
    component(
        "group",
        label="地址",
        path="address",
        components=[component("textfield", "city", validate=REQUIRED)],
        conditional={"hide": '=method = "pickup"'},
    ),
    component(
        "dynamiclist",
        path="resume",
        label="简历",
        validate=REQUIRED,
        components=[
            component("textfield", "place", validate=REQUIRED),
            component("datetime", "since", properties={"precision": "month"}, validate=REQUIRED),
            component("radio", "kind", values=choices("x", "y"), validate=REQUIRED),
        ],
    ),
    component(
        "table", label="成绩", dataSource="=records", columns=[{"key": "code", "label": "代码"}]
    ),
    component("separator"),
    component("spacer"),
    component("expression", "twice", label="两倍", expression="=if fee = null then 0 else fee * 2"),
    component("textfield", "locked", readonly=True),
    component("datetime", "day", readonly=True),
    component("radio", "chosen", readonly=True, values=choices("a")),
    button(),
    button("back", label="上一步", properties={"validate": "false"}),
)
CONTEXT = {"fact": HOSTILE, "records": [{"code": HOSTILE}], "locked": HOSTILE, "chosen": "a"}


def draw(form, values=None, errors=None, context=CONTEXT):
    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals["_"] = gettext
    views = form.view(context, values, errors)
    links = error_links(views, errors or {})
    html = environment.from_string(PAGE).render(views=views, links=links)
    return BeautifulSoup(f"<!doctype html><title>t</title><body>{html}", "html5lib")


def refused():
    posted = {"resume.0.place": "", "resume.0._row": "", "resume.1.kind": "x", "fee": "x"}
    bound = EVERYTHING.bind(CONTEXT, posted, outcome="next")
    return draw(EVERYTHING, bound.entered, bound.errors), bound


def inputs_of(page):
    found = page.select("input, select, textarea")
    return [i for i in found if i.get("type") != "hidden"]


def test_every_type_has_a_template():
    for kind in GENERIC_TYPES:
        assert (TEMPLATES / "components" / f"{kind}.html").is_file()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_input_has_a_label_of_its_own(language):
    with speaking(language):
        page, _bound = refused()
    labelled = [label["for"] for label in page.select("label")]
    assert len(inputs_of(page)) > 20
    for found in inputs_of(page):
        assert labelled.count(found["id"]) == 1, found
    assert all(label.get_text(strip=True) for label in page.select("label, legend"))


def test_no_id_is_used_twice():
    page, _bound = refused()
    ids = [found["id"] for found in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_every_error_leads_to_an_input_and_stands_beside_it():
    page, bound = refused()
    links = page.select(".govuk-error-summary__list a")
    assert [link.get_text() for link in links] == list(bound.errors.values())
    assert len(links) == 12
    for link in links:
        target = page.find(id=link["href"].removeprefix("#"))
        assert target.name in ("input", "select", "textarea"), link
    shown = [e.get_text(strip=True) for e in page.select(".govuk-error-message")]
    assert sorted(shown) == sorted(f"错误：{text}" for text in bound.errors.values())


def test_hints_and_errors_are_tied_to_what_they_describe():
    page, _bound = refused()
    described = page.select("[aria-describedby]")
    assert len(described) > 10
    for found in described:
        for target in found["aria-describedby"].split():
            assert page.find(id=target) is not None, found
    tied = {target for found in described for target in found["aria-describedby"].split()}
    assert {e["id"] for e in page.select(".govuk-error-message, .govuk-hint")} <= tied


def test_questions_of_several_inputs_are_fieldsets():
    page, _bound = refused()
    for found in page.select("input[type=radio], .govuk-date-input input"):
        assert found.find_parent("fieldset").find("legend")


def test_what_was_typed_is_shown_again_and_inert():
    typed = {"name": HOSTILE, "note": f"\n{HOSTILE}", "born": {"year": HOSTILE}, "many": [HOSTILE]}
    page = draw(EVERYTHING, typed, {"name": HOSTILE})
    assert page.find("script") is None
    assert page.find(id="field-name")["value"] == HOSTILE
    assert page.find(id="field-note").get_text() == f"\n{HOSTILE}"
    assert page.find(id="field-born-year")["value"] == HOSTILE
    assert page.find("td").get_text() == HOSTILE
    assert "49" not in page.get_text()
    assert any(HOSTILE in paragraph.get_text() for paragraph in page.select("p.govuk-body"))


def test_what_the_analyst_writes_is_inert_too():
    form = form_of(
        component("textfield", "x", label="<script>1</script>", description="<b>"),
        component("select", "y", values=[{"value": '"><i>', "label": "<u>"}]),
        component("text", text="<img src=x onerror=alert(1)> [x](javascript:alert(1))"),
    )
    page = draw(form)
    assert not page.select("script, b, i, u, img, a")


def test_chosen_things_stay_chosen():
    page = draw(EVERYTHING, {"method": "mail", "site": "b", "many": ["a"], "agree": True})
    checked = {(i["name"], i["value"]) for i in page.select("input[checked]")}
    assert checked == {("method", "mail"), ("many", "a"), ("agree", "true")}
    assert page.select_one("option[selected]")["value"] == "b"


def test_the_page_posts_what_the_form_knows():
    page = draw(EVERYTHING, {"method": "mail"})
    names = {found["name"] for found in page.select("[name]")}
    posted = {name: "" for name in names if not name.startswith("_")}
    assert EVERYTHING.bind(CONTEXT, posted).unknown == []
    assert {"resume.0._row", "_add", "_remove", "_update", "outcome"} <= names


def test_rows_are_added_and_removed_by_buttons():
    page = draw(EVERYTHING, {"resume": [{}, {}]})
    assert [b["value"] for b in page.select("button[name=_remove]")] == ["resume.0", "resume.1"]
    assert page.select_one("button[name=_add]")["value"] == "resume"
    assert all(b.has_attr("formnovalidate") for b in page.select("button[name^=_]"))


def test_a_field_that_decides_is_followed_by_a_way_to_update():
    page = draw(EVERYTHING)
    assert {i["name"] for i in page.select("[data-updates]")} == {"method", "fee"}
    assert [b["value"] for b in page.select("button[name=_update]")] == ["fee", "method"]


def test_hidden_groups_are_not_drawn():
    assert draw(EVERYTHING, {"method": "pickup"}).find(id="field-address-city") is None
    assert draw(EVERYTHING, {"method": "mail"}).find(id="field-address-city") is not None


def test_optional_fields_say_so():
    page = draw(
        form_of(component("textfield", "a"), component("textfield", "b", validate=REQUIRED))
    )
    assert [label.get_text(strip=True) for label in page.select("label")] == ["a（选填）", "b"]


def test_read_only_fields_are_texts():
    page = draw(EVERYTHING)
    assert not page.select("[name=locked], [name=day], [name=chosen]")
    said = [value.get_text(strip=True) for value in page.select(".app-read-only dd")]
    assert said == ["0", HOSTILE, "未填写", "选项 a"]


def test_a_kept_file_is_named_and_can_be_let_go():
    context = {**CONTEXT, "__kept__": {"scan": Upload("证书.jpg", "image/jpeg", b"x")}}
    kept = {"scan": {"name": "证书.jpg"}}
    page = draw(EVERYTHING, context={**context, "__kept__": kept})
    assert page.select_one("[name='scan.discard']")["value"] == "0"
    assert "不要已上传的“证书.jpg”" in page.get_text()


def test_the_buttons_stand_in_one_row():
    [row] = draw(EVERYTHING).select(".govuk-button-group")
    assert [(b["name"], b["value"]) for b in row.select("button")] == [
        ("outcome", "next"),
        ("outcome", "back"),
    ]
