"""Hours by content, of teachers and of groups; and which teacher was trained in which skill."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yanxiu.activities.models import Classification, Tag
from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Membership, Teacher
from yanxiu.people.models.teacher import today
from yanxiu.training.queries.audiences import staff
from yanxiu.training.queries.content import (
    Spent,
    classifications,
    spent,
    summed,
    tags_in,
    top_tags,
)
from yanxiu.training.views.reader import (
    PERIODS,
    Reader,
    own_school,
    period_of,
    reader_of,
)
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show

PER_PAGE = 50
NOTHING = Spent()


@dataclass(frozen=True)
class Asked:
    """What the reader wants to see."""

    reader: Reader
    classification: Classification
    classes: list[Classification]
    all_tags: list[Tag]
    tags: list[Tag]
    period: str
    by: str

    @property
    def people(self) -> "QuerySet[Teacher]":
        """Everybody whom this reader may look at, by name."""
        rows = staff(self.reader.organisation, today())
        among = self.reader.among
        return rows if among is None else rows.filter(pk__in=among.values("pk"))

    def spent(self, people: "QuerySet[Teacher]") -> dict[int, Spent]:
        """Return what the records of `people` were about."""
        span = period_of(self.reader.organisation, self.period, today())
        return spent(people, span, self.all_tags)


def _asked(request: TeacherRequest) -> Asked:
    try:
        reader = reader_of(request)
    except Http404:
        mine = Teacher.objects.filter(pk=request.teacher.pk)
        reader = Reader(request.teacher, own_school(request), mine)
    classes = list(classifications(reader.organisation))
    chosen = next((one for one in classes if one.code == request.GET.get("class")), classes[0])
    period, tags = request.GET.get("in", ""), tags_in(chosen)
    return Asked(
        reader,
        chosen,
        classes,
        tags,
        top_tags(tags, reader.organisation),
        period if period in PERIODS else "term",
        "unit" if request.GET.get("by") == "unit" else "teacher",
    )


Row = tuple[str, Any, Spent]


def _rows(asked: Asked, people: list[Teacher], found: dict[int, Spent]) -> list[Row]:
    if asked.by == "teacher":
        return [(one.name, one, found.get(one.pk, NOTHING)) for one in people]
    seats = Membership.objects.on(today()).filter(teacher__in=people, unit__ends_on=None)
    groups: dict[str, list[Spent]] = {}
    for name, teacher in seats.order_by("unit__kind__order", "unit__name").values_list(
        "unit__name", "teacher_id"
    ):
        groups.setdefault(name, []).append(found.get(teacher, NOTHING))
    return [(name, None, summed(rows)) for name, rows in groups.items()]


def _used(asked: Asked, rows: list[Row]) -> list[Tag]:
    """Those tags that anybody has hours in, so that the table stays narrow; all if none."""
    used = [tag for tag in asked.tags if any(row[2].by_tag.get(tag.pk) for row in rows)]
    return used or [tag for tag in asked.tags if tag.ends_on is None]


@login_required
@require_safe
def hours(request: TeacherRequest) -> HttpResponse:
    """Show clock hours by content; a tag counts wherever it stands, the total counts once."""
    asked = _asked(request)
    people = asked.people
    page = None
    if asked.by == "teacher":
        page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
        shown = list(page.object_list)
        found = asked.spent(Teacher.objects.filter(pk__in=[one.pk for one in shown]))
    else:
        shown, found = list(people), asked.spent(people)
    rows = _rows(asked, shown, found)
    tags = _used(asked, rows)
    context = {
        "asked": asked,
        "page": page,
        "tags": tags,
        "rows": [
            (name, teacher, mine, [mine.hours(tag.pk) for tag in tags])
            for name, teacher, mine in rows
        ],
        "query": request.GET.urlencode(),
    }
    return show(request, "training/content.html", context)


@login_required
@require_safe
def hours_sheet(request: TeacherRequest) -> HttpResponse:
    """Give the hours by content as a workbook."""
    asked = _asked(request)
    people = list(asked.people)
    rows = _rows(asked, people, asked.spent(asked.people))
    tags = _used(asked, rows)
    title = _("%(what)s学习时长") % {"what": asked.classification.name}
    head = _("教研组") if asked.by == "unit" else _("姓名")
    numbers = [
        *(tag.name for tag in tags), _("合计（只算一次）"), _("参加场次"), _("外出培训"), _("自学"),
    ]  # fmt: skip
    content = SheetContent(
        name=title,
        title=title,
        notes=[_("单位：钟点小时，不是学时；一次活动带几个标签时各栏都算，合计只算一次。")],
        columns=(SheetColumn(head), *(SheetColumn(each, "decimal") for each in numbers)),
        rows=[
            (name, *(mine.hours(tag.pk) for tag in tags), mine.once, mine.at_sessions,
             mine.outside, mine.alone)
            for name, _teacher, mine in rows
        ],
        landscape=True,
        freeze_columns=1,
    )  # fmt: skip
    return workbook(title, content)


def _cell(mine: Spent, tag: Tag) -> str:
    """A state, not an amount: the matrix is for planning, nobody is compared."""
    times = mine.sessions.get(tag.pk, 0)
    if not times:
        return ""
    return _("已训") if times == 1 else _("已训%(times)d次") % {"times": times}


@login_required
@require_safe
def matrix(request: TeacherRequest) -> HttpResponse:
    """Show teacher × tag of one classification, by name."""
    asked = _asked(request)
    page = Paginator(asked.people, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    found = asked.spent(Teacher.objects.filter(pk__in=[one.pk for one in shown]))
    tags = [tag for tag in asked.tags if tag.ends_on is None]
    context = {
        "asked": asked,
        "page": page,
        "tags": tags,
        "rows": [(one, [_cell(found.get(one.pk, NOTHING), tag) for tag in tags]) for one in shown],
        "query": request.GET.urlencode(),
    }
    return show(request, "training/matrix.html", context)


@login_required
@require_safe
def matrix_sheet(request: TeacherRequest) -> HttpResponse:
    """Give the matrix as a workbook."""
    asked = _asked(request)
    found = asked.spent(asked.people)
    tags = [tag for tag in asked.tags if tag.ends_on is None]
    title = _("%(what)s覆盖表") % {"what": asked.classification.name}
    content = SheetContent(
        name=title,
        title=title,
        columns=(SheetColumn(_("姓名")), *(SheetColumn(tag.name) for tag in tags)),
        rows=[
            (one.name, *(_cell(found.get(one.pk, NOTHING), tag) for tag in tags))
            for one in asked.people
        ],
        landscape=True,
        freeze_columns=1,
    )
    return workbook(title, content)
