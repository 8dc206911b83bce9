"""Forms without a browser, and their drawing without a server."""
