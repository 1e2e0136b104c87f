"""Which files are declined."""

from yanxiu.kernel.refusals import FILE, Refusal


class FileTooLarge(Refusal):
    """More bytes than the installation allows."""

    code = "file-too-large"
    field = FILE

    def __init__(self, name: str, limit: int) -> None:
        """Name the file and the limit in bytes."""
        super().__init__(
            f"“{name}”超过{limit // 1024 // 1024}MB，没有保存。请压缩图片或拆成几个文件后再上传。"
        )


class UnknownFile(Refusal):
    """The content is of no kind that is kept."""

    code = "unknown-file"
    field = FILE

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"“{name}”的内容不是Word（docx）、Excel（xlsx）、PDF、纯文本或照片（jpg、png），"
            "或与扩展名不符，没有保存。请用办公软件或手机相册另存为这几种格式再上传。"
        )


class FileGone(Refusal):
    """The row is there, the bytes are not."""

    code = "file-gone"

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(
            f"“{name}”的原文件不在数据文件夹里。请管理员从备份中恢复，记录本身没有丢失。"
        )
