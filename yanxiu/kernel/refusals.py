"""The answer "no", given to a person."""

from typing import ClassVar, Final

FILE: Final = "file"
"""Stands for whichever field of a form brought the file."""


class Refusal(Exception):
    """A request that is declined, told as what happened, why, and what to do next.

    Every kind of refusal is a subclass with a stable `code`; the sentence is `str(refusal)`.
    The pages turn it into a 422 answer, the command line into one line and exit code 2.
    """

    code: ClassVar[str] = "refused"
    field: str = ""
    """The field of a form that it is about, or `FILE`; nothing where it is about the whole."""


class NotAllowed(Refusal):
    """The person does not hold the right that the deed needs."""

    code = "not-allowed"

    def __init__(self, sentence: str = "") -> None:
        """Say `sentence`, or the general one."""
        super().__init__(
            sentence
            or "您目前的岗位没有办理此事的权限，内容没有改动。"
            "如确需办理，请联系本校管理员调整岗位。"
        )


class BadInput(Refusal):
    """Something given cannot be understood or used as it stands."""

    code = "bad-input"


class BeyondReach(Refusal):
    """A day or a number lies further off than a calendar or a database reaches."""

    code = "beyond-reach"

    def __init__(self) -> None:
        """Say it without the value: it is known only that there is one."""
        super().__init__(
            "填的日期或数字里有一个大得或小得离谱，存不下，所以没有保存。请核对年份和数字后再交。"
        )
