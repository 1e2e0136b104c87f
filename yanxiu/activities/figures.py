"""The numbers that activities give to reports and dashboards."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from yanxiu.activities.figure_rows import (
    attendance_in,
    held_in,
    in_form,
    in_states,
    late_minutes_in,
    left_open_in,
    of_class,
    of_leaders_in,
    only_heard_in,
    remarks_in,
    resolutions_in,
    sessions_in,
    with_minutes_in,
    without_minutes_in,
)
from yanxiu.activities.models import (
    Activity,
    ActivityKind,
    Attendance,
    Part,
    Remark,
    Resolution,
    Session,
)
from yanxiu.activities.permissions import (
    may_end_resolution,
    may_see_activity,
    may_see_attendance,
    may_see_session,
)
from yanxiu.activities.queries import CAME
from yanxiu.figures.reckoning import Total
from yanxiu.figures.table import Cell, Figure, Scope, lies_in, persons_of
from yanxiu.kernel.amounts import amount
from yanxiu.people.models import Teacher
from yanxiu.ui.wording import amount_text, moment_text

State = Attendance.State
SECONDS_PER_HOUR = 3600


# ---- numbers ----
LENGTH = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())


def clock_hours(total: timedelta | int) -> Decimal:
    """Return a length of time in clock hours; 0 is no time at all."""
    length = total if isinstance(total, timedelta) else timedelta()
    seconds = Decimal(round(length.total_seconds()))
    return amount((seconds / SECONDS_PER_HOUR).quantize(Decimal("0.0001")))


def _by_home(rows: "QuerySet[Any]", _scope: Scope) -> "QuerySet[Any]":
    """Tell where each attendance counts: at the guest's home, else where the session is."""
    guest = Part.objects.filter(
        session=OuterRef("session"), teacher=OuterRef("teacher"), home__isnull=False
    )
    home = Subquery(guest.order_by("pk").values("home__path")[:1])
    where = Coalesce(home, F("session__organisation__path"))
    placed: QuerySet[Any] = rows.annotate(place_path=where)
    return placed


# ---- opened rows ----
def _open_sessions(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.select_related("unit", "organisation").order_by("starts_at", "id")


def _open_attendance(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    joined = rows.select_related("session__unit", "session__organisation", "teacher")
    return joined.order_by("session__starts_at", "session", "teacher__pinyin", "teacher")


def _audience(session: Session) -> str:
    return session.unit.name if session.unit else session.organisation.name


def _session_cells(session: Session) -> Sequence[Cell]:
    return (
        Cell(moment_text(session.starts_at, year=True)),
        Cell(session.title, Session.SOURCE_KIND, session.uid),
        Cell(_audience(session)),
        Cell(session.place),
        Cell(f"{amount_text(session.minutes)} 分钟"),
    )


def _attendance_cells(row: Attendance) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.session.starts_at, year=True)),
        Cell(row.session.title, Session.SOURCE_KIND, row.session.uid),
        Cell(_audience(row.session)),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
        Cell(str(row.get_state_display())),
        Cell(str(row.get_method_display())),
    )


def _open_agreed(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return rows.select_related("owner", "session").order_by("session__starts_at", "order", "id")


def _agreed_cells(row: Resolution) -> Sequence[Cell]:
    return (
        Cell(row.session.title, Session.SOURCE_KIND, row.session.uid),
        Cell(row.text),
        Cell(row.owner.name if row.owner else ""),
        Cell(str(row.get_state_display())),
        Cell(row.word),
    )


def _remark_cells(row: Remark) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.at, year=True)),
        Cell(row.activity.theme),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
    )


AGREED_COLUMNS = ("场次", "议定的事", "负责人", "状态", "结果")
SESSION_COLUMNS = ("时间", "主题", "参加范围", "地点", "时长")
ATTENDANCE_COLUMNS = ("时间", "主题", "参加范围", "教师", "考勤", "方式")


def _of_sessions(
    code: str,
    name: str,
    meaning: str,
    rows: Callable[[Scope], "QuerySet[Session]"],
    unit: str = "场",
    **more: Any,
) -> Figure:
    return Figure(
        code=f"activities.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=rows,
        columns=SESSION_COLUMNS,
        cells=_session_cells,
        seen_by=may_see_session,
        opened=_open_sessions,
        place=lies_in("organisation"),
        **more,
    )


def _of_attendance(
    code: str, name: str, meaning: str, rows: Callable[[Scope], "QuerySet[Attendance]"]
) -> Figure:
    return Figure(
        code=f"activities.{code}",
        name=name,
        meaning=meaning,
        unit="人次",
        rows=rows,
        columns=ATTENDANCE_COLUMNS,
        cells=_attendance_cells,
        seen_by=may_see_attendance,
        opened=_open_attendance,
        place=_by_home,
    )


FIGURES = [
    _of_sessions(
        "sessions_planned",
        "安排的场次",
        "开始时间在所选日期内的全部场次，已举行、已取消和还没有关闭的都算。",
        sessions_in,
    ),
    _of_sessions(
        "sessions_held",
        "举行的场次",
        "开始时间在所选日期内、主持人已经关闭的场次；没有关闭的不算。",
        held_in,
    ),
    _of_sessions(
        "sessions_cancelled",
        "取消的场次",
        "原定在所选日期内、写明原因后取消的场次。",
        lambda scope: sessions_in(scope).filter(cancelled_at__isnull=False),
    ),
    _of_sessions(
        "sessions_left_open",
        "过了时间没有关闭的场次",
        "结束时间已过，既没有关闭也没有取消的场次；是否举行还不能确定，所以单独列出。",
        left_open_in,
    ),
    _of_sessions(
        "session_hours",
        "研修活动时长",
        "举行的场次从开始到结束的钟点小时数之和；不是学时，也不乘人数。",
        held_in,
        unit="小时",
        reckon=Total(Sum(LENGTH), clock_hours),
    ),
    _of_sessions(
        "minutes_written",
        "有活动记录的场次",
        "举行的场次中已经写了活动记录的。",
        with_minutes_in,
    ),
    _of_sessions(
        "minutes_missing",
        "缺活动记录的场次",
        "举行的场次中还没有写活动记录的。",
        without_minutes_in,
    ),
    _of_attendance(
        "attendances",
        "参加人次",
        "举行的场次中出席和迟到的人次，自行到场的也算。",
        in_states(*CAME),
    ),
    _of_attendance(
        "expected",
        "应到人次",
        "举行的场次中应到的人次：本单位（或全校）当天的成员和受邀的人。",
        lambda scope: attendance_in(scope).filter(expected=True),
    ),
    _of_attendance(
        "expected_who_came",
        "应到并到场的人次",
        "应到的人次中出席和迟到的；除以应到人次就是出勤率，自行到场的不算在内。",
        lambda scope: attendance_in(scope).filter(expected=True, state__in=CAME),
    ),
    _of_attendance(
        "late", "迟到人次", "举行的场次中记为迟到的人次；迟到也算参加。", in_states(State.LATE)
    ),
    _of_attendance("leave", "请假人次", "举行的场次中记为请假的人次。", in_states(State.LEAVE)),
    _of_attendance(
        "on_duty", "公务人次", "举行的场次中因公务没有到场的人次。", in_states(State.ON_DUTY)
    ),
    _of_attendance(
        "absences",
        "缺席人次",
        "举行的场次中应到而没有到、也没有请假或公务的人次。",
        in_states(State.ABSENT),
    ),
    _of_sessions(
        "minutes_late",
        "活动记录写晚的场次",
        "举行的场次中，活动记录在学校定的天数之后才第一次保存的。",
        late_minutes_in,
    ),
    _of_sessions(
        "lectures_only",
        "只听讲的场次",
        "举行的场次中，类别以讲授为主、记录里也没有任何互动环节的。",
        only_heard_in,
    ),
    *(
        _of_sessions(
            f"class_{each.value}",
            f"{each.label}场次",
            f"举行的场次中，活动类别属于“{each.label}”这一大类的。",
            of_class(each.value),
        )
        for each in ActivityKind.Class
    ),
    *(
        _of_attendance(
            f"came_{each.value}",
            f"{each.label}研修人次",
            f"举行的场次中，形式为“{each.label}”、出席和迟到的人次。",
            in_form(each.value),
        )
        for each in Activity.Form
    ),
    _of_attendance(
        "leaders_came",
        "领导参加教研人次",
        "举行的场次中，在本校有管理岗位的人出席和迟到的人次。",
        of_leaders_in,
    ),
    Figure(
        code="activities.agreed",
        name="议定并落到人的事",
        meaning="场次里议定、写明由谁来做的事；只是共识、没有负责人的不算。",
        unit="件",
        rows=resolutions_in,
        columns=AGREED_COLUMNS,
        cells=_agreed_cells,
        seen_by=may_end_resolution,
        opened=_open_agreed,
        place=lies_in("session__organisation"),
    ),
    Figure(
        code="activities.agreed_done",
        name="议定的事办成",
        meaning="场次里议定、写明由谁来做，并已记为完成的事。",
        unit="件",
        rows=lambda scope: resolutions_in(scope).filter(state=Resolution.State.DONE),
        columns=AGREED_COLUMNS,
        cells=_agreed_cells,
        seen_by=may_end_resolution,
        opened=_open_agreed,
        place=lies_in("session__organisation"),
    ),
    Figure(
        code="activities.contributors",
        name="参与讨论的教师",
        meaning="在活动的讨论里发过言的不同教师人数，撤回的发言不算。",
        unit="人",
        rows=remarks_in,
        columns=("时间", "活动", "教师"),
        cells=_remark_cells,
        seen_by=lambda teacher: Q(
            Exists(Activity.objects.filter(may_see_activity(teacher), pk=OuterRef("activity")))
        ),
        reckon=persons_of("teacher"),
        place=lies_in("activity__organisation"),
        opened=lambda rows: rows.select_related("teacher", "activity").order_by("at", "id"),
    ),
]
