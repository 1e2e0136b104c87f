"""What becomes of something sent, when something else may have been kept meanwhile."""

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Verdict(Enum):
    """What is to be done with what was sent."""

    TAKE = "take"
    SAME = "same"
    OVERTAKEN = "overtaken"
    CLASH = "clash"


@dataclass(frozen=True)
class Kept:
    """What stands: its content, how often it was changed, and by which deed of which device."""

    content: Any
    edition: int
    device: str = ""
    order: int = 0


@dataclass(frozen=True)
class Sent:
    """What arrived: its content, the edition the writer had in sight, and the device's own count.

    `order` grows with every change on one device; 0 is a page without script.
    """

    content: Any
    edition: int
    device: str = ""
    order: int = 0


def weigh(kept: Kept | None, sent: Sent) -> Verdict:
    """Return what is to be done with `sent`.

    A device goes on from what it wrote itself, even if it never heard the answer. Everybody else
    must have seen what stands; who has not, clashes, and both are kept.
    """
    if kept is None:
        return Verdict.TAKE
    if kept.content == sent.content:
        return Verdict.SAME
    if sent.device and sent.device == kept.device and sent.order:
        return Verdict.TAKE if sent.order > kept.order else Verdict.OVERTAKEN
    return Verdict.TAKE if sent.edition >= kept.edition else Verdict.CLASH
