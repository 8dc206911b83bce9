"""Tokens to a tree. Each class adds a part of the language to the one below it."""
