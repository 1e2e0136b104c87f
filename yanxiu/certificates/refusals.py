"""What is refused here, and why."""

from datetime import date

from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal
from yanxiu.ui.wording import span_text


class NothingToCertify(Refusal):
    """No entry of the scheme stands in the span."""

    code = "nothing-to-certify"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(
            _(
                "%(name)s在这段时间里还没有已认定入账的学时，没有出具证明。"
                "请换一段时间，或等认定完成以后再办。"
            )
            % {"name": name}
        )


class SpanNotBegun(Refusal):
    """The span lies in the future, or holds no day."""

    code = "span-not-begun"

    def __init__(self, first: date) -> None:
        """Say when it would begin."""
        super().__init__(
            _("这段时间从%(day)s才开始，还没有学时可以证明。请选已经开始的时间。")
            % {"day": span_text(first)}
        )


class SchemeNotInForce(Refusal):
    """The school does not reckon by this scheme on the last day of the span."""

    code = "scheme-not-in-force"

    def __init__(self, day: date) -> None:
        """Say on which day."""
        super().__init__(
            _("%(day)s这一天学校没有采用所选的方案，没有出具证明。请换一个方案或时间。")
            % {"day": span_text(day)}
        )


class NoSchool(Refusal):
    """Somebody without a school asks for a certificate."""

    code = "no-school-for-certificate"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(
            _("%(name)s现在没有学校的任职，不知道由谁出具。请管理员先登记任职。") % {"name": name}
        )


class AlreadyRevoked(Refusal):
    """A certificate is revoked or replaced a second time."""

    code = "certificate-already-revoked"

    def __init__(self, number: str, day: date, because: str) -> None:
        """Say when and why it was."""
        super().__init__(
            _("%(number)s证明已于%(day)s撤销（%(because)s），没有再次改动。请刷新页面查看现状。")
            % {"number": number, "day": span_text(day), "because": because}
        )


class ReasonMissing(Refusal):
    """Revoking needs words that the public page can show."""

    code = "certificate-reason-missing"

    def __init__(self) -> None:
        """Say what to write."""
        super().__init__(_("请写明原因，没有改动。核验页会把这句话给查验的人看。"))


class TooManyChecks(Refusal):
    """Somebody tries one code after the other."""

    code = "too-many-checks"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(_("这里刚才查了很多个不存在的验证码，先歇一会儿。请一分钟后再试。"))


class FileTooLargeToCompare(Refusal):
    """A file is larger than any certificate."""

    code = "file-too-large-to-compare"

    def __init__(self, megabytes: int) -> None:
        """Say how large one may be."""
        super().__init__(
            _("文件超过 %(limit)d MB，不会是这里出具的证明，没有比对。请上传收到的 PDF 原件。")
            % {"limit": megabytes}
        )


class NobodyToCertify(Refusal):
    """A batch would be empty."""

    code = "nobody-to-certify"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            _("这所学校（或这个组）现在没有您可以办理的教师，没有出具。请换一所学校或一个组。")
        )


class NoRowsToCompare(Refusal):
    """A file holds a head at most."""

    code = "no-rows-to-compare"

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            _("“%(name)s”里没有读到一行数据，没有对账。请从那个系统重新导出，第一行留着列名。")
            % {"name": name}
        )


class TooManyRows(Refusal):
    """A file holds more rows than a school has."""

    code = "too-many-rows-to-compare"

    def __init__(self, name: str, most: int) -> None:
        """Name the file and the bound."""
        super().__init__(
            _("“%(name)s”超过 %(most)d 行，没有对账。请按学校或年度分开导出，再分别上传。")
            % {"name": name, "most": most}
        )


class NotTheirTeacher(Refusal):
    """A row is given to somebody of another school."""

    code = "not-their-teacher"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(
            _("%(name)s现在不在这所学校任职，没有对上。请选本校的教师，或选“不是本校的人”。")
            % {"name": name}
        )


class UnknownRegister(Refusal):
    """A register is asked for that is not there (any more)."""

    code = "unknown-register"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(_("没有这张上报表，可能已经换了编号。请回到“上报登记”重新选一张。"))
