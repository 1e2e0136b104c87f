"""Where the addresses and secrets of group robots lie: in the key folder, never in the database.

Whoever has a robot's address can speak in its group. So it is kept like the other keys of the
house: one file a robot, readable by the house's account alone, in no table, export, page or log.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True)
class RobotKey:
    """The address of a robot and the secret it is signed with; neither is ever printed."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)


def _path(robot: UUID) -> Path:
    return Path(settings.DATA) / "keys" / "robots" / f"{robot}.json"


def keep(robot: UUID, key: RobotKey) -> None:
    """Write the key of `robot`, in place of an earlier one."""
    path = _path(robot)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(key), file)
    made.replace(path)


def read(robot: UUID) -> RobotKey | None:
    """Return the key of `robot`; None if this installation does not have it."""
    try:
        return RobotKey(**json.loads(_path(robot).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def forget(robot: UUID) -> None:
    """Take the key of `robot` away for good."""
    _path(robot).unlink(missing_ok=True)
