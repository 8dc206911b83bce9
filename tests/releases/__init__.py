"""Bundles and what `bishen check` says about them."""
