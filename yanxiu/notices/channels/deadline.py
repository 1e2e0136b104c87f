"""A limit on the whole of a conversation, where a socket's own timeout only limits each step.

A server that sends one byte every few seconds never runs into a socket's timeout.
"""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Any, Self


class Deadline:
    """Cuts the sockets opened through it when `seconds` are over."""

    def __init__(self, seconds: float) -> None:
        """Start no clock yet."""
        self.seconds = seconds
        self.passed = False
        self._kept: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Start the clock."""
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the clock and let the sockets go."""
        self._timer.cancel()
        for kept in self._kept:
            kept.close()

    def watch(self, opened: socket.socket) -> None:
        """Cut `opened` too; a duplicate is kept, because wrapping it for TLS detaches the first."""
        self._kept.append(opened.dup())

    def connect(
        self, address: tuple[str, int], timeout: float | None = None, *rest: Any, **named: Any
    ) -> socket.socket:
        """Open a socket as `socket.create_connection` does, and watch it."""
        limit = min(self.seconds, timeout) if isinstance(timeout, int | float) else self.seconds
        opened = socket.create_connection(address, limit, *rest, **named)
        self.watch(opened)
        return opened

    def _cut(self) -> None:
        self.passed = True
        for kept in self._kept:
            with contextlib.suppress(OSError):
                kept.shutdown(socket.SHUT_RDWR)
