"""Keep-alive clients in one process of their own; reads what to send from stdin.

In: `{"port", "status", "clients": [[[request, times], …], …]}`. Out: `{"ms", "seconds", "wrong"}`.
"""

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:\s*chunked", re.IGNORECASE)
PATIENCE = 60


class Connection:
    """One client: sends its requests one after the other and remembers how long each took."""

    def __init__(self, port: int, requests: list[tuple[str, int]]) -> None:
        """Connect; nothing is sent yet."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = self.spread(requests)
        self.received = b""
        self.sent_at = 0.0
        self.ms: list[float] = []
        self.answers: list[tuple[int, bytes]] = []

    @staticmethod
    def spread(requests: list[tuple[str, int]]) -> Iterator[bytes]:
        """Yield each request as often as it is to be sent."""
        for text, times in requests:
            data = text.encode()
            for _ in range(times):
                yield data

    def send(self) -> bool:
        """Send the next request; tell whether there was one."""
        data = next(self.requests, None)
        if data is None:
            return False
        self.sent_at = time.perf_counter()
        self.socket.sendall(data)
        return True

    def receive(self) -> bool:
        """Take what has come; tell whether an answer is whole."""
        piece = self.socket.recv(262144)
        if not piece:
            message = "the server closed a connection"
            raise ConnectionError(message)
        self.received += piece
        if not is_whole(self.received):
            return False
        self.ms.append((time.perf_counter() - self.sent_at) * 1000)
        self.answers.append((int(self.received[9:12]), self.received[:2000]))
        self.received = b""
        return True


def is_whole(received: bytes) -> bool:
    """Tell whether `received` is a whole answer."""
    head, gap, body = received.partition(b"\r\n\r\n")
    if not gap:
        return False
    if found := LENGTH.search(head):
        return len(body) >= int(found[1])
    return body.endswith(b"0\r\n\r\n") if CHUNKED.search(head) else True


def run(port: int, clients: list[list[tuple[str, int]]]) -> tuple[list[Connection], float]:
    """Let all clients send what they have at the same time; return them and the seconds it took."""
    connections = [Connection(port, requests) for requests in clients]
    started = time.perf_counter()
    with selectors.DefaultSelector() as selector:
        for one in connections:
            if one.send():
                selector.register(one.socket, selectors.EVENT_READ, one)
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                message = "no answer for a minute"
                raise TimeoutError(message)
            for key, _events in ready:
                if key.data.receive() and not key.data.send():
                    selector.unregister(key.fileobj)
    return connections, time.perf_counter() - started


def main() -> None:
    """Read the requests, send them, print what came of it."""
    wanted: dict[str, Any] = json.load(sys.stdin)
    connections, seconds = run(wanted["port"], wanted["clients"])
    answers = [answer for one in connections for answer in one.answers]
    wrong = [text for status, text in answers if status != wanted["status"]]
    json.dump(
        {
            "ms": [ms for one in connections for ms in one.ms],
            "seconds": seconds,
            "wrong": len(wrong),
            "sample": wrong[0].decode(errors="replace") if wrong else "",
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
