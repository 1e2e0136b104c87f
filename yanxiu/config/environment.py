"""Settings read from the environment, by helpers that fail loudly."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit


class WrongSetting(Exception):
    """A setting cannot be used as it stands; the message says which and what would be right."""


def text(name: str, default: str = "") -> str:
    """Return the variable `name`, or `default` when it is not set."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable `name` as yes or no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value in {"0", "1"}:
        return value == "1"
    message = f"设置 {name} 只能是 0 或 1，现在是“{value}”。"
    raise WrongSetting(message)


def number(name: str, default: int) -> int:
    """Return the variable `name` as a whole number."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        message = f"设置 {name} 应为整数，现在是“{value}”。"
        raise WrongSetting(message)
    return int(value)


def words(name: str) -> list[str]:
    """Return the variable `name` as a list, split at commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def secret(folder: Path, name: str) -> str:
    """Return the secret kept in `folder/name`, made on first use and readable by its owner only."""
    path = folder / name
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = folder / f".{name}.{os.getpid()}"
    descriptor = os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        # A link, unlike a rename, keeps the secret of a process that was faster.
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return path.read_text(encoding="ascii")


def sqlite(path: Path) -> dict[str, object]:
    """Return the database settings for the file `path`; why each pragma: docs/decisions/0002."""
    pragmas = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
        "PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def database(url: str, folder: Path) -> dict[str, object]:
    """Return Django's database settings for `url`, or for a file in `folder` when it is empty.

    `url` is written `postgresql://user:password@host:port/name`; a socket folder goes into
    `?host=`.

    Raises:
        WrongSetting: another kind of database is named.
    """
    if not url:
        return sqlite(folder / "yanxiu.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        message = f"YANXIU_DATABASE 只认 postgresql:// 开头的地址，现在是“{parts.scheme}://”。"
        raise WrongSetting(message)
    socket = parts.query.removeprefix("host=") if parts.query.startswith("host=") else ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(socket) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
    }


def mail(url: str, sender: str) -> dict[str, object]:
    """Return Django's settings for the mail server `url`; without one, no mail is sent.

    `url` is written `smtps://user:password@host:465`, or `smtp://…:587` for STARTTLS; `?tls=0`
    leaves the encryption out, for a server on this machine.

    Raises:
        WrongSetting: another kind of server is named, or nobody to send from.
    """
    if not url:
        return {"EMAIL_HOST": ""}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        message = "YANXIU_MAIL_URL 只认 smtp:// 或 smtps:// 开头的地址。"
        raise WrongSetting(message)
    if "@" not in sender:
        message = "设了 YANXIU_MAIL_URL，还要用 YANXIU_MAIL_FROM 写明发信的邮箱地址。"
        raise WrongSetting(message)
    encrypted = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if encrypted else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": encrypted,
        "EMAIL_USE_TLS": not encrypted and parts.query != "tls=0",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender,
    }
