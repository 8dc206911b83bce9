"""Names that forms read: their own fields, what the diagrams write, what the house brings."""

from collections.abc import Iterator

from engine import feel
from engine.bpmn import Fault
from engine.bpmn.checks.calls import called_by
from engine.bpmn.faults import ERROR
from engine.bpmn.model import CALLS
from engine.forms import Form
from engine.forms.formulas import FormExpression
from engine.forms.tree import walk
from engine.i18n import gettext as _
from engine.releases.checks.bundle_reading import Reading, form_file

ALWAYS = frozenset({"settings", "this", "parent", "i", feel.NOW})
SETTINGS = "settings."


def faults(found: Reading) -> Iterator[Fault]:
    if found.house.expectations is None:
        return
    written = _Written(found)
    for name, form in found.usable_forms:
        around = written.around(name)
        if not around:
            continue
        known = {*ALWAYS, *found.house.expectations.facts, *_own(form), *around}
        for formula in form.expressions():
            for unknown in sorted(names_in(formula) - known):
                text = _("没有字段，也没有任何元素叫 %(name)s", name=unknown)
                mend = _("请改正名称；任务的结果写在它的编号之下")
                yield Fault(form_file(name), formula.component, text, ERROR, mend)
    yield from _missing_settings(found)


def names_in(formula: FormExpression) -> frozenset[str]:
    """Return the names that a formula surely reads."""
    parsed = feel.parse(formula.text)
    return parsed.names() - parsed.doubtful_names()


def settings_read(found: Reading) -> set[str]:
    """Return the names of `release.toml` that forms show."""
    return {name for _form, _component, name in _settings_shown(found)}


def _missing_settings(found: Reading) -> Iterator[Fault]:
    if found.settings is None:
        return
    for form, component, name in _settings_shown(found):
        if name not in found.settings:
            text = _("release.toml 里没有 %(name)s", name=name)
            yield Fault(form_file(form), component, text, ERROR, _("请改正名称，或加上这一项"))


def _settings_shown(found: Reading) -> Iterator[tuple[str, str, str]]:
    for form, parsed in found.usable_forms:
        for formula in parsed.expressions():
            for part in formula.text.split(SETTINGS)[1:]:
                name = _first_name(part)
                if name:
                    yield form, formula.component, name


def _first_name(text: str) -> str:
    end = next((at for at, sign in enumerate(text) if not (sign.isalnum() or sign == "_")), None)
    return text[:end]


def _own(form: Form) -> set[str]:
    """Every key and path of the form, those inside of lists too."""
    names = {name for c in walk(form.components) for name in (c.name, c.key) if name}
    return {name.partition(".")[0] for name in names}


class _Written:
    """The elements whose results a form can read: those of the processes around its task."""

    def __init__(self, found: Reading) -> None:
        self._elements: dict[str, set[str]] = {}
        self._callers: dict[str, set[str]] = {}
        self._users: dict[str, set[str]] = {}
        for node in found.models.nodes:
            self._elements.setdefault(node.process, set()).add(node.id)
            if node.kind in CALLS:
                self._callers.setdefault(called_by(node), set()).add(node.process)
            if node.kind == "userTask":
                self._users.setdefault(node.properties.get("form", ""), set()).add(node.process)

    def around(self, form: str) -> set[str]:
        """Return the names in sight of the tasks that open the form; none if no task does."""
        seen: set[str] = set()
        open_ends = list(self._users.get(form, ()))
        while open_ends:
            process = open_ends.pop()
            if process not in seen:
                seen.add(process)
                open_ends += self._callers.get(process, ())
        return set().union(*(self._elements[process] for process in seen))
