"""What holds for every expression, tried on made-up ones."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.clock import SHANGHAI
from engine.feel import (
    Expression,
    FeelError,
    Range,
    YearsMonths,
    evaluate,
    parse,
    parse_unary,
    text_of,
    unary_test,
)
from engine.feel.values.comparing import equal, order
from engine.feel.values.durations import duration_text, parse_duration
from engine.feel.values.keys import key_of

few = settings(derandomize=True, max_examples=80, deadline=None, database=None)

whole_numbers = st.integers(-(10**9), 10**9)
numbers = st.decimals(-(10**9), 10**9, places=3)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
days = st.dates(date(1900, 1, 1), date(2200, 1, 1))
spans = st.timedeltas(timedelta(-10_000), timedelta(10_000))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    whole_numbers,
    numbers,
    texts,
    days,
    st.times(),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001  # FEEL has local date-times
    spans,
    st.builds(YearsMonths, st.integers(-1200, 1200)),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)
words = st.sampled_from(
    [
        *("1", "2.5", '"a"', "x", "xs", "?", "null", "true", "(", ")", "[", "]", "{", "}", ","),
        *("+", "-", "*", "/", "**", "=", "<", ">=", "..", ".", ":", "if", "then", "else", "for"),
        *("in", "return", "some", "satisfies", "and", "or", "between", "not", "function"),
        *("instance of", "number", "count", "string length", "date and time", '@"P1D"', "item"),
    ]
)


@few
@given(st.lists(words, max_size=14))
@example(["x", "in", "(", "1", "..", "2", ")"])
def test_any_row_of_words_is_read_or_refused_with_its_place(row):
    source = " ".join(row)
    for read in (parse, parse_unary):
        found = _read(read, source)
        if isinstance(found, FeelError):
            assert found.line == 1
            assert 1 <= found.column <= len(source) + 1


@few
@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(source):
    assert _read(parse, source)


@few
@given(st.lists(words, max_size=14))
def test_any_row_of_words_has_a_value_or_is_refused(row):
    source = " ".join(row)
    for ask in (lambda: evaluate(source, {"x": 3}), lambda: unary_test(source, 3, {"x": 3})):
        with suppress(FeelError):
            ask()


pattern_parts = st.sampled_from(
    [
        *(
            "[",
            "]",
            "^",
            "-[",
            "a",
            "z",
            "-",
            "\\",
            "\\i",
            "\\c",
            "\\W",
            "\\d",
            "(",
            ")",
            "*",
            "|",
            "$1",
        )
    ]
)


@few
@given(st.lists(pattern_parts, max_size=10).map("".join), st.sampled_from(["", "x", "q", "i", "p"]))
@example("[a-z-[aeiou]]", "")
@example("[a-[\\", "")
def test_any_pattern_gives_a_value_or_null(pattern, flags):
    context = {"p": pattern, "f": flags}
    for source in ('matches("abc", p, f)', 'replace("abc", p, p, f)', 'split("abc", p)'):
        evaluate(source, context)


@few
@given(st.text('[]()."@ 1aP-', max_size=20))
def test_any_text_is_a_range_or_null(text):
    found = evaluate("range(t)", {"t": text})
    assert found is None or isinstance(found, Range)


@few
@given(numbers, numbers, st.sampled_from(["[]", "()", "[)", "(]"]))
def test_a_range_survives_its_text(a, b, ends):
    source = f"{ends[0]}{min(a, b):f}..{max(a, b):f}{ends[1]}"
    assert evaluate("range(t) = range(string(range(t)))", {"t": source}) is True


@few
@given(numbers, numbers)
def test_sums_and_products_are_exact(a, b):
    context = {"a": a, "b": b}
    assert evaluate("a + b", context) == a + b
    assert evaluate("a - b", context) == a - b
    assert evaluate("a * b", context) == a * b


@few
@given(whole_numbers, whole_numbers.filter(bool))
def test_the_remainder_completes_the_division(a, b):
    context = {"a": a, "b": b}
    assert evaluate("floor(a / b) * b + modulo(a, b) = a", context) is True


@few
@given(values, values)
def test_equality_goes_both_ways(a, b):
    assert equal(a, b) == equal(b, a)
    assert equal(a, a) is True


@few
@given(scalars, scalars)
def test_order_goes_both_ways_and_agrees_with_equality(a, b):
    found, other = order(a, b), order(b, a)
    assert (found is None) == (other is None)
    if found is not None and other is not None:
        assert found == -other
        assert (found == 0) == (equal(a, b) is True)


@few
@given(values, values)
def test_equal_values_have_equal_keys(a, b):
    assert (key_of(a) == key_of(b)) == (equal(a, b) is True)


@few
@given(texts)
def test_a_text_is_what_its_literal_says(text):
    literal = text_of([text])
    assert evaluate(literal, {}) == [text]


@few
@given(spans)
def test_durations_survive_their_text(span):
    assert parse_duration(duration_text(span)) == span


@few
@given(st.builds(YearsMonths, st.integers(-100_000, 100_000)))
def test_years_and_months_survive_their_text(months):
    assert parse_duration(str(months)) == months


@few
@given(days, spans)
def test_a_day_moved_by_whole_days_comes_back(day, span):
    context = {"day": day, "span": timedelta(days=span.days)}
    assert evaluate("day + span - span", context) == day
    assert evaluate("day + span - day", context) == context["span"]


@few
@given(days, days)
def test_the_months_between_two_days_lead_no_further_than_the_later(a, b):
    first, last = min(a, b), max(a, b)
    found = evaluate("years and months duration(a, b)", {"a": first, "b": last})
    moved = evaluate("a + d", {"a": first, "d": found})
    assert moved <= last


@few
@given(st.times(), spans)
def test_a_time_wraps_around_midnight(moment, span):
    assert isinstance(evaluate("t + d", {"t": moment, "d": span}), time)


@few
@given(whole_numbers, whole_numbers, whole_numbers)
def test_between_in_and_cells_agree(value, low, high):
    context = {"v": value, "low": min(low, high), "high": max(low, high)}
    found = evaluate("v between low and high", context)
    assert evaluate("v in [low..high]", context) is found
    assert evaluate("v >= low and v <= high", context) is found
    assert unary_test("[low..high]", value, context) is found
    assert unary_test("not([low..high])", value, context) is not found


@few
@given(st.lists(numbers, max_size=12))
def test_sorting_keeps_every_item(items):
    context = {"items": items}
    assert evaluate("sort(items, function(a, b) a < b)", context) == sorted(items)
    assert evaluate("sort(items)", context) == sorted(items)


@few
@given(st.lists(scalars, max_size=8))
def test_distinct_values_are_each_there_once(items):
    context = {"items": items, "found": evaluate("distinct values(items)", {"items": items})}
    assert evaluate("every i in items satisfies count(index of(found, i)) = 1", context) is True


def _read(read, source):
    """Return what was read, once it has been evaluated as well, or the fault that was found."""
    context = {"x": 3, "xs": [1, {"a": 2}], "__now__": datetime(2026, 3, 2, tzinfo=SHANGHAI)}
    try:
        parsed = read(source)
        if isinstance(parsed, Expression):
            parsed.evaluate(context)
        else:
            parsed.holds(Decimal(1), context)
    except FeelError as fault:
        return fault
    return parsed
