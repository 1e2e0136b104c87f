"""What background jobs decline."""

from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal


class TooManyJobs(Refusal):
    """One person has started more than can sensibly wait."""

    code = "too-many-jobs"

    def __init__(self, most: int) -> None:
        """Say how many wait already."""
        super().__init__(
            _(
                "您已有 %(most)s 件后台任务还没有做完，没有再排。"
                "请等它们做好，或在“后台任务”里取消不要的。"
            )
            % {"most": most}
        )


class NotOpen(Refusal):
    """Only what has not ended is cancelled."""

    code = "job-has-ended"

    def __init__(self) -> None:
        """Say that it has ended."""
        super().__init__(_("这件任务已经结束，没有取消。请刷新页面看它现在的状态。"))


class NotRetriable(Refusal):
    """Only what failed or was cancelled is done again."""

    code = "job-not-retriable"

    def __init__(self) -> None:
        """Say what it waits for."""
        super().__init__(
            _("只有“没有做成”或“已取消”的任务才能重试，没有改动。请刷新页面看它现在的状态。")
        )
