"""A robot's server on this machine that fails in all the ways a real one does."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

GOOD = b'{"errcode": 0, "errmsg": "ok", "code": 0}'


@dataclass
class Fake:
    """Answers every request in its `way` and keeps what came."""

    way: str = "good"
    answer: bytes = GOOD
    status: str = "200 OK"
    port: int = 0
    heads: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/robot?key=very-secret-key"

    def serve(self, caller: socket.socket) -> None:
        with caller:
            if not self.way.startswith("mail_"):
                head, body = _request(caller)
                self.heads.append(head)
                if body:
                    self.bodies.append(json.loads(body))
            getattr(self, f"be_{self.way}")(caller)

    def be_good(self, caller: socket.socket) -> None:
        """Answer at once, with the status and the body it was given."""
        length = str(len(self.answer)).encode()
        head = b"HTTP/1.1 " + self.status.encode() + b"\r\nContent-Length: " + length
        caller.sendall(head + b"\r\nRetry-After: 60\r\n\r\n" + self.answer)

    def be_hanging(self, _caller: socket.socket) -> None:
        """Take the request and say nothing."""
        self.stop.wait(30)

    def be_trickling(self, caller: socket.socket) -> None:
        """Send a good answer, one byte at a time, each well within a socket's timeout."""
        for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 2000:
            if self.stop.wait(0.1):
                return
            try:
                caller.sendall(bytes([byte]))
            except OSError:
                return

    def be_endless(self, caller: socket.socket) -> None:
        """Send a body without end."""
        caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n{")
        for _number in range(2000):
            try:
                caller.sendall(b" " * 65536)
            except OSError:
                return

    def be_cut(self, caller: socket.socket) -> None:
        """Promise more than is sent."""
        caller.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"errcode":')

    def be_silent(self, _caller: socket.socket) -> None:
        """Close without a word."""

    def be_no_http(self, caller: socket.socket) -> None:
        """Speak something else."""
        caller.sendall(b"220 mail.example ESMTP\r\n\r\n")

    def be_leading_away(self, caller: socket.socket) -> None:
        """Send the caller to itself under another name."""
        away = f"http://127.0.0.1:{self.port}/elsewhere".encode()
        caller.sendall(
            b"HTTP/1.1 302 Found\r\nLocation: " + away + b"\r\nContent-Length: 0\r\n\r\n"
        )

    def be_mail_good(self, caller: socket.socket) -> None:
        """Take every letter."""
        _converse(caller, self.heads, refuses=False)

    def be_mail_refusing(self, caller: socket.socket) -> None:
        """Know nobody of that name."""
        _converse(caller, self.heads, refuses=True)

    def be_mail_hanging(self, _caller: socket.socket) -> None:
        """Never greet."""
        self.stop.wait(30)

    def be_mail_trickling(self, caller: socket.socket) -> None:
        """Greet one byte at a time."""
        for _number in range(300):
            if self.stop.wait(0.1):
                return
            try:
                caller.sendall(b"2")
            except OSError:
                return


def _request(caller: socket.socket) -> tuple[str, str]:
    caller.settimeout(5)
    received = b""
    while b"\r\n\r\n" not in received:
        piece = caller.recv(65536)
        if not piece:
            return "", ""
        received += piece
    head, _gap, body = received.partition(b"\r\n\r\n")
    size = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < size:
        body += caller.recv(65536)
    return head.decode(), body.decode()


@contextmanager
def fake(way: str = "good", **rest: Any) -> Iterator[Fake]:
    """Serve on a free port until the end; every caller has a thread."""
    made = Fake(way, **rest)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made.port = listening.getsockname()[1]
        listening.settimeout(0.05)

        def accept() -> None:
            while not made.stop.is_set():
                try:
                    caller, _where = listening.accept()
                except TimeoutError:
                    continue
                except OSError:
                    return
                threading.Thread(target=made.serve, args=[caller], daemon=True).start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield made
        finally:
            made.stop.set()
            accepting.join(2)


@contextmanager
def mail_server(way: str = "good") -> Iterator[tuple[int, list[str]]]:
    """Serve as a mail server: good, hanging, trickling, or refusing; give port and letters."""
    with fake(f"mail_{way}") as made:
        yield made.port, made.heads


def _converse(caller: socket.socket, letters: list[str], *, refuses: bool) -> None:
    caller.settimeout(5)
    file = caller.makefile("rwb")

    def say(line: str) -> None:
        file.write(line.encode() + b"\r\n")
        file.flush()

    say("220 fake")
    for line in iter(file.readline, b""):
        verb = line[:4].upper().strip()
        if verb == b"DATA":
            say("354 go on")
            letter = b"".join(iter(file.readline, b".\r\n"))
            letters.append(letter.decode())
            say("250 ok")
        elif verb == b"QUIT":
            say("221 bye")
            return
        elif verb == b"RCPT" and refuses:
            say("550 nobody of that name")
        else:
            say("250 ok")


__all__ = ["GOOD", "Fake", "fake", "mail_server"]
