"""What the receiving end of an offline device declines, and what the person can do instead."""

from yanxiu.kernel.refusals import Refusal


class BatchUnreadable(Refusal):
    """What arrived is not what our page sends."""

    code = "batch-unreadable"

    def __init__(self) -> None:
        """Say that nothing is lost."""
        super().__init__(
            "送来的点名读不懂，没有记入；点过的名字还在原来的设备上。"
            "请刷新离线点名页再试；仍不行时，照着设备上的名单在点名表里补记。"
        )


class BatchTooLarge(Refusal):
    """More taps at once than any page sends."""

    code = "batch-too-large"

    def __init__(self, most: int) -> None:
        """Say how many are taken."""
        super().__init__(
            f"一次最多送 {most} 条点名，这一批超过了，没有记入；点过的名字还在原来的设备上。"
            "请分几次送。"
        )


class TapSettled(Refusal):
    """Somebody else was faster."""

    code = "tap-settled"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("这一条已经有人办过，没有再改。请刷新本页看现在的结果。")


class WhoIsMeant(Refusal):
    """A name that the roster does not know was to be taken without saying who it is."""

    code = "who-is-meant"

    def __init__(self, name: str) -> None:
        """Say what to choose."""
        super().__init__(
            f"还没有选“{name}”是哪一位，没有记入。请在名单里选一位；"
            "名册里没有的，请管理员先加入名册，或选“不记”。"
        )
