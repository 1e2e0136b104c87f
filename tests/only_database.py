"""A plug-in for pytest: `--only-database` leaves out what one pass for all databases proves.

A test that asks for no database gives the same answer whatever the database is, so the pass on
PostgreSQL need not run it again.
"""

from typing import Final

import pytest

ASKING: Final = frozenset({"db", "transactional_db"})
"""The fixtures through which a test comes to a database."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption(
        "--only-database", action="store_true", help="run only tests that ask for a database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that ask for no database, if so wished."""
    if not config.getoption("--only-database"):
        return
    left = [item for item in items if not asks(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if asks(item)]


def asks(item: pytest.Item) -> bool:
    """Tell whether a test comes to a database."""
    asked = ASKING.intersection(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db"))
