"""How much one expression may ask for: an analyst's slip must not stop the machine."""

SOURCE = 2_000
"""Characters of one expression."""

DEPTH = 40
"""Nesting of the expression, and of a value it builds."""

CALLS = 100
"""Nesting of evaluation, where functions written in FEEL call one another."""

STEPS = 20_000
"""Steps of one evaluation; reading a list of n items costs n."""

ITEMS = 10_000
"""Items in a value that was built, those inside its items counted as well."""

TEXT = 100_000
"""Characters of a text that was built."""

DIGITS = 34
"""Significant digits of a number, those of IEEE 754 decimal128."""

LARGEST = 6_145
"""No result reaches ten to this power: those of IEEE 754 decimal128 do not."""

WHOLE = 18
"""No position, count or part of a date reaches ten to this power."""
