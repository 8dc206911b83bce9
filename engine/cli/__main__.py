"""`python -m engine.cli` is `bishen`."""

from engine.cli.main import main

main()
