"""Where the addresses and secrets of group robots lie: in the key folder, never in the database.

Whoever has a robot's address can speak in its group. So it is kept like the other keys of the
house: one file a robot, readable by the house's account alone, in no table, export, page or log.
"""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings

from yanxiu.kernel.keeping import keep_secret, read_secret


@dataclass(frozen=True)
class RobotKey:
    """The address of a robot and the secret it is signed with; neither is ever printed."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)


def _path(robot: UUID) -> Path:
    return Path(settings.DATA) / "keys" / "robots" / f"{robot}.json"


def keep(robot: UUID, key: RobotKey) -> None:
    """Write the key of `robot`, in place of an earlier one."""
    keep_secret(_path(robot), asdict(key))


def read(robot: UUID) -> RobotKey | None:
    """Return the key of `robot`; None if this installation does not have it."""
    found = read_secret(_path(robot))
    try:
        return RobotKey(**found) if found is not None else None
    except TypeError:
        return None


def forget(robot: UUID) -> None:
    """Take the key of `robot` away for good."""
    _path(robot).unlink(missing_ok=True)
