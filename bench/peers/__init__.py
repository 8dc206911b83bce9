"""Every contender is a process of its own: it gets a job, and prints its laps as JSON."""
