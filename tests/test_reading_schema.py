"""What `yanxiu read FILE --json` prints is what docs/reading.schema.json promises, key by key."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from yanxiu.documents.reading import read
from yanxiu.planning.reading import as_json, read_documents
from yanxiu.planning.reading.findings import Kind
from yanxiu.planning.reading.tests import documents as fictional

SCHEMA = json.loads(
    Path(__file__).parents[1].joinpath("docs/reading.schema.json").read_text("utf-8")
)
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,),
    "number": (int, float), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
TEXTS = [name for name in vars(fictional) if name.isupper()
         and isinstance(getattr(fictional, name), str)]  # fmt: skip


def is_of(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def wrong(value: Any, rule: dict[str, Any], where: str = "") -> Iterator[str]:
    """Where `value` breaks `rule`; also keys that the schema does not know."""
    if "$ref" in rule:
        yield from wrong(value, SCHEMA["$defs"][rule["$ref"].removeprefix("#/$defs/")], where)
    types = rule.get("type", list(TYPES))
    if not any(is_of(value, one) for one in ([types] if isinstance(types, str) else types)):
        yield f"{where}: {value!r} is none of {types}"
        return
    if "enum" in rule and value not in rule["enum"]:
        yield f"{where}: {value!r} is not in {rule['enum']}"
    if isinstance(value, str) and not re.search(rule.get("pattern", ""), value):
        yield f"{where}: {value!r} is not {rule['pattern']}"
    if isinstance(value, int | float) and not (
        rule.get("minimum", value) <= value <= rule.get("maximum", value)
    ):
        yield f"{where}: {value} is out of bounds"
    if isinstance(value, dict):
        yield from wrong_object(value, rule, where)
    if isinstance(value, list):
        if not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)):
            yield f"{where}: {len(value)} items"
        for number, item in enumerate(value):
            yield from wrong(item, rule.get("items", {}), f"{where}[{number}]")


def wrong_object(value: dict[str, Any], rule: dict[str, Any], where: str) -> Iterator[str]:
    yield from (f"{where}: no {key}" for key in rule.get("required", ()) if key not in value)
    known = rule.get("properties", {})
    yield from (f"{where}: {key} is not described" for key in value if known and key not in known)
    for key, inner in known.items():
        if key in value:
            yield from wrong(value[key], inner, f"{where}.{key}")
    if rule.get("anyOf") and not any(set(one["required"]) <= set(value) for one in rule["anyOf"]):
        yield f"{where}: none of the sets of keys"
    for case in rule.get("allOf", ()):
        if value.get("kind") in case["if"]["properties"]["kind"]["enum"]:
            yield from wrong(value["value"], case["then"]["properties"]["value"], f"{where}.value")


def told(data: bytes, name: str) -> Any:
    return json.loads(json.dumps(as_json(read_documents(read(data, name=name)))))


@pytest.mark.parametrize("name", TEXTS)
def test_fictional_documents_are_told_as_promised(name: str) -> None:
    answer = told(getattr(fictional, name).encode(), "a.txt")

    assert list(wrong(answer, SCHEMA)) == []
    assert answer["documents"]


def test_documents_in_many_layouts_are_told_as_promised() -> None:
    folder = Path(fictional.__file__).parent
    paths = [
        path for path in sorted(folder.rglob("*.*")) if path.suffix in {".txt", ".md", ".html"}
    ]

    assert paths
    for path in paths:
        assert (path.name, list(wrong(told(path.read_bytes(), path.name), SCHEMA))) == (
            path.name,
            [],
        )


def test_the_samples_are_told_as_promised(samples: Path) -> None:
    for path in sorted((samples / "documents").glob("*.txt")):
        assert list(wrong(told(path.read_bytes(), path.name), SCHEMA)) == []


@pytest.mark.static
def test_every_kind_is_in_the_schema_with_the_shape_of_its_value() -> None:
    finding = SCHEMA["$defs"]["finding"]
    shaped = [
        kind for case in finding["allOf"] for kind in case["if"]["properties"]["kind"]["enum"]
    ]

    assert sorted(finding["properties"]["kind"]["enum"]) == sorted(get_args(Kind)) == sorted(shaped)


@pytest.mark.static
def test_the_guide_explains_every_kind_with_an_example() -> None:
    guide = Path(__file__).parents[1].joinpath("docs/guides/reading.md").read_text("utf-8")

    assert [kind for kind in get_args(Kind) if f"`{kind}`" not in guide] == []
    for example in re.findall(r"```json\n(.*?)```", guide, re.DOTALL):
        assert list(wrong(json.loads(example), SCHEMA["$defs"]["finding"])) == []


@pytest.mark.static
def test_a_wrong_answer_would_be_noticed() -> None:
    good = {"kind": "slot", "name": "语文组", "value": {"weekday": 3, "half_day": "afternoon"},
            "unit": None, "qualifier": None, "period": None, "line": 1, "text": "周三下午",
            "inferred": False}  # fmt: skip
    rule = SCHEMA["$defs"]["finding"]

    assert not list(wrong(good, rule))
    for change in ({"kind": "x"}, {"value": 3}, {"line": 0}, {"inferred": 1}, {"extra": 1},
                   {"value": {"weekday": 8, "half_day": None}}, {"qualifier": "many"}):  # fmt: skip
        assert list(wrong(good | change, rule)), change
