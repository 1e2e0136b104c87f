"""What the ledger declines."""

from datetime import date

from yanxiu.kernel.refusals import Refusal


class RecordWithdrawn(Refusal):
    """A record that was withdrawn is withdrawn again."""

    code = "record-withdrawn"

    def __init__(self, reason: str) -> None:
        """Say why it was."""
        super().__init__(f"这条研修记录已经撤回（{reason}），没有再次改动。请刷新页面查看现状。")


class SchemeInForce(Refusal):
    """A scheme is adopted twice, or back in time over entries."""

    code = "scheme-in-force"

    def __init__(self, title: str) -> None:
        """Name the scheme."""
        super().__init__(
            f"“{title}”已经在用，没有重复采用。如要换方案，请从另一个日期起采用新方案。"
        )


class SchemeEnded(Refusal):
    """A scheme that has an end is ended again."""

    code = "scheme-ended"

    def __init__(self, day: date) -> None:
        """Say when."""
        super().__init__(f"这份方案已定于{day:%Y-%m-%d}停用，没有再改。请刷新页面查看现状。")


class SchemeUsed(Refusal):
    """Records were reckoned by the scheme, so it cannot be thought away."""

    code = "scheme-used"

    def __init__(self, count: int, day: date) -> None:
        """Say how many records, and from which day."""
        super().__init__(
            f"{day:%Y-%m-%d}起已有{count}条研修记录按这份方案认定，没有改动。"
            "请把停用日期定在这些记录之后，已经认定的学时都会保留。"
        )


class DayOutOfReach(Refusal):
    """A day that nobody can mean."""

    code = "day-out-of-reach"

    def __init__(self, first: date, last: date) -> None:
        """Say what is possible."""
        super().__init__(
            f"日期应在{first:%Y-%m-%d}至{last:%Y-%m-%d}之间，没有保存。请看看是不是写错了年份。"
        )
