"""Processes beside the server: they end when it ends, even if it is killed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

GOODBYE = 6.0
"""Seconds that a process beside may take to end; workers of its own get three of them."""

LAST_WORDS = 5.0
"""Seconds between being told to end and ending in the middle of what one does."""


@contextmanager
def beside(*commands: Sequence[str]) -> Iterator[None]:
    """Run commands of the house in processes of their own: what hangs there touches no page."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(  # noqa: S603 (our own words)
                    [sys.executable, "-m", "yanxiu", *command, "--beside"], stdin=subprocess.PIPE
                )
            )
            for command in commands
        ]
        try:
            yield
        finally:
            for one in started:
                if one.stdin:
                    one.stdin.close()
            for one in started:
                try:
                    one.wait(timeout=GOODBYE)
                except subprocess.TimeoutExpired:
                    one.kill()


def stop_with_parent(stop: threading.Event, *, at_last: bool = False) -> None:
    """Set `stop` when whoever started us closes our stdin or is gone.

    Args:
        stop: is set.
        at_last: end in the middle of what we do if we have not ended soon after.
    """
    # Ctrl-C reaches the whole group; the server ends us in its own time.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    watches = [_until_stdin_ends, _until_orphaned]
    for watch in watches:
        threading.Thread(target=watch, args=[stop], daemon=True).start()
    if at_last:
        threading.Thread(target=_end_at_last, args=[stop], daemon=True).start()


def _until_stdin_ends(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


def _until_orphaned(stop: threading.Event) -> None:
    """Notice a parent that was killed: others may still hold the other end of our stdin."""
    parent = os.getppid()
    while os.getppid() == parent and not stop.wait(2):
        pass
    stop.set()


def _end_at_last(stop: threading.Event) -> None:
    stop.wait()
    threading.Event().wait(LAST_WORDS)
    os._exit(1)
