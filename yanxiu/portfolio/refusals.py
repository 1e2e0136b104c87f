"""What growth files say no to."""

from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal


class NotAGrowthFile(Refusal):
    """A file is no archive of a growth file, or is too new or too large."""

    code = "not-a-growth-file"

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(
            _(
                "这个文件不能当作成长档案读入（%(why)s），什么都没有写入。"
                "请在原来的系统里重新导出一份压缩包，不要解开再压。"
            )
            % {"why": why}
        )


class Tampered(Refusal):
    """A file inside the archive is not what its checksum says."""

    code = "growth-file-tampered"

    def __init__(self, name: str, why: str) -> None:
        """Name the file."""
        super().__init__(
            _(
                "档案里的“%(name)s”%(why)s，整份没有读入。"
                "可能是下载不完整，或被人改动过；请向原来的学校再要一份。"
            )
            % {"name": name, "why": why}
        )


class OtherName(Refusal):
    """The archive bears another name than the person who brings it."""

    code = "growth-file-of-another"
    field = "is_mine"

    def __init__(self, on_file: str, own: str) -> None:
        """Name both."""
        super().__init__(
            _(
                "这份档案上的姓名是“%(on_file)s”，您是“%(own)s”，没有读入。别人的档案请交给本人；"
                "确实是您自己的（曾用名、换过写法），请勾选这一项，再选一次文件。"
            )
            % {"on_file": on_file, "own": own}
        )


class NoSchoolYet(Refusal):
    """Somebody without a post brings a file; its originals would belong to no school."""

    code = "no-school-yet"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(
            _("%(name)s现在没有学校的岗位，档案还没有地方放。请管理员先登记任职，再读入档案。")
            % {"name": name}
        )


class PieceStays(Refusal):
    """What arrived with a file, or is another's, is not changed here."""

    code = "piece-stays"

    def __init__(self) -> None:
        """Say why."""
        super().__init__(
            _("转入的档案按原样保存，不在这里改。如有错误，请在“成长档案”里放入一条说明。")
        )


class CategoriesIncomplete(Refusal):
    """A school would be left without categories, or with two of one name."""

    code = "categories-incomplete"

    def __init__(self) -> None:
        """Say what is needed."""
        super().__init__(_("档案至少要有一个类别，名称不能空，也不能有两个同名的。请改好再保存。"))


class NothingToBind(Refusal):
    """A batch was asked for a school that has no teachers for this reader."""

    code = "nothing-to-bind"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            _("这所学校现在没有您能看到的教师，没有可以汇编的。请换一所学校，或请管理员核对岗位。")
        )
