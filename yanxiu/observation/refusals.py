"""What observation declines, and what the person can do instead."""

from collections.abc import Sequence
from typing import Any

from yanxiu.kernel.refusals import Refusal


class ObservationClosed(Refusal):
    """Writing on an observation that has been handed in."""

    code = "observation-closed"

    def __init__(self, state: str) -> None:
        """Say how it stands, and the way back."""
        super().__init__(
            f"这份听课记录现在是“{state}”，没有改动。还没有人检查或回应时，可以先“收回”再改。"
        )


class NothingNoted(Refusal):
    """Handing in an empty observation."""

    code = "nothing-noted"

    def __init__(self) -> None:
        """Ask for the least."""
        super().__init__("这份听课记录还是空的，没有提交。记下一个片段或写一句看法就可以交。")


class HeardAtOnce(Refusal):
    """Handing in a record of a lesson while one of another lesson at the same time stands.

    `found` are those other records; it is a question, and a sentence answers it.
    """

    code = "heard-at-once"

    def __init__(self, found: Sequence[Any]) -> None:
        """Name the first of `found`, and say what to do in either case."""
        self.found = found
        lesson = found[0].lesson
        super().__init__(
            f"同一时间已有另一节课的听课记录：{lesson.teacher.name}的“{lesson.name}”，"
            "所以先没有提交，写的都在。两节课都听了（如各听半节），写一句怎样听的再提交；"
            "是记错了课或时间，请先改过来。"
        )


class TooEarly(Refusal):
    """Handing in before the lesson has begun."""

    code = "lesson-not-begun"

    def __init__(self) -> None:
        """Say when it will be possible."""
        super().__init__("这节课还没有开始，听课记录没有提交。上课以后再交，写好的都会留着。")


class LessonCancelled(Refusal):
    """Observing a lesson that does not take place."""

    code = "lesson-cancelled"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("这节课已经取消，没有新建听课记录。请换一节课，或联系安排这节课的人。")


class AlreadyActedUpon(Refusal):
    """Taking back what somebody has already worked with."""

    code = "acted-upon"

    def __init__(self, what: str) -> None:
        """Say who has done what."""
        super().__init__(
            f"{what}，所以不能收回，没有改动。要补充的话请在议课里说，或请检查人退回。"
        )


class NotAnnounced(Refusal):
    """An observation for appraisal of which the teacher was not told before the lesson."""

    code = "appraisal-not-announced"

    def __init__(self) -> None:
        """Say what has to come first."""
        super().__init__(
            "用于评价的听课，要在上课以前告诉授课教师，这节课没有告知过，没有新建。"
            "可以作为“为了改进教学”的听课来记；下次请先发告知。"
        )


class WrongState(Refusal):
    """A deed that does not fit how things stand."""

    code = "observation-state"

    def __init__(self, what: str, state: str, remedy: str = "") -> None:
        """Say how things stand, and what can be done."""
        super().__init__(f"{what}现在是“{state}”，没有改动。{remedy}")


class RubricUnsound(Refusal):
    """A rubric that cannot be used as it stands."""

    code = "rubric-unsound"

    def __init__(self, problem: str) -> None:
        """Pass on what is wrong."""
        super().__init__(f"量表没有保存。{problem}")


class OldEdition(Refusal):
    """A page saves over something newer."""

    code = "old-edition"

    def __init__(self, what: str) -> None:
        """Say that nothing is lost."""
        super().__init__(
            f"{what}在别处改过，这里写的没有覆盖它，两处都还在。请看过以后选一处或合在一起。"
        )
