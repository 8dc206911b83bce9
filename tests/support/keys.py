"""The master key of the tests: one process has one key ring, whatever is built in it."""

KEY_OF_THE_TESTS = bytes(range(32))
