"""What a process and all below it have used of the processors."""

import os
from pathlib import Path

TICK = 1000 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 10.0


def cpu_ms(root: int) -> float:
    """Return the processor time in ms, user and system, of `root` and its descendants.

    What descendants that have ended used is in the account of their parent.
    """
    table = {int(path.name): stat(path) for path in Path("/proc").glob("[0-9]*")}
    family, used = {root}, 0.0
    while grown := {pid for pid, row in table.items() if row and row[0] in family} - family:
        family |= grown
    for pid in family:
        row = table.get(pid)
        used += row[1] * TICK if row else 0.0
    return used


def stat(path: Path) -> tuple[int, int] | None:
    """Return the parent and the ticks of the process `path`, or None if it has just ended."""
    try:
        text = (path / "stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    # The name in parentheses may hold spaces; what follows it does not.
    fields = text.rpartition(")")[2].split()
    return int(fields[1]), sum(int(ticks) for ticks in fields[11:15])
