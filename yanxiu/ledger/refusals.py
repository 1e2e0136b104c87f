"""What the ledger declines."""

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
