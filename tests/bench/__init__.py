"""`make bench` at tiny sizes, so that it does not rot."""
