"""The operators' pages: how the cases stand, what went wrong, and what can be done about it."""
