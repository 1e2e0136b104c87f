"""The days of a career as the school writes them: a month or a day, and read as a day."""

import re
from datetime import date
from typing import Final

from yanxiu.kernel.refusals import BadInput

CAREER_DAYS: Final = ("cycle_from", "retires")
"""Facts that change what is asked of a teacher; nobody sets the own ones."""

_WRITTEN: Final = re.compile(r"((?:19|20)\d{2})-(\d{2})(?:-(\d{2}))?")


def read_career_day(text: str) -> date | None:
    """Return the day that `text` (2027-08 or 2027-08-15) means, None if it means none.

    A month stands for its first day: who retires in the last month of a cycle retires in it.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None


def checked_career_day(text: str) -> str:
    """Return `text` without blanks.

    Raises:
        BadInput: it is neither empty nor a month or day.
    """
    text = text.strip()
    if text and read_career_day(text) is None:
        raise BadInput(f"“{text[:20]}”不是年月，没有保存。请写成 2027-08 或 2027-08-15。")
    return text
