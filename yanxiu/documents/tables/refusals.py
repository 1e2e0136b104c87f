"""Why a file cannot be read as tables."""

from yanxiu.kernel.refusals import Refusal


class TableFileEmpty(Refusal):
    """Nothing is in the file."""

    code = "documents.table-file-empty"

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”里没有内容，无法读取。请检查是否选错了文件，再上传一次。")


class TableFileTooLarge(Refusal):
    """The file, or what it unpacks to, is beyond the limits."""

    code = "documents.table-file-too-large"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”太大或含有大片空白格，已停止读取。请把名单复制到一个新的工作簿，"
            "另存为 xlsx 后再上传。"
        )


class TableFileProtected(Refusal):
    """A password is needed to open the file."""

    code = "documents.table-file-protected"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”设了打开密码，系统读不到内容。请在 Excel 或 WPS 中取消密码，保存后再上传。"
        )


class TableFileBroken(Refusal):
    """The file says it is a table but cannot be read."""

    code = "documents.table-file-broken"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”已损坏或没有下载完整，无法读取。请用 Excel 或 WPS 打开，"
            "另存为 xlsx 后再上传。"
        )


class NotATableFile(Refusal):
    """The content is of another kind, whatever the name says."""

    code = "documents.not-a-table-file"

    def __init__(self, name: str, *, found: str) -> None:
        """Say that the content of the file `name` is `found`."""
        super().__init__(
            f"“{name}”的内容是{found}，不是可以直接读取的表格。"
            "请用 Excel 或 WPS 打开，另存为 xlsx 或 csv 后再上传。"
        )
