"""What is refused here, and why."""

from yanxiu.kernel.refusals import Refusal


class NobodyToDraw(Refusal):
    """There is nobody in the organisation, or nobody's number ends so."""

    code = "nobody-to-draw"

    def __init__(self) -> None:
        """Say what to look at."""
        super().__init__(
            "没有抽到任何人，没有保存。请核对范围；按尾数抽的，请看看教师有没有编号，或换一个尾数。"
        )


class CheckCalledOff(Refusal):
    """A sample that was called off is worked on."""

    code = "check-called-off"

    def __init__(self, reason: str) -> None:
        """Say why it was."""
        super().__init__(f"这次抽查已经取消（{reason}），没有改动。")


class NotTheChecker(Refusal):
    """Somebody of the own group, or the person, would check."""

    code = "not-the-checker"

    def __init__(self, name: str) -> None:
        """Say for whom no other is left."""
        super().__init__(
            f"{name}和抽中的老师是同一个人或在同一个组，不能互查，没有改动。请换一位检查人。"
        )


class NotToBeChecked(Refusal):
    """Somebody marks what is not waiting for it."""

    code = "not-to-be-checked"

    def __init__(self, state: str) -> None:
        """Say where it stands."""
        super().__init__(f"这一份现在是“{state}”，没有改动。请刷新页面查看现状。")
