"""Days and months typed into boxes."""

from datetime import UTC, date, datetime

import pytest

from tests.forms.documents import bind, component, form_of

BORN = component("datetime", "born", subtype="date", validate={"required": True})


def boxes(*texts, key="born"):
    return {
        f"{key}.{box}": text for box, text in zip(("year", "month", "day"), texts, strict=False)
    }


@pytest.mark.parametrize(
    ("texts", "value", "errors"),
    [
        (("1990", "3", "15"), date(1990, 3, 15), {}),
        (("１９９０", "０３", " 15 "), date(1990, 3, 15), {}),
        (("2000", "2", "29"), date(2000, 2, 29), {}),
        (("", "", ""), None, {"born": "请填写出生日期。"}),
        ((), None, {"born": "请填写出生日期。"}),
        (("1990", "", "15"), None, {"born.month": "出生日期还要填写月份。"}),
        (("1990", "3"), None, {"born.day": "出生日期还要填写日。"}),
        (("2001", "2", "29"), None, {"born.day": "出生日期不对：2001 年 2 月没有 29 日。"}),
        (("90", "3", "15"), None, {"born.year": "出生日期的年份要填 4 位，例如 1990。"}),
        (("1990", "13", "1"), None, {"born.month": "出生日期的月份要在 1 到 12 之间。"}),
        (("1990", "三", "1"), None, {"born.month": "出生日期的月份只能填数字。"}),
        (("19900315", "", ""), None, {"born.year": "出生日期的年份只能填数字。"}),
        (("9999", "1", "1"), None, {"born.year": "出生日期的年份要填 4 位，例如 1990。"}),
        (("1990", "0", "1"), None, {"born.month": "出生日期的月份要在 1 到 12 之间。"}),
    ],
)
def test_a_day(texts, value, errors):
    bound = bind(BORN, boxes(*texts))
    assert (bound.values["born"], bound.errors) == (value, errors)


def test_a_month_is_kept_as_its_first_day():
    month = component("datetime", "since", label="工作时间", properties={"precision": "month"})
    assert bind(month, boxes("2015", "9", key="since")).values["since"] == date(2015, 9, 1)


def test_a_box_posted_twice_is_refused():
    bound = form_of(BORN).bind({}, {**boxes("1990", "3", "15"), "born.month": ["3", "4"]})
    assert list(bound.errors) == ["born.month"]


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"validate": {"max": "=today()"}}, "出生日期不能晚于2026年3月2日。"),
        ({"properties": {"max": "2016-01-01"}}, "出生日期不能晚于2016年1月1日。"),
        ({"validate": {"min": '=date("2030-01-01")'}}, "出生日期不能早于2030年1月1日。"),
    ],
)
def test_limits_of_a_day(settings, error):
    field = {**component("datetime", "born"), **settings}
    now = datetime(2026, 3, 1, 17, tzinfo=UTC)
    assert bind(field, boxes("2026", "3", "3"), __now__=now).errors == {"born": error}


def test_a_day_gone_by_is_refused_where_it_must_be_ahead():
    field = component("datetime", "born", disallowPassedDates=True)
    now = datetime(2026, 3, 1, 17, tzinfo=UTC)
    assert bind(field, boxes("2026", "3", "2"), __now__=now).is_valid
    assert not bind(field, boxes("2026", "3", "1"), __now__=now).is_valid
