"""Where the key of an endpoint lies: in the key folder, never in the database.

It is kept with the address it was typed for, so that it goes to no other.
"""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from yanxiu.kernel.keeping import keep_secret, read_secret


def _path(setting: UUID) -> Path:
    return Path(settings.DATA) / "keys" / "drafting" / f"{setting}.json"


def keep(setting: UUID, *, url: str, key: str) -> None:
    """Write the key for the endpoint at `url`, in place of an earlier one."""
    keep_secret(_path(setting), {"url": url, "key": key})


def read(setting: UUID, *, url: str) -> str:
    """Return the key that was typed for `url`; "" if there is none."""
    found = read_secret(_path(setting)) or {}
    return str(found.get("key", "")) if found.get("url") == url else ""


def is_there(setting: UUID) -> bool:
    """Tell whether a key was typed, for whatever address."""
    return _path(setting).exists()


def forget(setting: UUID) -> None:
    """Take the key away for good."""
    _path(setting).unlink(missing_ok=True)
