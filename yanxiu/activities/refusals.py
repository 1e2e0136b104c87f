"""What activities decline, and what the person can do instead."""

from datetime import datetime

from yanxiu.kernel.refusals import Refusal
from yanxiu.kernel.spans import SCHOOL_ZONE


def _clock(moment: datetime) -> str:
    local = moment.astimezone(SCHOOL_ZONE)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


class SessionClosed(Refusal):
    """Somebody signs in, or takes the roll, after closing."""

    code = "session-closed"

    def __init__(self, closed_at: datetime) -> None:
        """Say since when."""
        super().__init__(
            f"本场次已于 {_clock(closed_at)} 关闭，考勤已定，这次没有记入。"
            "确实到场的，请告诉主持人，由主持人用“更正考勤”补上并写明原因。"
        )


class SessionAlreadyClosed(Refusal):
    """A second closing."""

    code = "session-already-closed"

    def __init__(self, closed_at: datetime) -> None:
        """Say since when."""
        super().__init__(
            f"本场次已于 {_clock(closed_at)} 关闭，不必再次关闭。如需更正，请用“更正考勤”。"
        )


class SessionCancelled(Refusal):
    """Anything done to a session that was called off."""

    code = "session-cancelled"

    def __init__(self, reason: str) -> None:
        """Say why it was."""
        super().__init__(f"本场次已取消（{reason}），没有改动。如要另行举行，请新排一场。")


class SessionNotStarted(Refusal):
    """Closing before the beginning."""

    code = "session-not-started"

    def __init__(self, starts_at: datetime) -> None:
        """Say when it begins."""
        super().__init__(
            f"本场次 {_clock(starts_at)} 才开始，现在关闭会把所有人记为缺席，因此没有关闭。"
            "如已提前举行，请先把时间改成实际时间；如不再举行，请用“取消场次”。"
        )


class SignInNotOpen(Refusal):
    """The host has not opened sign-in."""

    code = "sign-in-not-open"

    def __init__(self) -> None:
        """Say what to wait for."""
        super().__init__(
            "主持人还没有开始签到，这次没有记入。请等主持人打开签到页后再扫码或输入签到码。"
        )


class WrongCode(Refusal):
    """The short code or the scan is wrong or too old."""

    code = "wrong-code"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "签到码不对或已经换新，这次没有记入。请看主持人屏幕上现在的六位数字重新输入，或重新扫码；"
            "仍不行时请主持人点名。"
        )


class NotOfThisSession(Refusal):
    """Somebody from elsewhere tries to sign in."""

    code = "not-of-this-session"

    def __init__(self, school: str) -> None:
        """Say whose session it is."""
        super().__init__(
            f"这是{school}的场次，您不在参加人员之列，没有记入。如受邀参加，请主持人把您加为参加人员。"
        )


class NothingToAmend(Refusal):
    """An amendment that changes nothing."""

    code = "nothing-to-amend"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("更正前后的状态相同，没有改动。请选择正确的状态后再提交。")


class ReasonMissing(Refusal):
    """A change that needs a reason has none."""

    code = "reason-missing"

    def __init__(self, deed: str) -> None:
        """Name the deed."""
        super().__init__(
            f"{deed}需要写明原因，没有保存。请用一句话说明，当事人和以后的查阅者都能看到。"
        )


class MinutesChanged(Refusal):
    """Two people wrote minutes at the same time."""

    code = "minutes-changed"

    def __init__(self, name: str, saved_at: datetime) -> None:
        """Say who was first."""
        super().__init__(
            f"{name}在 {_clock(saved_at)} 已经保存了新的活动记录，您写的没有覆盖它，"
            "还在下面的框里。请对照后合并，再保存一次。"
        )
