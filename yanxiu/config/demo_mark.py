"""How a data folder shows that it holds the demo school; `run.py` reads the same marks."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

BEGUN, DONE, LOGINS = "demo-begun", "demo-done", "demo-logins.txt"
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""What cannot be confused when it is read from a screen and typed on a phone."""


def is_demo(data: Path) -> bool:
    """Tell whether the folder `data` holds a demo school, whole or half."""
    return (data / BEGUN).exists()


def is_whole(data: Path) -> bool:
    """Tell whether the demo school in `data` was loaded to its end."""
    return (data / DONE).exists()


def begin(data: Path) -> None:
    """Mark `data` as a demo's before the first row is written."""
    data.mkdir(parents=True, exist_ok=True)
    (data / BEGUN).touch()


def finish(data: Path) -> None:
    """Mark the demo in `data` as whole."""
    (data / DONE).touch()


def new_password() -> str:
    """Return a password for one account of one demo: random, easy to type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def keep_logins(data: Path, logins: Iterable[tuple[str, str, str, str]]) -> None:
    """Write the log-ins of the demo where only their owner can read them, wholly or not at all.

    Args:
        data: the folder of the demo.
        logins: for each role its name, the person, the phone and the password.
    """
    lines = [
        f"  {role}　{person}　手机号 {phone}　密码 {password}"
        for role, person, phone, password in logins
    ]
    draft = data / f".{LOGINS}.{os.getpid()}"
    descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    draft.replace(data / LOGINS)
