"""The house rules. A rule reads a copy of the project and names every place that breaks it."""
