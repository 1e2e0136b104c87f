"""Samples: drawing one, sharing it out, reading a person's records, and what was found."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanxiu.documents.sheets import SheetColumn, SheetContent
from yanxiu.ledger.actions.looking import note_look
from yanxiu.ledger.queries.looks import LIST
from yanxiu.ledger.rules.auditing import RANDOM, mark_of
from yanxiu.ledger.rules.schemes import Scheme
from yanxiu.people.access import TeacherRequest, allowed, get_allowed
from yanxiu.people.models import Organisation
from yanxiu.people.models.teacher import today
from yanxiu.terms.queries import term_on
from yanxiu.ui.asking import ask
from yanxiu.ui.downloads import workbook
from yanxiu.ui.pages import show
from yanxiu.verification import actions
from yanxiu.verification.actions import NewCheck
from yanxiu.verification.forms import BecauseForm, CheckForm
from yanxiu.verification.models import SampleCheck, Sampled
from yanxiu.verification.permissions import may_close_year, may_run_check
from yanxiu.verification.queries.sampling import WORDS, audit_for, can_check, checking_scheme
from yanxiu.verification.views.scope import officer

PAGE = 50
MONTH = timedelta(days=30)
State = Sampled.State


@login_required
@require_safe
def checks(request: TeacherRequest) -> HttpResponse:
    """List the samples of the reach."""
    officer(request)
    rows = allowed(may_run_check, request.teacher, SampleCheck.objects.all())
    page = Paginator(
        rows.select_related("organisation").order_by("-drawn_at", "-id"), PAGE
    ).get_page(request.GET.get("page"))
    return show(request, "verification/checks.html", {"page": page})


def _initial(organisation: Organisation | None) -> dict[str, Any]:
    """Return what the scheme and the calendar say already."""
    day = today()
    said: dict[str, Any] = {
        "due_on": day + MONTH, "percent": 10, "strata": ["school"], "method": RANDOM,
        "title": _("研修手册与记录抽查"),
    }  # fmt: skip
    if organisation is None:
        return said
    term = term_on(organisation, day)
    if term:
        said |= {"starts_on": term.starts_on, "last_on": min(day, term.span.last)}
        said["title"] = f"{term} {_('研修手册与记录抽查')}"[:80]
    audit = audit_for(organisation, day)
    if audit:
        said |= {
            "percent": audit.percent, "strata": list(audit.strata), "method": audit.method,
            "spares": audit.spare_sampled, "due_on": _due(audit.window, day),
        }  # fmt: skip
    return said


def _due(window: Any, day: date) -> date:
    if not window:
        return day + MONTH
    last = date(day.year, *window[1])
    return last if last >= day else day + MONTH


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_new(request: TeacherRequest) -> HttpResponse:
    """Draw a sample; the rules of the scheme are filled in already."""
    reader = officer(request)
    rows = allowed(may_close_year, reader, Organisation.objects.all()).order_by("path")
    home = reader.organisation or rows.first()
    form = CheckForm(
        request.POST or None, schools=rows,
        initial={**_initial(home), "organisation": str(home.uid) if home else ""},
    )  # fmt: skip

    def deed(data: Mapping[str, Any]) -> str:
        scheme = checking_scheme(data["organisation"], today())
        audit = scheme.audit if scheme else None
        fields = (
            "title", "starts_on", "last_on", "due_on", "words", "method", "percent", "digit",
            "spares",
        )  # fmt: skip
        new = NewCheck(
            strata=tuple(data["strata"]), source=_source(scheme, data),
            on_fail=audit.on_fail if audit else "redo", redo_days=audit.redo_days if audit else 15,
            **{name: data[name] for name in fields},
        )  # fmt: skip
        check = actions.draw_sample(data["organisation"], new, by=reader, at=timezone.now())
        return reverse("verification:check", args=[check.uid])

    done = _("抽好了。谁都可以按下面写的办法复算。")
    context = {"scheme": checking_scheme(home, today()) if home else None}
    return ask(request, form, deed, done=done, page="verification/check_new.html", context=context)


def _source(scheme: Scheme | None, data: Mapping[str, Any]) -> str:
    """Return by whose rules is drawn; nothing where somebody draws otherwise than a scheme says."""
    audit = scheme.audit if scheme else None
    if scheme is None or audit is None or data["method"] != audit.method:
        return ""
    if audit.method == RANDOM and data["percent"] != audit.percent:
        return ""
    return f"《{scheme.title}》，出处：{audit.source}"[:200]


def _check(request: TeacherRequest, uid: UUID) -> SampleCheck:
    rows = SampleCheck.objects.select_related("organisation")
    return get_allowed(may_run_check, request.teacher, rows, uid)


@login_required
@require_safe
def check(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Show who was drawn and how to draw it again, who checks, and what was found."""
    found = _check(request, uid)
    rows = list(found.drawn.select_related("teacher", "checker", "school"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    left = [row for row in rows if row.checker_id is None and row.state == State.WAITING]
    context = {
        "check": found,
        "page": page,
        "strata": "、".join(str(WORDS[one]) for one in found.strata),
        "counts": [
            (State(code).label, code, sum(row.state == code for row in rows))
            for code in State.values
        ],
        "drawn": len(rows),
        "left": left,
        "checkers": list(can_check(found.organisation, today())[:80]) if left else [],
    }
    return show(request, "verification/check.html", context)


@login_required
@require_POST
def check_assign(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Share the sample out among those picked."""
    found = _check(request, uid)
    wanted = request.POST.getlist("checker")
    picked = [one for one in can_check(found.organisation, today()) if str(one.uid) in wanted]
    left = actions.assign_checkers(found, picked, by=request.teacher, at=timezone.now())
    if left:
        names = "、".join(row.teacher.name for row in left[:10])
        messages.warning(
            request, _("还有%(count)d位没有人能查（都在同一个组）：%(names)s。请再选别组的人。")
            % {"count": len(left), "names": names},
        )  # fmt: skip
    else:
        messages.success(request, _("已分派，检查人的待办里看得到。"))
    return redirect("verification:check", uid=uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_off(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Call a sample off, with a reason."""
    found = _check(request, uid)

    def deed(data: Mapping[str, Any]) -> str:
        actions.call_off(found, because=data["because"], by=request.teacher, at=timezone.now())
        return reverse("verification:check", args=[found.uid])

    context = {
        "heading": _("取消这次抽查"),
        "lead": found.title,
        "back_url": reverse("verification:check", args=[found.uid]),
        "keep": f"check-off-{found.uid}",
        "submit": _("取消抽查"),
    }
    form = BecauseForm(request.POST or None)
    return ask(
        request, form, deed, done=_("已取消，抽到的名单和原因都留着。"),
        page="verification/form.html", context=context,
    )  # fmt: skip


@login_required
@require_safe
def check_sheet(request: TeacherRequest, uid: UUID) -> HttpResponse:
    """Give the list of what was found."""
    found = _check(request, uid)
    rows = list(
        found.drawn.select_related("teacher", "checker", "school").prefetch_related("marks")
    )
    note_look(
        [row.teacher for row in rows], LIST, by=request.teacher, at=timezone.now(),
        detail={"what": found.title},
    )  # fmt: skip
    heads = (_("学校"), _("姓名"), _("分层"), _("检查人"), _("结果"), _("意见"), _("整改期限"))
    sheet = SheetContent(
        name=_("抽查结果"),
        title=found.title,
        columns=[SheetColumn(head) for head in heads],
        rows=[
            [row.school.name, row.teacher.name, row.stratum,
             row.checker.name if row.checker else "", row.get_state_display(),
             "；".join(one.comment for one in row.marks.all() if one.comment),
             row.redo_by.isoformat() if row.redo_by else ""]
            for row in rows
        ],
        notes=(f"种子：{found.seed}", f"应查 {found.population} 人，抽中 {len(rows)} 人。"),
        landscape=True,
    )  # fmt: skip
    return workbook(found.title, sheet, _everybody(found, {str(row.teacher.uid) for row in rows}))


def _everybody(found: SampleCheck, drawn: set[str]) -> SheetContent:
    """Return all who could be drawn with the number by which they were put in order."""
    lines = sorted(
        [
            "·".join(stratum), found.spares and before, mark_of(found.seed, uid), uid, name, number,
            before,
        ]
        for uid, name, stratum, number, before in found.candidates
    )  # fmt: skip
    heads = (
        _("分层"),
        _("姓名"),
        _("编号"),
        _("得数（SHA-256）"),
        _("工号"),
        _("以前抽到"),
        _("抽中"),
    )
    return SheetContent(
        name=_("应查名单"),
        title=f"{found.title} {_('应查名单')}",
        columns=[SheetColumn(head) for head in heads],
        rows=[
            [stratum, name, uid, mark, number, before, _("抽中") if uid in drawn else ""]
            for stratum, _before, mark, uid, name, number, before in lines
        ],
        notes=(f"得数 = SHA-256（{found.seed}|编号），层内从小到大排。",),
        landscape=True,
    )
