"""The lines of a graduation checklist in words, in the language of the page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.declaration.graduation import Line, Verdict
from engine.declaration.models.registry import PriorLevel
from engine.i18n import gettext as _

Facts = Mapping[str, Any]


def title_of(line: Line) -> str:
    """Return the condition itself."""
    return {
        1: _("必考课程全部合格"),
        2: _("选考课程达到规定的门数和学分"),
        3: _("加考课程达到要求"),
        4: _("实践环节和毕业论文属于本专业和主考院校"),
        5: _("没有处于违规处理期"),
        6: _("免考课程不超过规定比例"),
        7: _("没有领取过本专业毕业证书"),
        8: _("课程门数和总学分达到计划要求"),
        9: _("各门课程均达到合格线"),
        10: _("思想品德鉴定合格"),
        11: _("前置学历符合要求"),
        12: _("姓名、身份证号和照片准确无误"),
    }[line.number]


def verdict_word(verdict: Verdict) -> str:
    return {
        Verdict.MET: _("已满足"),
        Verdict.UNMET: _("未满足"),
        Verdict.LATER: _("后续核对"),
    }[verdict]


def explain(line: Line) -> str:
    """Return one or two sentences: what was counted, and what is missing."""
    return EXPLANATIONS[line.number](line.facts)


def missing_words(missing: Facts) -> str:
    """Say one missing item: a course with its credits, or how many out of which."""
    options = missing["options"]
    if len(options) == 1:
        (code, name), credits_ = options[0], missing["credits"]
        return _("缺 %(code)s %(name)s(%(credits)s)", code=code, name=name, credits=credits_)
    listed = _join(f"{code} {name}" for code, name in options)
    if missing["credits"]:
        return _(
            "缺 %(courses)s 门、%(credits)s 学分，可从这些课程中选：%(options)s",
            courses=missing["courses"],
            credits=missing["credits"],
            options=listed,
        )
    return _(
        "缺 %(courses)s 门，可从这些课程中选：%(options)s",
        courses=missing["courses"],
        options=listed,
    )


def _required(facts: Facts) -> str:
    return _sentence(map(missing_words, facts["missing"])) or _("没有缺少的课程")


def _electives(facts: Facts) -> str:
    said = [_reached(group) for group in facts["groups"] if _asks_something(group)]
    said += [group["note"] for group in facts["groups"] if group["note"]]
    said += map(missing_words, facts["missing"])
    if facts["other_way"]:
        others = _join(map(missing_words, facts["other_way"]))
        said.append(_("也可以不考外语：%(missing)s", missing=others))
    return _sentence(said) or _("本计划没有选考要求")


def _asks_something(group: Facts) -> bool:
    return bool(group["min_courses"] or group["min_credits"])


def _reached(group: Facts) -> str:
    if not group["min_credits"]:
        return _(
            "%(courses)s 门，要求 %(min_courses)s 门",
            courses=group["courses"],
            min_courses=group["min_courses"],
        )
    return _(
        "%(courses)s 门 %(credits)s 学分，要求 %(min_courses)s 门 %(min_credits)s 学分",
        courses=group["courses"],
        credits=group["credits"],
        min_courses=group["min_courses"],
        min_credits=group["min_credits"],
    )


def _add_ons(facts: Facts) -> str:
    if not facts["applies"]:
        return _("不需要加考")
    return _sentence(map(missing_words, facts["missing"])) or _("没有缺少的课程")


def _same_major(facts: Facts) -> str:
    wrong = _join(f"{code} {name}" for code, name in facts["wrong"])
    if wrong:
        return _("%(courses)s 不是在本专业和主考院校取得的", courses=wrong)
    return _("没有发现不一致")


def _penalty(facts: Facts) -> str:
    if facts["until"]:
        return _("违规处理期到 %(date)s 为止", date=facts["until"])
    return _("没有违规记录")


def _exempted_share(facts: Facts) -> str:
    return _("免考 %(waived)s 门，最多 %(most)s 门", waived=facts["waived"], most=facts["most"])


def _graduated(facts: Facts) -> str:
    if facts["graduated"]:
        return _("这个准考证号已经用于一次毕业")
    return _("没有毕业记录")


def _sums(facts: Facts) -> str:
    return _(
        "%(courses)s/%(min_courses)s 门，%(credits)s/%(min_credits)s 学分",
        courses=facts["courses"],
        min_courses=facts["min_courses"],
        credits=facts["credits"],
        min_credits=facts["min_credits"],
    )


def _pass_mark(facts: Facts) -> str:
    return _("合格线为 %(mark)s 分，低于此线的成绩不参加匹配", mark=facts["pass_mark"])


def _appraisal(_facts: Facts) -> str:
    return _("现场审核时交验单位或街道（乡镇）的鉴定")


def _prior(facts: Facts) -> str:
    if not facts["needs"]:
        return _("专科计划不要求前置学历")
    if facts["level"] is None:
        return _("请在申报考生信息页填写国民教育系列专科及以上学历")
    if facts["level"] == PriorLevel.BELOW:
        return _("本科申报要求国民教育系列专科及以上学历（含本科结业）")
    return _("已有专科及以上学历，原件在现场审核时交验")


def _identity(_facts: Facts) -> str:
    return _("在申报考生信息页和现场审核时核对")


EXPLANATIONS: Mapping[int, Callable[[Facts], str]] = {
    1: _required,
    2: _electives,
    3: _add_ons,
    4: _same_major,
    5: _penalty,
    6: _exempted_share,
    7: _graduated,
    8: _sums,
    9: _pass_mark,
    10: _appraisal,
    11: _prior,
    12: _identity,
}


def _sentence(parts: Iterable[str]) -> str:
    return _("；").join(part for part in parts if part)


def _join(parts: Iterable[str]) -> str:
    return _("、").join(parts)
