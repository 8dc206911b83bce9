"""`bishen fsck`: nothing is broken in good data, and each damage is named by its own invariant."""
