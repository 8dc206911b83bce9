"""Everything that is true without a browser."""
