"""Why a roster is not imported, or not taken back."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yanxiu.kernel.refusals import Refusal


class ImportNotOpen(Refusal):
    """The import was applied, undone or dropped before."""

    code = "people.roster-import-not-open"

    def __init__(self, state: str) -> None:
        """Name the state it is in."""
        super().__init__(
            _("这份花名册“%(state)s”，没有再办一次。请看最新的状态；需要时重新上传一份。")
            % {"state": state}
        )


class ImportHalfWritten(Refusal):
    """It was cut off while it was written, so it cannot simply be dropped."""

    code = "people.roster-import-half-written"

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__(
            _("这份花名册已写入一部分，不能放弃，没有改动。请先继续导入，再决定是否撤销整批。")
        )


class RosterOvertaken(Refusal):
    """What is in the system has changed since the file was compared."""

    code = "people.roster-overtaken"

    def __init__(self) -> None:
        """Ask for another look."""
        super().__init__(
            _(
                "您查看之后，名册里的人或单位有了变动，所以没有导入。"
                "已按现在的情况重新比对，请再看一遍结果，然后导入。"
            )
        )


class NothingToImport(Refusal):
    """All rows are the same or refused."""

    code = "people.roster-nothing-to-import"

    def __init__(self) -> None:
        """Say that nothing would change."""
        super().__init__(
            _("这份花名册里没有新增或变更的人，没有导入。如有未导入的行，请改好原表再上传。")
        )


class ImportInUse(Refusal):
    """Something hangs on the import by now."""

    code = "people.roster-import-in-use"

    def __init__(self, hanging: Sequence[str]) -> None:
        """List what hangs on it."""
        super().__init__(
            _(
                "这批导入之后已经有了：%(hanging)s。撤销会让它们没有着落，所以没有撤销。"
                "个别人有误，请在教师页改正或设为已离开。"
            )
            % {"hanging": "、".join(hanging)}
        )


class RosterFileForgotten(Refusal):
    """The table is no longer kept, so it cannot be read in another way."""

    code = "people.roster-file-forgotten"

    def __init__(self) -> None:
        """Say that the meaning of the columns is remembered."""
        super().__init__(
            _(
                "栏目的对应已经记住，但原表只保留一小时，现在已不在系统里，没有重新读。"
                "请放弃这一份，再上传一次同一张表，会按新的对应来读。"
            )
        )
