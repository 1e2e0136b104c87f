"""Lists that are shipped as YAML beside the code."""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _parsed(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def shipped(path: Path) -> Any:
    """Return what the file at `path` says, read once in a process; the copy is the caller's own."""
    return deepcopy(_parsed(path))
