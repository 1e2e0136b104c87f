"""Reading everything into the index anew, in the background."""

from typing import Any

from yanxiu.jobs.table import Work
from yanxiu.search.actions import rebuild


def run(running: Any) -> None:
    """Read every source, kind by kind."""
    rebuild(running.step)


WORKS = [Work("search.rebuild", name="重建检索", run=run)]
"""It changes nothing that anybody wrote, so it may be run again and again."""
