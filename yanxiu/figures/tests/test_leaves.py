"""Leaves are declared once, and every app's are in the table."""

from dataclasses import replace

import pytest

from yanxiu.figures import leaves


def test_a_code_is_declared_once() -> None:
    kind = leaves.leaf_kinds()["ledger.records"]

    leaves.register(kind)
    with pytest.raises(ValueError, match="records"):
        leaves.register(replace(kind, name="另一种"))


def test_a_gap_is_declared_once() -> None:
    kind = leaves.gap_kinds()["activities.no_minutes"]

    leaves.register_gap(kind)
    with pytest.raises(ValueError, match="no_minutes"):
        leaves.register_gap(replace(kind, name="另一种"))


def test_every_leaf_belongs_to_a_person_or_a_unit_and_says_who_supplies_it() -> None:
    for kind in leaves.leaf_kinds().values():
        assert kind.teacher or kind.unit, kind.code
        assert kind.name, kind.code
        assert kind.meaning, kind.code
        assert kind.supplier, kind.code


def test_the_apps_of_today_are_there() -> None:
    apps = {code.split(".")[0] for code in leaves.leaf_kinds()}

    assert {"activities", "ledger", "people", "planning", "portfolio", "training"} <= apps
