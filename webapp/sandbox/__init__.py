"""The demonstration's surroundings: a phone and a payment platform, two small applications."""
