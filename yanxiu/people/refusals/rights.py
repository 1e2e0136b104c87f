"""Why rights are not given."""

from collections.abc import Iterable
from typing import ClassVar

from yanxiu.kernel.refusals import NotAllowed, Refusal


class OnlyLent(NotAllowed):
    """Somebody would pass on what is only lent."""

    code: ClassVar[str] = "only-lent"

    def __init__(self) -> None:
        """Say who can do it."""
        super().__init__(
            "这项权限是别人请您代理的，只能自己用，不能再给别人，没有改动。请由岗位本人来办。"
        )


class OutOfReach(Refusal):
    """Rights would be given that the giver does not hold."""

    code: ClassVar[str] = "right-out-of-reach"

    def __init__(self, rights: Iterable[str]) -> None:
        """Name the rights."""
        super().__init__(
            f"您自己在这里没有“{'”“'.join(rights)}”的权限，不能给出，没有保存。"
            "请去掉这几项，或请有这些权限的人来办。"
        )


class ShippedStays(Refusal):
    """A role that comes with the system would be changed."""

    code: ClassVar[str] = "shipped-role"

    def __init__(self, name: str) -> None:
        """Say what to do instead."""
        super().__init__(f"“{name}”是随系统提供的岗位，各校共用，不能改动。请另立一个本校的岗位。")


class OwnCareerDays(NotAllowed):
    """Somebody would set the days by which the own requirements are reckoned."""

    code: ClassVar[str] = "own-career-days"

    def __init__(self) -> None:
        """Say who can do it."""
        super().__init__(
            "个人周期起算和退休年月会改变对您自己的学时要求，不能由自己填，没有保存。"
            "请另一位管理员来填。"
        )
