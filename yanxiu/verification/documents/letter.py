"""整改通知: what was found in a check and what is to be put right, as an official paper."""

from datetime import date

from yanxiu.documents.word.letter import Letter, write_letter
from yanxiu.documents.word.paper import Gap
from yanxiu.verification.models import Sampled


def letter_of(row: Sampled, on: date) -> Letter:
    """Return the letter about `row`; its number is left to whoever issues it."""
    check = row.check_of
    newest = row.marks.last()
    found = [newest.comment] if newest and newest.comment else []
    span = _span(check.starts_on, check.last_on)
    body = [
        f"根据《{check.title}》的安排，抽查了您{span}的研修记录，有以下几处需要补正：",
        *(f"{number}.{text.rstrip('。')}。" for number, text in enumerate(found, start=1)),
    ]
    if row.redo_by:
        body.append(
            f"请在{_day(row.redo_by)}前补好，并在系统里写一句补了什么，由原检查人复查。"
            "有不同意见的，可以同时写明。"
        )
    body.append("抽查只为把记录补齐，不作排名。需要帮助的，请联系学校负责研修的同事。")
    return Letter(
        mark=check.organisation.name,
        number=Gap("发文字号"),
        title=f"关于{check.title}的整改通知",
        to=f"{row.school.name} {row.teacher.name}老师",
        body=body,
        attachments=(),
        signed_by=check.organisation.name,
        day=_day(on),
        copies=row.school.name if row.school_id != check.organisation_id else "",
    )


def document(row: Sampled, on: date) -> bytes:
    """Return the docx file."""
    return write_letter(letter_of(row, on))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _span(first: date, last: date) -> str:
    return f"{_day(first)}至{_day(last)}"
