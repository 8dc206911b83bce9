"""Pages over the engine."""
