"""A match in words: why each course is filled so or what would fill it, and what is left over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.declaration.matching.inputs import Choices, Course, Group, Inputs, Record
from engine.declaration.matching.match import Fill, Match
from engine.declaration.matching.missing import gap_of
from engine.declaration.matching.remedies import CertificateRule, remedies_of
from engine.declaration.matching.ways import options_of
from engine.i18n import gettext as _

Alternatives = Mapping[str, list[tuple[str, ...]]]


class SlotState(StrEnum):
    FILLED = "filled"
    MISSING = "missing"
    OPEN = "open"
    """One of several courses of which some are still missing."""
    UNNEEDED = "unneeded"
    """The group has reached its minimum without it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One course of the plan. `reasons` say why it is filled so, or what would fill it."""

    course: Course
    group: Group
    state: SlotState
    fill: Fill | None
    reasons: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()
    """Other records (ids) that could fill it, best first."""


@dataclass(frozen=True, slots=True)
class Surplus:
    """A passed record that no course uses, and the courses it could fill by hand."""

    record: Record
    reason: str
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    slots: tuple[Slot, ...]
    surplus: tuple[Surplus, ...]


def explain(
    inputs: Inputs,
    match: Match,
    *,
    certificates: Iterable[CertificateRule] = (),
    names: Mapping[str, str] | None = None,
) -> Explanation:
    """Explain a match in the language of the page; `names` are course names by code."""
    known = {r.code: r.name for r in inputs.records if r.name} | dict(names or {})
    rules = tuple(certificates)
    states, others = _states(inputs, match), _alternatives(inputs)
    slots = tuple(
        Slot(
            course,
            group,
            states[course.code],
            match.fill_of(course.code),
            _reasons(inputs, match, course, rules, known),
            _except_used(others.get(course.code, []), match.fill_of(course.code)),
        )
        for group in inputs.groups
        for course in group.courses
    )
    return Explanation(slots, tuple(_surplus(inputs, match, others)))


def why(inputs: Inputs, fill: Fill) -> str:
    """Say why this fills its course."""
    if fill.waiver:
        return _("凭已批准的证书免考")
    records = [inputs.record_by_id[record] for record in fill.records]
    old = _("、").join(record.code for record in records)
    if not fill.steps:
        return _("课程代码相同，%(mark)s", mark=records[0].said)
    if len(records) > 1:
        return _("%(old)s 合起来顶替 %(new)s", old=old, new=fill.slot)
    chain = " → ".join(chain_of(inputs, fill))
    return _("%(old)s 可以顶替 %(new)s（%(chain)s）", old=old, new=fill.slot, chain=chain)


def chain_of(inputs: Inputs, fill: Fill) -> list[str]:
    """Return the codes from the record to the course, the steps between them included."""
    rules = {rule.id: rule for rule in inputs.active_rules}
    codes = [inputs.record_by_id[fill.records[0]].code]
    for step, following in zip(fill.steps, (*fill.steps[1:], None), strict=True):
        targets = rules[step].targets
        wanted = rules[following].sources if following else (fill.slot,)
        codes.append(next((code for code in targets if code in wanted), targets[0]))
    return codes


def remark(inputs: Inputs, fill: Fill, certificate: str = "") -> str:
    """Return the transcript's remark: 顶替(原代码), 免考(证书类型), or nothing."""
    if fill.waiver:
        return _("免考(%(certificate)s)", certificate=certificate) if certificate else _("免考")
    if not fill.steps:
        return ""
    old = _("、").join(inputs.record_by_id[record].code for record in fill.records)
    return _("顶替(原 %(old)s)", old=old)


def _states(inputs: Inputs, match: Match) -> dict[str, SlotState]:
    states = dict.fromkeys(inputs.courses, SlotState.UNNEEDED)
    for missing in gap_of(inputs, match.filled).missing:
        state = SlotState.OPEN if missing.is_choice else SlotState.MISSING
        states |= dict.fromkeys(missing.codes, state)
    return states | dict.fromkeys(match.filled, SlotState.FILLED)


def _alternatives(inputs: Inputs) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for option in options_of(replace(inputs, choices=Choices())):
        records = option.production.records
        if records and records not in found.setdefault(option.slot, []):
            found[option.slot].append(records)
    return found


def _except_used(others: list[tuple[str, ...]], fill: Fill | None) -> tuple[tuple[str, ...], ...]:
    return tuple(records for records in others if fill is None or records != fill.records)


def _reasons(
    inputs: Inputs,
    match: Match,
    course: Course,
    certificates: tuple[CertificateRule, ...],
    names: Mapping[str, str],
) -> tuple[str, ...]:
    fill = match.fill_of(course.code)
    if fill is None:
        return tuple(remedies_of(inputs, match, course, certificates, names))
    own = any(p.slot == fill.slot and p.records == fill.records for p in inputs.choices.pins)
    return (why(inputs, fill), *((_("由您手工对顶"),) if own else ()))


def _surplus(inputs: Inputs, match: Match, others: Alternatives) -> Iterable[Surplus]:
    for id_ in match.surplus:
        slots = tuple(
            code
            for code in inputs.courses
            if any(id_ in records for records in others.get(code, []))
        )
        yield Surplus(inputs.record_by_id[id_], _why_left(inputs, match, slots), slots)


def _why_left(inputs: Inputs, match: Match, slots: tuple[str, ...]) -> str:
    filled = [code for code in slots if code in match.filled]
    cleared = [code for code in slots if code in inputs.choices.cleared]
    if not slots:
        return _("本计划没有这门课，也没有它能顶替的课程")
    if cleared:
        return _("可以手工对顶到 %(courses)s", courses=_("、").join(cleared))
    if filled:
        return _("可用于 %(courses)s，但已由其他成绩满足", courses=_("、").join(filled))
    return _("可用于 %(courses)s，但这一组不需要更多课程", courses=_("、").join(slots))
