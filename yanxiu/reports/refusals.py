"""What summaries decline, and what the person can do instead."""

from collections.abc import Sequence

from yanxiu.kernel.refusals import Refusal

NAMED = 6


class SummaryHasGaps(Refusal):
    """A summary with gaps is neither handed in nor approved."""

    code = "summary-has-gaps"

    def __init__(self, gaps: Sequence[str], deed: str) -> None:
        """List the gaps, the first few by name."""
        self.gaps = list(gaps)
        named = "；".join(self.gaps[:NAMED])
        more = f"；另有{len(gaps) - NAMED}处" if len(gaps) > NAMED else ""
        super().__init__(
            f"总结里还有{len(gaps)}处待补，没有{deed}：{named}{more}。"
            "请补上数据或文字；确实没有开展的，在该处如实写明“本学期未开展”和原因。"
        )


class SummaryStands(Refusal):
    """A term is summed up once."""

    code = "summary-stands"

    def __init__(self, title: str) -> None:
        """Name the one that stands."""
        super().__init__(f"“{title}”已经起草过，没有再建一份。请在总结列表里打开它继续。")


class SummaryNotOpen(Refusal):
    """Words are changed only in a draft."""

    code = "summary-not-open"

    def __init__(self, state: str) -> None:
        """Say in which state it is."""
        super().__init__(
            f"这份总结{state}，现在不能改文字，您写的没有保存。"
            "需要修改时，请审定人先退回或撤销审定。"
        )


class SummaryInOtherState(Refusal):
    """A step that does not follow from where the summary is."""

    code = "summary-in-other-state"

    def __init__(self, deed: str, state: str) -> None:
        """Name the step and the state."""
        super().__init__(
            f"这份总结目前是“{state}”，不能{deed}，内容没有改动。请刷新页面，看看别人是否刚刚办过。"
        )


class ProseChanged(Refusal):
    """Two people wrote the same paragraph."""

    code = "prose-changed"

    def __init__(self, name: str) -> None:
        """Say who was first."""
        super().__init__(
            f"{name}刚刚保存过这一段，您写的没有覆盖它，仍在下面的框里。"
            "请对照已保存的文字合并，再保存一次。"
        )


class WordsChangedMeanwhile(Refusal):
    """Somebody saved a text between reading the summary and deciding about it."""

    code = "words-changed-meanwhile"

    def __init__(self, deed: str) -> None:
        """Name the deed."""
        super().__init__(
            f"就在刚才有人改了总结的文字，没有{deed}。请刷新页面，看过新的文字后再办一次。"
        )


class ReasonMissing(Refusal):
    """Sending back and withdrawing need a reason."""

    code = "reason-missing"

    def __init__(self, deed: str) -> None:
        """Name the deed."""
        super().__init__(
            f"{deed}需要写明原因，没有办理。请用一句话说明，起草人和以后的查阅者都能看到。"
        )


class ShapeChanged(Refusal):
    """Two people changed the sections at the same time."""

    code = "shape-changed"

    def __init__(self) -> None:
        """Say that somebody was faster."""
        super().__init__(
            "就在刚才有人改了这份总结的章节，您这一步没有做。请看一下现在的章节，再改一次。"
        )


class NothingToUndo(Refusal):
    """The sections are as they were at the beginning."""

    code = "nothing-to-undo"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("章节没有改过，没有可以撤销的一步。")


class NotPublishable(Refusal):
    """Only an approved summary of a school or unit is published, once."""

    code = "summary-not-publishable"

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(
            f"{why}，没有发布。审定过的学校、部门和教研组总结才能在校内发布，发布一次即可。"
        )


class SummaryDemandEnded(Refusal):
    """A list that was closed is not opened again."""

    code = "summary-demand-ended"

    def __init__(self, title: str) -> None:
        """Name the list."""
        super().__init__(f"“{title}”已经结束，没有再办。需要时请另外布置一次。")


class TemplateNameTaken(Refusal):
    """A school has one template of a name."""

    code = "template-name-taken"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(
            f"已经有一个叫“{name}”的模板，没有另存。请打开它上传新的一版，或换一个名称。"
        )


class TemplateNotReady(Refusal):
    """A version with faults is not put into use."""

    code = "template-not-ready"

    def __init__(self, number: int) -> None:
        """Say how many faults there are."""
        super().__init__(
            f"这一版还有{number}处要改，没有启用。请按检查结果在 Word 里改好，再上传一版。"
        )


class TemplateWithdrawn(Refusal):
    """A withdrawn template is kept as it was."""

    code = "template-withdrawn"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"“{name}”已经停用，没有改动。要再用，请另外上传一个模板。")


class TemplateNotInUse(Refusal):
    """Documents are made from what is in use."""

    code = "template-not-in-use"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(f"“{name}”现在没有启用的版本，没有生成文件。请先启用一版，再生成。")


class LetterNotInState(Refusal):
    """A step that does not follow from where the notice is."""

    code = "letter-not-in-state"

    def __init__(self, deed: str, state: str) -> None:
        """Name the deed and the state."""
        super().__init__(
            f"这份通知{state}，不能{deed}，内容没有改动。印发以后要改的，请先撤回，再另拟一份。"
        )


class LetterHasGaps(Refusal):
    """A notice that lacks something is not issued."""

    code = "letter-has-gaps"

    def __init__(self, gaps: Sequence[str]) -> None:
        """Name what is lacking."""
        super().__init__(f"通知还缺{'、'.join(gaps)}，没有印发。请先补上，再印发。")


class LetterChanged(Refusal):
    """Two people wrote the same draft."""

    code = "letter-changed"

    def __init__(self) -> None:
        """Say what became of the words."""
        super().__init__(
            "就在刚才有人保存过这份拟稿，您写的没有覆盖它，仍在下面的框里。"
            "请另开一页看过新的文字，合并后再保存一次。"
        )
