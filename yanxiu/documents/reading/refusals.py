"""Why a file is not read."""

from yanxiu.kernel.refusals import Refusal


class TooLarge(Refusal):
    """The file is larger than anything a school writes."""

    code = "document-too-large"

    def __init__(self, megabytes: float, limit: int) -> None:
        """Name the size found and the size allowed."""
        super().__init__(
            f"文件有 {megabytes:.1f} MB，超过 {limit} MB 的上限，没有读取。"
            "请删去文档中的图片或压缩图片后再上传。"
        )


class UnreadableFormat(Refusal):
    """The file is of a kind that cannot be read here; the sentence says which and what to do."""

    code = "document-unreadable"


class DamagedFile(Refusal):
    """The file says it is a Word document but cannot be one safely."""

    code = "document-damaged"

    def __init__(self, reason: str) -> None:
        """Name what is wrong with the file."""
        super().__init__(
            f"这个 Word 文件没有读取：{reason}。请在 Word 或 WPS 中打开，另存为新的 docx 后再上传。"
        )
