"""Texts to phones."""
