"""What this app declines, and what the person can do instead."""

from yanxiu.kernel.refusals import Refusal
from yanxiu.works.models import Work


class WorkWrittenMeanwhile(Refusal):
    """Somebody, or another device, saved the work after this form was opened."""

    code = "work-written-meanwhile"

    def __init__(self, work: Work, name: str) -> None:
        """Keep what is there now, so that a page can show both."""
        self.work = work
        who = name or "您自己（在另一处）"
        super().__init__(
            f"这一份在您打开以后由{who}保存过，没有覆盖，两份都在下面。"
            "请把要留的放进一份里，再保存一次。"
        )


class WrongWorkState(Refusal):
    """A deed that does not fit what has happened to the work so far."""

    code = "work-state"

    def __init__(self, state: str, remedy: str) -> None:
        """Say how things stand, and what can be done."""
        super().__init__(f"这份作品现在是“{state}”，没有改动。{remedy}")


class NothingWritten(Refusal):
    """A work without a word is handed in."""

    code = "work-empty"

    def __init__(self, missing: str = "") -> None:
        """Name what the school asks for, if that is what is missing."""
        if missing:
            super().__init__(f"本校要求写“{missing}”，现在还是空的，没有交。写几句就行，不限字数。")
        else:
            super().__init__("还没有写内容，没有交。写几句再交，不限字数。")


class NoTitle(Refusal):
    """A work without a title is handed in."""

    code = "work-untitled"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__("还没有题目，没有交。请写一个题目再交，已写的都在。")


class WorkKindTaken(Refusal):
    """Two kinds of one name."""

    code = "work-kind-taken"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"已经有“{name}”这个类别，没有再加。请换一个名称，或直接用原来的。")


class SentThereBefore(Refusal):
    """A second submission of a work to the same place."""

    code = "work-sent-before"

    def __init__(self, destination: str) -> None:
        """Name the place."""
        super().__init__(f"这份作品已经送往“{destination}”，没有重复登记。请在原来的一条上办理。")


class RegisteredBefore(Refusal):
    """A prize or publication is registered twice."""

    code = "outcome-registered"

    def __init__(self, title: str) -> None:
        """Name it."""
        super().__init__(f"“{title}”的这一项已经登记过，没有重复登记。请打开原来的一条补充。")


class ProofMissing(Refusal):
    """A prize or publication is confirmed without proof."""

    code = "outcome-proof"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__(
            "还没有证书、刊物的照片或编号，没有登记。请先退回，请本人补上文件或写明编号。"
        )


class NoPlanToRevise(Refusal):
    """A redesign, and no plan of the author's that the lesson was taught by."""

    code = "no-plan-to-revise"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__(
            "没有找到上这节课用的教案，没有改动。请先在备课里把教案和这节课连起来，再来存成新的一稿。"
        )
