"""The rotating sign-in code: the same secret as a QR picture and as six digits."""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core import signing

if TYPE_CHECKING:
    from yanxiu.activities.models import Session

STEP = 30
"""Seconds for which one code is shown."""

GRACE = 2
"""Older codes that are still taken, so that a slow phone is not turned away."""

TICKET_SECONDS = 600
"""Seconds for which a scan counts, so that it survives a log-in in between."""

_SALT = "activities.scan"


def _window(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _digits(key: str, window: int) -> str:
    digest = hmac.digest(key.encode(), str(window).encode(), sha256)
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"


def code_at(session: "Session", at: datetime) -> str:
    """Return the six digits that the host's screen shows at `at`."""
    return _digits(session.sign_in_key, _window(at))


def seconds_left(at: datetime) -> int:
    """Return for how many seconds the code of `at` stays on the screen."""
    return STEP - int(at.timestamp()) % STEP


def is_right(session: "Session", code: str, at: datetime) -> bool:
    """Tell whether `code` is the present one or one of the GRACE before it."""
    if not session.sign_in_key or not code.isascii():
        return False
    window = _window(at)
    return any(
        hmac.compare_digest(_digits(session.sign_in_key, window - back), code)
        for back in range(GRACE + 1)
    )


def ticket(session: "Session", teacher_pk: int | None) -> str:
    """Return a signed proof that the present code was scanned, by `teacher_pk` if known."""
    return signing.dumps([str(session.uid), teacher_pk], salt=_SALT)


def ticket_is_right(session: "Session", proof: str, teacher_pk: int) -> bool:
    """Tell whether `proof` is a young scan of this session, by this teacher or before log-in."""
    try:
        uid, scanned_by = signing.loads(proof, salt=_SALT, max_age=TICKET_SECONDS)
    except signing.BadSignature:
        return False
    return bool(uid == str(session.uid) and scanned_by in {None, teacher_pk})
