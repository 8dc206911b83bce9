"""The demonstration's phone and payment platform."""
