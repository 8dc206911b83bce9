"""Every fault of a form's components that can be known before anyone sees the form."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from engine import feel
from engine.forms.check_texts import text_problems
from engine.forms.fields.shown import Button
from engine.forms.formulas import formulas_of, is_formula
from engine.forms.outcomes import outcomes_of
from engine.forms.tree import FormComponent, in_form, walk
from engine.forms.types import Problem
from engine.forms.wording import as_number, as_whole, is_set, rules_of
from engine.i18n import gettext as _

MOST_FIELDS = 60
_LIMITS = (("minLength", "maxLength"), ("min", "max"))
_SCALARS = frozenset(
    {"textfield", "number", "datetime", "select", "radio", "checkbox", "expression"}
)


def problems_of(components: Sequence[FormComponent]) -> list[Problem]:
    """Return the faults of all components, in the order of the form."""
    found = [problem for component in walk(components) for problem in _of_one(component)]
    for rule in (_repeated_names, _repeated_ids, _repeated_outcomes, _too_many, _misplaced):
        found.extend(rule(components))
    return found


def _of_one(component: FormComponent) -> Iterator[Problem]:
    own = component.type.check(component.definition)
    rules: tuple[Callable[[FormComponent], Iterable[Problem]], ...] = (
        _formula_problems,
        _limit_problems,
        _apart_problems,
        text_problems,
    )
    for problem in (*own, *(found for rule in rules for found in rule(component))):
        yield problem if problem.component else replace(problem, component=component.title)


def _formula_problems(component: FormComponent) -> Iterator[Problem]:
    for place, text in formulas_of(component.definition):
        try:
            expression = feel.parse(text)
        except feel.FeelError as cause:
            where = {"place": place, "line": cause.line, "column": cause.column}
            reason = _("%(place)s 的表达式第 %(line)s 行第 %(column)s 列有误", **where)
            yield Problem("", f"{reason}：{cause.message}")
            continue
        if place == "conditional.hide" and component.name in expression.names():
            yield Problem("", _("显示条件不能取决于组件自己"))


def _limit_problems(component: FormComponent) -> Iterator[Problem]:
    rules = rules_of(component.definition)
    for low, high in _LIMITS:
        lowest, highest = as_number(rules.get(low)), as_number(rules.get(high))
        if lowest is not None and highest is not None and lowest > highest:
            yield Problem("", _("%(low)s 大于 %(high)s", low=low, high=high))
    for name in ("minLength", "maxLength"):
        limit = rules.get(name)
        if limit not in (None, "") and not is_formula(limit) and as_whole(limit) is None:
            yield Problem("", _("%(name)s 应当是整数", name=name))


def _apart_problems(component: FormComponent) -> Iterator[Problem]:
    """Routed values go into the token: scalars at the top of the form, never a secret."""
    is_secret = is_set(component.definition, "secret")
    if is_secret and not component.is_domain and component.type.type != "textfield":
        yield Problem("", _("只有单行文本可以保密（secret）"))
    if not is_set(component.definition, "route"):
        return
    if is_secret:
        yield Problem("", _("保密的字段（secret）不能用于流转（route）"))
    if not component.is_domain and component.type.type not in _SCALARS:
        yield Problem("", _("这类组件不能用于流转（route），只有单个值可以"))
    if "." in component.name:
        yield Problem("", _("用于流转（route）的字段不能放在带路径的分组里"))


def _repeated_names(components: Sequence[FormComponent]) -> Iterator[Problem]:
    fields = [c for c in in_form(components) if c.type.takes_value or c.type.holds == "rows"]
    seen: set[str] = set()
    for component in fields:
        name = component.name
        if name in seen:
            yield Problem(component.title, _("键“%(name)s”出现了两次", name=name))
        elif any(other.startswith(f"{name}.") or name.startswith(f"{other}.") for other in seen):
            yield Problem(component.title, _("键“%(name)s”和另一个键的路径相冲突", name=name))
        seen.add(name)
    for component in components:
        for rows in (c for c in in_form([component]) if c.type.holds == "rows"):
            yield from _repeated_names(rows.children)


def _repeated_ids(components: Sequence[FormComponent]) -> Iterator[Problem]:
    seen: set[str] = set()
    for component in walk(components):
        found = component.definition.get("id")
        if isinstance(found, str) and found in seen:
            yield Problem(component.title, _("组件 id“%(id)s”出现了两次", id=found))
        seen.add(str(found))


def _repeated_outcomes(components: Sequence[FormComponent]) -> Iterator[Problem]:
    seen: set[str] = set()
    for component in walk(components):
        for outcome in outcomes_of([component]):
            if outcome.name in seen:
                text = _("结果“%(name)s”有两个按钮", name=outcome.name)
                yield Problem(component.title, text)
            seen.add(outcome.name)
    if not seen:
        yield Problem("", _("表单没有按钮，任务将无法完成"), "warning")


def _too_many(components: Sequence[FormComponent]) -> Iterator[Problem]:
    if sum(1 for c in walk(components) if c.type.takes_value) > MOST_FIELDS:
        yield Problem("", _("字段太多，最多 %(n)s 个，请拆成几个任务", n=MOST_FIELDS))


def _misplaced(components: Sequence[FormComponent]) -> Iterator[Problem]:
    """In a row nothing can complete the work item, route the case or be secret."""
    for rows in (c for c in walk(components) if c.type.holds == "rows"):
        for component in walk(rows.children):
            if isinstance(component.type, Button):
                yield Problem(component.title, _("列表的行里不能放按钮"))
            if any(is_set(component.definition, name) for name in ("route", "secret")):
                yield Problem(component.title, _("列表里的字段不能用于流转或保密"))
