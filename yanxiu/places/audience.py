"""The words in which a place says who may see a row at all; `seen_by` decides in the end."""

import re

_PLAIN = re.compile(r"[^a-z0-9]")


def person(pk: int) -> str:
    """One teacher."""
    return f"t{pk}"


def unit(pk: int) -> str:
    """The members of a unit of today."""
    return f"u{pk}"


def workers(organisation: int) -> str:
    """Whoever works in an organisation, or below it."""
    return f"x{organisation}"


def holders(right: str, organisation: int) -> str:
    """Whoever holds a right in exactly this organisation: name each of its lineage."""
    return f"r{_PLAIN.sub('', right)}x{organisation}"


def everybody() -> str:
    """Whoever asks, and is then let in or not by `seen_by` alone."""
    return "any"
