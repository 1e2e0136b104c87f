"""What planning declines, and what the person can do instead."""

from collections.abc import Sequence

from yanxiu.kernel.refusals import Refusal


class NothingToRead(Refusal):
    """The file holds no plan."""

    code = "nothing-to-read"

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"“{name}”里没有认出工作计划，没有读入。请确认文件里有标题（如“……工作计划”）和正文；"
            "也可以新建一份空白计划直接填写。"
        )


class ReadElsewhere(Refusal):
    """A document that others read in before, for a plan that the reader does not manage."""

    code = "read-elsewhere"

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"“{name}”已经由本校其他人读入，草案归他们确认，没有再读一份。"
            "如果这是您教研组自己的计划，请在文中写明教研组名称后再读入，或联系教科室。"
        )


class ProposalEnded(Refusal):
    """A proposal that was confirmed or dropped before."""

    code = "proposal-ended"

    def __init__(self, state: str) -> None:
        """Say how it ended."""
        super().__init__(f"这份草案{state}，不能再改。请打开对应的计划，或重新读入文档。")


class MonthOutsideTerm(Refusal):
    """The schedule names months that the chosen term does not have."""

    code = "month-outside-term"

    def __init__(self, months: Sequence[int], term: str) -> None:
        """Name the months and the term."""
        names = "、".join(f"{month}月" for month in months)
        super().__init__(
            f"安排里有{names}，不在所选的“{term}”之内，计划没有写入，您的选择都已保存。"
            "请换一个学期，或改这些事项的月份，或去掉“采用”。"
        )


class TermMissing(Refusal):
    """A plan without a term."""

    code = "term-missing"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "还没有选这份计划属于哪个学期，没有写入。请选一个学期；列表为空时，请管理员先设好学期。"
        )


class ValueUnreadable(Refusal):
    """A changed value cannot be used."""

    code = "value-unreadable"

    def __init__(self, name: str, wanted: str) -> None:
        """Name the value and what would be right."""
        super().__init__(f"“{name}”填的内容不能用，没有写入。{wanted}")


class PlanChangedElsewhere(Refusal):
    """A plan of this kind stands already."""

    code = "plan-stands"

    def __init__(self, title: str) -> None:
        """Name it."""
        super().__init__(
            f"这个学期已经有确认的计划“{title}”，没有再写一份。请在那份计划里修改，或选另一个学期。"
        )
