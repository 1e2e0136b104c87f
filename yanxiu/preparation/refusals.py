"""What preparation declines, and what the person can do instead."""

from yanxiu.kernel.refusals import Refusal


class WrongState(Refusal):
    """A deed that does not fit the state of the plan."""

    code = "plan-state"

    def __init__(self, state: str, remedy: str) -> None:
        """Say how things stand, and what can be done."""
        super().__init__(f"这份教案现在是“{state}”，没有改动。{remedy}")


class WrittenMeanwhile(Refusal):
    """Somebody else saved the same sections while this person was writing.

    `sections` are the codes of those that both wrote; what was typed in them is not saved, and is
    shown beside what is there now.
    """

    code = "written-meanwhile"

    def __init__(self, sections: list[str], names: list[str], who: str) -> None:
        """Name who it was and where."""
        self.sections = sections
        what = "、".join(f"“{name}”" for name in names)
        super().__init__(
            f"{who}刚才也改了{what}。没有盖掉任何人写的：两份都在下面，请对照着合成一份，再保存。"
            "其余各栏已经存好。"
        )


class NothingWritten(Refusal):
    """A plan without a word is offered, agreed or handed in."""

    code = "plan-empty"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("教案里还没有内容，没有交出。写好几段，或者读入一份 Word 教案以后再来。")


class AlreadyOwn(Refusal):
    """A teacher makes the same agreed plan into the own one twice."""

    code = "plan-already-own"

    def __init__(self) -> None:
        """Say where it is."""
        super().__init__("您已经从这一稿做过自己的个案，没有另做一份。请打开“我的教案”接着改。")


class DraftGone(Refusal):
    """A draft that was thrown away is wanted back after it was removed for good."""

    code = "plan-draft-gone"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "这份草稿删除已超过30天，找不回来了。需要的话请新写一份，或把 Word 教案读进来。"
        )


class ParagraphGone(Refusal):
    """A proposal for a paragraph that is no longer there, or reads otherwise now."""

    code = "paragraph-gone"

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__(
            "这一段在提意见以后已经改过或删去了，没有自动替换。"
            "请打开教案自己改，再把这条意见记为“部分采纳”或“保留原稿”。"
        )


class Settled(Refusal):
    """A comment that was settled or withdrawn before."""

    code = "comment-settled"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("这条意见已经有结果或已撤回，没有改动。刷新一下就能看到。")
