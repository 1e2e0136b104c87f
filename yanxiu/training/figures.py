"""The numbers that training gives to reports and dashboards."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from yanxiu.activities.models import Expert, ExpertVisit, Part, Session, Tagging
from yanxiu.activities.permissions import may_see_session
from yanxiu.figures.reckoning import Total
from yanxiu.figures.table import Cell, Figure, Scope, lies_in, persons_of, total_of
from yanxiu.kernel.amounts import amount
from yanxiu.people.models import Teacher
from yanxiu.people.narrowing import narrow
from yanxiu.training.models import MakeUp, OutsideTraining, SelfStudy
from yanxiu.training.permissions import may_see_self_study, may_see_training
from yanxiu.training.queries.coverage import WENT
from yanxiu.training.queries.hours import with_hours_now
from yanxiu.ui.wording import amount_text, day_text, moment_text

MINUTES_PER_HOUR = 60


# ---- experts ----
def _may_see_visit(teacher: Teacher) -> Q:
    """Visits of the sessions that this teacher may see."""
    return Q(session__in=Session.objects.filter(may_see_session(teacher)).values("pk"))


def visits_in(scope: Scope) -> "QuerySet[ExpertVisit]":
    """Return the visits of outside experts to closed sessions that begin within `scope`."""
    start, end = scope.span.moments()
    rows = ExpertVisit.objects.filter(
        came=True,
        expert__teacher=None,
        session__starts_at__gte=start,
        session__starts_at__lt=end,
        session__closed_at__isnull=False,
    )
    return scope.narrow(
        rows, organisation="session__organisation", unit="session__unit", teacher=None
    )


def _lectures_in(scope: Scope) -> "QuerySet[ExpertVisit]":
    return visits_in(scope).filter(role=ExpertVisit.Role.LECTURE)


def clock_hours(minutes: int) -> Decimal:
    """Return minutes as clock hours."""
    return amount((Decimal(minutes) / MINUTES_PER_HOUR).quantize(Decimal("0.0001")))


def _visit_cells(row: ExpertVisit) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.session.starts_at, year=True)),
        Cell(row.expert.name, Expert.SOURCE_KIND, row.expert.uid),
        Cell(row.expert.kind.name),
        Cell(str(row.get_role_display())),
        Cell(row.topic, Session.SOURCE_KIND, row.session.uid),
        Cell(f"{amount_text(row.minutes)} 分钟"),
    )


def _of_visits(
    code: str,
    name: str,
    meaning: str,
    rows: Callable[[Scope], "QuerySet[ExpertVisit]"] = visits_in,
    unit: str = "次",
    **more: Any,
) -> Figure:
    return Figure(
        code=f"training.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=rows,
        columns=("时间", "专家", "类别", "担任", "题目", "时长"),
        cells=_visit_cells,
        seen_by=_may_see_visit,
        opened=lambda found: found.select_related("session", "expert__kind").order_by(
            "session__starts_at", "pk"
        ),
        place=lies_in("session__organisation"),
        **more,
    )


# ---- lectures by own people ----
def _inside_lectures(scope: Scope) -> "QuerySet[Part]":
    start, end = scope.span.moments()
    rows = Part.objects.filter(
        Q(home=None, session__organisation__path__startswith=scope.path)
        | Q(home__path__startswith=scope.path),
        role=Part.Role.MAIN_SPEAKER,
        session__starts_at__gte=start,
        session__starts_at__lt=end,
        session__closed_at__isnull=False,
    )
    if scope.unit is not None:
        rows = rows.filter(session__unit=scope.unit)
    return rows if scope.teacher is None else rows.filter(teacher=scope.teacher)


def _by_home(rows: "QuerySet[Any]", _scope: Scope) -> "QuerySet[Any]":
    """Tell where each part counts: at the guest's home, else where the session is."""
    where = Coalesce("home__path", "session__organisation__path")
    placed: QuerySet[Any] = rows.annotate(place_path=where)
    return placed


def _part_cells(row: Part) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.session.starts_at, year=True)),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
        Cell(row.session.title, Session.SOURCE_KIND, row.session.uid),
    )


# ---- outside training ----
def trainings_in(scope: Scope) -> "QuerySet[OutsideTraining]":
    """Return the outside trainings, reported or recognised, that begin within `scope`."""
    rows = OutsideTraining.objects.filter(
        state__in=WENT,
        course__starts_on__gte=scope.span.start,
        course__starts_on__lt=scope.span.end,
    )
    found: QuerySet[OutsideTraining] = narrow(rows, scope, day="course__starts_on")
    return found


def _recognised(scope: Scope) -> "QuerySet[OutsideTraining]":
    return with_hours_now(trainings_in(scope).filter(state=OutsideTraining.State.RECOGNISED))


def _training_cells(row: Any) -> Sequence[Cell]:
    return (
        Cell(day_text(row.course.starts_on, year=True)),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
        Cell(row.course.title, OutsideTraining.SOURCE_KIND, row.uid),
        Cell(row.course.organiser),
        Cell(str(row.course.get_level_display())),
        Cell(amount_text(row.hours_now)),
        Cell(str(row.get_state_display())),
    )


def _of_trainings(
    code: str,
    name: str,
    meaning: str,
    rows: Callable[[Scope], "QuerySet[OutsideTraining]"],
    unit: str,
    **more: Any,
) -> Figure:
    return Figure(
        code=f"training.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=rows,
        columns=("日期", "教师", "课程", "主办", "级别", "认定课时", "状态"),
        cells=_training_cells,
        seen_by=may_see_training,
        opened=lambda found: with_hours_now(found.select_related("course", "teacher")).order_by(
            "course__starts_on", "teacher__pinyin", "pk"
        ),
        place=lies_in("organisation"),
        **more,
    )


# ---- self-study, make-up, content ----
def studies_in(scope: Scope) -> "QuerySet[SelfStudy]":
    """Return the accepted notes of self-study of days within `scope`."""
    rows = SelfStudy.objects.filter(
        state=SelfStudy.State.ACCEPTED,
        happened_on__gte=scope.span.start,
        happened_on__lt=scope.span.end,
    )
    found: QuerySet[SelfStudy] = narrow(rows, scope)
    return found


def _study_cells(row: SelfStudy) -> Sequence[Cell]:
    return (
        Cell(day_text(row.happened_on, year=True)),
        Cell(row.teacher.name, Teacher.SOURCE_KIND, row.teacher.uid),
        Cell(row.title, SelfStudy.SOURCE_KIND, row.uid),
        Cell(f"{amount_text(row.minutes_accepted)} 分钟"),
    )


def _sessions(scope: Scope) -> "QuerySet[Session]":
    start, end = scope.span.moments()
    rows = Session.objects.filter(starts_at__gte=start, starts_at__lt=end, closed_at__isnull=False)
    return scope.narrow(rows, teacher=None)


def _tagged(scope: Scope) -> "QuerySet[Session]":
    own = Tagging.objects.filter(
        Q(session=None) | Q(session=OuterRef("pk")), activity=OuterRef("activity")
    )
    return _sessions(scope).filter(Exists(own))


def _make_ups(scope: Scope) -> "QuerySet[Session]":
    return _sessions(scope).filter(Exists(MakeUp.objects.filter(session=OuterRef("pk"))))


def _session_cells(row: Session) -> Sequence[Cell]:
    return (
        Cell(moment_text(row.starts_at, year=True)),
        Cell(row.title, Session.SOURCE_KIND, row.uid),
        Cell(row.unit.name if row.unit else row.organisation.name),
    )


def _of_sessions(
    code: str, name: str, meaning: str, rows: Callable[[Scope], "QuerySet[Session]"]
) -> Figure:
    return Figure(
        code=f"training.{code}",
        name=name,
        meaning=meaning,
        unit="场",
        rows=rows,
        columns=("时间", "主题", "参加范围"),
        cells=_session_cells,
        seen_by=may_see_session,
        opened=lambda found: found.select_related("unit", "organisation").order_by(
            "starts_at", "pk"
        ),
        place=lies_in("organisation"),
    )


def _of_studies(code: str, name: str, meaning: str, *, unit: str, **more: Any) -> Figure:
    return Figure(
        code=f"training.{code}",
        name=name,
        meaning=meaning,
        unit=unit,
        rows=studies_in,
        columns=("日期", "教师", "学了什么", "认可用时"),
        cells=_study_cells,
        seen_by=may_see_self_study,
        opened=lambda found: found.select_related("teacher").order_by("happened_on", "pk"),
        place=lies_in("organisation"),
        **more,
    )


FIGURES = [
    _of_visits(
        "expert_visits",
        "外请专家到校次数",
        "所选日期内举行的场次里，校外专家到场的次数；一人到一场算一次，没有来的不算。",
    ),
    _of_visits(
        "expert_trainings",
        "外请专家专题培训",
        "所选日期内举行的场次里，校外专家到校作专题讲座的次数。",
        _lectures_in,
    ),
    _of_visits(
        "expert_hours",
        "外请专家授课时长",
        "校外专家到场各次时长之和，按钟点小时，不是学时。",
        unit="小时",
        reckon=Total(Sum("minutes"), clock_hours),
    ),
    _of_visits(
        "experts_invited",
        "来过的校外专家",
        "所选日期内到过场的校外专家，每人只算一次。",
        unit="人",
        reckon=persons_of("expert"),
    ),
    Figure(
        code="training.inside_lectures",
        name="本校教师主讲",
        meaning="所选日期内举行的场次里，由本校教师担任主讲的人次；外校来的主讲人在他自己的学校计。",
        unit="人次",
        rows=_inside_lectures,
        columns=("时间", "教师", "主题"),
        cells=_part_cells,
        seen_by=_may_see_visit,
        opened=lambda found: found.select_related("session", "teacher").order_by(
            "session__starts_at", "pk"
        ),
        place=_by_home,
    ),
    _of_trainings(
        "outside_trainings",
        "外出培训",
        "在所选日期内开始、已交汇报或已认定的外出培训，一人一次算一人次。",
        trainings_in,
        "人次",
    ),
    _of_trainings(
        "people_outside",
        "外出培训的教师",
        "所选日期内有外出培训开始、已交汇报或已认定的教师，每人只算一次。",
        trainings_in,
        "人",
        reckon=persons_of("teacher"),
    ),
    _of_trainings(
        "outside_hours",
        "外出培训认定课时",
        "在所选日期内开始、已经认定的外出培训的课时之和，后来更正的按更正后的算。",
        _recognised,
        "课时",
        reckon=total_of("hours_now"),
    ),
    _of_studies(
        "self_studies",
        "自学记录",
        "日期在所选范围内、已经有人审阅认可的自学记录；与参加场次分开计算。",
        unit="份",
    ),
    _of_studies(
        "self_study_hours",
        "自学时长",
        "认可的自学用时之和，按钟点小时，不超过本校规定的上限。",
        unit="小时",
        reckon=Total(Sum("minutes_accepted"), clock_hours),
    ),
    _of_sessions(
        "tagged_sessions",
        "标明内容的场次",
        "所选日期内举行、带有至少一个内容标签的场次；带几个标签也只算一场。",
        _tagged,
    ),
    _of_sessions(
        "make_up_sessions",
        "补训场次",
        "所选日期内举行、专为没有参加的人补训的场次。",
        _make_ups,
    ),
]
