"""Orders, notices, refunds."""
