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
    """The file is broken, or cannot be read safely."""

    code = "document-damaged"

    def __init__(self, reason: str) -> None:
        """Name what is wrong with the file."""
        super().__init__(
            f"这个文件没有读取：{reason}。请在 Word 或 WPS 中打开，另存为新的 docx 后再上传。"
        )


class NeedsOffice(UnreadableFormat):
    """A kind of file that only an office program can read, and none is installed here."""

    code = "document-needs-office"

    def __init__(self, kind: str) -> None:
        """Name the kind of file."""
        super().__init__(
            f"这是{kind}文件，本机没有安装 LibreOffice，不能直接读取。"
            "请在 Word 或 WPS 中打开，另存为 docx 后再上传；"
            "也可以请管理员在服务器上安装 LibreOffice。"
        )


class OfficeFailed(UnreadableFormat):
    """The office program could not open the file, or not in time."""

    code = "document-office-failed"

    def __init__(self, kind: str, *, late: bool) -> None:
        """Name the kind of file, and whether time ran out."""
        happened = "在限定的时间内没有读完" if late else "没有打开，可能已损坏或设有密码"
        super().__init__(
            f"这份{kind}文件{happened}，没有读取。请在 Word 或 WPS 中打开，另存为 docx 后再上传。"
        )


class TooMuch(Refusal):
    """The file is small but would take more time, memory or pages than any plan or summary."""

    code = "document-too-much"

    def __init__(self, limit: int, pages: int | None = None) -> None:
        """Name the pages allowed, and those found if they could be counted."""
        found = f"有 {pages} 页" if pages else "内容异常庞大，读取时超出了时间或内存的限度"
        super().__init__(
            f"这份文件{found}，没有读取；一次最多读 {limit} 页。"
            "请只截取计划或总结所在的几页，另存后再上传。"
        )
