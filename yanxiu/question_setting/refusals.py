"""What question setting declines, and what the person can do instead."""

from yanxiu.kernel.refusals import Refusal


class WrongPaperState(Refusal):
    """A deed that does not fit where the paper stands."""

    code = "paper-state"

    def __init__(self, state: str, remedy: str) -> None:
        """Say how things stand, and what can be done."""
        super().__init__(f"这份试卷现在是“{state}”，没有改动。{remedy}")


class ReaderIsAuthor(Refusal):
    """One person sets and reads."""

    code = "paper-reader"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(f"{name}既命题又审题，没有保存。请另请一位审题。")


class NamesHimself(Refusal):
    """Somebody who arranges names himself for a secret paper that others have begun."""

    code = "paper-names-himself"

    def __init__(self) -> None:
        """Say who can."""
        super().__init__(
            "这份卷已经有人写了，还在保密，不能自己把自己换进来，没有保存。"
            "确实要您来办，请布置的老师或教科室的同事来改安排。"
        )


class NotOfTheSchool(Refusal):
    """A name that is nobody here, or two."""

    code = "paper-person"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"在本校没有找到“{name}”，或有两位同名的老师，没有保存。请核对姓名。")


class NoReader(Refusal):
    """A paper without reader is handed in."""

    code = "paper-no-reader"

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__("还没有定谁审题，没有交。请组长打开这份试卷，点“改安排”写上审题人。")


class WrongNominationState(Refusal):
    """A deed that does not fit where the nomination stands."""

    code = "nomination-state"

    def __init__(self, state: str) -> None:
        """Say how things stand."""
        super().__init__(f"这次推荐现在是“{state}”，没有改动。请刷新页面再看。")
