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
