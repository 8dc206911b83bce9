"""The tree of an expression; every kind of node knows how to evaluate itself."""
