"""The noes of rules and requirements."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal


class TitleTaken(Refusal):
    """Another rule in use has the title."""

    code = "regulation-title-taken"

    def __init__(self, title: str) -> None:
        """Name it."""
        super().__init__(
            _("本组织已有《%(title)s》，没有再建一份。请打开那一份修订，或换一个名称。")
            % {"title": title}
        )


class NoArticles(Refusal):
    """A rule without text."""

    code = "regulation-without-text"

    def __init__(self) -> None:
        """Ask for the text."""
        super().__init__(_("制度没有正文，没有保存。请粘贴正文，或选择一个 Word、文本文件。"))


class AlreadyPublished(Refusal):
    """A published version does not change."""

    code = "version-published"

    def __init__(self, at: datetime) -> None:
        """Say since when."""
        super().__init__(
            _("这一版已于 %(at)s 公布，不能再改。要改请另写一版修订稿，原来的一版会留着。")
            % {"at": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"}
        )


class DraftThere(Refusal):
    """One draft at a time."""

    code = "draft-there"

    def __init__(self, number: int) -> None:
        """Name it."""
        super().__init__(
            _("第%(number)s版修订稿还没有公布，没有再写一份。请先改好并公布那一份。")
            % {"number": number}
        )


class StartsTooEarly(Refusal):
    """A version cannot begin before the one it replaces."""

    code = "version-starts-too-early"

    def __init__(self, day: date) -> None:
        """Say from when it may."""
        super().__init__(
            _("现行的一版从 %(day)s 起施行，新的一版要晚于这一天。请改施行日期。")
            % {"day": day.isoformat()}
        )


class NotInForce(Refusal):
    """There is nothing to acknowledge."""

    code = "version-not-in-force"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(_("这一版现在没有施行，不用确认。请打开现行的一版。"))


class NobodyAsked(Refusal):
    """A requirement without schools."""

    code = "nobody-asked"

    def __init__(self) -> None:
        """Ask for schools."""
        super().__init__(_("没有选学校，要求没有下发。请至少选一所下级学校。"))


class NothingAnswered(Refusal):
    """An answer without words."""

    code = "nothing-answered"

    def __init__(self) -> None:
        """Ask for words."""
        super().__init__(
            _("没有写落实情况，答复没有交上。请用一两句话写清楚做了什么，或附上文件。")
        )


class WrongState(Refusal):
    """The answer is not in the state for it."""

    code = "answer-in-another-state"

    def __init__(self, state: str) -> None:
        """Name the state."""
        super().__init__(
            _("这条要求现在是“%(state)s”，这一步不能办。请刷新后看看最新情况。") % {"state": state}
        )


class Withdrawn(Refusal):
    """The requirement was taken back."""

    code = "requirement-withdrawn"

    def __init__(self, because: str) -> None:
        """Give the reason."""
        super().__init__(_("这条要求已经撤回（%(because)s），不用再办。") % {"because": because})
