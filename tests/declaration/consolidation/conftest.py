"""People with several numbers, on both databases or on the quick one."""

from tests.declaration.certificates.conftest import (  # noqa: F401 -- fixtures
    _the_key_of_the_tests,
    database,
    demo_postgres,
    demo_sqlite,
    engine,
    quick,
    world,
)
