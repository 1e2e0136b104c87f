"""The numbers that people and organisation give to any report."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yanxiu.figures.table import Cell, Figure, Scope, lies_in, persons_of
from yanxiu.people.models import Membership, Post, Teacher, TierHolding, Unit
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.people.permissions import may_see_teacher, may_see_unit
from yanxiu.people.queries import newcomers, on_leave, without_leader
from yanxiu.people.staff import COLLEGE, EDUCATIONS, honour_tiers


def _teachers(scope: Scope) -> "QuerySet[Teacher]":
    """Those on the roster of the scope today."""
    posts = Post.objects.on(today()).filter(
        teacher=OuterRef("pk"), organisation__path__startswith=scope.path
    )
    rows = Teacher.objects.filter(Q(Exists(posts)), is_active=True)
    if scope.unit:
        members = Membership.objects.on(today()).filter(unit=scope.unit)
        rows = rows.filter(pk__in=members.values("teacher"))
    if scope.teacher:
        rows = rows.filter(pk=scope.teacher)
    return rows


def _by_post(rows: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    """Tell where each teacher has a post today: in one organisation or in several."""
    held = held_on(today(), "posts__") & Q(posts__organisation__path__startswith=scope.path)
    placed: QuerySet[Any] = rows.filter(held).annotate(place_path=F("posts__organisation__path"))
    return placed


def _honoured(scope: Scope) -> "QuerySet[Teacher]":
    held = TierHolding.objects.on(today()).filter(tier__in=honour_tiers())
    return _teachers(scope).filter(pk__in=held.values("teacher"))


def _units(scope: Scope) -> "QuerySet[Unit]":
    rows = Unit.objects.filter(ends_on=None, kind__code="teaching_research_group")
    return scope.narrow(rows, unit="pk", teacher=None)


def _teacher_cells(row: Teacher) -> Sequence[Cell]:
    return [
        Cell(row.name, Teacher.SOURCE_KIND, row.uid),
        Cell("、".join(row.subjects)),
        Cell(row.title),
    ]


def _unit_cells(row: Unit) -> Sequence[Cell]:
    return [Cell(row.name, Unit.SOURCE_KIND, row.uid), Cell(row.organisation.name)]


_TEACHER_COLUMNS = ("教师", "任教学科", "职称")
_UNIT_COLUMNS = ("教研组", "学校")


def _with_school(rows: "QuerySet[Unit]") -> "QuerySet[Unit]":
    return rows.select_related("organisation")


FIGURES = [
    Figure(
        code="people.teachers",
        name="在册教师",
        meaning="今天在册、在本校（含下级）有任职的教师；已离开的不计，一人只计一次。",
        unit="人",
        rows=_teachers,
        columns=_TEACHER_COLUMNS,
        cells=_teacher_cells,
        seen_by=may_see_teacher,
        reckon=persons_of("pk"),
        place=_by_post,
    ),
    Figure(
        code="people.teaching_research_groups",
        name="教研组",
        meaning="今天未撤销的教研组；备课组、课题组等不计。",
        unit="个",
        rows=_units,
        columns=_UNIT_COLUMNS,
        cells=_unit_cells,
        seen_by=may_see_unit,
        opened=_with_school,
        place=lies_in("organisation"),
    ),
    Figure(
        code="people.groups_without_leader",
        name="无组长的教研组",
        meaning="今天没有在册组长的教研组。",
        unit="个",
        rows=lambda scope: without_leader(_units(scope)),
        columns=_UNIT_COLUMNS,
        cells=_unit_cells,
        seen_by=may_see_unit,
        opened=_with_school,
        place=lies_in("organisation"),
    ),
    Figure(
        code="people.never_logged_in",
        name="从未登录的教师",
        meaning="今天在册、还没有登录过的教师；给管理员发登录条用，不作评价。",
        unit="人",
        rows=lambda scope: _teachers(scope).filter(last_login=None),
        columns=_TEACHER_COLUMNS,
        cells=_teacher_cells,
        seen_by=may_see_teacher,
        reckon=persons_of("pk"),
        place=_by_post,
    ),
    Figure(
        code="people.newcomers",
        name="新到教师",
        meaning=(
            "到校时间（没有登记的看参加工作时间）在这段时间内或之前两个月内的在册教师；"
            "没有登记的不计。"
        ),
        unit="人",
        rows=lambda scope: newcomers(_teachers(scope), scope.span),
        columns=_TEACHER_COLUMNS,
        cells=_teacher_cells,
        seen_by=may_see_teacher,
        reckon=persons_of("pk"),
        place=_by_post,
    ),
    Figure(
        code="people.on_leave",
        name="今天离岗的教师",
        meaning="今天在病假、产假、外出学习、借调等离岗期间的在册教师；不算应到，也不算任务。",
        unit="人",
        rows=lambda scope: _teachers(scope).filter(pk__in=on_leave(today())),
        columns=_TEACHER_COLUMNS,
        cells=_teacher_cells,
        seen_by=may_see_teacher,
        reckon=persons_of("pk"),
        place=_by_post,
    ),
    Figure(
        code="people.honoured",
        name="有称号的教师",
        meaning="今天持有评选称号（骨干教师、教学能手、学科带头人等）的在册教师，一人只计一次。",
        unit="人",
        rows=_honoured,
        columns=_TEACHER_COLUMNS,
        cells=_teacher_cells,
        seen_by=may_see_teacher,
        reckon=persons_of("pk"),
        place=_by_post,
    ),
    Figure(
        code="people.college",
        name="大专及以上学历的教师",
        meaning="名册登记的学历在大专及以上的在册教师；没有登记的不计。",
        unit="人",
        rows=lambda scope: _teachers(scope).filter(
            education__in=EDUCATIONS[: EDUCATIONS.index(COLLEGE) + 1]
        ),
        columns=_TEACHER_COLUMNS,
        cells=_teacher_cells,
        seen_by=may_see_teacher,
        reckon=persons_of("pk"),
        place=_by_post,
    ),
]
