"""整改通知: what was found in a check and what is to be put right, as an official paper."""

from datetime import date, timedelta

from yanxiu.documents.word.letter import Letter, write_letter
from yanxiu.documents.word.paper import Gap
from yanxiu.kernel.spans import day_of
from yanxiu.ledger.rules import auditing
from yanxiu.people.models import Organisation, Post
from yanxiu.verification.models import CheckMark, SampleCheck, Sampled


def asked_for(row: Sampled) -> CheckMark | None:
    """Return the last look that found something to put right; None where none did."""
    return row.marks.filter(passed=False).last()


def letter_of(row: Sampled, on: date) -> Letter:
    """Return the letter about `row`; its number is left to whoever issues it.

    Once it was put right and passes, the letter stays as it was: of the day of that look, with the
    day that was set then.
    """
    check = row.check_of
    newest, redo_by = asked_for(row), row.redo_by
    found = [newest.comment] if newest and newest.comment else []
    if newest and row.state == Sampled.State.PASSED:
        on = day_of(newest.at)
        redo_by = on + timedelta(days=check.redo_days) if check.on_fail == auditing.REDO else None
    office = _office(check, newest)
    span = _span(check.starts_on, check.last_on)
    body = [
        f"根据《{check.title}》的安排，抽查了您{span}的研修记录，有以下几处需要补正：",
        *(f"{number}.{text.rstrip('。')}。" for number, text in enumerate(found, start=1)),
    ]
    if redo_by:
        body.append(
            f"请在{_day(redo_by)}前补好，并在系统里写一句补了什么，由原检查人复查。"
            "有不同意见的，可以同时写明。"
        )
    body.append("抽查只为把记录补齐，不作排名。需要帮助的，请联系学校负责研修的同事。")
    return Letter(
        mark=office.name,
        number=Gap("发文字号"),
        title=f"关于{check.title}的整改通知",
        to=f"{row.school.name} {row.teacher.name}老师",
        body=body,
        attachments=(),
        signed_by=office.name,
        day=_day(on),
        copies=row.school.name if row.school_id != office.pk else "",
    )


def _office(check: SampleCheck, newest: CheckMark | None) -> Organisation:
    """Return who speaks: whose check it is, or the higher office whose officer looked.

    An officer of the county who checks a school by itself does not write in the school's name.
    """
    if newest is None:
        return check.organisation
    posts = Post.objects.on(day_of(newest.at)).filter(teacher__uid=newest.by_uid)
    places = [one.organisation for one in posts.select_related("organisation")]
    here = check.organisation.path
    if any(one.path.startswith(here) for one in places):
        return check.organisation
    above = [one for one in places if here.startswith(one.path)]
    return max(above, key=lambda one: len(one.path), default=check.organisation)


def document(row: Sampled, on: date) -> bytes:
    """Return the docx file."""
    return write_letter(letter_of(row, on))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _span(first: date, last: date) -> str:
    return f"{_day(first)}至{_day(last)}"
