"""Just enough of JSON Schema to hold the published schema against real schemes; no more is used."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool,
}  # fmt: skip


def as_json(node: yaml.Node) -> Any:
    """Return what an editor's schema check would see of a YAML node."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: as_json(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [as_json(each) for each in node.value]
    text = str(node.value)
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    if plain and _NUMBER.fullmatch(text):
        return Decimal(text)
    return text == "true" if plain and text in ("true", "false") else text


def resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """Follow a `$ref` inside the file."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> list[str]:
    """Return what of `value` the schema does not allow, each with its place."""
    schema = resolved(schema, root)
    if "anyOf" in schema:
        tried = [faults(value, each, root, at) for each in schema["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    if "const" in schema or "enum" in schema:
        allowed = [schema["const"]] if "const" in schema else schema["enum"]
        return [] if value in allowed else [f"{at}: {value!r} not in {allowed}"]
    return list(_wrong(value, schema, root, at))


def _wrong(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    kind = schema["type"]
    if kind in ("number", "integer"):
        if not isinstance(value, Decimal) or value < schema.get("minimum", 0):
            yield f"{at}: {value!r} is no {kind}"
    elif not isinstance(value, _TYPES[kind]):
        yield f"{at}: {value!r} is no {kind}"
    elif kind == "string" and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} is not written so"
    elif kind == "array":
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at}: {len(value)} members"
        for number, each in enumerate(value):
            yield from faults(each, schema["items"], root, f"{at}[{number}]")
    elif kind == "object":
        yield from _wrong_keys(value, schema, root, at)


def _wrong_keys(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}: no {key}" for key in schema.get("required", ()) if key not in value)
    for key, each in value.items():
        own = own_schema(schema, key)
        if own is None:
            yield f"{at}: {key} is unknown"
        elif own is not True:
            yield from faults(each, own, root, f"{at}.{key}")


def own_schema(schema: dict[str, Any], key: str) -> Any:
    """Return the schema of one key, None if it is not allowed."""
    if key in schema.get("properties", {}):
        return schema["properties"][key]
    for pattern, own in schema.get("patternProperties", {}).items():
        if re.search(pattern, key):
            return own
    return schema.get("additionalProperties", True) or None


def objects_at(
    node: yaml.Node, schema: dict[str, Any], root: dict[str, Any]
) -> Iterator[tuple[yaml.Node, dict[str, Any]]]:
    """Give every mapping of a document with the schema that it passes."""
    schema = resolved(schema, root)
    if "anyOf" in schema:
        value = as_json(node)
        fitting = [each for each in schema["anyOf"] if not faults(value, each, root)]
        if fitting:
            yield from objects_at(node, fitting[0], root)
        return
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from objects_at(each, schema["items"], root)
    elif isinstance(node, yaml.MappingNode):
        yield node, schema
        for key, value in node.value:
            own = own_schema(schema, key.value)
            if isinstance(own, dict):
                yield from objects_at(value, own, root)
