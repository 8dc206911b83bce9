"""Measurements a stranger can repeat: the product beside its peers and beside plain tables."""
