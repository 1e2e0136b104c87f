"""How sure we are that somebody was there, and what each level decides; data in assurance.yaml."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from yanxiu.activities.models import Attendance

WHEN_CONFIRMED = "when_confirmed"
HERE = Path(__file__).resolve().parent

BY_METHOD = {
    Attendance.Method.ROLL_CALL: "host",
    Attendance.Method.PAPER: "paper",
    Attendance.Method.MAKE_UP: "made_up",
    Attendance.Method.CLOSING: "host",
}


@dataclass(frozen=True)
class Level:
    """可信程度: one level, its word in the record, and what it decides."""

    code: str
    name: str
    meaning: str
    record: str
    needs_confirmation: bool
    is_shown: bool


@cache
def levels() -> dict[str, Level]:
    """Return the levels by code, the surest first."""
    found = yaml.safe_load((HERE / "assurance.yaml").read_text(encoding="utf-8"))
    return {
        one["level"]: Level(
            code=one["level"],
            name=one["name"],
            meaning=one["meaning"],
            record=one["record"],
            needs_confirmation=one["counts"] == WHEN_CONFIRMED,
            is_shown=one["shown"],
        )
        for one in found
    }


def shared_devices(rows: Iterable[Attendance]) -> set[str]:
    """Return the marks of the devices from which more than one of `rows` was signed in."""
    marks = Counter(row.device for row in rows if row.device)
    return {mark for mark, times in marks.items() if times > 1}


def level_of(row: Attendance, shared: Collection[str]) -> Level:
    """Return how sure `row`, of somebody who came, is; `shared` are the devices of several."""
    if row.method != Attendance.Method.CODE:
        return levels()[BY_METHOD[Attendance.Method(row.method)]]
    if row.spot_result == Attendance.Check.HERE or row.confirmed_at:
        return levels()["checked"]
    if row.spot_result == Attendance.Check.AWAY:
        return levels()["missed"]
    if row.device and row.device in shared:
        return levels()["shared_device"]
    return levels()["own_device" if row.expected else "walk_in"]
