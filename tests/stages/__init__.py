"""What each newer app puts on the stage: one module an app.

A module has `fill(cast, things, at)`, which returns its things by the words that the tables of
permissions use, and, where its addresses need them, `BESIDES` and `FORMS` (see
`tests/test_urls_by_role.py`). Modules are asked in the order of their apps, lowest first.
"""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.db.models import Model

from yanxiu.cast import Cast

HERE = Path(__file__).resolve().parent


def modules() -> Iterator[ModuleType]:
    """Yield the module of each app that has one, in the order in which apps are installed."""
    for config in apps.get_app_configs():
        if (HERE / f"{config.label}.py").exists():
            yield import_module(f"{__name__}.{config.label}")


def fill_all(cast: Cast, things: dict[str, Model], at: datetime) -> dict[str, Model]:
    """Return what the newer apps add to `things`; each sees what those before it have put there."""
    filled = dict(things)
    for module in modules():
        filled |= module.fill(cast, filled, at)
    return filled


def told(name: str) -> dict[str, dict[str, str]]:
    """Return the tables called `name` of all modules as one."""
    return {key: row for one in modules() for key, row in getattr(one, name, {}).items()}
