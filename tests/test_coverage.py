"""`docs/coverage.md` is true: no row is forgotten, and what it points to is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import get_resolver

from yanxiu.config.cli import find_commands
from yanxiu.figures import table as figures

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage.md"
DOMAIN = ROOT.parent / "shared" / "domain" / "areas"
ROW = re.compile(r"S\d\.\d-\d\d")
NOTHING = "—"

pytestmark = pytest.mark.static


def parts() -> dict[str, list[list[str]]]:
    """Return the rows of each area: id, capability, where, test (or why not)."""
    found: dict[str, list[list[str]]] = {}
    area = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"## (A\d\d)\b", line):
            area = head[1]
        elif line.startswith("| S"):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            found.setdefault(area, []).append([cell.strip() for cell in cells])
    return found


def asked(area: str) -> set[str]:
    """Return the ids of the requirement rows of an area, from the domain's own table."""
    (path,) = DOMAIN.glob(f"{area}-*.md")
    table = path.read_text(encoding="utf-8").split("## The requirement rows")[1]
    return {line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| S")}


@cache
def functions_of(path: str) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@cache
def addresses() -> set[str]:
    """Return the names of all addresses, with their namespaces."""
    names: set[str] = set()
    for namespace, (_prefix, resolver) in get_resolver().namespace_dict.items():
        names |= {f"{namespace}:{name}" for name in resolver.reverse_dict if isinstance(name, str)}
    return names


def is_somewhere(place: str) -> bool:
    """Whether `place` is an address, a command, a figure or a file of the house."""
    words = place.split()
    if words[0] == "yanxiu":
        return words[1] in find_commands()
    if re.fullmatch(r"[a-z_]+:[a-z_]+", place):
        return place in addresses()
    return place in figures.all_figures() or (ROOT / place).exists()


ROWS = [pytest.param(area, *row, id=row[0]) for area, rows in parts().items() for row in rows]


@pytest.mark.skipif(not DOMAIN.exists(), reason="the domain lies beside the checkout")
@pytest.mark.parametrize("area", sorted(parts()))
def test_every_row_of_the_area_stands_in_it_once(area: str) -> None:
    written = [row[0] for row in parts()[area]]

    assert sorted(written) == sorted(asked(area))


def test_the_areas_of_what_is_built_are_there() -> None:
    built = {"A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A15", "A17", "A18", "A23"}
    assert built <= set(parts())


@pytest.mark.parametrize(("area", "row", "capability", "where", "proof"), ROWS)
def test_a_row_points_to_what_is_there(
    area: str, row: str, capability: str, where: str, proof: str
) -> None:
    assert ROW.fullmatch(row)
    assert capability
    if where == NOTHING:
        assert len(proof) > len("没有做"), "a row that is left out says why"
        return
    places = re.findall(r"`([^`]+)`", where)
    assert places, where
    assert [place for place in places if not is_somewhere(place)] == []
    proofs = re.findall(r"`([^`]+)`", proof)
    assert proofs, proof
    for one in proofs:
        path, _, name = one.partition("::")
        assert name in functions_of(path), one
