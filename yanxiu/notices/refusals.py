"""What notices decline."""

from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal


class NoSchool(Refusal):
    """Somebody without a post wants messages."""

    code = "no-school"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__(_("您现在没有任何学校的岗位，不会有通知，所以没有保存邮箱。"))


class NoMailServer(Refusal):
    """The installation cannot send mail."""

    code = "no-mail-server"

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__(_("本系统还没有设发信的邮箱服务器，没有保存邮箱。请管理员设好后再填。"))


class TooManyConfirmations(Refusal):
    """Addresses were changed too often on one day."""

    code = "too-many-confirmations"

    def __init__(self) -> None:
        """Say when it works again."""
        super().__init__(_("今天已经寄出几封确认信，没有再寄，邮箱没有改。请明天再改。"))


class WrongConfirmation(Refusal):
    """A confirmation is old, or of another address."""

    code = "wrong-confirmation"

    def __init__(self) -> None:
        """Say how to get a new one."""
        super().__init__(
            _("这个确认地址已经过期，或邮箱后来又改过，没有确认。请在“通知方式”里重新填一次邮箱。")
        )


class NotFailed(Refusal):
    """Only what has failed is sent again."""

    code = "not-failed"

    def __init__(self) -> None:
        """Say what it waits for."""
        super().__init__(_("这条消息不是“没有发成”的状态，没有重发。请刷新页面看它现在的状态。"))
