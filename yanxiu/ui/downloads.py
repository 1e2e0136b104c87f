"""Files that a page gives to keep, under a name in any script."""

from typing import Final
from urllib.parse import quote

from django.http import HttpResponse

from yanxiu.documents.sheets import SheetContent, write_workbook

OFFICE: Final = "application/vnd.openxmlformats-officedocument"
TYPES: Final = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "yaml": "application/yaml; charset=utf-8",
    "zip": "application/zip",
}


def download(data: bytes | str, name: str) -> HttpResponse:
    """Give `data` as a file to keep; the ending of `name`, one of `TYPES`, says what it is."""
    answer = HttpResponse(data, content_type=TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def workbook(name: str, *sheets: SheetContent) -> HttpResponse:
    """Give `sheets` as a workbook called `name`."""
    return download(write_workbook(sheets), f"{name}.xlsx")
