"""The light loop beside the pages: composes once a minute, while the channels send."""

import logging
import threading
from datetime import date, datetime

from django.db import close_old_connections, connection
from django.utils import timezone

from yanxiu.agenda.digest import compose
from yanxiu.jobs.daily import DAILY
from yanxiu.kernel.spans import day_of
from yanxiu.notices.actions import forget_old
from yanxiu.notices.sending import keep_sending

EVERY = 60.0

log = logging.getLogger(__name__)


class Composer:
    """Composes what is due, and once a day forgets what is old."""

    def __init__(self) -> None:
        """Have tidied on no day yet."""
        self.tidied_on: date | None = None

    def turn(self, now: datetime) -> None:
        """Do what is due at `now`; trouble is noted and the next turn tries again."""
        try:
            close_old_connections()
            compose(now)
            if self.tidied_on != day_of(now):
                forget_old(at=now)
                for deed in DAILY:
                    deed(now)
                self.tidied_on = day_of(now)
        except Exception as trouble:  # noqa: BLE001 (the database may be away for a moment)
            log.warning("the digest rests: %s", type(trouble).__name__)
            connection.close()


def run(stop: threading.Event, *, every: float = EVERY) -> None:
    """Compose and send until `stop`."""
    threads = keep_sending(stop)
    composer = Composer()
    while not stop.is_set():
        composer.turn(timezone.now())
        stop.wait(every)
    for thread in threads:
        thread.join(timeout=1)
