"""What planning declines, and what the person can do instead."""

from collections.abc import Sequence

from yanxiu.kernel.refusals import Refusal


class NothingToRead(Refusal):
    """The file holds no plan."""

    code = "nothing-to-read"

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"“{name}”里没有认出计划或总结，没有读入。请确认文件里有标题（如“……工作计划”）和正文；"
            "也可以新建一份空白计划直接填写。"
        )


class ReadElsewhere(Refusal):
    """A document that others read in before, for a plan that the reader does not manage."""

    code = "read-elsewhere"

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"“{name}”已经由本校其他人读入，草案归他们确认，没有再读一份。"
            "如果这是您教研组自己的计划，请在文中写明教研组名称后再读入，或联系教科室。"
        )


class ProposalEnded(Refusal):
    """A proposal that was confirmed or dropped before."""

    code = "proposal-ended"

    def __init__(self, state: str) -> None:
        """Say how it ended."""
        super().__init__(f"这份草案{state}，不能再改。请打开对应的计划，或重新读入文档。")


class NothingToUndo(Refusal):
    """There is no step of deciding to take back."""

    code = "nothing-to-undo"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("没有可以撤销的一步，什么也没有改。每一项都可以单独改定。")


class ValuesUndecided(Refusal):
    """A plan is to be confirmed while some values were not looked at."""

    code = "values-undecided"

    def __init__(self, count: int) -> None:
        """Say how many."""
        super().__init__(
            f"还有{count}处没有定，计划没有写入，您的选择都已保存。"
            "请逐处采用或不要，或者按“其余都接受，确认”。"
        )


class FileGone(Refusal):
    """A file that was to be read in the background is there no longer."""

    code = "file-gone"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("上传的文件已经不在了，没有读入。请在“读入文档”页重新上传一次。")


class PeriodMissing(Refusal):
    """A summary of which nobody knows what time it is about."""

    code = "period-missing"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("还不知道这份总结说的是哪段时间，没有核对。请先选时间。")


class AlreadyCarried(Refusal):
    """A problem that was carried into a plan before."""

    code = "already-carried"

    def __init__(self, plan: str) -> None:
        """Name the plan."""
        super().__init__(f"这个问题已经带入计划“{plan}”，没有再写一遍。请在那份计划里改。")


class NoBodyInPlan(Refusal):
    """A plan in whose document nobody is named to lead."""

    code = "no-body-in-plan"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("这份计划没有读出领导小组，没有办理。请在“组织”里直接添加职责。")


class MonthOutsideTerm(Refusal):
    """The schedule names months that the chosen term does not have."""

    code = "month-outside-term"

    def __init__(self, months: Sequence[int], term: str) -> None:
        """Name the months and the term."""
        names = "、".join(f"{month}月" for month in months)
        super().__init__(
            f"安排里有{names}，不在所选的“{term}”之内，计划没有写入，您的选择都已保存。"
            "请换一个学期，或改这些事项的月份，或定为“不要”。"
        )


class TermMissing(Refusal):
    """A plan without a term."""

    code = "term-missing"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "还没有选这份计划属于哪个学期，没有写入。请选一个学期；列表为空时，请管理员先设好学期。"
        )


class ValueUnreadable(Refusal):
    """A changed value cannot be used."""

    code = "value-unreadable"

    def __init__(self, name: str, wanted: str) -> None:
        """Name the value and what would be right."""
        super().__init__(f"“{name}”填的内容不能用，没有写入。{wanted}")


class PlanChangedElsewhere(Refusal):
    """A plan of this kind stands already."""

    code = "plan-stands"

    def __init__(self, title: str) -> None:
        """Name it."""
        super().__init__(
            f"这个学期已经有确认的计划“{title}”，没有再写一份。请在那份计划里修改，或选另一个学期。"
        )


class PlanMovedOn(Refusal):
    """A plan was changed while somebody looked at what a document would change in it."""

    code = "plan-moved-on"

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "您核对的时候，这份计划又有了改动，没有并入，您的选择都已保存。请看一眼下面的新旧对照，再并入。"
        )


class NotMerged(Refusal):
    """A document is to be taken out of a plan into which it was not brought."""

    code = "not-merged"

    def __init__(self) -> None:
        """Say so."""
        super().__init__("这份文档没有并入计划，或者已经撤回，计划没有改动。请刷新页面看最新情况。")


class PartInUse(Refusal):
    """A part of a plan is to go on which activities or trainings stand."""

    code = "part-in-use"

    def __init__(self) -> None:
        """Say so, and what to do instead."""
        super().__init__("已经照它排出了活动或培训，没有删去。要改时间的，请直接改这一项。")


class PlanHandedIn(Refusal):
    """A plan that waits for its approval is to be changed."""

    code = "plan-handed-in"

    def __init__(self) -> None:
        """Say how to get it back."""
        super().__init__(
            "计划已经提交，正在等待审批，内容没有改动。要改的话，请先在计划页“撤回提交”。"
        )


class PlanNotWaiting(Refusal):
    """A decision about a plan that does not wait for one."""

    code = "plan-not-waiting"

    def __init__(self, state: str) -> None:
        """Name the state."""
        super().__init__(f"这份计划现在是“{state}”，没有等待审批，没有办理。请刷新页面看最新情况。")


class ReasonMissing(Refusal):
    """A plan in force is changed without a reason."""

    code = "reason-missing"

    def __init__(self) -> None:
        """Say why one is needed."""
        super().__init__(
            "计划已经确认，没有改动。确认以后的修订要写一句原因，原来的版本会留着，可以对照。"
        )


class ApprovalNeeded(Refusal):
    """A plan that was asked for by somebody goes through approval."""

    code = "approval-needed"

    def __init__(self, demand: str) -> None:
        """Name the demand."""
        super().__init__(
            f"“{demand}”要求这份计划提交审批，没有直接确认。请按“提交审批”，由审批人通过后生效。"
        )


class OwnPlan(Refusal):
    """Somebody decides about what he handed in himself."""

    code = "own-plan"

    def __init__(self) -> None:
        """Say who can."""
        super().__init__("自己提交的计划不能自己审批，没有办理。请另一位有审批权限的人审批。")


class KeyFieldsFull(Refusal):
    """A third key field."""

    code = "key-fields-full"

    def __init__(self) -> None:
        """Say why."""
        super().__init__(
            "计划已有两个重点领域，没有再加。重点多了就不成重点；请先改掉其中一个，或作为具体目标添加。"
        )


class PeriodUnclear(Refusal):
    """A plan with own dates that have no order."""

    code = "period-unclear"

    def __init__(self) -> None:
        """Say what is missing."""
        super().__init__(
            "自定起止日期的计划要写明从哪天到哪天，结束要在开始之后，没有新建。请补上日期。"
        )


class DemandEnded(Refusal):
    """Somebody asks again for what was closed."""

    code = "demand-ended"

    def __init__(self, title: str) -> None:
        """Name it."""
        super().__init__(f"“{title}”已经结束收交，没有提醒。需要时请另行布置。")


class NoPlansToPack(Refusal):
    """There is nothing to put into the package."""

    code = "no-plans-to-pack"

    def __init__(self, school: str, term: str) -> None:
        """Name the school and the term."""
        super().__init__(
            f"{school}{term}还没有已确认的计划，没有打包。请先确认计划，或换一个学期。"
        )
