"""Works that only tests have done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from yanxiu.jobs import table
from yanxiu.jobs.running import Running
from yanxiu.jobs.table import Work

CODE = "made.up"


@contextmanager
def known(run: Callable[[Running], None], code: str = CODE) -> Iterator[None]:
    """Let `run` be a known work for a while."""
    table._WORKS[code] = Work(code, name="编的任务", run=run)
    try:
        yield
    finally:
        del table._WORKS[code]
