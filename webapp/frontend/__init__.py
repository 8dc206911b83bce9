"""The sources of what browsers load, and the build that turns them into `webapp/static/`."""
