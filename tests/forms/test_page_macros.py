"""Each thing on a page has one macro; each says the same to eyes and to screen readers."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.i18n import gettext

TEMPLATES = Path(__file__).parents[2] / "webapp" / "templates"
HOSTILE = "<script>x</script>"


def draw(source, **values):
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.globals["_"] = gettext
    imports = '{% import "macros/pages.html" as pages %}{% import "macros/fields.html" as fields %}'
    html = environment.from_string(imports + source).render(**values)
    return BeautifulSoup(html, "html5lib")


@pytest.mark.parametrize(
    "call",
    [
        "pages.page_title(x, x)",
        "pages.panel(x, x)",
        "pages.notification_banner(x, 'success', close='/')",
        "pages.summary_list([{'key': x, 'value': x, 'href': '/', 'action': x}])",
        "pages.table(x, [x], [[x]])",
        "pages.task_list([{'title': x, 'status': x, 'hint': x, 'colour': 'blue'}])",
        "pages.step_bar([{'title': x, 'state': 'current'}])",
        "pages.tag(x)",
        "pages.inset(x)",
        "pages.warning_text(x)",
        "pages.details(x, x)",
        "fields.text_field('n', x, x, x, x)",
        "fields.error_summary([{'text': x, 'anchor': ''}])",
        "fields.read_only(x, x, x)",
        "fields.button(x, 'n', x, hidden_text=x)",
    ],
)
def test_texts_are_inert_and_seen(call):
    environment_page = draw(f"{{{{ {call} }}}}", x=HOSTILE)
    assert environment_page.find("script") is None
    assert HOSTILE in environment_page.get_text()


def test_the_current_step_is_named():
    steps = [
        {"title": "核验", "state": "done", "href": "/1"},
        {"title": "申请", "state": "current"},
        {"title": "打印", "state": "todo"},
    ]
    page = draw("{{ pages.step_bar(steps) }}", steps=steps)
    [current] = page.select("[aria-current=step]")
    assert current.get_text(strip=True) == "2. 申请（正在办理）"
    assert page.nav["aria-label"] == "办理步骤"


def test_a_banner_can_be_closed():
    page = draw("{{ pages.notification_banner('成绩归一成功', 'success', close='/next') }}")
    assert page.select_one("a.app-close")["href"] == "/next"
    assert page.select_one("[role=alert]")["aria-labelledby"] == page.h2["id"]


def test_a_table_names_its_columns():
    page = draw("{{ pages.table('成绩', ['代码', '分数'], [['00015', 80]], numeric=[1]) }}")
    assert page.caption.get_text() == "成绩"
    assert [th["scope"] for th in page.select("th")] == ["col", "col"]
    assert "govuk-table__cell--numeric" in page.select("td")[1]["class"]


def test_an_empty_table_says_so():
    assert (
        "没有成绩" in draw("{{ pages.table('成绩', ['代码'], [], empty='没有成绩') }}").get_text()
    )


def test_a_task_without_a_link_is_no_link():
    items = [
        {"title": "申请", "href": "/a", "status": "进行中"},
        {"title": "打印", "status": "不可办理"},
    ]
    page = draw("{{ pages.task_list(items) }}", items=items)
    [link] = page.select("a")
    assert page.find(id=link["aria-describedby"]).get_text(strip=True) == "进行中"
    assert len(page.select("li")) == 2


def test_pages_lead_both_ways():
    page = draw("{{ pages.pagination('?before=1', '?after=2') }}")
    assert [a["rel"][0] for a in page.select("a")] == ["prev", "next"]
    assert draw("{{ pages.pagination() }}").nav is None


@pytest.mark.parametrize(
    "macro", ["pages.inset()", "pages.details('x')", "pages.panel('x')", "fields.buttons()"]
)
def test_what_the_caller_says_stands_inside(macro):
    assert draw(f"{{% call {macro} %}}<b>内</b>{{% endcall %}}").b.get_text() == "内"


def test_the_enter_key_presses_what_was_meant():
    page = draw("{{ fields.enter_button('outcome', 'next') }}")
    assert (page.button["tabindex"], page.button["value"]) == ("-1", "next")
