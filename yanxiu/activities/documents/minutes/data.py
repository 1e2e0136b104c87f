"""What stands on the minutes."""

from collections.abc import Iterable
from dataclasses import dataclass

from yanxiu.activities.chain import ordinal_of
from yanxiu.activities.documents.attendance_sheet.data import sheet_of
from yanxiu.activities.models import INTERACTIONS, Minutes, Part, Resolution, Session
from yanxiu.kernel.spans import day_of
from yanxiu.people.models import Teacher
from yanxiu.ui.wording import day_text


@dataclass(frozen=True)
class MinutesPaper:
    """活动记录 of one session; texts are as they were written."""

    organisation: str
    audience: str
    title: str
    ordinal: int
    kind: str
    theme: str
    when: str
    place: str
    mode: str
    hosts: str
    speakers: str
    recorder: str
    attendance: str
    absences: str
    agenda: list[tuple[str, str, str]]
    interactions: str
    process: str
    conclusions: str
    next_steps: str
    agreed: list[tuple[str, str, str, str]]
    problems: list[tuple[str, str, str]]
    signed_by: str
    signed_on: str


def paper_of(session: Session, *, homes: Iterable[int] | None = None) -> MinutesPaper:
    """Return the minutes of `session` with who came, what was agreed and what is left.

    Where several schools meet, `homes` are those whose people are counted and named; None is all.
    """
    sheet = sheet_of(session, homes=homes)
    minutes = Minutes.objects.filter(session=session).first()
    names = _names(session)
    theme = session.activity.research_theme
    return MinutesPaper(
        organisation=sheet.organisation,
        audience=sheet.audience,
        title=session.title,
        ordinal=ordinal_of(session),
        kind=sheet.kind,
        theme=theme.text if theme else "",
        when=sheet.when,
        place=sheet.place,
        mode=session.mode_label,
        hosts=sheet.hosts,
        speakers=names.get(Part.Role.MAIN_SPEAKER, ""),
        recorder=names.get(Part.Role.RECORDER, "") or (minutes.saved_by_name if minutes else ""),
        attendance=_attendance(sheet.expected, sheet.came, [one.state for one in sheet.names]),
        absences=sheet.absences or "无",
        agenda=[
            (point.text, f"{point.minutes} 分钟" if point.minutes else "", _name(point.teacher))
            for point in session.agenda_points.select_related("teacher")
        ],
        interactions="、".join(
            str(label) for code, label in INTERACTIONS.items() if code in session.interactions
        ),
        process=minutes.process if minutes else "",
        conclusions=minutes.conclusions if minutes else "",
        next_steps=minutes.next_steps if minutes else "",
        agreed=[
            (one.text, _name(one.owner), day_text(one.due_on) if one.due_on else "", _came_of(one))
            for one in session.resolutions.select_related("owner")
        ],
        problems=[
            (str(one.get_kind_display()), one.text, one.conclusion)
            for one in session.problems.all()
        ],
        signed_by=sheet.audience if session.unit else sheet.organisation,
        signed_on=_signed_on(minutes),
    )


def _names(session: Session) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for part in session.parts.filter(home=None).select_related("teacher").order_by("id"):
        found.setdefault(part.role, []).append(part.teacher.name)
    return {role: "、".join(names) for role, names in found.items()}


def _name(teacher: Teacher | None) -> str:
    return teacher.name if teacher else ""


def _came_of(one: Resolution) -> str:
    if one.owner is None:
        return one.word
    state = str(one.get_state_display())
    return f"{state}：{one.word}" if one.word else state


def _attendance(expected: int, came: int, states: list[str]) -> str:
    others = [f"{name} {states.count(name)} 人" for name in ("迟到", "请假", "公务", "缺席")]
    return f"应到 {expected} 人，实到 {came} 人；{'，'.join(others)}"


def _signed_on(minutes: Minutes | None) -> str:
    if minutes is None:
        return ""
    day = day_of(minutes.saved_at)
    return f"{day.year}年{day.month}月{day.day}日"
