"""The rotating codes: the same secret as a QR picture and as six digits.

There are three: for signing in, for leaving, and the early one that is shown before sign-in is
opened. Only the clock of the server counts; what a phone thinks of the time is never asked.
"""

import hmac
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing

if TYPE_CHECKING:
    from uuid import UUID

    from yanxiu.activities.models import Session

STEP = 30
"""Seconds for which one code is shown."""

GRACE = 2
"""Older codes that are still taken, so that a slow phone is not turned away."""

TICKET_SECONDS = 600
"""Seconds for which a scan counts, so that it survives a log-in in between."""

DEVICE_BYTES = 16
_SALT = "activities.scan"
_LEAVING = "activities.leaving"


def _window(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _digits(key: str, window: int) -> str:
    digest = hmac.digest(key.encode(), str(window).encode(), sha256)
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"


def code_of(key: str, at: datetime) -> str:
    """Return the six digits that `key` gives at `at`."""
    return _digits(key, _window(at))


def is_code_of(key: str, code: str, at: datetime) -> bool:
    """Tell whether `code` is the present one of `key` or one of the GRACE before it."""
    if not key or not code.isascii():
        return False
    window = _window(at)
    return any(hmac.compare_digest(_digits(key, window - back), code) for back in range(GRACE + 1))


def code_at(session: "Session", at: datetime) -> str:
    """Return the six digits that the host's screen shows at `at` for signing in."""
    return code_of(session.sign_in_key, at)


def is_right(session: "Session", code: str, at: datetime) -> bool:
    """Tell whether `code` signs in to `session` now."""
    return is_code_of(session.sign_in_key, code, at)


@cache
def _house_key(purpose: str, secret: str) -> bytes:
    return sha256(f"yanxiu.activities.{purpose}:{secret}".encode()).digest()


def early_key(session_uid: "UUID") -> str:
    """Return the key of the codes shown before sign-in is opened; kept nowhere."""
    key = _house_key("early", settings.SECRET_KEY)
    return hmac.digest(key, session_uid.bytes, sha256).hex()


def seconds_left(at: datetime) -> int:
    """Return for how many seconds the code of `at` stays on the screen."""
    return STEP - int(at.timestamp()) % STEP


def ticket(session: "Session", teacher_pk: int | None, *, leaving: bool = False) -> str:
    """Return a signed proof that the present code was scanned, by `teacher_pk` if known."""
    return signing.dumps([str(session.uid), teacher_pk], salt=_LEAVING if leaving else _SALT)


def ticket_is_right(
    session: "Session", proof: str, teacher_pk: int, *, leaving: bool = False
) -> bool:
    """Tell whether `proof` is a young scan of this session, by this teacher or before log-in."""
    if not proof:
        return False
    salt = _LEAVING if leaving else _SALT
    try:
        uid, scanned_by = signing.loads(proof, salt=salt, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return False
    return bool(uid == str(session.uid) and scanned_by in {None, teacher_pk})


def device_mark(session_uid: "UUID", cookie: str) -> str:
    """Return what tells the sign-ins of one browser in one session apart from others; "" for none.

    Another session gives the same browser another mark, so nobody can follow it.
    """
    if not cookie:
        return ""
    key = _house_key("device", settings.SECRET_KEY)
    return hmac.digest(key, session_uid.bytes + cookie.encode(), sha256).hex()[:32]
