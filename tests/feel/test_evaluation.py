"""What expressions are worth: one table for each part of the language."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.clock import SHANGHAI
from engine.feel import Range, YearsMonths, evaluate

NOW = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
"""Half past seven on Monday the second in Shanghai."""

CONTEXT = {
    "__now__": NOW,
    "score": 61,
    "ratio": 0.1,
    "nothing": None,
    "scores": (60, 75, 90),
    "apply": {"outcome": "next", "batch": None},
    "certificates": [{"type": "CET", "level": 4}, {"type": "CET", "level": 6}, {"type": "NCRE"}],
    "closes_at": datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI),
}


def check(expression, expected):
    found = evaluate(expression, CONTEXT)
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0.1 + 0.2 = 0.3", True),
        ("ratio + 0.2", Decimal("0.3")),
        ("1 / 3 * 3", Decimal("0.9999999999999999999999999999999999")),
        ("2 ** 3 ** 2", Decimal(64)),
        ("-3 ** 2", Decimal(9)),
        ("2 ** -1", Decimal("0.5")),
        ("10 - 4 - 3", Decimal(3)),
        ("1 / 0", None),
        ("0 ** -1", None),
        ("1.20 = 1.2", True),
        ("1.5e3", Decimal("1.5e3")),
        ("score >= 60", True),
    ],
)
def test_numbers_are_exact_decimals(expression, expected):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("nothing", None),
        ("unknown", None),
        ("unknown.member.deeper", None),
        ("unknown + 1", None),
        ("unknown = null", True),
        ("unknown != 1", True),
        ("unknown < 1", None),
        ('1 = "1"', None),
        ('1 != "1"', None),
        ("true = 1", None),
        ("null in [1..3]", None),
        ("unknown and false", False),
        ("unknown or true", True),
        ("unknown and true", None),
        ("not(unknown)", None),
        ("if unknown then 1 else 2", Decimal(2)),
        ("count(unknown)", None),
        ("sum([])", None),
        ("sum([1, null])", None),
        ("max([1, null])", None),
        ('"a" - "b"', None),
        ("upper case(1)", None),
        ("[1, null][item = null]", [None]),
        ("unknown[1]", None),
        ("unknown[item > 1]", None),
        ("for x in unknown return x", None),
        ("every x in unknown satisfies x", None),
        ("some x in unknown satisfies x", None),
    ],
)
def test_what_cannot_be_said_is_null(expression, expected):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("5 in (1..5)", False),
        ("5 in (1..5]", True),
        ("5 in (1, 5)", True),
        ("5 in (< 3, >= 5)", True),
        ("5 in > 3", True),
        ("5 in [1..3]", False),
        ("5 in ]1..5[", False),
        ("5 in [[1..2], [4..6]]", True),
        ('"b" in ["a".."c"]', True),
        ("score in [60..100]", True),
        ("score in (? > 60)", True),
        ("score in 61", True),
        ("[1] in [[1], [2]]", True),
        ("score between 60 and 61 and true", True),
        ("[1..3)", Range(Decimal(1), Decimal(3), end_included=False)),
        ("(> 5).start", Decimal(5)),
        ("[score..nothing]", None),
        ("[1..5].end included", True),
        ("{r: [1..score]}.r.end", Decimal(61)),
    ],
)
def test_ranges_are_values(expression, expected):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("scores[1]", Decimal(60)),
        ("scores[-1]", Decimal(90)),
        ("scores[4]", None),
        ("scores[count(scores)]", Decimal(90)),
        ("scores[item >= 75]", [Decimal(75), Decimal(90)]),
        ("certificates[level > 4].level", [Decimal(6)]),
        ('count(certificates[type = "CET"])', Decimal(2)),
        ("certificates.level", [Decimal(4), Decimal(6), None]),
        ("certificates[level = null][1].type", "NCRE"),
        ("every c in certificates satisfies c.level > 3", None),
        ("some c in certificates satisfies c.level = 6", True),
        ("for i in 3..1 return i", [Decimal(3), Decimal(2), Decimal(1)]),
        ("for i in [1..2] return i", [Decimal(1), Decimal(2)]),
        ("for a in [1, 2], b in [a, a * 10] return b", [Decimal(n) for n in (1, 10, 2, 20)]),
        ("for i in 1..4 return sum(partial) + 1", [None, None, None, None]),
        ("for i in 1..3 return count(partial)", [Decimal(0), Decimal(1), Decimal(2)]),
        ('for d in @"2026-02-27"..@"2026-03-01" return d.day', [Decimal(n) for n in (27, 28, 1)]),
        ("{a: 1, b: a + 1, c: {d: b}}.c.d", Decimal(2)),
        ('{"full name": "x"}.full name', "x"),
        ("{f: function(x: number, y) x - y, r: f(y: 1, x: 3)}.r", Decimal(2)),
        ("sort(scores, function(a, b) a > b)[1]", Decimal(90)),
        ("(function(n) n * 2)(score)", Decimal(122)),
    ],
)
def test_lists_and_contexts(expression, expected):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("now()", datetime(2026, 3, 2, 7, 30, tzinfo=SHANGHAI)),
        ("today()", date(2026, 3, 2)),
        ("day of week(today())", "Monday"),
        ("now() < closes_at", True),
        ("closes_at - now()", timedelta(hours=1, minutes=30)),
        ('date and time("2026-03-02T09:00:00") = closes_at', True),
        ('@"2026-01-31" + @"P1M"', date(2026, 2, 28)),
        ('@"2024-02-29" - @"P1Y"', date(2023, 2, 28)),
        ('@"2026-03-01" - @"2026-02-01"', timedelta(days=28)),
        ('@"2026-03-01" + @"PT36H"', date(2026, 3, 2)),
        ('@"2026-03-01T22:00:00" + @"PT3H"', datetime(2026, 3, 2, 1, 0)),  # noqa: DTZ001  # FEEL has local date-times
        ('@"23:00:00" + @"PT2H"', time(1, 0)),
        ('@"10:00:00" - @"08:30:00"', timedelta(minutes=90)),
        ('@"PT20H" * 1.5', timedelta(hours=30)),
        ('@"PT20H" / @"PT30M"', Decimal(40)),
        ('-@"P1Y1M"', YearsMonths(-13)),
        ('@"P1Y" * 2.5', YearsMonths(30)),
        ('@"P1Y" / @"P5M"', Decimal("2.4")),
        ('@"P1Y" > @"P11M"', True),
        ('@"P1Y" = @"P365D"', None),
        ('duration("P1Y2D")', None),
        ('date("2026-02-30")', None),
        ("date(2026, 13, 1)", None),
        ("date(2026, 1.5, 1)", None),
        ("date(score)", None),
        ("time(closes_at).hour", Decimal(9)),
        ('string(time(@"2026-03-02"))', "00:00:00Z"),
        ('time(@"09:00:00")', time(9)),
        ("time(score)", None),
        ("time(25, 0, 0)", None),
        ("time(9, 0.5, 0)", None),
        ('time(9, 0, 0, @"PT20H")', None),
        ('time("09:00:00+15:00")', None),
        ('date and time(@"2026-03-02") = date and time("2026-03-02")', True),
        ("date and time(closes_at) = closes_at", True),
        ("date and time(score)", None),
        ('string(date and time(closes_at, "Europe/London"))', "2026-03-02T01:00:00@Europe/London"),
        ('date and time(closes_at, "Nowhere")', None),
        ('date and time("2026-03-02", "Asia/Shanghai")', None),
        ('duration(@"P1D")', timedelta(days=1)),
        ("duration(score)", None),
        ('duration("P999999999999D")', None),
        ('duration("P999999999DT99H")', None),
        ('day of year(@"2026-02-01")', Decimal(32)),
        ('month of year(@"2026-02-01")', "February"),
        ('week of year(@"2026-01-01")', Decimal(1)),
        ('@"P1D" + @"PT1H"', timedelta(hours=25)),
        ('@"P1Y" - @"P1M"', YearsMonths(11)),
        ('@"P1D" + @"P1M"', None),
        ('@"P1D" + @"2026-03-01"', date(2026, 3, 2)),
        ('@"10:00:00" + @"P1M"', None),
        ('@"P1D" * @"P1D"', None),
        ('@"P1D" / 0', None),
        ('"a" * 2', None),
        ('2 / @"P1D"', None),
        ('"a" ** 2', None),
        ('@"2026-03-02" - @"2026-03-01T12:00:00"', timedelta(hours=12)),
        ('@"2026-03-01" - 1', None),
        ("closes_at.weekday", Decimal(1)),
        ("closes_at.score", None),
        ('date("20260228")', None),
        ("date(2026, 2, 28)", date(2026, 2, 28)),
        ('time("24:00:00")', None),
        ('time("09:05")', time(9, 5)),
        ('time(9, 5, 1.5, @"PT8H").second', Decimal("1.5")),
        ('date and time(@"2026-03-02", @"09:00:00Z") = @"2026-03-02T17:00:00+08:00"', True),
        ('date and time("2026-03-02T09:00:00@Asia/Shanghai") = closes_at', True),
        ('date and time("2026-03-02T09:00:00@Nowhere/Land")', None),
        ('(@"2026-03-02T09:00:00+08:00").time offset', timedelta(hours=8)),
        ("closes_at.timezone", "Asia/Shanghai"),
        ('years and months duration(@"1990-06-15", @"2026-06-14").years', Decimal(35)),
        ('years and months duration(@"2026-06-14", @"1990-06-15")', YearsMonths(-431)),
        ('(@"P1DT2H3M4S").hours', Decimal(2)),
        ('(@"-P1Y3M").months', Decimal(-3)),
        ('last day of month(@"2024-02-10")', date(2024, 2, 29)),
        ('@"9999-12-31" + @"P1D"', None),
        ('@"2026-03-02" < @"2026-03-02T00:00:00"', None),
        ("date(closes_at)", date(2026, 3, 2)),
        ('string(@"P1DT2H")', "P1DT2H"),
        ('string(@"PT0S")', "PT0S"),
        ('string(@"-P14M")', "-P1Y2M"),
        ("string(closes_at)", "2026-03-02T09:00:00@Asia/Shanghai"),
        ('string(@"2026-03-02T09:00:00.5Z")', "2026-03-02T09:00:00.5Z"),
    ],
)
def test_dates_times_and_durations(expression, expected):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('string([1.50, "a", null, true, {b: @"P1D"}])', '[1.5, "a", null, true, {b: P1D}]'),
        ('string("a")', "a"),
        ("string(1000000)", "1000000"),
        ('number("1 234,5", " ", ",")', Decimal("1234.5")),
        ('number("1,2")', None),
        ('number("1.2", ".", ".")', None),
        ('"\\u4e2d\\U01D11E\\n\\""', '中\U0001d11e\n"'),
        ('string length("𠮷")', Decimal(1)),
        ('matches("abc", "^[a-z]+$")', True),
        ('matches("A1", "[a-z]\\d", "i")', True),
        ('matches(input: "x", pattern: unknown)', None),
        ('replace("2026-03", "(\\d+)-(\\d+)", "$2/$1\\$")', "03/2026$"),
        ('replace("abc", "x*", "-")', None),
        ('split("a, b;c", "[,;] ?")', ["a", "b", "c"]),
        ('extract("T12 and T34", "T[0-9]+")', ["T12", "T34"]),
        ('string join(["a", null, "b"], "-")', "a-b"),
        ('string join([1, 2], "-")', None),
        ('substring("abc", 1, 0)', None),
        ('substring("abc", -9)', None),
        ('replace("a", p, "b")', None),
        ('split("ab", "")', None),
        ('extract("ab", p)', None),
        ("string([1..5))", "[1..5)"),
        ("string((> 5))", "> 5"),
        ("string((<= 5))", "<= 5"),
        ('substring("毕业申报", 3)', "申报"),
        ('substring(string: "foobar", start position: -3, length: 2)', "ba"),
    ],
)
def test_texts(expression, expected):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("is defined(score)", True),
        ("is defined(nothing)", True),
        ("is defined(unknown)", False),
        ("is defined(apply.batch)", True),
        ("is defined(apply.seat)", False),
        ("is defined(unknown.seat)", False),
        ("get or else(unknown, 5)", Decimal(5)),
        ("get or else(score, 5)", Decimal(61)),
        ("score instance of number", True),
        ("nothing instance of number", False),
        ("closes_at instance of date and time", True),
        ("closes_at instance of date", False),
        ("today() instance of date", True),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1M" instance of years and months duration', True),
        ("scores instance of list<number>", True),
        ("[1, true] instance of list<number>", False),
        ("apply instance of context<outcome: string>", True),
        ("[1..2] instance of range<number>", True),
        ("(function(x) x) instance of function", True),
        ("score instance of Any", True),
        ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
        ('is(@"10:00:00", @"10:00:00Z")', False),
        ("is empty(scores)", False),
        ("is empty(score)", None),
        ('is blank(" ")', True),
        ('trim(" a ")', "a"),
        ("[1..2] = [1..2]", True),
        ("[1..2] = [1..2)", False),
        ("null instance of Null", True),
        ("context(1)", None),
        ("context put(apply, [], 1)", None),
        ('context put(apply, ["outcome", "x"], 1)', None),
        ("context merge(1)", None),
        ('get value(apply, ["outcome", "x"])', None),
        ("sublist([1], 1, 1.5)", None),
        ("list replace([1], 5, 2)", None),
        ("partition([1], 0)", None),
        ("sort([])", []),
        ("distinct values([[1..2], [1..2]]) = [[1..2]]", True),
    ],
)
def test_asking_about_values(expression, expected):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("modulo(-12, 5)", Decimal(3)),
        ("round half up(2.5, 0)", Decimal(3)),
        ("round half down(2.5, 0)", Decimal(2)),
        ("decimal(2.5, 0)", Decimal(2)),
        ("round up(-1.21, 1)", Decimal("-1.3")),
        ("round down(-1.29, 1)", Decimal("-1.2")),
        ("floor(-1.5)", Decimal(-2)),
        ("ceiling(1251, -2)", Decimal(1300)),
        ("even(2.5)", False),
        ("round up(1, 0.5)", None),
        ("round(2.345, 2)", Decimal("2.34")),
        ("abs(-1)", Decimal(1)),
        ('abs("a")', None),
        ("exp(0)", Decimal(1)),
        ('mean([1, "a"])', None),
        ('median(["a"])', None),
        ('stddev([1, "a"])', None),
        ('mode(["a"])', None),
        ('product(["a"])', None),
        ("odd(-3)", True),
        ("sqrt(-4)", None),
        ("log(0)", None),
        ('abs(@"-P1Y")', YearsMonths(12)),
        ("median([1, 2, 3, 4])", Decimal("2.5")),
        ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
        ("mode([6, 1, 9, 6, 1])", [Decimal(1), Decimal(6)]),
        ("mean([])", None),
        ('sum([@"PT1H", @"PT2H"])', timedelta(hours=3)),
        ('min(["b", "a"])', "a"),
        ('max(@"2026-01-01", @"2026-02-01")', date(2026, 2, 1)),
    ],
)
def test_calculations(expression, expected):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("distinct values([1, 1.0, true, null, null, [1], [1.0]])", [1, True, None, [1]]),
        ("duplicate values([1, 2, 1, 3, 2])", [1, 2]),
        ("union([1, 2], [2, 3])", [1, 2, 3]),
        ("insert before([1, 3], -1, 2)", [1, 2, 3]),
        ("insert before([1], 5, 2)", None),
        ("remove([1, 2, 3], -1)", [1, 2]),
        ("list replace([1, 2, 3], -1, 9)", [1, 2, 9]),
        ("list replace([1, 2, 3], function(item, new) item < new, 3)", [3, 3, 3]),
        ("flatten([[1, [2]], 3])", [1, 2, 3]),
        ("partition([1, 2, 3], 2)", [[1, 2], [3]]),
        ("sublist([1, 2, 3], -2, 1)", [2]),
        ("index of([1, null, 1], 1)", [1, 3]),
        ("append(1, 2)", [1, 2]),
        ("sort([2, 1])", [1, 2]),
        ('sort([2, "a"])', None),
        ("get entries({a: 1})", [{"key": "a", "value": 1}]),
        ('get value(apply, "outcome")', "next"),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', None),
        ('context put({a: {b: 1}}, ["a", "c"], 2)', {"a": {"b": 1, "c": 2}}),
        ("context merge([{a: 1}, {a: 2, b: 3}])", {"a": 2, "b": 3}),
    ],
)
def test_lists_put_together(expression, expected):
    assert evaluate(expression, CONTEXT) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("before([1..5), [5..9])", True),
        ("before([1..5], [5..9])", False),
        ("after(12, [1..10])", True),
        ("meets([1..5], [5..9])", True),
        ("met by([5..9], [1..5))", False),
        ("overlaps([1..5], [5..9])", True),
        ("overlaps([1..5), [5..9])", False),
        ("overlaps before([1..5], [3..8])", True),
        ("overlaps after([3..8], [1..5])", True),
        ("finishes(10, [1..10])", True),
        ("finished by([1..10), 10)", False),
        ("includes([1..10], [1..10))", True),
        ("during(5, (> 1))", True),
        ("during(5, (<= 4))", False),
        ("starts([1..5], [1..10])", True),
        ("started by([1..10], 2)", False),
        ("coincides([1..5], [1..5))", False),
        ('before(1, "a")', None),
        ("before(null, 1)", None),
        ('before(@"2026-01-01", [@"2026-01-02"..@"2026-01-03"])', True),
    ],
)
def test_how_ranges_lie_to_one_another(expression, expected):
    check(expression, expected)


def test_objects_of_other_kinds_pass_through_and_open_nothing():
    thing = object()
    assert evaluate("thing", {"thing": thing}) is thing
    assert evaluate("thing != null", {"thing": thing}) is True
    assert evaluate("thing.real = null", {"thing": thing}) is True


def test_a_float_that_is_no_number_is_null():
    assert evaluate("x", {"x": float("nan")}) is None


def test_without_a_moment_there_is_no_now():
    assert evaluate("now()", {}) is None
    assert evaluate("today()", {}) is None


def test_numbers_inside_a_result_are_decimals():
    found = evaluate("x", {"x": {"list": (1, 2.5)}})
    assert found == {"list": [1, Decimal("2.5")]}
    assert {type(n) for n in found["list"]} == {Decimal}


def test_a_function_is_no_result():
    assert evaluate("{f: function(x) x, n: 1}", {}) == {"f": None, "n": 1}
