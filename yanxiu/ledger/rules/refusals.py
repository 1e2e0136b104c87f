"""What the rules decline."""

from collections.abc import Sequence

from yanxiu.kernel.refusals import Refusal


class SchemeUnreadable(Refusal):
    """A scheme file (or a file of cases) is not written as the guide says."""

    code = "scheme-unreadable"

    def __init__(
        self,
        *,
        name: str,
        line: int,
        read: str,
        right: str,
        at: int = -1,
        others: Sequence["SchemeUnreadable"] = (),
    ) -> None:
        """Tell the place, what was read there and what would be right.

        Args:
            name: what the file is called.
            line: the line, from 1.
            read: what was read.
            right: what would be right.
            at: the place of its first character, -1 if it is not known.
            others: further slips of the same file, each told on a line of its own.
        """
        own = f"{name} 第 {line} 行：{read}。{right}"
        super().__init__("\n".join([own, *(str(each) for each in others)]))
        self.name = name
        self.line = line
        self.read = read
        self.right = right
        self.at = at
        self.others = tuple(others)


class SchemeUnknown(Refusal):
    """No shipped scheme has this id."""

    code = "scheme-unknown"

    def __init__(self, scheme_id: str, known: list[str]) -> None:
        """Name the id asked for and those there are."""
        super().__init__(
            f"没有编号为“{scheme_id}”的方案，没有采用，也没有计算。"
            f"现有方案：{'、'.join(known)}；请改用其中之一。"
        )
