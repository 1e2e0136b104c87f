"""A notice as its row says it; what it lacks is a gap."""

import re
from datetime import date

from yanxiu.documents.word import Gap
from yanxiu.documents.word.letter import Letter as Content
from yanxiu.documents.word.letter import write_letter
from yanxiu.kernel.spans import day_of
from yanxiu.reports.models import Letter

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
MUST = (("code", "机关代字"), ("to", "主送机关"), ("body", "正文"))


def day_words(day: date) -> str:
    """Write a day as official papers do: Arabic digits, no noughts in front."""
    return f"{day.year}年{day.month}月{day.day}日"


def lacking(letter: Letter) -> list[str]:
    """Return what must still be written before the notice can be issued."""
    return [name for field, name in MUST if not getattr(letter, field)]


def content_of(letter: Letter) -> Content:
    """Return what stands on the paper; a withdrawn notice says so above all."""
    day = day_words(letter.day) if letter.day else ""
    issued = day_words(day_of(letter.issued_at)) if letter.issued_at else day
    note = ""
    if letter.withdrawn_at:
        note = f"（本件已于{day_words(day_of(letter.withdrawn_at))}撤回）"
    return Content(
        mark=letter.organisation.name,
        number=letter.reference or Gap("印发时编号"),
        title=letter.title,
        to=letter.to or Gap("主送机关"),
        body=[line.strip() for line in letter.body.splitlines() if line.strip()],
        attachments=list(letter.attachments),
        signed_by=letter.signed_by,
        day=day or Gap("成文日期"),
        copies=letter.copies,
        printed_by=letter.printed_by or letter.organisation.name,
        printed_on=issued,
        note=note,
    )


def word_of(letter: Letter) -> bytes:
    """Return the docx file; the same notice gives the same bytes."""
    return write_letter(content_of(letter))


def file_name(letter: Letter) -> str:
    """Return a name for the file that every system accepts."""
    name = _NOT_IN_NAMES.sub("", f"{letter.reference}{letter.title}").strip()
    return f"{name[:80] or '通知'}.docx"
