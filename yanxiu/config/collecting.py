"""Filling the tables of places, figures and leaves from every app of the house."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from yanxiu.figures import leaves as leaf_table
from yanxiu.figures import table as figure_table
from yanxiu.jobs import table as work_table
from yanxiu.places import table as place_table
from yanxiu.places import waiting


def collect() -> None:
    """Register what each installed app of the house declares for the tables, once."""
    for config in apps.get_app_configs():
        if not config.name.startswith("yanxiu."):
            continue
        for module, name, register in (
            ("places", "PLACES", place_table.register),
            ("places", "WAITING", waiting.register),
            ("figures", "FIGURES", figure_table.register),
            ("leaves", "LEAVES", leaf_table.register),
            ("leaves", "GAPS", leaf_table.register_gap),
            ("jobs", "WORKS", work_table.register),
        ):
            full = f"{config.name}.{module}"
            spec = find_spec(full)
            if spec is None or (
                spec.submodule_search_locations is not None and config.label == module
            ):
                continue
            for item in getattr(import_module(full), name, ()):
                register(item)
