"""Codes that open the public page of a certificate: random, and easy to read and to type."""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O and U, which people take for others; five bits a character."""

LENGTH: Final = 24
"""Characters of a code: 120 bits."""

_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """Return a code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def plain_code(text: str) -> str:
    """Return what somebody typed as a code, or "" if it cannot be one."""
    kept = "".join(one for one in text.upper() if one.isascii() and one.isalnum())
    code = kept.translate(_ALIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
