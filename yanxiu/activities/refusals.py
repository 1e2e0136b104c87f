"""What activities decline, and what the person can do instead."""

from collections.abc import Sequence
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


class RollOnly(Refusal):
    """A code for a session in which the host calls the roll and nothing else."""

    code = "roll-only"

    def __init__(self) -> None:
        """Say who marks."""
        super().__init__("这一场由主持人点名，不用扫码，没有记入。请到场后听主持人点名。")


class SignInStopped(Refusal):
    """A code after the host stopped sign-in."""

    code = "sign-in-stopped"

    def __init__(self) -> None:
        """Say who can help."""
        super().__init__("主持人已经停止签到，这次没有记入。已经到场的，请主持人点名补上。")


class Undecided(Refusal):
    """Closing while some sign-ins wait for the host's word."""

    code = "undecided"

    def __init__(self, names: list[str]) -> None:
        """Name whom it is about."""
        shown = "、".join(names[:10]) + ("等" if len(names) > 10 else "")  # noqa: PLR2004
        super().__init__(
            f"还有 {len(names)} 位的考勤要主持人定：{shown}。场次没有关闭。"
            "请回到场次页的“请主持人确认”，各点一下再关闭。"
        )


class MarksElsewhere(Refusal):
    """A batch whose key belongs to another session."""

    code = "marks-elsewhere"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("这批点名属于另一个场次，没有记入。请回到原来的场次页再送一次。")


class NotSignedIn(Refusal):
    """Somebody leaves who never came."""

    code = "not-signed-in"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("您在这一场还没有签到，不能签退，没有记入。请先告诉主持人补上签到。")


class NobodyToCheck(Refusal):
    """A spot check where nobody has signed in with a code."""

    code = "nobody-to-check"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("还没有人扫码签到，没有可以抽点的人。请等有人签到以后再抽。")


class BatchInUse(Refusal):
    """A batch of sessions cannot be undone: something happened in some of them."""

    code = "batch-in-use"

    def __init__(self, used: Sequence[tuple[str, datetime]], most: int) -> None:
        """Name the sessions that stand in the way."""
        names = "；".join(f"{title}（{_clock(starts_at)}）" for title, starts_at in used[:most])
        more = "等" if len(used) > most else ""
        super().__init__(
            f"这一批里已经有场次用过或改过，没有撤销：{names}{more}。"
            "请把不要的场次逐场取消；没有用过的不必处理。"
        )


class BatchUndone(Refusal):
    """A batch is undone once."""

    code = "batch-undone"

    def __init__(self, name: str, at: datetime) -> None:
        """Say who did it."""
        super().__init__(f"这一批场次已由{name}于 {_clock(at)} 撤销，不必再撤销。")


class NotThere(Refusal):
    """Somebody who was not at a session speaks about it as if."""

    code = "not-there"

    def __init__(self, deed: str) -> None:
        """Say for whom it is."""
        super().__init__(
            f"{deed}只请这一场到场的老师填，考勤里没有您到场的记录，因此没有保存。"
            "确实到场的，请先请主持人更正考勤。"
        )


class AlreadyAnswered(Refusal):
    """A second feedback of the same person."""

    code = "already-answered"

    def __init__(self) -> None:
        """Say why it cannot be changed."""
        super().__init__(
            "您已经评过这一场，没有再记。评价不记名，系统不知道哪一份是您的，所以也不能改。"
        )


class KindInUse(Refusal):
    """A name of an activity kind that is taken."""

    code = "kind-taken"

    def __init__(self, name: str) -> None:
        """Say which."""
        super().__init__(f"已经有名为“{name}”的活动类别，没有保存。请换一个名称，或直接用它。")


class AlreadyRecognised(Refusal):
    """A school decides twice about the same session."""

    code = "already-recognised"

    def __init__(self, name: str) -> None:
        """Say who did it before."""
        super().__init__(f"本校参加这一场的老师已由{name}办理过认定，没有改动。")
