"""A running process as bytes and back, without the history it no longer needs."""
