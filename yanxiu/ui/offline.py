"""Pages that a device keeps, so that they open without a network."""

from typing import Protocol
from uuid import UUID

from django.http import HttpResponse

KEEP = "X-Keep-Offline"
"""The header by which a page tells the service worker to keep it, and for whom."""


class Reader(Protocol):
    """Whoever a page was made for."""

    uid: UUID


KEEP_DAYS = "X-Keep-Days"
"""The header by which a page tells for how many days, where one is too short."""


def keep_offline(answer: HttpResponse, reader: Reader, *, days: int = 1) -> HttpResponse:
    """Let the device of `reader` keep the page `answer` for some days, until they log out."""
    answer[KEEP] = str(reader.uid)
    if days > 1:
        answer[KEEP_DAYS] = str(days)
    return answer
