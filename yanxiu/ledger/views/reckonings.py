"""Comparisons and reckonings: started, watched, read, taken away, decided upon."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yanxiu.jobs.models import Job
from yanxiu.ledger.actions import comparing, reckoning
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.documents import difference_sheet
from yanxiu.ledger.forms import CompareForm
from yanxiu.ledger.models import ReckonedLine, Reckoning, SchemeAdoption, SchemeFile
from yanxiu.ledger.permissions import may_manage_adoption, may_see_reckoning
from yanxiu.ledger.queries import looks
from yanxiu.ledger.queries.schemes import adoptions_on, offered, parsed, published, titles_of
from yanxiu.ledger.queries.trying import checked
from yanxiu.ledger.rules.loading import shipped
from yanxiu.ledger.views.writing import found_file, schools_of
from yanxiu.people.access import TeacherRequest, get_allowed
from yanxiu.people.models.organisation import held_on
from yanxiu.people.models.teacher import below, today
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import download
from yanxiu.ui.pages import show

PAGE = 50
MOST_ADOPTED = 200


@login_required
def compare(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask against which scheme, and compare in the background."""
    file = found_file(request, uid)
    seen = checked(file.text, parsed)
    if seen.scheme is None:
        return redirect("ledger:scheme", file.uid)
    schools = schools_of(request)
    olds = _olds(file)
    form = CompareForm(
        request.POST or None,
        schools=schools,
        olds=olds,
        initial={"organisation": file.organisation.uid, "old": _replaced(seen.scheme.id, olds)},
    )

    def deed(data: Mapping[str, Any]) -> str:
        old = tuple(data["old"].split("@", 1))
        fixed = file.state != SchemeFile.State.DRAFT
        made = comparing.start_comparison(
            data["organisation"], old=(old[0], old[1]),
            new=(file.scheme, file.version) if fixed else file,
            by=request.teacher, at=timezone.now(),
        )  # fmt: skip
        return reverse("ledger:reckoning", args=[made.uid])

    back = reverse("ledger:scheme", args=[file.uid])
    context = {"file": file, "scheme": seen.scheme, "back_url": back}
    done = _("开始比较，算好就显示在这里。")
    return ask(request, form, deed, done=done, page="ledger/scheme_compare.html", context=context)


@login_required
@require_safe
def found(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show how far a comparison or reckoning is, or what came of it."""
    shown = _reckoning(request, uid)
    job = Job.objects.filter(uid=shown.job_uid).first() if shown.job_uid else None
    reader = request.teacher
    rows = _rows(request, shown)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        teachers = {row.teacher_id: row.teacher for row in page.object_list}
        note_look(list(teachers.values()), looks.LISTED, by=reader, at=timezone.now())
    titles = shown.result.get("requirements", {})
    context = {
        "reckoning": shown,
        "old_title": _title(shown.old_scheme, shown.old_title),  # type: ignore[attr-defined]
        "new_title": _title(shown.scheme, shown.new_title or _drafted(shown)),  # type: ignore[attr-defined]
        "job": job,
        "is_like": shown.result.get("is_like", True),
        "is_mine": bool(job and job.by_id == reader.pk),
        "page": page,
        "lines": [] if shown.posts else [_line(row, titles) for row in page.object_list],
        "sees_hours": reader.holds("see_hours"),
        "ended": job is None or not job.is_open,
    }
    answer = show(
        request, "ledger/reckoning.html", context, fragment="ledger/_reckoning_progress.html"
    )
    if context["ended"] and request.headers.get("HX-Request") == "true":
        # The result stands outside the fragment.
        answer["HX-Refresh"] = "true"
    return answer


def _drafted(shown: Reckoning) -> str:
    """Return the title of a draft that was compared, "" where there is none."""
    return shown.file.title if shown.file else ""


def _title(scheme: str, stored: str | None) -> str:
    """Return what people call a scheme: as it was published, else as it is shipped."""
    known = shipped().get(scheme)
    return stored or (known.title if known else scheme)


def _titled(scheme: str, version: str) -> Subquery:
    """Return the published title of a scheme that two columns name."""
    rows = published().filter(scheme=OuterRef(scheme), version=OuterRef(version))
    return Subquery(rows.values("title")[:1])


@login_required
@require_safe
def sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give a comparison as a workbook; persons only where the reader may see their hours."""
    shown = _reckoning(request, uid)
    if shown.posts or shown.state != Reckoning.State.SHOWN:
        raise Http404
    people = [row.teacher for row in difference_sheet.people_of(shown, request.teacher)]
    comparing.take_sheet(people, by=request.teacher, at=timezone.now())
    data = difference_sheet.workbook(shown, request.teacher)
    return download(data, difference_sheet.name_of(shown))


@login_required
def reckon(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Ask once more, then find out what a new reckoning would change."""
    rows = SchemeAdoption.objects.select_related("organisation")
    adoption = get_allowed(may_manage_adoption, request.teacher, rows, uid)
    if request.method == "POST":
        made = reckoning.start_reckoning(adoption, by=request.teacher, at=timezone.now())
        messages.success(request, _("开始核算。先给您看差异，您同意以后才入账。"))
        return redirect("ledger:reckoning", made.uid)
    pair = (adoption.scheme, adoption.version)
    context = {
        "adoption": adoption,
        "title": titles_of({pair}).get(pair, adoption.scheme),
        "back_url": reverse("ledger:schemes"),
    }
    return show(request, "ledger/reckon.html", context)


@login_required
@require_POST
def post(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Post what was shown."""
    reckoning.post_reckoning(_reckoning(request, uid), by=request.teacher, at=timezone.now())
    messages.success(request, _("开始入账：原来的账冲销，按新算的再记一笔，都留着备查。"))
    return redirect("ledger:reckoning", uid)


@login_required
@require_POST
def drop(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Do not post what was shown."""
    reckoning.drop_reckoning(_reckoning(request, uid), by=request.teacher, at=timezone.now())
    messages.success(request, _("没有入账，学时和以前一样。"))
    return redirect("ledger:reckoning", uid)


def _reckoning(request: TeacherRequest, uid: UUID) -> Reckoning:
    rows = Reckoning.objects.select_related("organisation", "file").defer("text")
    rows = rows.annotate(
        old_title=_titled("old_scheme", "old_version"), new_title=_titled("scheme", "version")
    )
    return get_allowed(may_see_reckoning, request.teacher, rows, uid)


def _rows(request: TeacherRequest, shown: Reckoning) -> "QuerySet[Any]":
    """Return the persons of a comparison, or the records of a reckoning, that the reader may see.

    By school and name, never by what they gain.
    """
    if shown.state == Reckoning.State.COUNTING:
        return ReckonedLine.objects.none()
    if not shown.posts:
        return difference_sheet.people_of(shown, request.teacher)  # type: ignore[no-any-return]
    rows = ReckonedLine.objects.filter(
        reckoning=shown, record__organisation__in=request.teacher.reach("see_hours")
    )
    rows = rows.select_related("teacher", "record__organisation")
    order = ("record__organisation__path", "teacher__pinyin", "record__happened_on", "pk")
    return rows.order_by(*order)


def _line(row: Any, titles: Mapping[str, str]) -> tuple[Any, str, str]:
    """Return a person with the names of what is newly met and missed."""
    met, missed = (
        "、".join(titles.get(one, one) for one in names) for names in (row.met, row.missed)
    )
    return row, met, missed


def _adopted_below(file: SchemeFile) -> list[SchemeAdoption]:
    """Return by what the schools below reckon today: the rows that the new one may replace."""
    rows = SchemeAdoption.objects.filter(
        held_on(today()), below([file.organisation.path], "organisation__")
    )
    return list(rows.order_by("organisation__path", "starts_on", "pk")[:MOST_ADOPTED])


def _replaced(scheme: str, olds: list[tuple[str, str]]) -> str:
    """Return the version that a new one of `scheme` takes the place of, "" where there is none."""
    return next((code for code, _title in olds if code.partition("@")[0] == scheme), "")


def _olds(file: SchemeFile) -> list[tuple[str, str]]:
    """Return what a scheme can be compared with; what is in force there or below comes first."""
    inside = [*adoptions_on(file.organisation, today()), *_adopted_below(file)]
    inside = [one for one in inside if (one.scheme, one.version) != (file.scheme, file.version)]
    titles = titles_of({(one.scheme, one.version) for one in inside})
    choices = {
        f"{scheme}@{version}": _("正在用：%(title)s %(version)s")
        % {"title": title, "version": version}
        for (scheme, version), title in titles.items()
    }
    newest = shipped()
    for one in offered([file.organisation.lineage]):
        version = one.version or newest[one.scheme].version
        if (one.scheme, version) != (file.scheme, file.version):
            choices.setdefault(f"{one.scheme}@{version}", f"{one.title} {version}")
    return list(choices.items())
