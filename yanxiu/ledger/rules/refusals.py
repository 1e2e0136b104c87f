"""What the rules decline."""

from yanxiu.kernel.refusals import Refusal


class SchemeUnreadable(Refusal):
    """A scheme file (or a file of cases) is not written as the guide says."""

    code = "scheme-unreadable"

    def __init__(self, *, name: str, line: int, read: str, right: str) -> None:
        """Tell the place (`line` counts from 1), what was read there and what would be right."""
        super().__init__(f"{name} 第 {line} 行：{read}。{right}")
        self.name = name
        self.line = line
        self.read = read
        self.right = right


class SchemeUnknown(Refusal):
    """No shipped scheme has this id."""

    code = "scheme-unknown"

    def __init__(self, scheme_id: str, known: list[str]) -> None:
        """Name the id asked for and those there are."""
        super().__init__(
            f"没有编号为“{scheme_id}”的方案，没有采用，也没有计算。"
            f"现有方案：{'、'.join(known)}；请改用其中之一。"
        )
