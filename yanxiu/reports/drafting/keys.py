"""Where the key of an endpoint lies: in the key folder, never in the database.

It is kept with the address it was typed for, so that it goes to no other.
"""

import json
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def _path(setting: UUID) -> Path:
    return Path(settings.DATA) / "keys" / "drafting" / f"{setting}.json"


def keep(setting: UUID, *, url: str, key: str) -> None:
    """Write the key for the endpoint at `url`, in place of an earlier one."""
    path = _path(setting)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"url": url, "key": key}, file)
    made.replace(path)


def read(setting: UUID, *, url: str) -> str:
    """Return the key that was typed for `url`; "" if there is none."""
    try:
        found = json.loads(_path(setting).read_text(encoding="utf-8"))
        return str(found["key"]) if found["url"] == url else ""
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return ""


def is_there(setting: UUID) -> bool:
    """Tell whether a key was typed, for whatever address."""
    return _path(setting).exists()


def forget(setting: UUID) -> None:
    """Take the key away for good."""
    _path(setting).unlink(missing_ok=True)
