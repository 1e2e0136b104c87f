"""Five years: the frozen years of each teacher side by side, as a list for the county."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.kernel.spans import Span
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.models.closings import name_of_year
from yanxiu.ledger.queries import schemes_on
from yanxiu.ledger.queries.cycles import (
    CycleLine,
    FrozenYear,
    cycle_lines,
    cycle_people,
    cycle_years,
)
from yanxiu.ledger.queries.exemptions import WORDS
from yanxiu.ledger.queries.looks import LIST, LISTED
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.access import TeacherRequest
from yanxiu.people.models import Organisation, Post
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import today
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show
from yanxiu.verification.views.scope import organisation

PAGE = 50
STATES = {True: gettext_lazy("达标"), False: gettext_lazy("未达标"), None: gettext_lazy("未登记齐")}


def _asked(request: TeacherRequest, uid: UUID) -> tuple[Organisation, Scheme, list[Span]]:
    found = organisation(request, uid)
    schemes = _schemes(found)
    if not schemes:
        raise Http404
    wanted = request.GET.get("scheme", "")
    scheme = next((one for one in schemes if one.id == wanted), schemes[0])
    on = today()
    if request.GET.get("cycle") == "last":
        first = cycle_years(scheme, on)[0].start
        on = date.fromordinal(first.toordinal() - 1)
    return found, scheme, cycle_years(scheme, on)


def _schemes(found: Organisation) -> list[Scheme]:
    """Return the schemes of an organisation, else those of its first school."""
    own = schemes_on(found, today())
    if own:
        return own
    rows = Organisation.objects.filter(path__startswith=found.path, is_school=True)
    first = rows.order_by("path").first()
    return schemes_on(first, today()) if first else []


def _below(found: Organisation) -> "QuerySet[Organisation]":
    return Organisation.objects.filter(path__startswith=found.path)


def _words(line: CycleLine) -> str:
    return "；".join(f"{WORDS.get(code, code)} {start}起" for code, start, _end in line.exemptions)


def _remarks(line: CycleLine) -> str:
    """Return what excuses, and the own cycle, which a list of the place's years does not show."""
    own = line.own_cycle
    said = [f"个人周期 {own.start} 至 {own.last}"] if own else []
    return "；".join([*said, *filter(None, [_words(line)])])


@login_required
@require_safe
def cycle(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show the frozen years of the cycle, teacher by teacher."""
    found, scheme, spans = _asked(request, uid)
    people = cycle_people(_below(found), scheme.id, spans)
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    lines = cycle_lines(list(page.object_list), _below(found), scheme.id, spans)
    note_look([one.teacher for one in lines], LISTED, by=request.teacher, at=timezone.now(),
              detail={"what": f"{found.name} {_('周期核验')}"})  # fmt: skip
    context = {
        "organisation": found,
        "schemes": _schemes(found),
        "scheme": scheme,
        "units": (scheme.unit_label("hour"), scheme.unit_label("credit")),
        "spans": spans,
        "page": page,
        "lines": [(one, STATES[one.met], _words(one)) for one in lines],
        "last": request.GET.get("cycle") == "last",
    }
    return show(request, "verification/cycle.html", context)


@login_required
@require_safe
def cycle_sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the list for the county; each person on it can read that it was taken."""
    found, scheme, spans = _asked(request, uid)
    people = list(cycle_people(_below(found), scheme.id, spans))
    lines = cycle_lines(people, _below(found), scheme.id, spans)
    title = f"{found.name} {spans[0].start.year}—{spans[-1].last.year} {_('周期核验表')}"
    note_look(
        [one.teacher for one in lines], LIST, by=request.teacher, at=timezone.now(),
        detail={"what": title},
    )  # fmt: skip
    return workbook(title, _sheet(title, scheme, spans, lines))


def _sheet(title: str, scheme: Scheme, spans: list[Span], lines: list[CycleLine]) -> SheetContent:
    day = today()
    posts = Post.objects.filter(held_on(day), teacher__in=[one.teacher.pk for one in lines])
    where: dict[int, tuple[str, str]] = {}
    for pk, name, number in posts.order_by("-role__order").values_list(
        "teacher_id", "organisation__name", "job_number"
    ):
        where.setdefault(pk, (name, number))
    labels = (scheme.unit_label("hour"), scheme.unit_label("credit"))
    columns = [
        SheetColumn(_("序号"), "integer"), SheetColumn(_("学校")), SheetColumn(_("编号")),
        SheetColumn(_("姓名")),
        *(SheetColumn(name_of_year(span), width=16) for span in spans),
        *(SheetColumn(f"周期{label}", "decimal") for label in labels),
        SheetColumn(_("结论")), SheetColumn(_("减免")),
        SheetColumn(_("结算后变动（笔）"), "integer"),
    ]  # fmt: skip
    unit = (scheme.unit, scheme.unit_label(scheme.unit))
    rows = [
        _row(number, one, where.get(one.teacher.pk, ("", "")), unit)
        for number, one in enumerate(lines, start=1)
    ]
    notes = (
        f"方案：{scheme.title}。按各年度封存的快照列出，按姓名拼音排列；未登记的年度空着。",
        f"导出日期：{day.isoformat()}。",
    )
    return SheetContent(
        name=_("周期核验"), title=title, columns=columns, rows=rows, notes=notes,
        closing=("学校负责人：　　　　　　　　核验人：　　　　　　　　日期：",), landscape=True,
        freeze_columns=4,
    )  # fmt: skip


def _row(number: int, line: CycleLine, where: tuple[str, str], unit: tuple[str, str]) -> list[Any]:
    hours, credit = line.total
    return [
        number, where[0], where[1], line.teacher.name, *(_year(one, *unit) for one in line.years),
        hours,
        credit, str(STATES[line.met]), _remarks(line), line.changes,
    ]  # fmt: skip


def _year(one: FrozenYear | None, unit: str, label: str) -> str:
    if one is None:
        return ""
    said = one.year["hours" if unit == "hour" else "credits"]
    return f"{said} {label} " + (_("达标") if one.met else _("未达标"))
