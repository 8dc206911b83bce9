"""Tests of the documents of a declaration."""
