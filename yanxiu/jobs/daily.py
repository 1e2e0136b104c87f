"""What apps want done once a day; the loop beside the pages does it."""

from collections.abc import Callable
from datetime import datetime

DAILY: list[Callable[[datetime], object]] = []
"""An app adds what it wants when it is ready; each is given the moment, aware."""
