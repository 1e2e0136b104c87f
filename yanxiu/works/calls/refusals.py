"""What a call for papers declines, and what the person can do instead."""

from yanxiu.kernel.refusals import Refusal


class CallNotOpen(Refusal):
    """A deed that does not fit where the call stands."""

    code = "call-state"

    def __init__(self, state: str, remedy: str) -> None:
        """Say how things stand, and what can be done."""
        super().__init__(f"这次征集现在是“{state}”，没有改动。{remedy}")


class KindNotAsked(Refusal):
    """A work of a kind for which the call does not ask."""

    code = "call-kind"

    def __init__(self, kind: str, asked: str) -> None:
        """Name the kind, and those that are asked for."""
        super().__init__(f"这次只征集{asked}，这份是{kind}，没有报上。请换一份。")


class TooManyEntries(Refusal):
    """One more entry than the call takes from a person."""

    code = "call-too-many"

    def __init__(self, most: int) -> None:
        """Name the number."""
        super().__init__(f"这次每人最多报{most}份，没有再报。要换的话，请先撤回原来的一份。")


class NothingToRead(Refusal):
    """A work without text: nothing of it could be read blindly."""

    code = "call-no-text"

    def __init__(self) -> None:
        """Say what helps."""
        super().__init__(
            "这份作品还没有文字，评审的人看不到内容，没有报上。"
            "文件还在读入的请等一会儿；是扫描件的，请把文字粘到作品里再报。"
        )


class ReviewerManages(Refusal):
    """Somebody reviews who knows all the names."""

    code = "reviewer-manages"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(
            f"{name}是主办这次征集的人，看得到作者，不能当评委，名单没有保存。请换一位。"
        )


class ReviewerWrote(Refusal):
    """An author reviews."""

    code = "reviewer-wrote"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(f"{name}自己有作品参评，不能当评委，名单没有保存。请换一位。")


class ReviewerUnknown(Refusal):
    """A name that is nobody, or two."""

    code = "reviewer-unknown"

    def __init__(self, name: str) -> None:
        """Name it."""
        super().__init__(
            f"没有找到“{name}”，或有两位同名的老师，名单没有保存。"
            "请核对姓名，每行写一位；同名的在后面写上学校，例如“张老师（第二小学）”。"
        )


class AuthorReviews(Refusal):
    """Whoever is on the panel enters a work."""

    code = "author-reviews"

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__("您是这次征集的评委，没有报上。要参评的话，请先请主办的人换一位评委。")


class TooFewReviewers(Refusal):
    """The panel cannot cover every paper without somebody judging the own group or school."""

    code = "too-few-reviewers"

    def __init__(self, number: int, wanted: int) -> None:
        """Name a paper that is left over."""
        super().__init__(
            f"{number:02d}号作品找不到{wanted}位不同组、不同校的评委，没有分派。请再请几位评委，或把每份的评审人数改少。"
        )


class StillUnread(Refusal):
    """Results are announced while a paper has no review."""

    code = "papers-unread"

    def __init__(self, count: int) -> None:
        """Count them."""
        super().__init__(f"还有{count}份没有一位评委评完，没有公布。请催一催，或换评委。")


class ResultsMovedOn(Refusal):
    """Somebody else has decided since the page was opened."""

    code = "results-moved-on"

    def __init__(self) -> None:
        """Nothing was set."""
        super().__init__("别人刚改过结果，没有保存，也没有公布。请刷新页面，看过再定。")


class WrongScores(Refusal):
    """A score that is missing or out of its range."""

    code = "wrong-scores"

    def __init__(self, name: str, most: int) -> None:
        """Name the criterion."""
        super().__init__(f"“{name}”要填0到{most}的整数，没有保存。写的话都还在，请补上分数。")
