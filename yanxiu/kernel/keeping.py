"""Secrets in files of their own: readable by the house's account alone, in no table or page."""

import json
import os
from pathlib import Path
from typing import Any


def keep_secret(path: Path, content: dict[str, Any]) -> None:
    """Write `content` to `path`, in place of an earlier one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file)
    made.replace(path)


def read_secret(path: Path) -> dict[str, Any] | None:
    """Return what `path` keeps; None if it is not there or is no longer whole."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None
