"""What the help with drafting declines, and what the person can do instead."""

from yanxiu.kernel.refusals import Refusal


class DraftingOff(Refusal):
    """Nothing is set, or it is switched off."""

    code = "drafting-off"

    def __init__(self) -> None:
        """Say who can switch it on."""
        super().__init__(
            "本校没有启用起草助手，什么也没有送出。需要时请管理员在“起草助手”里设置；不用它也能写总结。"
        )


class PrivateNeedsTop(Refusal):
    """A machine of the school is allowed by the administrator of the whole installation."""

    code = "drafting-private"

    def __init__(self, name: str) -> None:
        """Name the organisation at the top."""
        super().__init__(
            f"内网的机器只能由“{name}”的管理员设置，没有保存。请联系那里的管理员，或改填公网的接口地址。"
        )


class KeyNeeded(Refusal):
    """A new address needs its key again."""

    code = "drafting-key"

    def __init__(self) -> None:
        """Say why."""
        super().__init__(
            "接口地址换了，原来的密钥不会送到新地址，没有保存。请同时填写新地址的密钥。"
        )


class SentAlready(Refusal):
    """One preview is sent once."""

    code = "drafting-sent"

    def __init__(self) -> None:
        """Say how to ask again."""
        super().__init__("这一份已经送出过，没有再送。要再问一次，请回到那一段，重新打开预览。")


class PreviewOld(Refusal):
    """What is sent back to us is not, or no longer, what we showed."""

    code = "drafting-old"

    def __init__(self) -> None:
        """Say how to begin anew."""
        super().__init__("这一页放得太久，或不是为您打开的，没有办理。请回到那一段，重新打开预览。")


class EnoughToday(Refusal):
    """A school asks so many times a day and no more."""

    code = "drafting-enough"

    def __init__(self, most: int) -> None:
        """Say how many."""
        super().__init__(f"本校今天已经用了{most}次起草助手，没有送出。请明天再用。")


class NothingTaken(Refusal):
    """No sentence was chosen."""

    code = "drafting-nothing-taken"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("没有勾选句子，正文没有改动。请逐句看过，勾选要用的。")
