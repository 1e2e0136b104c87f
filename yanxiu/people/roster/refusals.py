"""Why a file is no roster."""

from yanxiu.kernel.refusals import Refusal


class RosterWithoutHead(Refusal):
    """No sheet has a row of column names with a name column."""

    code = "people.roster-without-head"

    def __init__(self) -> None:
        super().__init__(
            "没有找到花名册的表头：各工作表里都没有“姓名”这样的栏目名，因此一行也没有读取。"
            "请在名单上方加一行栏目名（如 姓名、工号、手机、学科、教研组），再上传一次。"
        )
