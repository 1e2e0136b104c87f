"""What the receiving end of the sheet declines, and what the person can do instead."""

from yanxiu.kernel.refusals import Refusal


class BatchUnreadable(Refusal):
    """What arrived is not what our page sends."""

    code = "marks-unreadable"

    def __init__(self) -> None:
        """Say that nothing is lost."""
        super().__init__("送来的听课片段读不懂，没有存；记过的还在原来的设备上。请刷新听课页再试。")


class BatchTooLarge(Refusal):
    """More at once than any page sends."""

    code = "marks-too-many"

    def __init__(self, most: int) -> None:
        """Say how many are taken."""
        super().__init__(
            f"一次最多送 {most} 条听课片段，这一批超过了，没有存；记过的还在原来的设备上。"
            "请分几次送。"
        )


class WrittenElsewhere(Refusal):
    """A page without script saves over something newer."""

    code = "written-elsewhere"

    def __init__(self) -> None:
        """Say that nothing is lost, and what to do."""
        super().__init__(
            "这份听课记录在别处也改过，没有覆盖它；您写的还在下面，那边写的放在每一栏的下面。"
            "请合到一起再存一次。"
        )


class LessonUnclear(Refusal):
    """A sheet that was begun without a network does not say whose lesson it is."""

    code = "lesson-unclear"

    def __init__(self, names: list[str]) -> None:
        """Name what is missing."""
        super().__init__(
            f"还不知道听的是哪节课（{'、'.join(names)}），没有收下；写的都在原来的设备上。"
            "请在听课页上点“改这节课”补上，会自动再送。"
        )


class NoSchool(Refusal):
    """The observer works at no school any more when the sheet arrives."""

    code = "observer-without-school"

    def __init__(self) -> None:
        """Say that nothing is lost, and who can help."""
        super().__init__(
            "您现在没有学校的岗位，听课记录没有收下；写的都在原来的设备上。"
            "请联系学校的管理员，恢复岗位以后会自动再送。"
        )
