"""Pages that a device keeps, so that they open without a network."""

from typing import Protocol
from uuid import UUID

from django.http import HttpResponse

KEEP = "X-Keep-Offline"
"""The header by which a page tells the service worker to keep it, and for whom."""


class Reader(Protocol):
    """Whoever a page was made for."""

    uid: UUID


def keep_offline(answer: HttpResponse, reader: Reader) -> HttpResponse:
    """Let the device of `reader` keep the page `answer`; it is forgotten when they log out."""
    answer[KEEP] = str(reader.uid)
    return answer
