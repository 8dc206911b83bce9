"""What would fill an empty course: records used elsewhere, old courses, certificates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.declaration.matching.inputs import Course, Inputs, Rule
from engine.declaration.matching.match import Match
from engine.declaration.matching.ways import MOST_STEPS, options_of
from engine.i18n import gettext as _

SHOWN = 3
"""More old courses than these are not named: the list would hide the rest."""


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """A kind of certificate and the courses it can exempt from."""

    name: str
    codes: frozenset[str]


def remedies_of(
    inputs: Inputs,
    match: Match,
    course: Course,
    certificates: Iterable[CertificateRule],
    names: Mapping[str, str],
) -> list[str]:
    """Say what would fill the course, what the candidate can do at once first."""
    said = list(_at_hand(inputs, match, course))
    said += _failed(inputs, course)
    said.append(_("通过 %(course)s", course=f"{course.code} {course.name}"))
    said += _old_courses(inputs, course.code, names)
    fitting = [rule.name for rule in certificates if course.code in rule.codes]
    if fitting:
        said.append(_("或用证书免考：%(certificates)s", certificates=_("、").join(fitting)))
    return said


def _at_hand(inputs: Inputs, match: Match, course: Course) -> Iterator[str]:
    if course.code in inputs.choices.cleared:
        yield _("您取消了这门课的匹配：在剩余成绩中重新选择后按“手工对顶”，或恢复自动匹配")
    records, place = inputs.record_by_id, _places(match)
    for option in options_of(inputs):
        taken = [record for record in option.production.records if record in place]
        if option.slot == course.code and taken:
            yield _(
                "成绩 %(record)s 也可以用在这里，现在用于 %(course)s",
                record=_("、").join(records[r].code for r in taken),
                course=_("、").join(sorted({place[r] for r in taken})),
            )


def _places(match: Match) -> dict[str, str]:
    return {record: fill.slot for fill in match.fills for record in fill.records}


def _failed(inputs: Inputs, course: Course) -> Iterator[str]:
    for record in inputs.records:
        if record.code == course.code and record not in inputs.usable:
            yield _("已有成绩 %(mark)s，不能使用", mark=record.said)


def _old_courses(inputs: Inputs, code: str, names: Mapping[str, str]) -> list[str]:
    held = {record.code for record in inputs.usable}
    found = sorted(
        set(_sources(code, inputs.active_rules, MOST_STEPS)),
        key=lambda sources: (len(set(sources) - held), sources),
    )
    return [_old_course(sources, held, names) for sources in found[:SHOWN]]


def _sources(code: str, rules: Iterable[Rule], depth: int) -> Iterator[tuple[str, ...]]:
    """Yield the sets of old courses that lead to a code, those of longer chains last."""
    for rule in rules if depth else ():
        if code in rule.targets:
            yield rule.sources
            if rule.is_single:
                yield from _sources(rule.sources[0], rules, depth - 1)


def _old_course(sources: tuple[str, ...], held: set[str], names: Mapping[str, str]) -> str:
    lacking = [f"{c} {names.get(c, '')}".strip() for c in sources if c not in held]
    present = [f"{c} {names.get(c, '')}".strip() for c in sources if c in held]
    if present and lacking:
        return _(
            "或与已有的 %(held)s 一起，用 %(lacking)s 顶替",
            held=_("、").join(present),
            lacking=_("、").join(lacking),
        )
    return _("或用 %(courses)s 顶替", courses=_("、").join(present or lacking))
