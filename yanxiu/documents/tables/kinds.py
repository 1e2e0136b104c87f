"""What a file is, told from its content: people rename files, systems export web pages as xls."""

import io
import zipfile
from typing import Literal

from yanxiu.documents.tables.limits import MAX_PARTS, MAX_UNPACKED_BYTES
from yanxiu.documents.tables.refusals import (
    NotATableFile,
    TableFileBroken,
    TableFileProtected,
    TableFileTooLarge,
)

Kind = Literal["xlsx", "xls", "text"]

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_STARTS = {
    b"%PDF": " PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": " RTF 文档",
}
_OTHER_PARTS = {
    "word/document.xml": " Word 文档",
    "ppt/presentation.xml": "幻灯片",
    "xl/workbook.bin": "二进制工作簿（xlsb）",
    "content.xml": " OpenDocument 文件（如 ods）",
}


def kind_of(data: bytes, *, name: str) -> Kind:
    """Return what `data` is.

    Raises:
        Refusal: it is something that holds no readable table.
    """
    for start, found in _OTHER_STARTS.items():
        if data.startswith(start):
            raise NotATableFile(name, found=found)
    if data.startswith(b"PK"):
        return _kind_of_package(data, name=name)
    if data.startswith(_COMPOUND_FILE):
        return _kind_of_compound_file(data, name=name)
    start = data[:2000].replace(b"\0", b"").lower()
    if b"<html" in start or b"<table" in start or b"<!doctype html" in start:
        raise NotATableFile(name, found="网页（有些系统把网页导出成 xls）")
    if b"<?xml" in start:
        raise NotATableFile(name, found=" XML 文件")
    return "text"


def _kind_of_package(data: bytes, *, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise TableFileBroken(name) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise TableFileTooLarge(name)
    if any(part.flag_bits & 1 for part in parts):
        raise TableFileProtected(name)
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" in names:
        return "xlsx"
    for part, found in _OTHER_PARTS.items():
        if part in names:
            raise NotATableFile(name, found=found)
    raise NotATableFile(name, found="压缩包")


def _kind_of_compound_file(data: bytes, *, name: str) -> Kind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise TableFileProtected(name)
    if "WordDocument".encode("utf-16-le") in data:
        raise NotATableFile(name, found=" Word 文档")
    if "PowerPoint Document".encode("utf-16-le") in data:
        raise NotATableFile(name, found="幻灯片")
    return "xls"
