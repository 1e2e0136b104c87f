"""What lessons decline, and what the person can do instead."""

from datetime import date, datetime

from yanxiu.kernel.refusals import NotAllowed, Refusal
from yanxiu.ui.wording import day_text, moment_text


class WrongState(Refusal):
    """A deed that does not fit what has happened to the lesson so far."""

    code = "lesson-state"

    def __init__(self, state: str, remedy: str) -> None:
        """Say how things stand, and what can be done."""
        super().__init__(f"这节课现在是“{state}”，没有改动。{remedy}")


class NotYours(NotAllowed):
    """Somebody wants to have a colleague's open lesson arranged."""

    code = "lesson-not-yours"

    def __init__(self, name: str, kind: str) -> None:
        """Say who arranges it."""
        super().__init__(
            f"{name}的{kind}由本人、组长或教科室安排，没有保存。"
            "您想去听一节课，可以选“随堂课”；自己上课，请把上课教师选成自己。"
        )


class NoSurprise(NotAllowed):
    """Somebody plans to come without telling, who may not."""

    code = "lesson-no-surprise"

    def __init__(self) -> None:
        """Say who may."""
        super().__init__(
            "事先不通知的听课只有组长、教科室和校长可以安排，没有保存。"
            "请勾选“事先告诉上课教师”，或换成随堂课。"
        )


class AlreadyThatDay(Refusal):
    """A second lesson of one teacher is to be watched on the same day."""

    code = "lesson-twice-a-day"

    def __init__(self, name: str, day: date, title: str) -> None:
        """Say what there is already."""
        super().__init__(
            f"{name}{day_text(day)}已经有一节课有人来听：{title}，没有再排。"
            "一天听两节要先和本人商量好；已经说好的，请勾选“同一天还要听”再保存。"
        )


class TeacherBusy(Refusal):
    """A teacher is to give two lessons at the same time."""

    code = "lesson-clash"

    def __init__(self, name: str, starts_at: datetime, title: str) -> None:
        """Name the other one."""
        super().__init__(
            f"{name}{moment_text(starts_at)}已经有一节课：{title}，没有再排。请换一节，或先改动那一节。"
        )


class NotOver(Refusal):
    """A lesson is said to have been given before it began."""

    code = "lesson-not-over"

    def __init__(self, starts_at: datetime) -> None:
        """Say when it begins."""
        super().__init__(
            f"这节课{moment_text(starts_at)}才开始，还不能确认。上完以后再点“已上”；时间写错了请先修改。"
        )


class KindTaken(Refusal):
    """Two kinds of the same name."""

    code = "lesson-kind-taken"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"已经有“{name}”这一类，没有再加。请换一个名称，或直接用原来的。")


class RecordConfirmed(Refusal):
    """The records of a lesson were recognised above the school and cannot be taken back here."""

    code = "lesson-record-confirmed"

    def __init__(self, outcome: str) -> None:
        """Say what did not happen, and where it can be put right."""
        super().__init__(f"这节课的研修记录上级已经认定，{outcome}。请在研修记录里用“更正认定”。")


class NoSuchPerson(Refusal):
    """A teacher who does not work in the school on the day."""

    code = "lesson-no-post"

    def __init__(self, name: str, organisation: str) -> None:
        """Say who and where."""
        super().__init__(
            f"{name}那一天不在{organisation}任教，没有安排。请核对教师和日期；外校教师请由他所在的学校安排。"
        )


class TimetableState(Refusal):
    """A deed that does not fit what has happened to a timetable."""

    code = "timetable-state"

    def __init__(self, state: str, remedy: str) -> None:
        """Say how things stand, and what can be done."""
        super().__init__(f"这份课表现在是“{state}”，没有改动。{remedy}")
