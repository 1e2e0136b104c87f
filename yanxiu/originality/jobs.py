"""Marking the texts of a school anew, in the background."""

from typing import Any

from yanxiu.jobs.table import Work
from yanxiu.originality.actions import mark_all


def run(running: Any) -> None:
    """Mark text by text; what cannot be read is noted on it, and the others go on."""
    mark_all(running.step, running.organisation)


WORKS = [Work("originality.mark", name="重新标记核对文本", run=run)]
