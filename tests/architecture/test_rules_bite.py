"""Every house rule bites: on a copy of the project where it is broken, it says so."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import (
    test_clock,
    test_commits,
    test_components,
    test_diagrams,
    test_glossary,
    test_layers,
    test_links,
    test_logs,
    test_pure_core,
    test_routes,
    test_security_coverage,
    test_sentences,
    test_shape,
    test_spiff,
    test_tables,
    test_translations,
)
from tests.architecture.tree import PROJECT

pytestmark = pytest.mark.nightly

COPIED = ("engine", "webapp", "workflows", "forms", "docs", "tests")
LEFT_OUT = shutil.ignore_patterns("node_modules", "static", "__pycache__", "fonts", "screenshots")
VIEW = """

@blueprint.get("/{address}")
{above}def added() -> str:
    return ""
"""
MODEL = '''

class Added(Base):
    """A table of its own."""

    __tablename__ = "{name}"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    {column}
'''


def add(file: str, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        path = root / file
        path.parent.mkdir(exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(f"{before}\n{text}\n", encoding="utf-8")

    return edit


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        before = (root / file).read_text(encoding="utf-8")
        assert old in before
        (root / file).write_text(before.replace(old, new), encoding="utf-8")

    return edit


def remove(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


def view(address: str, above: str = "@verified_candidate\n") -> Callable[[Path], None]:
    return add("webapp/candidate/views.py", VIEW.format(address=address, above=above))


def table(name: str = "added", column: str = "") -> Callable[[Path], None]:
    return add("engine/cases/models.py", MODEL.format(name=name, column=column))


BROKEN = [
    (test_layers, add("engine/feel/added.py", "import engine.cases"), "engine.cases"),
    (test_layers, add("engine/added/__init__.py", '"""New."""'), "engine/added: has no place"),
    (test_layers, add("engine/cases/added.py", "import flask"), "flask"),
    (test_spiff, add("engine/cases/added.py", "import SpiffWorkflow.task"), "SpiffWorkflow"),
    (test_pure_core, add("engine/dmn/added.py", "from sqlalchemy import text"), "sqlalchemy"),
    (test_pure_core, add("engine/cases/added.py", "eval('1')"), "runs a text as code"),
    (test_clock, add("engine/sms/added.py", "import datetime\ndatetime.date.today()"), "today"),
    (test_clock, add("webapp/added.py", "from time import time\nimport time\ntime.time()"), "time"),
    (test_commits, add("engine/cases/claims.py", "session.commit()"), "session.commit"),
    (test_commits, add("webapp/errors.py", "engine().database.write()"), "database.write"),
    (test_logs, add("webapp/errors.py", 'engine().log.info("seen", mobile="1")'), "mobile"),
    (test_logs, add("engine/cases/claims.py", 'log.info(f"seen {name}")'), "phrase"),
    (test_logs, add("engine/cases/claims.py", 'print("seen")'), "prints"),
    (test_shape, add("engine/cases/helpers.py", '"""Help."""'), "says nothing"),
    (test_shape, add("engine/cases/added.py", "x = 1"), "does not say what it is for"),
    (test_shape, add("engine/cases/claims.py", "def long():\n" + "    pass\n" * 61), "long"),
    (test_routes, view("added", above=""), "nobody says who may call /added"),
    (test_routes, view("Added_page"), "not kebab-case"),
    (test_routes, view("added/<case_id>"), "<case_id> has no type"),
    (test_routes, add("webapp/app.py", "app.add_url_rule('/x')"), "without a decorator"),
    (test_glossary, view("bewilderments"), "the glossary has no bewilderments"),
    (test_glossary, table("bewilderment"), "the glossary has no bewilderment"),
    (test_tables, table(), "no migration makes added"),
    (test_tables, table("Added"), "not snake_case"),
    (test_tables, table(column="mobile: Mapped[str]"), "added.mobile is personal"),
    (test_tables, table(column="amount: Mapped[float]"), "whole numbers"),
    (test_diagrams, remove("forms/pay.form"), "there is no form pay"),
    (test_diagrams, add("forms/added.form", "{}"), "no task opens it"),
    (test_diagrams, add("workflows/sms.toml", '[never_sent]\nzh = "x"'), "nobody sends never_sent"),
    (
        test_diagrams,
        replace("workflows/sms.toml", "[certificate_result]", "[other_result]"),
        "there is no text certificate_result",
    ),
    (
        test_diagrams,
        replace("workflows/score_review.bpmn", "declaration.match_courses", "declaration.nothing"),
        "there is no service declaration.nothing",
    ),
    (
        test_diagrams,
        replace("workflows/delivery_payment.bpmn", '"payment_settled"', '"payment_dreamt"'),
        "nobody sends the message payment_dreamt",
    ),
    (test_components, remove("webapp/templates/components/photo.html"), "photo.html: is missing"),
    (
        test_components,
        add("webapp/templates/components/added.html", "<p></p>"),
        "draws a type that nobody declares",
    ),
    (test_translations, add("webapp/templates/x.html", '{{ _("没有译文") }}'), "no English"),
    (
        test_translations,
        add("webapp/errors.py", "from engine.i18n import gettext as _\n_(name)"),
        "does not stand in the code",
    ),
    (
        test_translations,
        add("engine/locales/en.po", 'msgid "没有人说"\nmsgstr "unsaid"'),
        "nobody says",
    ),
    (
        test_sentences,
        replace("engine/declaration/identity.py", "请输入姓名。", "请输入姓名"),
        "identity.py",
    ),
    (
        test_sentences,
        replace("forms/enter_code.form", "数字验证码。", "数字验证码"),
        "enter_code.form",
    ),
    (test_links, add("docs/glossary.md", "[lost](lost.md)"), "leads to lost.md"),
    (
        test_security_coverage,
        replace("docs/security-coverage.md", "| 41 |", "| 9999 |"),
        "line 41 is missing",
    ),
    (
        test_security_coverage,
        replace("docs/security-coverage.md", "::test_ten_codes_a_day`", "::test_gone`"),
        "there is no tests/people/test_codes.py::test_gone",
    ),
]


@pytest.fixture
def copy(tmp_path) -> Path:
    for place in COPIED:
        shutil.copytree(PROJECT / place, tmp_path / place, ignore=LEFT_OUT)
    for page in (*PROJECT.glob("*.md"), PROJECT / "pyproject.toml"):
        shutil.copy(page, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("rule", "break_it", "said"),
    BROKEN,
    ids=[f"{rule.__name__.rpartition('.')[2]}: {said}" for rule, _, said in BROKEN],
)
def test_a_broken_rule_is_named(copy, rule, break_it, said):
    before = rule.violations(copy)
    break_it(copy)
    new = [fault for fault in rule.violations(copy) if fault not in before]
    assert any(said in fault for fault in new), new
