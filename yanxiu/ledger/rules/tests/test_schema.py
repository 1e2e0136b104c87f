"""The published JSON Schema says what the loader reads: no key more, no key less."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
import yaml

from yanxiu.ledger.rules.loading import SHIPPED, loads
from yanxiu.ledger.rules.reading import Item
from yanxiu.ledger.rules.tests import guide
from yanxiu.ledger.rules.tests.made_up import HERE
from yanxiu.ledger.rules.tests.schema_walk import as_json, faults, objects_at

SCHEMA: dict[str, Any] = json.loads(
    (HERE.parents[3] / "docs" / "scheme.schema.json").read_text(encoding="utf-8")
)
SCHEMES = {path.parent.name: path.read_text("utf-8") for path in sorted(SHIPPED.glob("*/*.yaml"))}
SCHEMES |= {"guide, small": guide.blocks("scheme")[0], "guide, whole": guide.whole()}
BROKEN = sorted((HERE / "broken").glob("*.yaml"))


def _composed(text: str) -> yaml.Node:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    return node


@pytest.mark.parametrize("name", SCHEMES)
def test_every_scheme_that_is_read_passes(name: str) -> None:
    assert faults(as_json(_composed(SCHEMES[name])), SCHEMA, SCHEMA) == []


def test_keys_are_those_of_the_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[int, tuple[set[str], set[str]]] = {}
    real = Item.keys

    def keys(self: Item, required: Sequence[str], optional: Sequence[str] = ()) -> Any:
        known[self.node.start_mark.index] = set(required), {*required, *optional}
        return real(self, required, optional)

    monkeypatch.setattr(Item, "keys", keys)
    seen: set[str] = set()
    for text in SCHEMES.values():
        known.clear()
        loads(text)
        for node, schema in objects_at(_composed(text), SCHEMA, SCHEMA):
            if node.start_mark.index not in known or "properties" not in schema:
                continue
            required, every = known[node.start_mark.index]
            where = f"{sorted(every)[:3]} line {node.start_mark.line + 1}"
            assert set(schema["properties"]) == every, where
            assert set(schema.get("required", ())) == required, where
            seen |= every
    assert set(SCHEMA["properties"]) <= seen


def test_every_section_is_shown_by_some_scheme() -> None:
    used = {key for text in SCHEMES.values() for key in as_json(_composed(text))}
    assert set(SCHEMA["properties"]) - used == set()


def test_a_broken_scheme_of_unknown_keys_does_not_pass() -> None:
    for name in ("unknown-key", "misspelt-key", "source-missing-in-rule", "unit-unknown"):
        text = next(path for path in BROKEN if path.stem == name).read_text(encoding="utf-8")
        assert faults(as_json(_composed(text)), SCHEMA, SCHEMA) != [], name


def test_the_schema_has_a_version() -> None:
    assert SCHEMA["$id"] == "urn:yanxiu:scheme:1"
    assert SCHEMA["$schema"].endswith("2020-12/schema")
