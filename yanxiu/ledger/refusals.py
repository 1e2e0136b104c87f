"""What the ledger declines."""

from datetime import date

from yanxiu.kernel.refusals import Refusal
from yanxiu.ui.wording import span_text


class RecordWithdrawn(Refusal):
    """A record that was withdrawn is withdrawn again."""

    code = "record-withdrawn"

    def __init__(self, reason: str) -> None:
        """Say why it was."""
        super().__init__(f"这条研修记录已经撤回（{reason}），没有再次改动。请刷新页面查看现状。")


class SchemeInForce(Refusal):
    """A scheme is adopted twice, or back in time over entries."""

    code = "scheme-in-force"

    def __init__(self, title: str, since: date) -> None:
        """Name the scheme and its day."""
        super().__init__(
            f"“{title}”已定于{span_text(since)}起采用，没有重复采用。"
            "日期选错了的，先在这份方案旁点“撤销”，再从对的日期采用；要换一份，请选另一份方案或新版本。"
        )


class SchemeEnded(Refusal):
    """A scheme that has an end is ended again."""

    code = "scheme-ended"

    def __init__(self, day: date) -> None:
        """Say when."""
        super().__init__(f"这份方案已定于{span_text(day)}停用，没有再改。请刷新页面查看现状。")


class SchemeUsed(Refusal):
    """Records were reckoned by the scheme, so it cannot be thought away."""

    code = "scheme-used"

    def __init__(self, count: int, day: date) -> None:
        """Say how many records, and from which day."""
        super().__init__(
            f"{span_text(day)}起已有{count}条研修记录按这份方案认定，没有改动。"
            "请把停用日期定在这些记录之后，已经认定的学时都会保留。"
        )


class DayOutOfReach(Refusal):
    """A day that nobody can mean."""

    code = "day-out-of-reach"

    def __init__(self, first: date, last: date) -> None:
        """Say what is possible."""
        super().__init__(
            f"日期应在{span_text(first)}至{span_text(last)}之间，没有保存。请看看是不是写错了年份。"
        )


class DraftMoved(Refusal):
    """Somebody else saved the draft while it was being edited."""

    code = "draft-moved"

    def __init__(self, name: str, at: str) -> None:
        """Say who, and when."""
        super().__init__(
            f"{name}在{at}保存过这份草稿，您打开的是更早的一稿，所以没有盖上去。"
            "您写的还在下面，一个字也没有丢：可以另存为一份新草稿，再对照现在的草稿合并。"
        )


class AlreadyPublished(Refusal):
    """A scheme is published twice, by two people or by one who clicked twice."""

    code = "scheme-published"

    def __init__(self, name: str, at: str) -> None:
        """Say who did it."""
        super().__init__(
            f"这份方案已由{name}在{at}公布，没有再公布一次，公布的文字也不再改动。"
            "要更正，请从它另起一份草稿，写一个新的版本号。"
        )


class VersionTaken(Refusal):
    """Another file was published under the same id and version."""

    code = "scheme-version-taken"

    def __init__(self, scheme: str, version: str) -> None:
        """Name both."""
        super().__init__(
            f"编号“{scheme}”的第“{version}”版已经公布过，不能再公布一次。"
            "已公布的版本不会改变；请在草稿的 version 一行换一个新的版本号。"
        )


class SchemeIdTaken(Refusal):
    """The id belongs to a shipped scheme, or to another organisation."""

    code = "scheme-id-taken"

    def __init__(self, scheme: str, owner: str) -> None:
        """Name the id and whose it is."""
        super().__init__(
            f"编号“{scheme}”已经由{owner}使用，这份不能用它公布。"
            "请在草稿的 id 一行写自己的编号，如在前面加上本地的拼音。"
        )


class NameTooLong(Refusal):
    """Id or version are longer than fits."""

    code = "scheme-name-too-long"

    def __init__(self) -> None:
        """Say how long they may be."""
        super().__init__(
            "编号（id）最多 60 个字符，版本（version）最多 20 个，标题（title）最多 120 个，"
            "长了不能公布。请改短。"
        )


class SchemeAdopted(Refusal):
    """A published scheme that is used is not withdrawn."""

    code = "scheme-adopted"

    def __init__(self, title: str) -> None:
        """Name it."""
        super().__init__(
            f"“{title}”已有组织采用，或已有记录按它核算，没有撤回。"
            "不再用的，请在“学时方案”里定一个停用日期；已经认定的学时都会保留。"
        )


class NotADraft(Refusal):
    """What was published is changed."""

    code = "scheme-not-a-draft"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "这份方案已经公布，文字不能再改，也不能删除。要更正，请从它另起一份草稿，写一个新的版本号。"
        )


class NotShown(Refusal):
    """Only a reckoning that was shown and not decided upon is posted or dropped."""

    code = "reckoning-not-shown"

    def __init__(self, state: str) -> None:
        """Say in which state it is."""
        super().__init__(f"这次核算现在是“{state}”，没有改动。请刷新页面查看现状。")


class ReckoningOpen(Refusal):
    """The same scheme is being reckoned again already."""

    code = "reckoning-open"

    def __init__(self, name: str) -> None:
        """Say who started it."""
        super().__init__(
            f"{name}已经开始了这份方案的重新核算，还没有入账或放弃，没有另开一次。"
            "请先打开那一次，决定入账还是不入账。"
        )


class OwnAffair(Refusal):
    """Somebody decides about the own exemption, transfer or check."""

    code = "own-affair"

    def __init__(self) -> None:
        """Say who can."""
        super().__init__("这是您自己的事，不能由自己办，没有保存。请另一位有认定权限的同事来办。")


class YearNotBegun(Refusal):
    """A credit year is closed before its first day."""

    code = "year-not-begun"

    def __init__(self, day: date) -> None:
        """Say when it begins."""
        super().__init__(f"这个年度从{span_text(day)}起，还没有开始，没有登记。")


class YearClosed(Refusal):
    """A closed year is closed again."""

    code = "year-closed"

    def __init__(self, name: str) -> None:
        """Say who did it."""
        super().__init__(f"这个年度已由{name}登记，没有重复登记。要改，请先说明原因再重开。")


class StillUndecided(Refusal):
    """Something waits for a decision, and nobody said that it may stay open."""

    code = "still-undecided"

    def __init__(self, count: int) -> None:
        """Say how many."""
        super().__init__(
            f"还有{count}条记录没有认定或已退回，没有登记。没有人表态不等于同意，也不等于不同意："
            "请先办完；确实要先登记的，请勾选“留着没办的，先登记”。"
        )


class NothingToClose(Refusal):
    """There is no scheme or nobody in the school."""

    code = "nothing-to-close"

    def __init__(self) -> None:
        """Say what is lacking."""
        super().__init__(
            "这所学校在这个年度没有在用的学时方案，或者没有在册教师，没有登记。"
            "请先在“学期与方案”里采用方案，或核对花名册。"
        )


class OwnRecord(Refusal):
    """Somebody decides about the own record."""

    code = "own-record"

    def __init__(self) -> None:
        """Say who can."""
        super().__init__(
            "这是您自己的记录，不能由自己认定，没有改动。请另一位有认定权限的同事办理。"
        )


class AlreadyDecided(Refusal):
    """Somebody else has decided in the meantime."""

    code = "already-decided"

    def __init__(self, title: str, name: str, word: str) -> None:
        """Name the record, who was faster, and what was decided."""
        super().__init__(
            f"“{title}”已由{name}{word}，您这次没有改动它。请刷新页面，看现在轮到哪一步。"
        )


class SameHand(Refusal):
    """One person decides for two levels."""

    code = "same-hand"

    def __init__(self, title: str) -> None:
        """Say why not."""
        super().__init__(
            f"“{title}”的前一步是您办的，上一级的认定要由另一位办理，没有改动。请转给同事。"
        )


class AmountTooLarge(Refusal):
    """More is recognised than was claimed."""

    code = "amount-too-large"

    def __init__(self, most: str) -> None:
        """Say how much there is."""
        super().__init__(
            f"认定的数量应在 0 到 {most} 之间，没有改动。请核对后再填；"
            "记录本身记少了的，要先更正记录：外出培训在培训页上撤回认定，按证明重新认定；自己申报的退回，请本人改了再交。"
        )


class WhyMissing(Refusal):
    """A deed that takes something away comes without a reason."""

    code = "why-missing"

    def __init__(self, deed: str) -> None:
        """Name the deed."""
        super().__init__(f"{deed}要写明原因，没有改动。请用一句话写清楚，本人看得到。")


class TooLateToTakeBack(Refusal):
    """A record is taken back after somebody has acted on it."""

    code = "too-late-to-take-back"

    def __init__(self, name: str) -> None:
        """Say who has acted."""
        super().__init__(
            f"{name}已经办理过这条记录，不能自己撤回了，没有改动。"
            "如有出入，请下一步办理的人退回；认定完的，可以提出异议。"
        )


class NotReturned(Refusal):
    """A record is handed in again that nobody returned."""

    code = "not-returned"

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__("这条记录没有被退回，不用再交。请刷新页面查看现状。")


class OfLender(Refusal):
    """A deputy decides about the hours of whoever is away."""

    code = "of-lender"

    def __init__(self, name: str) -> None:
        """Say whose it is, and who decides."""
        super().__init__(
            f"{name}把认定交给您代办，{name}自己的记录不能由您认定，没有改动。"
            "请由本校另一位有认定权的人或上一级办理。"
        )


class DecidedAbove(Refusal):
    """A school corrects on its own what a superior has decided."""

    code = "decided-above"

    def __init__(self, place: str) -> None:
        """Name who has to do it."""
        super().__init__(
            f"这条记录是{place}认定或裁定的，下级不能自己再改，没有更正。"
            f"有新的情况请告诉{place}，由那里更正。"
        )


class NotRecognised(Refusal):
    """A record is corrected on which no final step was taken."""

    code = "not-recognised"

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__("这条记录还没有认定完，不用更正，没有改动。请在待认定里直接办理。")


class ReckoningGone(Refusal):
    """The job finds its reckoning no more, or the right to it is not held any longer."""

    code = "reckoning-gone"

    def __init__(self) -> None:
        """Say that nothing was done."""
        super().__init__(
            "这次核算找不到了，或者您已经没有管理方案的权限，没有算。请从“学时方案”重新开始。"
        )
