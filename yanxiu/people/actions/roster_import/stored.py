"""Stored lines, turned back into rows as they were read, and compared once more."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from yanxiu.people.actions.roster_import import storing
from yanxiu.people.actions.roster_import.comparing import Comparison
from yanxiu.people.actions.roster_import.reading import comparison_of
from yanxiu.people.models import RosterImport
from yanxiu.people.roster import Person, Problem, RosterRow

OWN_PROBLEMS = frozenset(
    {
        "school-missing",
        "number-repeated",
        "numbers-of-two-people",
        "number-of-another",
        "phone-elsewhere",
        "one-person-several-rows",
        "name-not-told-apart",
        "same-name-other-number",
        "role-not-in-roster",
        "own-career-days",
    }
)
"""Codes of problems that comparing finds, as against those that reading finds."""


def compared_again(roster_import: RosterImport) -> tuple[Comparison, list[bytes]]:
    """Compare the stored lines with who is there by now.

    Returns:
        The comparison, and for each line the gist of what it says so far.
    """
    rows: list[RosterRow] = []
    gists: list[bytes] = []
    written: dict[int, str] = {}
    for row in storing.rows_of(roster_import):
        rows.append(row_read(row))
        gists.append(gist(row))
        if "plan" in row:
            written[row["position"]] = row["teacher"]
    return comparison_of(roster_import.organisation, rows, written=written), gists


def gist(row: Mapping[str, Any]) -> bytes:
    """Return what a person looked at, in a few bytes.

    A database may give the keys of what it kept in another order.
    """
    told = (row["change"], row["teacher"], row["differences"], row.get("candidates") or [])
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return blake2b(text.encode(), digest_size=12).digest()


def row_read(row: Mapping[str, Any]) -> RosterRow:
    """Return a stored row as it was read, so that it can be compared again."""
    person = row["person"]

    def several(name: str) -> tuple[str, ...]:
        value = person[name]
        return tuple(value) if isinstance(value, list) else tuple(filter(None, value.split("、")))

    read = Person(
        **{
            name: person[name]
            for name in ("name", "school", "job_number", "phone", "born", "education", "title")
        },
        started_work=person["started_work"],
        entered=person.get("entered", ""),
        cycle_from=person.get("cycle_from", ""),
        retires=person.get("retires", ""),
        subjects=several("subjects"),
        grades=several("grade"),
        groups=several("group"),
        preparation_groups=several("preparation_group"),
        posts=several("posts"),
        tiers=several("tier"),
    )
    problems = tuple(
        Problem(**problem) for problem in row["problems"] if problem["code"] not in OWN_PROBLEMS
    )
    return RosterRow(row["sheet"], row["row"], read, problems)
