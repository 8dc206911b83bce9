"""Tests of the file store and the pictures."""
