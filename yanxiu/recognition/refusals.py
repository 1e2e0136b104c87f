"""What is refused here, and why."""

from datetime import date

from yanxiu.kernel.refusals import Refusal
from yanxiu.places.told import Before, Known


class NotDeclarable(Refusal):
    """Something of a kind is declared that the scheme does not let declare."""

    code = "not-declarable"

    def __init__(self, word: str, day: date) -> None:
        """Name the kind, and the day of which the rules do not."""
        super().__init__(
            f"{day:%Y-%m-%d}施行的办法没有开放“{word}”的自行申报，没有提交。"
            "请核对日期；日期没有错的，请把材料交给学校教科室登记。"
        )


class NoSchemeThen(Refusal):
    """Something is declared of a day on which no scheme was in force."""

    code = "no-scheme-then"

    def __init__(self, day: date) -> None:
        """Name the day."""
        super().__init__(
            f"{day:%Y-%m-%d}学校还没有采用学时方案，算不出计多少，没有提交。"
            "请核对日期；是别处已经认定过的，请用“转入学时”。"
        )


class DeclaredTooLate(Refusal):
    """The days in which it can be declared are over."""

    code = "declared-too-late"

    def __init__(self, last: date) -> None:
        """Say until when it was possible."""
        super().__init__(
            f"这一项最迟应在{last:%Y-%m-%d}申报，已经过期，没有提交。确有原因的，请找学校学分管理员。"
        )


class ProofWanted(Refusal):
    """The scheme asks for a reference or a file."""

    code = "proof-wanted"

    def __init__(self, what: str) -> None:
        """Say what is missing."""
        super().__init__(f"这一类申报需要{what}，没有提交。补上以后再交，已写的都还在。")


class DeclaredBefore(Known):
    """The same thing is in the records already."""

    code = "declared-before"

    def __init__(self, title: str, day: date, found: list[Before]) -> None:
        """Name what is there; `found` is where it opens."""
        super().__init__(
            f"{day:%Y-%m-%d}的“{title}”已经在您的记录里，不用再报，没有提交。"
            "请到“我的申报”或“研修记录”查看。",
            found,
        )


class WindowOver(Refusal):
    """An objection comes after the days in which it is possible."""

    code = "window-over"

    def __init__(self, days: int) -> None:
        """Say how long it was possible."""
        super().__init__(
            f"异议应在认定后{days}天内提出，已经过期，没有提交。确有差错的，请学校学分管理员更正。"
        )


class NothingToObject(Refusal):
    """There is no decision to object to, or no rule by which to object."""

    code = "nothing-to-object"

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__(
            "这条记录现在没有可以提异议的认定，没有提交。还在认定中的，请等认定完；被退回的，补充后再交。"
        )


class WishTooLarge(Refusal):
    """More is wished for than the record tells of."""

    code = "wish-too-large"

    def __init__(self, most: str) -> None:
        """Say how much there is, and who can put the record itself right."""
        super().__init__(
            f"认定的数量最多是记录上的 {most}，没有提交。请改一下；记录本身记少了的，"
            "这一格不用填，在上面写明，请办理的人先更正记录。"
        )


class ObjectionOpen(Refusal):
    """A second objection is raised while one is open."""

    code = "objection-open"

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__("已有一个异议正在处理，没有再提交。请在原来的异议里等答复。")


class AppealInstead(Refusal):
    """What was questioned and kept is objected to from the beginning."""

    code = "appeal-instead"

    def __init__(self) -> None:
        """Say where the way goes on."""
        super().__init__(
            "这条认定您提过异议，答复是维持原认定，没有再从头提交。"
            "不服答复的，请打开原来的异议向上一级申诉；过了申诉期、确有差错的，请学校学分管理员更正。"
        )


class ObjectionDecided(Refusal):
    """An objection is decided twice."""

    code = "objection-decided"

    def __init__(self, name: str) -> None:
        """Say who was faster."""
        super().__init__(f"这个异议已由{name or '本人'}办结，您这次没有改动。请刷新页面查看答复。")


class BeginsBeforeToday(Refusal):
    """A notice would count days on which nobody could read it."""

    code = "begins-before-today"
    field = "starts_on"

    def __init__(self, starts_on: date, today: date) -> None:
        """Name both days."""
        super().__init__(
            f"公示从{starts_on:%Y-%m-%d}起，那天已经过去，没有人看到过，不能算公示过，没有发布。"
            f"请从今天（{today:%Y-%m-%d}）或以后的一天起。"
        )


class NothingToPublish(Refusal):
    """A notice would show nothing."""

    code = "nothing-to-publish"

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__(
            "这段时间里没有认定完的学时，没有发布。请核对起止日期，或先把待认定的办完。"
        )
