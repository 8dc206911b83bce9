"""Web and workers are killed under load, at random and at named points; nothing may be lost."""
