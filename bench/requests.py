"""What a bench sends: requests as text, in rounds, for so many clients."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TOKEN = "0123456789abcdefghijklmnopqrstuv"  # noqa: S105 (any 32 letters serve as both halves)

Client = list[tuple[str, int]]
"""The requests of one client, each with how often it is sent."""


@dataclass
class Stream:
    """One kind of request: what must be answered, and per round the requests of each client."""

    status: int
    rounds: list[list[Client]]
    probe: str
    """One more request of the kind, on which the statements are counted."""


@dataclass
class Prepared:
    """What a bench has laid out: its streams, the first of which is what it is about."""

    streams: dict[str, Stream]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """On which database, with how many clients, in how many rounds of how many requests."""

    database: str
    clients: int
    rounds: int = 5
    requests: int = 640

    @classmethod
    def of(cls, name: str) -> "Case":
        """Return the case written `sqlite-8`."""
        database, clients = name.rsplit("-", 1)
        return cls(database, int(clients))


def get(path: str, *, session: str = "") -> str:
    """Return a GET of `path` by whoever holds `session`."""
    cookie = f"Cookie: sessionid={session}\r\n" if session else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}Accept: text/html\r\n\r\n"


def post(path: str, fields: dict[str, str], *, session: str) -> str:
    """Return a POST of a form to `path` by whoever holds `session`, with CSRF."""
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: csrftoken={TOKEN}; sessionid={session}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )


def repeated(case: Case, requests: Sequence[str], *, status: int) -> Stream:
    """Return a stream in which the clients send the same `requests`, each client its own."""
    each = case.requests // case.clients
    one_round: list[Client] = [
        [(requests[number % len(requests)], each)] for number in range(case.clients)
    ]
    return Stream(status, [one_round] * (case.rounds + 1), requests[0])


def once(case: Case, requests: Iterator[str], *, status: int) -> Stream:
    """Return a stream in which every request is sent once."""
    each = case.requests // case.clients
    rounds: list[list[Client]] = [
        [[(next(requests), 1) for _ in range(each)] for _ in range(case.clients)]
        for _ in range(case.rounds + 1)
    ]
    return Stream(status, rounds, next(requests))
