"""What works do in the background."""

from uuid import UUID

from django.utils import timezone

from yanxiu.jobs.running import Running
from yanxiu.jobs.table import Work as Task
from yanxiu.works.actions.importing import READ_FILE, read_kept_file


def read_file(running: Running) -> None:
    """Read the original of one work into its draft."""
    running.step(0, 1, running.detail["work"])
    read_kept_file(UUID(running.detail["work"]), by=running.by, at=timezone.now())
    running.step(1, 1, running.detail["work"])


WORKS = [Task(READ_FILE, name="读入作品的文件", run=read_file)]
